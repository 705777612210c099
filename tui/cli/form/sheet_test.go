package form

import (
	"strings"
	"testing"

	"github.com/aimo3/aimo3/tui/phrase"
)

// TestSheetsFitTheTerminal: the last columns that do not fit are left out, down to two, and
// nothing is shown that a terminal would obey.
func TestSheetsFitTheTerminal(t *testing.T) {
	sheets := []phrase.Sheet{
		{Title: "One\x1b[2J", Head: []string{"", "first", "second"}, Rows: [][]string{{"a", "1", "2"}, {"b"}}},
		{Title: "Another", Rows: [][]string{{"c", strings.Repeat("x", 30)}}},
	}
	const whole = "One␛[2J\n     first  second\n  a  1      2\n  b\n\nAnother\n  c  xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n"
	for width, want := range map[int]string{80: whole, 18: whole, 17: strings.NewReplacer("first  second", "first", "1      2", "1").Replace(whole)} {
		var b strings.Builder
		if err := WriteSheets(&b, width, sheets); err != nil {
			t.Fatal(err)
		}
		if b.String() != want {
			t.Errorf("in %d columns:\n%s\nwant\n%s", width, &b, want)
		}
	}
}
