package pane_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/tui/pane"
)

// TestBig: whole numbers that have the room are drawn, each digit in its own way, and
// nothing else is.
func TestBig(t *testing.T) {
	seen := map[string]rune{}
	for _, r := range "0123456789-" {
		lines, ok := pane.Big(string(r), 3)
		drawn := strings.Join(lines, "\n")
		if other, twice := seen[drawn]; !ok || twice || len(lines) != pane.BigHeight {
			t.Errorf("%c is drawn as %c:\n%s", r, other, drawn)
		}
		seen[drawn] = r
	}
	for number, fits := range map[string]int{"32951": 19, "-7": 7, "": -1, "1/2": -1, "½": -1, "x": -1} {
		for _, width := range []int{0, fits - 1, fits, 200} {
			lines, ok := pane.Big(number, width)
			if want := fits > 0 && width >= fits; ok != want {
				t.Errorf("%q in %d cells: %v, want %v", number, width, ok, want)
			}
			for _, l := range lines {
				if ansi.StringWidth(l) > width {
					t.Errorf("%q in %d cells: %q", number, width, l)
				}
			}
		}
	}
}
