package history

import (
	"strings"

	"github.com/charmbracelet/bubbles/cursor"
	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/theme"
)

func newFilter(st theme.TextStyles) textinput.Model {
	in := textinput.New()
	in.Prompt, in.Placeholder, in.CharLimit = "/ ", "words of the problem, the answer or the model", 200
	in.PromptStyle, in.TextStyle, in.PlaceholderStyle, in.Cursor.Style = st.Accent, st.Body, st.Faint, st.Accent
	in.Cursor.SetMode(cursor.CursorStatic)
	in.KeyMap.Paste = key.NewBinding()
	return in
}

// words is the filter as the store reads it.
func (s *Screen) words() string { return strings.TrimSpace(s.filter.Value()) }

func (s *Screen) filterKey(msg tea.KeyMsg) tea.Cmd {
	switch {
	case key.Matches(msg, s.keys.toList):
		s.filter.Blur()
		return nil
	case key.Matches(msg, s.keys.clear):
		s.filter.Blur()
		if s.words() == "" {
			return nil
		}
		s.filter.SetValue("")
		return s.search()
	}
	was := s.words()
	var cmd tea.Cmd
	s.filter, cmd = s.filter.Update(msg)
	if s.words() == was {
		return cmd
	}
	return tea.Batch(cmd, s.search())
}

// search asks the store anew. The rows shown stay until it has answered.
func (s *Screen) search() tea.Cmd {
	s.rows.fresh = true
	return s.rows.refresh(s.words())
}
