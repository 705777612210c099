package answer

import (
	"strings"

	"github.com/aimo3/aimo3/engine/answer/tex"
	"github.com/aimo3/aimo3/engine/answer/value"
)

// A reader turns parts of answers into regions.
type reader struct {
	calc value.Calc
	name *tex.Node // the variable that relations are about; nil before one was met
}

// read is the set of reals that n says.
func (r *reader) read(n *tex.Node) (region, bool) {
	switch n = unsigned(n); n.Op {
	case tex.Interval:
		return r.interval(n.Args[0], n.Args[1], n.Text)
	case tex.Tuple:
		if len(n.Args) == 2 {
			return r.interval(n.Args[0], n.Args[1], "()")
		}
	case tex.Empty:
		return nothing(), true
	case tex.Set:
		return r.fold(n.Args, nothing(), either)
	case tex.Union, tex.Or:
		return r.fold(n.Args, nothing(), either)
	case tex.SetOf:
		return r.builder(n)
	case tex.And:
		if parts, ok := alternatives(n); ok {
			return r.fold(parts, nothing(), either)
		}
		return r.fold(n.Args, everything(), both)
	case tex.Intersect:
		return r.fold(n.Args, everything(), both)
	case tex.List:
		return r.list(n)
	case tex.Minus:
		return r.fold(n.Args[1:], r.start(n.Args[0]), first)
	case tex.Relation:
		return r.relation(n)
	case tex.Name:
		return r.realsNamed(n)
	default:
	}
	return region{}, false
}

// builder is the set of those x, or x ∈ ℝ, for which something holds.
func (r *reader) builder(n *tex.Node) (region, bool) {
	name := n.Args[0]
	if name.Op == tex.Relation && name.Text == `\in` && name.Args[1].Text == `\mathbb{R}` {
		name = name.Args[0]
	}
	if name.Op != tex.Name || kindOf(n.Args[1]) != Relation || len(variables(n.Args[1])) != 1 || !alike(variables(n.Args[1])[0], name) {
		return region{}, false
	}
	in, ok := (&reader{calc: r.calc}).read(n.Args[1])
	return in, ok
}

// alternatives reads x < 1 ∪ x > 2, which is written for "or", and which looks
// like a chain with a set in it.
func alternatives(n *tex.Node) ([]*tex.Node, bool) {
	if len(n.Args) != 2 || n.Args[0].Op != tex.Relation || n.Args[1].Op != tex.Relation {
		return nil, false
	}
	middle := n.Args[0].Args[1]
	if middle.Op != tex.Union || len(middle.Args) != 2 || !alike(middle, n.Args[1].Args[0]) {
		return nil, false
	}
	return []*tex.Node{
		{Op: tex.Relation, Text: n.Args[0].Text, Args: []*tex.Node{n.Args[0].Args[0], middle.Args[0]}},
		{Op: tex.Relation, Text: n.Args[1].Text, Args: []*tex.Node{middle.Args[1], n.Args[1].Args[1]}},
	}, true
}

// start is the set that n says, or nothing with no cuts and no membership.
func (r *reader) start(n *tex.Node) region {
	whole, ok := r.read(n)
	if !ok {
		return region{}
	}
	return whole
}

// fold puts the sets of several parts together. A number is the set of itself.
func (r *reader) fold(parts []*tex.Node, so region, keep func(a, b bool) bool) (region, bool) {
	if len(parts) > maxCuts/2 {
		return region{}, false
	}
	for _, part := range parts {
		next, ok := r.read(part)
		if !ok && kindOf(part) == Scalar && len(variables(part)) == 0 {
			next, ok = r.point(part), true
		}
		if !ok || len(so.in) == 0 {
			return region{}, false
		}
		if so, ok = r.merged(so, next, keep); !ok {
			return region{}, false
		}
	}
	return so, len(so.in) > 0
}

// list reads conditions side by side: those that can hold together do, and
// others, as x < 1, x > 2, are alternatives.
func (r *reader) list(n *tex.Node) (region, bool) {
	if !all(n.Args, func(arg *tex.Node) bool { k := kindOf(arg); return k == Relation || k == Span }) {
		return region{}, false
	}
	together, ok := r.fold(n.Args, everything(), both)
	if ok && kindOf(n.Args[0]) == Relation && !together.empty() {
		return together, true
	}
	return r.fold(n.Args, nothing(), either)
}

// interval is what lies between two numbers, of which the first is less.
func (r *reader) interval(low, high *tex.Node, brackets string) (region, bool) {
	from, to := everything(), everything()
	if !infinite(low, -1) {
		if !r.real(low) {
			return region{}, false
		}
		from = r.above(low)
		from.in[1] = brackets[0] == '['
	}
	if !infinite(high, 1) {
		if !r.real(high) {
			return region{}, false
		}
		to = r.below(high)
		to.in[1] = brackets[1] == ']'
	}
	between, ok := r.merged(from, to, both)
	return between, ok && !between.empty()
}

// real says whether n is a real number.
func (r *reader) real(n *tex.Node) bool {
	if kindOf(n) != Scalar || len(variables(n)) > 0 {
		return false
	}
	if _, ok := r.calc.Approx(n); ok {
		return true
	}
	_, ok := r.calc.Order(n, n)
	return ok
}

// infinite says whether n is the infinity of the sign.
func infinite(n *tex.Node, sign int) bool {
	if n.Op == tex.Neg {
		return infinite(n.Args[0], -sign)
	}
	return n.Op == tex.Name && n.Text == `\infty` && sign > 0
}

// realsNamed is ℝ, ℝ^+, ℝ_{≥0} and the like.
func (r *reader) realsNamed(n *tex.Node) (region, bool) {
	behind, ok := strings.CutPrefix(n.Text, `\mathbb{R}`)
	if !ok {
		return region{}, false
	}
	zero := number("0")
	if len(n.Args) == 1 && behind == "" {
		switch sub := n.Args[0]; {
		case sub.Op == tex.Relation && alike(sub.Args[1], zero):
			return r.bounded(zero, sub.Text)
		case sub.Op == tex.Name && (sub.Text == "+" || sub.Text == "-"):
			behind = "^" + sub.Text
		default:
			return region{}, false
		}
	}
	switch strings.Trim(behind, "{}") {
	case "":
		return everything(), len(n.Args) == 0
	case "^+":
		return r.above(zero), true
	case "^-":
		return r.below(zero), true
	case "^*":
		return r.bounded(zero, `\ne`)
	}
	return region{}, false
}
