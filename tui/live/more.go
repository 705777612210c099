package live

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/screen"
)

// defaultMore is how many samples are added unless a person says otherwise.
const defaultMore = 4

// adding asks how many samples are to be added.
type adding struct {
	input textinput.Model
	k     keys
}

func (s *Screen) askMore() tea.Cmd {
	a := &adding{input: newInput(s.env.Styles.Text, "samples to add  ", ""), k: s.keys}
	a.set(defaultMore)
	return s.openDialog(a)
}

func (a *adding) set(n int) {
	a.input.SetValue(strconv.Itoa(min(max(n, 1), engine.MaxSamples)))
	a.input.CursorEnd()
}

func (a *adding) typing() bool { return true }

func (a *adding) title(*Screen) string { return "Add samples" }

func (a *adding) lines(s *Screen, width, _ int) []string {
	says := "a new attempt, which begins with the votes of this one"
	if s.Running() > 0 {
		says = "they are taken after the others, and vote with them"
	}
	return []string{shown(a.input, width), s.env.Styles.Text.Faint.Render(says)}
}

func (a *adding) keys() []key.Binding {
	return []key.Binding{a.k.add, a.k.oneMore, a.k.oneLess, a.k.cancel}
}

// count is how many were asked for; 0 if that is no number.
func (a *adding) count() int {
	n, err := strconv.Atoi(strings.TrimSpace(a.input.Value()))
	if err != nil || n < 1 || n > engine.MaxSamples {
		return 0
	}
	return n
}

func (a *adding) key(s *Screen, msg tea.KeyMsg) tea.Cmd {
	n := a.count()
	switch {
	case key.Matches(msg, a.k.add) && n == 0:
		s.refusal = fmt.Sprintf("%q is no number from 1 to %d: type one", a.input.Value(), engine.MaxSamples)
	case key.Matches(msg, a.k.add):
		return s.add(n)
	case key.Matches(msg, a.k.oneMore):
		a.set(n + 1)
	case key.Matches(msg, a.k.oneLess):
		a.set(n - 1)
	case msg.Type == tea.KeySpace, msg.Type == tea.KeyRunes && strings.ContainsFunc(string(msg.Runes), notDigit):
		s.refusal = fmt.Sprintf("only digits are typed here: a number from 1 to %d", engine.MaxSamples)
	default:
		var cmd tea.Cmd
		a.input, cmd = a.input.Update(msg)
		return cmd
	}
	return nil
}

func notDigit(r rune) bool { return r < '0' || r > '9' }

// add has so many samples added: to what runs, else in a new attempt.
func (s *Screen) add(n int) tea.Cmd {
	if s.Running() > 0 {
		more := s.env.AddSamples
		return s.wish(func() error { return more(s.id, n) }, added(n))
	}
	s.closeDialog()
	return Extend(s.env, s.id, s.progress.Problem, n)
}

func added(n int) string {
	if n == 1 {
		return "1 sample added"
	}
	return fmt.Sprintf("%d samples added", n)
}

// Adding returns the screen of a stored attempt at its end, where it asks how many samples
// are to be added.
func Adding(env screen.Env, stored engine.Summary) *Screen {
	s := Replay(env, stored, 0)
	s.askMore()
	return s
}

// Extend opens the live screen of a new attempt that adds n samples to one that has ended,
// and then has it attempted.
func Extend(env screen.Env, parent engine.AttemptID, problem engine.Problem, n int) tea.Cmd {
	if env.More != nil {
		return func() tea.Msg { return watched(env, problem)(env.More(parent, n)) }
	}
	id := engine.NewAttemptID(env.Now())
	return tea.Sequence(
		screen.Send(screen.Open{Screen: New(env, id, problem)}),
		func() tea.Msg { return screen.Ended{ID: id, Err: env.Extend(id, parent, n)} },
	)
}
