package screen_test

import (
	"testing"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/screen"
)

// TestFilter: keys are typed until one leaves the field, with its text or without; only a text
// that is another one changes the list.
func TestFilter(t *testing.T) {
	toList, empty := key.NewBinding(key.WithKeys("enter", "down")), key.NewBinding(key.WithKeys("esc"))
	typed := func(text string) tea.KeyMsg { return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(text)} }
	field := screen.NewField(theme.TextStyles{}, "/ ", "words", 3)
	field.Focus()
	for i, row := range []struct {
		key     tea.KeyMsg
		text    string
		changed bool
		focused bool
	}{
		{typed("a"), "a", true, true},
		{tea.KeyMsg{Type: tea.KeyLeft}, "a", false, true},
		{typed("bcd"), "bca", true, true}, // no more than three
		{tea.KeyMsg{Type: tea.KeyCtrlV}, "bca", false, true},
		{tea.KeyMsg{Type: tea.KeyDown}, "bca", false, false},
		{tea.KeyMsg{Type: tea.KeyEsc}, "", true, false},
		{tea.KeyMsg{Type: tea.KeyEsc}, "", false, false},
		{tea.KeyMsg{Type: tea.KeyEnter}, "", false, false},
	} {
		_, changed := screen.Filter(row.key, &field, toList, empty)
		if field.Value() != row.text || changed != row.changed || field.Focused() != row.focused {
			t.Errorf("%d, %s: %q, changed %t, focused %t; want %q %t %t", i, row.key, field.Value(), changed, field.Focused(), row.text, row.changed, row.focused)
		}
	}
}
