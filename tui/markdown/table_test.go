package markdown_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/tui/markdown"
	"github.com/aimo3/aimo3/tui/mathtext"
)

// A table keeps to its width: its cells are wrapped, and where there are too many columns
// for that, it is shown row by row.
func TestTables(t *testing.T) {
	const (
		small = "| n | $f(n)$ | why |\n|--:|:--:|---|\n| 1 | $\\frac{1}{2}$ | odd |\n| 10 | $x^{2}$ | |\n"
		long  = "| case | what follows |\n|---|---|\n| $p = 2$ | the sum is even and the product is not, so both are *excluded* |\n| $p > 2$ | none |\n"
		wide  = "| alpha | beta | gamma | delta | epsilon |\n|---|---|---|---|---|\n| one | two | $x_1$ | four | five and six |\n| 1 | 2 | 3 | | 5 |\n"
	)
	for _, row := range []struct {
		name, in string
		o        markdown.Options
		want     string
	}{
		{"fits", small, markdown.Options{Width: 40}, ` n │ f(n) │ why
───┼──────┼────
 1 │ 1/2  │ odd
10 │  x²  │`},
		{"ASCII", small, markdown.Options{Width: 40, Charset: mathtext.ASCII}, ` n | f(n) | why
---+------+----
 1 | 1/2  | odd
10 | x^2  |`},
		{"wraps", long, markdown.Options{Width: 34}, `case  │ what follows
──────┼───────────────────────────
p = 2 │ the sum is even and the
      │ product is not, so both
      │ are excluded
╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌
p > 2 │ none`},
		{"too narrow", wide, markdown.Options{Width: 20}, `alpha: one
beta: two
gamma: x₁
delta: four
epsilon: five and
  six
╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌
alpha: 1
beta: 2
gamma: 3
delta:
epsilon: 5`},
	} {
		got := markdown.Draw(row.in, row.o)
		var lines []string
		for l := range strings.SplitSeq(got, "\n") {
			lines = append(lines, strings.TrimRight(l, " "))
			if w := ansi.StringWidth(l); w > row.o.Width {
				t.Errorf("%s: %q is %d wide", row.name, l, w)
			}
		}
		if got := strings.Join(lines, "\n"); got != row.want {
			t.Errorf("%s: got\n%s\nwant\n%s", row.name, got, row.want)
		}
	}
}

// In any width all of a table is there, in lines no wider than that.
func TestTablesLoseNothing(t *testing.T) {
	const table = "| a | the second column | 数学の列 |\n|:--|--:|:-:|\n| α $\\sum_{k=1}^n k$ | `x | y` and more words | 答えは四十二です |\n| b | 1234567890123456789012345678901234567890 | $$\\frac{a}{b}$$ |\n\nafter\n"
	bare := func(s string) string {
		return strings.Map(func(r rune) rune {
			if strings.ContainsRune(" \n│─┼╌:", r) {
				return -1
			}
			return r
		}, s)
	}
	for w := 4; w < 120; w++ {
		got := markdown.Draw(table, markdown.Options{Width: w})
		for l := range strings.SplitSeq(got, "\n") {
			if n := ansi.StringWidth(l); n > w {
				t.Errorf("width %d: %q is %d wide", w, l, n)
			}
		}
		for _, cell := range []string{"thesecondcolumn", "数学の列", "∑", "andmorewords", "答えは四十二です", "1234567890123456789012345678901234567890", "a/b", "after"} {
			if flat := bare(got); !strings.Contains(flat, cell) && !wrappedIn(flat, cell) {
				t.Errorf("width %d: %q is missing in\n%s", w, cell, got)
			}
		}
	}
}

// wrappedIn says that the characters of a cell come in s in order, as they do where the
// cells beside it stand between its lines.
func wrappedIn(s, cell string) bool {
	for _, r := range cell {
		at := strings.IndexRune(s, r)
		if at < 0 {
			return false
		}
		s = s[at:]
	}
	return true
}
