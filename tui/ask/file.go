package ask

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/charmbracelet/bubbles/cursor"
	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/theme"
)

// largestFile is the most that is read of a file, in bytes; a statement of the
// greatest length takes 40 kB.
const largestFile = 1 << 20

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
			text, err := readFile(path)
			return fileLoaded{path, text, err}
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

// readFile reads a problem from a regular file. A pipe or a device is refused
// before it is opened, since opening it could wait for ever.
func readFile(path string) (string, error) {
	name, err := expand(path)
	if err != nil {
		return "", err
	}
	about, err := os.Stat(name)
	switch {
	case err != nil:
		return "", unreadable(path, err)
	case !about.Mode().IsRegular():
		return "", &engine.Fault{Class: engine.Invalid, What: path + " is not a regular file", Todo: "name a text file"}
	}
	f, err := os.Open(name)
	if err != nil {
		return "", unreadable(path, err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, largestFile+1))
	switch {
	case err != nil:
		return "", unreadable(path, err)
	case len(text) > largestFile && engine.CheckKind(string(text)) != nil:
		return "", engine.CheckKind(string(text))
	case len(text) > largestFile:
		return "", &engine.Fault{Class: engine.Invalid, What: path + " is larger than 1 MB", Todo: fmt.Sprintf("a problem has at most %d characters", engine.MaxStatement)}
	}
	problem, err := engine.NewProblem(path, string(text))
	return problem.Statement, err
}

func expand(path string) (string, error) {
	rest, ok := strings.CutPrefix(path, "~")
	if !ok || rest != "" && !os.IsPathSeparator(rest[0]) {
		return path, nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("find the home directory: %w", err)
	}
	return home + rest, nil
}

func unreadable(path string, err error) error {
	var detail *fs.PathError
	if errors.As(err, &detail) {
		err = detail.Err
	}
	return &engine.Fault{Class: engine.Invalid, What: "cannot read " + path, Todo: "check the path", Err: err}
}
