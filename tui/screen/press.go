package screen

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
)

// Refuser is a Screen that says of keys that do nothing now why they do not. Help and the
// palette list them with that; one that is pressed all the same says it.
type Refuser interface{ Refused() []Refused }

// Refused is a key that does nothing now. Why says what is missing, or what to do first.
type Refused struct {
	Key key.Binding
	Why string
}

// Press is a press of the key of a name, as bindings have it; ok is false if there is no
// such key.
func Press(name string) (press tea.KeyMsg, ok bool) {
	bare, alt := strings.CutPrefix(name, "alt+")
	if r, _ := utf8.DecodeRuneInString(bare); utf8.RuneCountInString(bare) == 1 && r != utf8.RuneError {
		kind := tea.KeyRunes
		if r == ' ' {
			kind = tea.KeySpace
		}
		return tea.KeyMsg{Type: kind, Runes: []rune{r}, Alt: alt}, r >= ' '
	}
	const lowest, highest = -200, 127 // of the keys that Bubble Tea names
	for t := tea.KeyType(lowest); t <= highest; t++ {
		if t != tea.KeyRunes && bare != "" && t.String() == bare {
			return tea.KeyMsg{Type: t, Alt: alt}, true
		}
	}
	return press, false
}
