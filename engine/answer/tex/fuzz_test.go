package tex_test

import (
	"errors"
	"testing"

	"github.com/aimo3/aimo3/engine/answer/tex"
)

// FuzzParse holds Parse to its promises on any text: no panic, no more nodes
// than it says, and a tree that prints as what reads as the same tree.
func FuzzParse(f *testing.F) {
	for _, s := range []string{
		`\frac{1}{2}`, `1\frac12`, `(-\infty,0]\cup[4,\infty)`, `\begin{cases} x & x>0 \\ -x & \text{otherwise} \end{cases}`, `\sin^2 2x \cos y`, `\int_0^1 \frac{dx}{1+x^2}`,
		`\sum_{k=1}^{n} \binom{n}{k}`, `||x|-1|`, `\{x \mid x>0\}`, `11,\! 111`, `0.1\overline{6}`, `x = 1 or x = 2`, `3AF_{16}`, `60 km/h`, `√12²`, `f^{-1}(x)`, `[[1,2],[3,4]]`,
		`a \equiv b \pmod{7}`, `\lim_{x\to 0^+} x`, `\text{no solution}`, `5 or 7`, `p=5,q=2;p=7,q=2`, `]1,2[`, `\$1{,}234.50`, `{n \choose k}`, `\begin{pmatrix}1&2\\3&4\end{pmatrix}`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := tex.Parse(s)
		if err != nil {
			return
		}
		if nodes(n) > 4*512 {
			t.Errorf("Parse(%q) has %d nodes", s, nodes(n))
		}
		printed := n.String()
		if len(printed) > 4096 {
			return
		}
		// That it reads back as the same is a law of formulas, held elsewhere; of
		// any text at all it is enough that nothing worse than an error comes.
		if _, err := tex.Parse(printed); err != nil && !errors.Is(err, tex.ErrTooLarge) && !errors.Is(err, tex.ErrNotMath) {
			t.Errorf("Parse(%q) = %q: %v", s, printed, err)
		}
	})
}

// nodes counts a tree, with what is shared counted each time.
func nodes(n *tex.Node) int {
	count := 0
	n.Walk(func(*tex.Node) bool {
		count++
		return true
	})
	return count
}
