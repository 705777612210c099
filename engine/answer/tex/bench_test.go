package tex_test

import (
	"testing"

	"github.com/aimo3/aimo3/engine/answer/tex"
)

func BenchmarkParse(b *testing.B) {
	for _, bb := range []struct{ name, text string }{
		{"integer", "2145"},
		{"thousands", `11,\! 111`},
		{"fraction", `\frac{14}{3}`},
		{"surd", `-2+\frac{3\sqrt{3}}{4}`},
		{"pair", `\left( 6, -\frac{3}{8} \right)`},
		{"intervals", `(-\infty, -2] \cup [2, \infty)`},
		{"polynomial", `2x^9 - 8x^7 + 9x^6 - 16x^5 - 12x^4 + 9x^3 - 24x^2`},
		{"matrix", `\begin{pmatrix} 1 & 0 & 0 \\ 0 & 1 & 0 \\ 0 & 0 & -1 \end{pmatrix}`},
		{"unicode", "x² ≤ √12"},
		{"words", `\text{no solution}`},
	} {
		b.Run(bb.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := tex.Parse(bb.text); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
