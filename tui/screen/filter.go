package screen

import (
	"github.com/charmbracelet/bubbles/cursor"
	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/theme"
)

// NewField returns a line of text to be typed, at most so many characters, any number
// if that is 0. It does not blink. A paste is the terminal's, and never read from a clipboard.
func NewField(st theme.TextStyles, prompt, placeholder string, maxRunes int) textinput.Model {
	in := textinput.New()
	in.Prompt, in.Placeholder, in.CharLimit = prompt, placeholder, maxRunes
	in.PromptStyle, in.TextStyle, in.PlaceholderStyle, in.Cursor.Style = st.Accent, st.Body, st.Faint, st.Accent
	in.Cursor.SetMode(cursor.CursorStatic)
	in.KeyMap.Paste = key.NewBinding()
	return in
}

// Filter takes a key while the field of a list's filter has the focus: toList leaves the
// field as it is, empty empties it and leaves it, and any other key is typed. Changed says
// that the text is another one, so that the list is out of date.
func Filter(msg tea.KeyMsg, field *textinput.Model, toList, empty key.Binding) (cmd tea.Cmd, changed bool) {
	was := field.Value()
	switch {
	case key.Matches(msg, toList):
		field.Blur()
	case key.Matches(msg, empty):
		field.Blur()
		field.SetValue("")
	default:
		*field, cmd = field.Update(msg)
	}
	return cmd, field.Value() != was
}
