package answer

import (
	"slices"
	"strings"

	"github.com/aimo3/aimo3/engine/answer/tex"
	"github.com/aimo3/aimo3/engine/answer/value"
)

// maxConstants is how many constants of integration are tried in every order.
const maxConstants = 3

// integrated compares two expressions in variables up to what their constants of
// integration are called: C_1 e^x + C_2 e^{-x} is A e^x + B e^{-x}. It is false
// unless one side at least has only such names for constants as C and C_1.
func (c *comparison) integrated(a, b *tex.Node) (value.Judgement, bool) {
	x, y := variables(a), variables(b)
	inA, inB := constantsIn(x, y), constantsIn(y, x)
	points := without(x, inA)
	switch {
	case len(inA) != len(inB) || len(inA) == 0 || len(inA) > maxConstants || !all(inA, ofIntegration) && !all(inB, ofIntegration):
		return value.Judgement{}, false
	case len(points) == 0 || len(without(points, y)) > 0 || len(without(y, inB)) != len(points) || !all(points, isPoint):
		return value.Judgement{}, false
	}
	for _, order := range orders(inB) {
		if c.calc.Compare(a, renamedAs(b, order, inA)).Verdict == value.Equal {
			return equal(value.Proof, "lenient: constants of integration with other names"), true
		}
	}
	if len(inA) > 1 {
		return unknown("constants of integration"), true
	}
	return c.shifted(a, renamedAs(b, inB, inA), inA[0], points), true
}

// shifted compares p + Cq with r + Cs for any C.
func (c *comparison) shifted(a, b, constant *tex.Node, points []*tex.Node) value.Judgement {
	p, q, okA := linearIn(a, constant)
	r, s, okB := linearIn(b, constant)
	if !okA || !okB || q == nil || s == nil {
		return unknown("constants of integration")
	}
	here := func(n *tex.Node) *tex.Node { return at(n, points, 0) }
	apart := difference(p, r)
	j := c.calc.Compare(node(tex.Product, q, here(s)), node(tex.Product, s, here(q)))
	j = also(j, c.calc.Compare(node(tex.Product, apart, here(q)), node(tex.Product, q, here(apart))))
	switch {
	case j.Verdict == value.Different:
		return j
	case j.Verdict == value.Equal && c.calc.Compare(q, here(q)).Verdict == value.Equal && c.calc.Compare(q, number("0")).Verdict == value.Different && c.calc.Compare(s, number("0")).Verdict == value.Different:
		return lenient(j, "a constant of integration with another value")
	}
	return unknown("constants of integration")
}

// constantsIn are those of names that are constants of integration by custom, or
// may be since other names do not have them.
func constantsIn(names, others []*tex.Node) []*tex.Node {
	apart := without(names, others)
	return slices.DeleteFunc(slices.Clone(names), func(n *tex.Node) bool {
		return !ofIntegration(n) && (!anyConstant(n) || !slices.ContainsFunc(apart, func(x *tex.Node) bool { return alike(x, n) }))
	})
}

// ofIntegration says whether a name is one that constants of integration alone are
// given: C, K, c_1.
func ofIntegration(n *tex.Node) bool {
	switch len(n.Args) {
	case 0:
		return n.Text == "C" || n.Text == "K"
	case 1:
		return (n.Text == "C" || n.Text == "c" || n.Text == "K") && n.Args[0].Op == tex.Num
	}
	return false
}

// isPoint says whether a name is one that variables of functions are given.
func isPoint(n *tex.Node) bool {
	return len(n.Args) == 0 && (len(n.Text) == 1 && strings.Contains("xyztuvrs", n.Text) || n.Text == `\theta`)
}
