package tui

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// How long after a frame the next one is shown at the earliest: within answerTime after a
// person did something, since what comes then may be what that did, and else.
const (
	keyGap     = 4 * time.Millisecond
	newsGap    = 33 * time.Millisecond
	answerTime = 100 * time.Millisecond
)

// paced shows the frames of a model as soon as there is something new to show, and not
// oftener than its gaps allow. Bubble Tea would look 120 times a second whether there is, to
// be as quick.
type paced struct {
	model         tea.Model
	show          func(frame string, width, height int)
	width, height int

	shown time.Time // when the last frame was
	acted time.Time // when a person did something last
	due   bool      // the next View shows a frame
	wakes time.Time // when the next frame is to be shown; zero if there is nothing new
}

// wake says that a frame may be due.
type wake struct{}

func (p *paced) Init() tea.Cmd { return p.model.Init() }

// Update hands on to the model, and sees to it that what is new is shown.
func (p *paced) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	now, gap := time.Now(), newsGap
	switch msg := msg.(type) {
	case wake:
		p.due = !p.wakes.IsZero() && !now.Before(p.wakes)
		return p, nil
	case tea.WindowSizeMsg:
		p.width, p.height = msg.Width, msg.Height
	case tea.KeyMsg, tea.MouseMsg:
		p.acted = now
	}
	if now.Sub(p.acted) < answerTime {
		gap = keyGap
	}
	var cmd tea.Cmd
	p.model, cmd = p.model.Update(msg)
	at := p.shown.Add(gap)
	switch {
	case !at.After(now):
		p.due = true
	case p.wakes.IsZero() || at.Before(p.wakes):
		p.wakes = at
		cmd = tea.Batch(cmd, tea.Tick(at.Sub(now), func(time.Time) tea.Msg { return wake{} }))
	}
	return p, cmd
}

// View shows the frame that is due. What it returns is of no account.
func (p *paced) View() string {
	if p.due && p.width > 0 {
		p.show(p.model.View(), p.width, p.height)
		p.due, p.shown, p.wakes = false, time.Now(), time.Time{}
	}
	return ""
}
