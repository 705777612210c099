package formula_test

import (
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine/formula"
)

// FuzzFind holds that pieces, put together, are the text, that formulas have their
// delimiters, and that nothing is read beyond the bounds.
func FuzzFind(f *testing.F) {
	for _, s := range []string{
		"Find $x$ and $$y$$ or \\(z\\), \\[w\\].", "$5 and $10", "```\n$x$\n```\n$y$", "`$x$` $y$", `C:\(new)\[x]`, `\begin{align}x&=1\end{align}`,
		`\newcommand{\R}{\mathbb{R}} $\R$`, "\\[ \\[ $ $$ ` ~~~ \\begin{array}{c}", "> ~~~\n> $x$\n> ~~~\n", `$\text{if $x$}$`, "$\xff\x00$", `\(\text{\(`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		pieces, macros := formula.Find(s)
		var all strings.Builder
		for _, p := range pieces {
			all.WriteString(p.Text)
			if p.Formula {
				if !strings.Contains(p.Text, p.Body) || p.Body == "" {
					t.Errorf("Find(%q): the body of %q is %q", s, p.Text, p.Body)
				}
				formula.Parse(p.Body, macros)
			}
		}
		if all.String() != s {
			t.Errorf("the pieces of %q are %q", s, all.String())
		}
	})
}
