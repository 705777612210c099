package tui

import (
	"strings"
	"testing"
	"testing/synctest"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// TestAPasteIsPlainTextInEveryField, with a word of what was left out of it; where nothing is
// typed it is no text.
func TestAPasteIsPlainTextInEveryField(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		paste := tea.KeyMsg{Type: tea.KeyRunes, Paste: true, Runes: []rune("\x1b[31mred\x1b[0m\x07 wine\r\nlast")}
		for _, row := range []struct {
			from  int // of the routes
			press string
		}{{2, "/"}, {0, "ctrl+p"}, {2, "?"}, {0, "ctrl+o"}} {
			a := shown(t, tuitest.Palette(t), Routes(screen.NewKeys())[row.from], 100, 24)
			press(t, a, row.press)
			a.Update(paste)
			if got := picture(a); !strings.Contains(got, "red wine last") || strings.Contains(got, "[31m") || !strings.Contains(got, "3 control characters were left out") {
				t.Errorf("%s of route %d:\n%s", row.press, row.from, got)
			}
		}
		a := shown(t, tuitest.Palette(t), Routes(screen.NewKeys())[2], 100, 24)
		if a.Update(paste); strings.Contains(picture(a), "left out") {
			t.Errorf("what was pasted nowhere is told of:\n%s", picture(a))
		}
	})
}

// TestHelpSaysHowMuchIsBelow what is in view, and end and home go there and back.
func TestHelpSaysHowMuchIsBelow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, opens := range []string{"f1", "ctrl+p"} {
			a := shown(t, tuitest.Palette(t), Routes(screen.NewKeys())[2], 60, 16)
			press(t, a, opens)
			first := picture(a)
			if !strings.Contains(first, "more ↓ · enter runs") {
				t.Errorf("%s:\n%s", opens, first)
			}
			if press(t, a, "end"); strings.Contains(picture(a), "more ↓") || !strings.Contains(picture(a), "▸") {
				t.Errorf("%s, end:\n%s", opens, picture(a))
			}
			if press(t, a, "home"); !strings.Contains(picture(a), "more ↓") {
				t.Errorf("%s, home:\n%s", opens, picture(a))
			}
		}
	})
}
