package form

import (
	"strings"
	"testing"

	"github.com/aimo3/aimo3/tui/phrase"
)

// TestSheetsFitTheTerminal: the widest columns are cut first, then the last ones are left out,
// down to two, and nothing is shown that a terminal would obey.
func TestSheetsFitTheTerminal(t *testing.T) {
	sheets := []phrase.Sheet{
		{Title: "One\x1b[2J", Head: []string{"", "first", "second"}, Rows: [][]string{{"a", "1", "2"}, {"b"}}},
		{Title: "Another", Rows: [][]string{{"c", strings.Repeat("x", 30), "yyyyyyyyyyyyyy"}}},
	}
	const one, other = "One␛[2J\n     first  second\n  a  1      2\n  b\n", "\nAnother\n  c  "
	for width, want := range map[int]string{
		80: one + other + strings.Repeat("x", 30) + "  yyyyyyyyyyyyyy\n",
		40: one + other + strings.Repeat("x", 18) + "…  yyyyyyyyyyyyyy\n",
		31: one + other + "xxxxxxxxxxx…  yyyyyyyyyyy…\n",
		18: one + other + "xxxxxxxxxxx…\n",
		17: strings.NewReplacer("first  second", "first", "1      2", "1").Replace(one) + other + "xxxxxxxxxxx…\n",
	} {
		var b strings.Builder
		if err := WriteSheets(&b, width, sheets); err != nil {
			t.Fatal(err)
		}
		if b.String() != want {
			t.Errorf("in %d columns:\n%s\nwant\n%s", width, &b, want)
		}
	}
}
