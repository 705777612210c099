package answer

import (
	"strconv"

	"github.com/aimo3/aimo3/engine/answer/tex"
	"github.com/aimo3/aimo3/engine/answer/value"
)

// maxUnknowns is how many variables relations may have that are calculated.
const maxUnknowns = 16

// single compares two single relations.
func (c *comparison) single(a, b *tex.Node) value.Judgement {
	a, b = turned(a), turned(b)
	if a.Text != b.Text {
		return c.otherSigns(a, b)
	}
	sides := c.inOrder(a.Args, b.Args)
	switch a.Text {
	case "=", `\ne`, "<", `\le`:
		if sides.Verdict == value.Equal || !scalarSides(a) || !scalarSides(b) {
			return sides
		}
		return c.proportional(difference(a.Args[0], a.Args[1]), difference(b.Args[0], b.Args[1]), a.Text)
	}
	return sides
}

// otherSigns is the judgement of two relations with different signs.
func (c *comparison) otherSigns(a, b *tex.Node) value.Judgement {
	for _, rel := range [...]*tex.Node{a, b} {
		if rel.Text == `\in` || rel.Text == `\notin` || rel.Text == `\ne` {
			return unknown(a.Text + " against " + b.Text)
		}
	}
	if names := variables(node(tex.And, a, b)); len(names) == 1 && wholeByCustom(names[0]) {
		return unknown("relations of integers") // n ≥ 3 and n > 2
	}
	return different(a.Text + " against " + b.Text)
}

// turned writes a > b as b < a.
func turned(n *tex.Node) *tex.Node {
	sign := ""
	switch n.Text {
	case ">":
		sign = "<"
	case `\ge`:
		sign = `\le`
	default:
		return n
	}
	return &tex.Node{Op: n.Op, Text: sign, Args: []*tex.Node{n.Args[1], n.Args[0]}}
}

func scalarSides(n *tex.Node) bool {
	return kindOf(n.Args[0]) == Scalar && kindOf(n.Args[1]) == Scalar
}

// proportional compares d sign 0 with e sign 0: they say the same if d is e
// times a number, which must be positive where the sign is one of order.
func (c *comparison) proportional(d, e *tex.Node, sign string) value.Judgement {
	names := variables(node(tex.Sum, d, e))
	switch {
	case len(names) > maxUnknowns:
		return unknown("too many variables")
	case len(names) == 0: // any two numbers are proportional
		return unknown("relations without variables")
	}
	for try := range 3 {
		x, y := at(d, names, try), at(e, names, try)
		zeroX, zeroY := c.calc.Compare(x, number("0")), c.calc.Compare(y, number("0"))
		switch {
		case zeroX.Verdict == value.Unknown || zeroY.Verdict == value.Unknown:
			return unknown("relations that cannot be calculated")
		case zeroX.Verdict != zeroY.Verdict:
			return different("one holds where the other does not")
		case zeroX.Verdict == value.Equal:
			continue
		}
		j := c.calc.Compare(node(tex.Product, d, y), node(tex.Product, e, x))
		if j.Verdict == value.Equal && sign != "=" && sign != `\ne` {
			return c.sameSign(j, x, y)
		}
		if j.Verdict == value.Different {
			return c.separate(d, e, names, j)
		}
		return j
	}
	return unknown("relations that hold at every point tried")
}

// sameSign is j if x and y have one sign, and the opposite if they have not.
func (c *comparison) sameSign(j value.Judgement, x, y *tex.Node) value.Judgement {
	p, okX := c.calc.Order(x, number("0"))
	q, okY := c.calc.Order(y, number("0"))
	switch {
	case !okX || !okY:
		return unknown("signs that cannot be calculated")
	case p != q:
		return different("opposite inequalities")
	}
	return j
}

// at is n with whole numbers, which depend on try, in the place of names.
func at(n *tex.Node, names []*tex.Node, try int) *tex.Node {
	for i, name := range names {
		n = put(n, name, number(strconv.Itoa(2+(i*7+try*5)%23+i)))
	}
	return n
}

// separate decides about two relations that are not proportional. They differ if
// a point solves one and not the other, or if both are sums of products, in which
// no power or quotient could hide that they have the same solutions.
func (c *comparison) separate(d, e *tex.Node, names []*tex.Node, j value.Judgement) value.Judgement {
	for _, pair := range [...][2]*tex.Node{{d, e}, {e, d}} {
		for i := range names {
			others := func(n *tex.Node) *tex.Node { return at(n, names, 1) }
			root, ok := c.linearRoot(pair[0], names, i)
			if !ok {
				others = func(n *tex.Node) *tex.Node { return allZero(n, names) }
				root, ok = c.quadraticRoot(pair[0], names, i)
			}
			if !ok {
				continue
			}
			rest := others(put(pair[1], names[i], root))
			if c.calc.Compare(rest, number("0")).Verdict == value.Different {
				return different("a solution of one does not solve the other")
			}
		}
	}
	if holds(node(tex.Tuple, d, e), tex.Call, tex.Power, tex.Quotient, tex.Root) || len(names) < 2 {
		return unknown("relations that are not proportional")
	}
	return j
}

// linearRoot solves d = 0 for the name i where d is linear in it and the others
// are given numbers.
func (c *comparison) linearRoot(d *tex.Node, names []*tex.Node, i int) (*tex.Node, bool) {
	in := func(text string) *tex.Node { return at(put(d, names[i], number(text)), names, 1) }
	zero, one, two := in("0"), in("1"), in("2")
	slope := difference(one, zero)
	if c.calc.Compare(difference(two, one), slope).Verdict != value.Equal ||
		c.calc.Compare(slope, number("0")).Verdict != value.Different {
		return nil, false
	}
	return negative(node(tex.Quotient, zero, slope)), true
}

// quadraticRoot is the greater real solution of d = 0 for the name i where d is
// quadratic in it and the others are 0.
func (c *comparison) quadraticRoot(d *tex.Node, names []*tex.Node, i int) (*tex.Node, bool) {
	in := func(by *tex.Node) *tex.Node {
		n := allZero(put(d, names[i], by), names)
		if q, ok := rationalOf(c, n); ok {
			return ratNode(q)
		}
		return n
	}
	zero, one, minus := in(number("0")), in(number("1")), in(negative(number("1")))
	twice := node(tex.Sum, one, minus, negative(node(tex.Product, number("2"), zero))) // 2a of ax²+bx+c
	slope := node(tex.Quotient, difference(one, minus), number("2"))
	for _, x := range [...]string{"2", "5"} {
		want := node(tex.Sum, node(tex.Quotient, node(tex.Product, number(x), number(x), twice), number("2")), node(tex.Product, number(x), slope), zero)
		if c.calc.Compare(in(number(x)), want).Verdict != value.Equal {
			return nil, false
		}
	}
	under := difference(node(tex.Product, slope, slope), node(tex.Product, number("2"), twice, zero))
	if sign, ok := c.calc.Order(under, number("0")); !ok || sign < 0 || c.calc.Compare(twice, number("0")).Verdict != value.Different {
		return nil, false
	}
	return node(tex.Quotient, node(tex.Sum, negative(slope), node(tex.Root, under)), twice), true
}

func allZero(n *tex.Node, names []*tex.Node) *tex.Node {
	for _, name := range names {
		n = put(n, name, number("0"))
	}
	return n
}
