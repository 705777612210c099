package mathtext_test

import (
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine/formula"
	"github.com/aimo3/aimo3/tui/mathtext"
)

// TestFormulasAreToldApart: two formulas of different values are not drawn alike, in a line
// or in two dimensions.
func TestFormulasAreToldApart(t *testing.T) {
	for _, pair := range [][2]string{
		{`\sqrt{1}2`, `\sqrt{12}`},
		{`2\sqrt{3}4`, `2\sqrt{34}`},
		{`\sqrt[3]{2}5`, `\sqrt[3]{25}`},
		{`\sqrt{2}{5}`, `\sqrt{25}`},
		{`a^{\sqrt{2}3}`, `a^{\sqrt{23}}`},
		{`\sqrt{a}b`, `\sqrt{ab}`},
		{`{b\over c}d`, `\frac{b}{cd}`},
		{`a{b\over c}`, `\frac{ab}{c}`},
		{`\frac{n}{2}!`, `\frac{n}{2!}`},
		{`\sqrt{2}!`, `\sqrt{2!}`},
		{`10^{5}7`, `10^{57}`},
		{`2^{10}0`, `2^{100}`},
		{`x_{1}2`, `x_{12}`},
		{`\begin{cases}a\\b\end{cases}c`, `\begin{cases}a\\bc\end{cases}`},
		{`{\begin{cases}a\\b\end{cases}}=c`, `\begin{cases}a\\b=c\end{cases}`},
		{`\left\{\begin{array}{l}a\\b\end{array}\right.+c`, `\left\{\begin{array}{l}a\\b+c\end{array}\right.`},
	} {
		for name, set := range map[string]mathtext.Charset{"Unicode": mathtext.Unicode, "ASCII": mathtext.ASCII} {
			a, b := formula.Parse(pair[0], nil), formula.Parse(pair[1], nil)
			if one := mathtext.Inline(a, set); one == mathtext.Inline(b, set) {
				t.Errorf("%s: %s and %s are both %s in a line", name, pair[0], pair[1], one)
			}
			if one := strings.Join(mathtext.Display(a, set).Lines, "\n"); one == strings.Join(mathtext.Display(b, set).Lines, "\n") {
				t.Errorf("%s: %s and %s are both\n%s", name, pair[0], pair[1], one)
			}
		}
	}
	for source, want := range map[string]string{
		`\sqrt{2}3`:                      "√2 3",
		`-\frac{n}{2}!`:                  "−(n/2)!",
		`(\frac{n}{2})!`:                 "(n/2)!",
		`\sqrt{12}`:                      "√12",
		`x{a\over b}c`:                   "x(a/b)c",
		`\begin{cases}a\\b\end{cases}`:   "{a; b",
		`\begin{cases}a\\b\end{cases},c`: "{a; b}, c",
	} {
		if got := mathtext.Inline(formula.Parse(source, nil), mathtext.Unicode); got != want {
			t.Errorf("%s: got %s, want %s", source, got, want)
		}
	}
}
