package answer

import (
	"github.com/aimo3/aimo3/engine/answer/tex"
	"github.com/aimo3/aimo3/engine/answer/value"
)

// tuples compares a part of kind x with a tuple.
func (c *comparison) tuples(a, b *tex.Node, x Kind) value.Judgement {
	switch x {
	case Tuple:
		return c.inOrder(a.Args, b.Args)
	case List:
		if solutions(a.Args) || solutions(b.Args) {
			break
		}
		members := c.members(a)
		if _, values, ok := assignments(a); ok && len(values) > len(members) {
			members = values // x = y = 1, z = 2
		}
		return lenient(c.inOrder(members, b.Args), "parentheses left out on one side")
	case Set:
		if members := c.members(a); len(members) == 1 {
			return lenient(c.nodes(members[0], b), "braces left out on one side")
		}
		if c.policy.has(TupleIsSet) {
			return c.asSets(c.members(a), b.Args)
		}
	default:
	}
	return unlike(x, Tuple)
}

// separated says whether two lists, sets or brackets of whole numbers have the same
// digits, and commas part only one of them into threes: (1,000, 2,000) and
// (1000, 2000).
func separated(a, b *tex.Node) bool {
	if len(a.Args) < len(b.Args) {
		a, b = b, a
	}
	if len(b.Args) == 0 || !all(a.Args, isNumeral) || !all(b.Args, isNumeral) {
		return false
	}
	at := 0
	for _, n := range b.Args {
		digits := ""
		for first := true; digits != n.Text; first = false {
			if at == len(a.Args) || !first && len(a.Args[at].Text) != 3 || first && len(a.Args[at].Text) > 3 && a.Args[at].Text != n.Text || len(digits) > len(n.Text) {
				return false
			}
			digits += a.Args[at].Text
			at++
		}
	}
	return at == len(a.Args)
}

// ratios compares a part of kind x with a ratio: up to scale, and as a quotient,
// unless they are times of day.
func (c *comparison) ratios(a, b *tex.Node, x Kind) value.Judgement {
	if j, ok := clocks(clockOf(a), clockOf(b)); ok && !c.apart {
		return j
	}
	if clockOf(a).sure || clockOf(b).sure {
		return unknown("a time of day against what is none")
	}
	if x == Scalar && len(b.Args) == 2 {
		return c.nodes(a, node(tex.Quotient, b.Args[0], b.Args[1]))
	}
	if x != Ratio {
		return unlike(x, Ratio)
	}
	return c.scaledRatios(a, b)
}

// scaledRatios compares two ratios up to scale.
func (c *comparison) scaledRatios(a, b *tex.Node) value.Judgement {
	if a == nil || b == nil || a.Op != tex.Ratio || b.Op != tex.Ratio {
		return unknown("a ratio against what is none")
	}
	if len(a.Args) != len(b.Args) {
		return different("ratios of other lengths")
	}
	j := equal(value.Shape, "")
	for i := 1; i < len(a.Args); i++ {
		j = also(j, c.nodes(node(tex.Product, a.Args[0], b.Args[i]), node(tex.Product, b.Args[0], a.Args[i])))
	}
	return j
}

// spans compares a part of kind x with an interval, or with sets put together.
func (c *comparison) spans(a, b *tex.Node, x Kind) value.Judgement {
	if b.Op == tex.Interval && b.Text == "[]" && x == Matrix {
		return c.nodes(a, node(tex.Tuple, b.Args...))
	}
	if j, ok := c.regions(a, b); ok {
		return j
	}
	switch {
	case x == List && b.Op == tex.Interval && b.Text == "[]" && len(a.Args) == 2:
		return also(c.inOrder(a.Args, b.Args), unknown("a list or an interval"))
	case x == Tuple && b.Op == tex.Interval && len(a.Args) == 2:
		return c.brackets(a, "()", b)
	case x != Span || a.Op != b.Op:
		return otherSpan(x)
	case a.Op == tex.Name:
		return namedSets(a, b)
	case a.Op == tex.Interval:
		return c.brackets(a, a.Text, b)
	case a.Op == tex.Union || a.Op == tex.Intersect:
		return c.inAnyOrder(a.Args, b.Args)
	}
	return c.inOrder(a.Args, b.Args)
}

// namedSets compares two sets of numbers by their names: ℤ^+ and ℤ_{>0}.
func namedSets(a, b *tex.Node) value.Judgement {
	x, okX := setDomain(a)
	y, okY := setDomain(b)
	switch {
	case okX && okY && x == y:
		return equal(value.Shape, "")
	case okX && okY && x.natural != y.natural:
		return unknown("whether 0 is a natural number")
	}
	return different("sets of other numbers")
}

func otherSpan(x Kind) value.Judgement {
	if x == Span || x == Set {
		return unknown("sets that cannot be calculated")
	}
	return unlike(x, Span)
}

// brackets compares two intervals by their brackets and ends.
func (c *comparison) brackets(a *tex.Node, brackets string, b *tex.Node) value.Judgement {
	if brackets != b.Text {
		return different(brackets + " against " + b.Text)
	}
	return c.inOrder(a.Args, b.Args)
}
