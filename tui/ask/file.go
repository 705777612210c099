package ask

import (
	"path/filepath"
	"strings"

	"github.com/charmbracelet/bubbles/cursor"
	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/problemfile"
)

// prompt asks for the path of a file.
type prompt struct {
	input textinput.Model
	fault string // why the path given last did not do
}

// fileLoaded carries the text of a file, or why there is none.
type fileLoaded struct {
	path, text string
	err        error
}

func newPrompt(st theme.TextStyles) *prompt {
	in := textinput.New()
	in.Prompt, in.Placeholder = "File  ", "~/problem.tex"
	in.PromptStyle, in.TextStyle, in.PlaceholderStyle, in.Cursor.Style = st.Accent, st.Body, st.Faint, st.Accent
	in.Cursor.SetMode(cursor.CursorStatic)
	in.KeyMap.Paste = key.NewBinding()
	in.Focus()
	return &prompt{input: in}
}

func (s *Screen) openPrompt() {
	s.hint = ""
	s.file = newPrompt(s.env.Styles.Text)
	s.layout()
}

func (s *Screen) promptKey(msg tea.KeyMsg) tea.Cmd {
	switch {
	case key.Matches(msg, s.keys.cancel):
		s.file = nil
		return nil
	case key.Matches(msg, s.keys.load):
		path := strings.TrimSpace(s.file.input.Value())
		if path == "" {
			s.file.fault = "type the path of a text file"
			return nil
		}
		return func() tea.Msg {
			problem, err := problemfile.Open(path)
			return fileLoaded{path, problem.Statement, err}
		}
	}
	s.file.fault = ""
	var cmd tea.Cmd
	s.file.input, cmd = s.file.input.Update(msg)
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
	}
}
