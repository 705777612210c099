package answer

import (
	"github.com/aimo3/aimo3/engine/answer/tex"
	"github.com/aimo3/aimo3/engine/answer/value"
)

// relation is what solves a relation of one variable: one that compares it with
// a number, a linear or quadratic one, or one of its distance from a number.
func (r *reader) relation(n *tex.Node) (region, bool) {
	if n.Text == `\in` || n.Text == `\notin` {
		return r.membership(n)
	}
	n = turned(n)
	left, right := n.Args[0], n.Args[1]
	names := variables(node(tex.Sum, left, right))
	if len(names) != 1 || kindOf(left) != Scalar || kindOf(right) != Scalar || !r.about(names[0]) {
		return region{}, false
	}
	name := names[0]
	switch {
	case alike(left, name):
		return r.bounded(right, n.Text)
	case alike(right, name):
		return r.bounded(left, mirrored(n.Text))
	case isAbs(left) && len(variables(right)) == 0:
		return r.distance(left.Args[0], right, n.Text)
	case isAbs(right) && len(variables(left)) == 0:
		return r.distance(right.Args[0], left, mirrored(n.Text))
	}
	return r.polynomial(difference(left, right), name, n.Text)
}

// about says whether name is the one variable, which the first one met is.
func (r *reader) about(name *tex.Node) bool {
	if r.name == nil {
		r.name = name
	}
	return alike(r.name, name)
}

func (r *reader) membership(n *tex.Node) (region, bool) {
	if !bare(n.Args[0]) || !r.about(n.Args[0]) {
		return region{}, false
	}
	in, ok := r.fold(n.Args[1:], nothing(), either)
	if n.Text == `\notin` && ok {
		return r.merged(everything(), in, first)
	}
	return in, ok
}

func isAbs(n *tex.Node) bool { return n.Op == tex.Call && n.Text == "abs" && len(n.Args) == 1 }

// mirrored is the sign of b ? a for that of a ? b; > and ≥ are of our own here.
func mirrored(sign string) string {
	switch sign {
	case "<":
		return ">"
	case `\le`:
		return `\ge`
	case ">":
		return "<"
	case `\ge`:
		return `\le`
	}
	return sign
}

// bounded is the set of x for which x sign n.
func (r *reader) bounded(n *tex.Node, sign string) (region, bool) {
	in, ok := signSet(sign)
	switch {
	case !ok:
		return region{}, false
	case infinite(n, 1) && sign != "=":
		return region{in: []bool{in[0]}}, true
	case infinite(n, -1) && sign != "=":
		return region{in: []bool{in[2]}}, true
	}
	return region{cuts: []cut{r.cut(n)}, in: in[:]}, r.real(n)
}

// signSet says for which signs of a-b the relation a sign b holds.
func signSet(sign string) (in [3]bool, ok bool) {
	switch sign {
	case "=":
		return [3]bool{false, true, false}, true
	case `\ne`:
		return [3]bool{true, false, true}, true
	case "<":
		return [3]bool{true, false, false}, true
	case `\le`:
		return [3]bool{true, true, false}, true
	case ">":
		return [3]bool{false, false, true}, true
	case `\ge`:
		return [3]bool{false, true, true}, true
	}
	return in, false
}

// distance is what solves |of| sign n.
func (r *reader) distance(of, n *tex.Node, sign string) (region, bool) {
	if s, ok := r.calc.Order(n, number("0")); !ok || s <= 0 {
		return region{}, false
	}
	relation := func(sign string, right *tex.Node) *tex.Node {
		return &tex.Node{Op: tex.Relation, Text: sign, Args: []*tex.Node{of, right}}
	}
	parts := []*tex.Node{relation(sign, n), relation(mirrored(sign), negative(n))}
	switch sign {
	case "<", `\le`, `\ne`:
		return r.fold(parts, everything(), both)
	}
	return r.fold(parts, nothing(), either)
}

// polynomial is what solves d sign 0 for a linear or quadratic d.
func (r *reader) polynomial(d, name *tex.Node, sign string) (region, bool) {
	in, ok := signSet(sign)
	if at, step, isLinear := linearIn(d, name); isLinear && ok && len(variables(node(tex.Sum, at, step))) == 0 {
		return r.linear(at, step, in)
	}
	f := func(text string) *tex.Node { return put(d, name, number(text)) }
	zero, one, minus := f("0"), f("1"), put(d, name, negative(number("1")))
	half := func(n *tex.Node) *tex.Node { return node(tex.Quotient, n, number("2")) }
	a, b := difference(half(node(tex.Sum, one, minus)), zero), half(difference(one, minus))
	for _, x := range [...]string{"2", "5", "7"} {
		want := node(tex.Sum, node(tex.Product, number(x), number(x), a), node(tex.Product, number(x), b), zero)
		if r.calc.Compare(f(x), want).Verdict != value.Equal {
			return region{}, false
		}
	}
	lead, okA := r.calc.Order(a, number("0"))
	slope, okB := r.calc.Order(b, number("0"))
	switch {
	case !ok || !okA || !okB || lead == 0 && slope == 0:
		return region{}, false
	case lead == 0:
		root := negative(node(tex.Quotient, zero, b))
		return region{cuts: []cut{r.cut(root)}, in: signs(in, -slope, 0, slope)}, r.real(root)
	}
	return r.quadratic(a, b, zero, lead, in)
}

// linear is where the sign of at + step·x is one of in.
func (r *reader) linear(at, step *tex.Node, in [3]bool) (region, bool) {
	slope, ok := r.calc.Order(step, number("0"))
	if !ok || slope == 0 {
		return region{}, false
	}
	root := negative(node(tex.Quotient, at, step))
	return region{cuts: []cut{r.cut(root)}, in: signs(in, -slope, 0, slope)}, r.real(root)
}

// signs are the answers of in for a row of signs.
func signs(in [3]bool, row ...int) []bool {
	found := make([]bool, len(row))
	for i, s := range row {
		found[i] = in[s+1]
	}
	return found
}

// quadratic is where the sign of ax²+bx+c is one of in; lead is that of a.
func (r *reader) quadratic(a, b, c *tex.Node, lead int, in [3]bool) (region, bool) {
	under := difference(node(tex.Product, b, b), node(tex.Product, number("4"), a, c))
	roots, ok := r.calc.Order(under, number("0"))
	root := func(sign int) *tex.Node {
		width := node(tex.Root, under)
		if sign*lead < 0 {
			width = negative(width)
		}
		return node(tex.Quotient, node(tex.Sum, negative(b), width), node(tex.Product, number("2"), a))
	}
	switch {
	case !ok:
		return region{}, false
	case roots < 0:
		return region{in: signs(in, lead)}, true
	case roots == 0:
		return region{cuts: []cut{r.cut(root(1))}, in: signs(in, lead, 0, lead)}, true
	}
	return region{cuts: []cut{r.cut(root(-1)), r.cut(root(1))}, in: signs(in, lead, 0, -lead, 0, lead)}, true
}
