package ask

import (
	"path/filepath"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/screen"
)

// prompt asks for the path of a file.
type prompt struct {
	input textinput.Model
	files *files
	fault string // why the path given last did not do
}

// fileLoaded carries the text of a file, or why there is none.
type fileLoaded struct {
	path, text string
	err        error
}

func newPrompt(styles theme.Styles) *prompt {
	in := screen.NewField(styles.Text, "File  ", "~/problem.tex", 0)
	in.Focus()
	return &prompt{input: in, files: newFiles(styles.List)}
}

func (s *Screen) openPrompt() tea.Cmd {
	s.hint = ""
	s.file = newPrompt(s.env.Styles)
	s.layout()
	return s.file.look()
}

func (s *Screen) promptKey(msg tea.KeyMsg) tea.Cmd {
	p := s.file
	switch {
	case key.Matches(msg, s.keys.cancel):
		s.file = nil
		s.layout()
		return nil
	case key.Matches(msg, s.keys.load):
		return p.load()
	case key.Matches(msg, s.keys.complete):
		return p.complete()
	case p.files.key(msg, s.keys):
		return nil
	}
	p.fault = ""
	was := p.input.Value()
	var cmd tea.Cmd
	if p.input, cmd = p.input.Update(msg); p.input.Value() != was {
		p.files.chosen = false
		return tea.Batch(cmd, p.look())
	}
	return cmd
}

// loaded puts the file's text in, unless another path is being asked for.
func (s *Screen) loaded(msg fileLoaded) {
	switch {
	case s.file == nil || strings.TrimSpace(s.file.input.Value()) != msg.path:
	case msg.err != nil:
		s.file.fault = engine.Hint(msg.err)
	default:
		s.draft.replace(msg.text, filepath.Base(msg.path))
		s.file = nil
		s.layout()
	}
}
