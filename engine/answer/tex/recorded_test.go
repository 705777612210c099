package tex_test

import (
	"math"
	"math/cmplx"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine/answer/tex"
)

// TestRecordedTranslations holds Parse against the tests of another parser: for
// each LaTeX text they have what SymPy makes of it. Both are read here and
// evaluated at the same points. Not read are mostly a command of that parser's
// own and braces of sets for grouping; the values that differ are a logarithm to
// no base, a remainder beyond floating point and a name in small letters.
func TestRecordedTranslations(t *testing.T) {
	type row struct {
		Latex string
		Sympy *string
	}
	var parsed, of, agreed, compared, rejected, bad, unvalued int
	for _, r := range rows[row](t, "latex_parse.jsonl") {
		n, err := tex.Parse(r.Latex)
		if r.Sympy == nil {
			bad++
			if err != nil {
				rejected++
			} else {
				t.Logf("not rejected: %q = %q", r.Latex, n)
			}
			continue
		}
		of++
		if err != nil {
			t.Logf("not read: %q: %v", r.Latex, err)
			continue
		}
		parsed++
		want, err := tex.Parse(strings.ReplaceAll(*r.Sympy, "bar{", `\overline{`))
		if err != nil {
			continue
		}
		a, okA := values(n)
		b, okB := values(want)
		if !okA || !okB {
			unvalued++
			continue
		}
		compared++
		if closeTo(a, b) {
			agreed++
		} else {
			t.Logf("%q = %q = %v, not %q = %v", r.Latex, n, a, *r.Sympy, b)
		}
	}
	t.Logf("%d of %d read; %d of %d that can be evaluated agree; %d of %d rejected", parsed, of, agreed, compared, rejected, bad)
	if parsed*100 < of*96 || agreed*1000 < compared*993 || compared*100 < of*70 || rejected < bad-1 {
		t.Error("fewer than before")
	}
}

// values evaluates n at three points.
func values(n *tex.Node) ([]complex128, bool) {
	var all []complex128
	for _, seed := range []float64{0.37, 1.91, 2.6} {
		v, ok := value(n, seed)
		if !ok || cmplx.IsNaN(v) {
			return nil, false
		}
		all = append(all, v)
	}
	return all, true
}

func closeTo(a, b []complex128) bool {
	for i := range a {
		if d := cmplx.Abs(a[i] - b[i]); d > 1e-9*math.Max(1, cmplx.Abs(b[i])) {
			return false
		}
	}
	return true
}

// pointOf is where a name stands for the point of seed.
func pointOf(name string, seed float64) complex128 {
	h := seed
	for i, r := range strings.TrimPrefix(name, `\`) {
		h += math.Mod(float64(r)*(0.377+float64(i)*0.119), 1.7)
	}
	return complex(0.4+math.Mod(h, 2.3), 0)
}
