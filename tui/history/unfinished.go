package history

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/screen"
)

// unfinished says whether an attempt was cut short, as far as this screen knows:
// whether another program runs it is found when it is to go on.
func (s *Screen) unfinished(a engine.Summary) bool {
	return a.Verdict == nil && !s.rows.runs(a.ID) && !s.rows.elsewhere(a.ID)
}

func (s *Screen) isDeleted() string {
	return "this one is deleted: " + s.keys.undo.Help().Key + " restores it"
}

const isElsewhere = "another program runs this one: "

// whyNot says why the selected attempt cannot go on or be closed; "" if it can.
func (s *Screen) whyNot(a engine.Summary) string {
	switch {
	case !a.Deleted.IsZero():
		return s.isDeleted()
	case s.rows.runs(a.ID):
		return "this one is running: " + s.keys.Open.Help().Key + " shows it"
	case s.rows.elsewhere(a.ID):
		return isElsewhere + s.keys.Open.Help().Key + " shows it"
	case a.Verdict != nil:
		return "this one has ended: there is nothing to go on with"
	case s.env.Connect != "":
		return "the server goes on with what it was asked when it is started again"
	case s.env.Resume == nil || s.env.Close == nil:
		return "nothing is saved now, so it cannot go on"
	}
	return ""
}

// goOn has the selected attempt go on.
func (s *Screen) goOn() tea.Cmd {
	a, ok := s.selected()
	if !ok {
		return nil
	}
	if why := s.whyNot(a); why != "" {
		return screen.Send(screen.Notice{Text: why, Bad: true})
	}
	return live.GoOn(s.env, a)
}

// offerToClose asks whether the selected attempt is to be closed: it cannot go on then.
func (s *Screen) offerToClose() tea.Cmd {
	a, ok := s.selected()
	if !ok {
		return nil
	}
	if why := s.whyNot(a); why != "" {
		return screen.Send(screen.Notice{Text: why, Bad: true})
	}
	s.closing = &a
	return nil
}

// decide takes what a person says to that.
func (s *Screen) decide(msg tea.KeyMsg) tea.Cmd {
	a := *s.closing
	switch {
	case key.Matches(msg, s.keys.yes):
		s.closing = nil
		return live.Close(s.env, a)
	case key.Matches(msg, s.keys.no):
		s.closing = nil
	}
	return nil
}

func (s *Screen) question() string {
	q := "Close “" + s.titles.Title(s.closing.Problem.Statement, 40) + "” with the votes it has? It cannot go on then. y close · n cancel"
	return pane.Confirm(s.env.Styles, q, s.width, s.height)
}
