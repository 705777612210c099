package mathtext_test

import (
	"testing"

	"github.com/aimo3/aimo3/engine/formula"
	"github.com/aimo3/aimo3/tui/mathtext"
)

// TestVectorsAreNotBold: what a source tells apart a line does as well.
func TestVectorsAreNotBold(t *testing.T) {
	for source, want := range map[string]string{
		`\vec{v}`: "𝒗", `\mathbf{v}`: "𝐯", `v`: "v", `\vec F`: "𝑭", `\mathbf F`: "𝐅", `\vec 0`: "vec(0)", `\vec{AB}`: "vec(AB)",
	} {
		if got := mathtext.Inline(formula.Parse(source, nil), mathtext.Unicode); got != want {
			t.Errorf("%s: got %s, want %s", source, got, want)
		}
	}
}
