package live

import (
	"strings"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// dialog asks a person what a wish needs, in a box under the panes, which go on above it.
type dialog interface {
	title(*Screen) string
	// lines are what the box holds, in a width and at most so many of them.
	lines(s *Screen, width, height int) []string
	keys() []key.Binding
	key(*Screen, tea.KeyMsg) tea.Cmd
	typing() bool // plain characters are text
}

// granted says what came of a wish.
type granted struct {
	id  engine.AttemptID
	of  dialog // that it was made in; nil if in none
	did string // said if it was granted
	err error  // why it was not
}

// minAbove is how many lines of the screen a dialog leaves.
const minAbove = 5

// open shows a dialog.
func (s *Screen) openDialog(d dialog) tea.Cmd {
	s.ask, s.refusal = d, ""
	s.Resize(s.width, s.height)
	return nil
}

func (s *Screen) closeDialog() {
	s.ask, s.wished, s.refusal = nil, nil, ""
	s.Resize(s.width, s.height)
}

// Typing says whether plain characters go to a text field, or answer a question.
func (s *Screen) Typing() bool {
	return s.ask != nil && s.ask.typing() || s.ask == nil && s.seek.typing
}

// wish has something done that may be refused; the dialog it is made in stays until it
// was granted, and hears nothing but a cancel meanwhile.
func (s *Screen) wish(do func() error, did string) tea.Cmd {
	id, of := s.id, s.ask
	s.wished = of
	return func() tea.Msg { return granted{id, of, did, do()} }
}

// heed takes in what came of a wish.
func (s *Screen) heed(msg granted) tea.Cmd {
	here := s.ask != nil && s.ask == msg.of
	if s.wished == msg.of {
		s.wished = nil
	}
	switch {
	case msg.id != s.id:
		return nil
	case msg.err == nil && here:
		s.closeDialog()
	case here:
		s.refusal = engine.Hint(msg.err)
		return nil
	case msg.err != nil:
		return screen.Send(screen.Notice{Text: engine.Hint(msg.err), Bad: true})
	}
	return screen.Send(screen.Notice{Text: msg.did})
}

// dialogKey sends a key press to the dialog.
func (s *Screen) dialogKey(msg tea.KeyMsg) tea.Cmd {
	s.refusal = ""
	if key.Matches(msg, s.keys.cancel) {
		s.closeDialog()
		return nil
	}
	if s.wished == s.ask {
		return nil
	}
	return s.ask.key(s, msg)
}

// dialogHeight is how many lines the dialog takes; 0 without one.
func (s *Screen) dialogHeight() int {
	if s.ask == nil {
		return 0
	}
	w, _ := pane.Inner(s.width, 3)
	return min(len(s.ask.lines(s, w, s.dialogRoom()))+2, s.height-s.hintHeight())
}

// dialogRoom is how many lines a dialog may hold.
func (s *Screen) dialogRoom() int { return max(s.height-minAbove-3, 1) }

// free is how many lines the panes have.
func (s *Screen) free() int { return s.height - s.dialogHeight() - s.hintHeight() }

// minHinted is the height from which there is a line of hints.
const minHinted = 8

func (s *Screen) hintHeight() int {
	if s.height < minHinted {
		return 0
	}
	return 1
}

// hintLine is what may be pressed, or why the latest wish was refused.
func (s *Screen) hintLine() string {
	switch {
	case s.hintHeight() == 0:
		return ""
	case s.refusal != "":
		return pane.Fit(" "+s.env.Styles.Text.Bad.Render("✗ "+termsafe.Line(s.refusal)), s.width)
	}
	if s.ask == nil && s.seek.typing {
		return s.seekLine()
	}
	return pane.HintLine(s.env.Styles.Bar, s.Keys(), s.width)
}

// dialogBox draws the dialog.
func (s *Screen) dialogBox() string {
	w, _ := pane.Inner(s.width, 3)
	b := pane.Box{Styles: s.env.Styles.Pane, Title: s.ask.title(s), Focused: true}
	return b.Render(strings.Join(s.ask.lines(s, w, s.dialogRoom()), "\n"), s.width, s.dialogHeight())
}

// newInput is a line to type in.
func newInput(st theme.TextStyles, prompt, placeholder string) textinput.Model {
	in := screen.NewField(st, prompt, placeholder, 0) // what it asks for has its own bounds
	in.Focus()
	return in
}

// shown is an input in a width.
func shown(in textinput.Model, width int) string {
	in.Width = max(width-len(in.Prompt)-1, 1)
	return termsafe.Styled(in.View())
}
