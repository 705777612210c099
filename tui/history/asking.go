package history

import (
	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// question is a line that is being typed.
type question struct {
	input textinput.Model
	take  func(q *question, said string) tea.Cmd // what was typed
	wrong error                                  // why that was not taken; nil once it is changed
	over  bool                                   // the field of the filter has the focus below it
}

// ask has something typed on the last line.
func (s *Screen) ask(what, now string, maxRunes int, take func(q *question, said string) tea.Cmd) {
	in := screen.NewField(s.env.Styles.Text, what+": ", "", maxRunes)
	in.SetValue(now)
	in.Width = max(s.width-len(what)-6, 1)
	in.Focus()
	s.asking = &question{input: in, take: take, over: s.filter.Focused()}
}

// answer takes a key while something is typed.
func (s *Screen) answer(msg tea.KeyMsg) (cmd tea.Cmd) {
	q := s.asking
	q.wrong = nil
	switch {
	case key.Matches(msg, s.marking.leave):
		s.asking = nil
	case key.Matches(msg, s.marking.save):
		s.asking = nil
		return q.take(q, q.input.Value())
	default:
		q.input, cmd = q.input.Update(msg)
	}
	return cmd
}

// refuse says why what was asked for is not done. What was typed for it stands there again,
// to be mended, unless a person has gone on to something else.
func (s *Screen) refuse(q *question, err error) tea.Cmd {
	if q != nil && s.asking == nil && s.closing == nil && s.filter.Focused() == q.over {
		if q.wrong, s.asking = err, q; len(s.below()) > 0 {
			return nil
		}
	}
	return screen.Send(screen.Notice{Text: termsafe.Line(engine.Hint(err)), Bad: true})
}
