package pane

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// Two statements of one list that are not the same look different in it, whatever the
// width, and none is wider than that.
func TestTitlesTellSiblingsApart(t *testing.T) {
	long := "Let $ABC$ be an acute triangle with integer sides, $AB < AC$, and let $D$ be on $BC$ so that $AD$ bisects the angle at $A$. "
	statements := []string{
		long + "Find $BD^2$.", long + "Find $CD^2$.", long + "Find $\\frac{BD}{CD}$ for $AB=7$.", long + "Find $\\frac{BD}{CD}$ for $AB=8$.",
		strings.Replace(long, "acute", "obtuse", 1) + "Find $BD^2$.", "What is $7\\times8$?", "What is $7\\times9$?",
	}
	var titles Titles
	titles.Of(append(statements, statements...))
	for _, source := range []bool{false, true} {
		titles.Source(source)
		for w := 24; w < 200; w++ {
			seen := map[string]string{}
			for _, s := range statements {
				title := titles.Title(s, w)
				if before, ok := seen[title]; ok {
					t.Errorf("width %d, source %t: %q and %q are both %q", w, source, before, s, title)
				}
				if seen[title] = s; ansi.StringWidth(title) > w {
					t.Errorf("width %d: %q is %d wide", w, title, ansi.StringWidth(title))
				}
			}
		}
	}
}

// A title has the statement's formulas, and the beginning of what is cut.
func TestTitles(t *testing.T) {
	var titles Titles
	for _, row := range []struct {
		statement string
		w         int
		want      string
	}{
		{"Find $x^2$\nwhere $x\\le\\frac12$.", 40, "Find x² where x ≤ 1/2."},
		{"Find $$\\sum_{i=1}^n i$$ now", 12, "Find ∑ᵢ₌₁ⁿ …"},
		{"\x1b[2Jx\u202e", 40, "␛[2Jx⟨U+202E⟩"},
	} {
		if got := titles.Title(row.statement, row.w); got != row.want {
			t.Errorf("Title(%q, %d) = %q, want %q", row.statement, row.w, got, row.want)
		}
	}
}
