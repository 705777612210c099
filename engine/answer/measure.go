package answer

import (
	"math/big"
	"strings"

	"github.com/aimo3/aimo3/engine/answer/tex"
	"github.com/aimo3/aimo3/engine/answer/unit"
	"github.com/aimo3/aimo3/engine/answer/value"
)

// measure is a number with what it counts: a unit, per cent or degrees.
type measure struct {
	of   *tex.Node
	kind tex.Op // Quantity, Percent, Degrees; Num for a bare number
	unit string

	greatest *big.Rat // of an amount in several units, the first of them in the last; nil for all others
}

// measured says whether n is a number with a unit, per cent or degrees.
func measured(n *tex.Node) bool { return measureOf(n).kind != tex.Num }

// measureOf takes n apart, also where the sign was written before the whole.
func measureOf(n *tex.Node) measure {
	switch n.Op {
	case tex.Quantity, tex.Percent, tex.Degrees:
		return measure{of: n.Args[0], kind: n.Op, unit: n.Text}
	case tex.Product:
		if last := n.Args[len(n.Args)-1]; len(n.Args) == 2 && n.Args[0].Op == tex.Degrees && (last.Text == "C" || last.Text == "F") {
			return measure{of: n.Args[0].Args[0], kind: tex.Quantity, unit: "°" + last.Text}
		}
	case tex.Sum:
		if m, ok := mixedMeasure(n); ok {
			return m
		}
	case tex.Neg:
		if m := measureOf(n.Args[0]); m.kind != tex.Num {
			m.of = negative(m.of)
			return m
		}
	default:
	}
	return measure{of: n, kind: tex.Num}
}

// counted is n with a number in the place of a word for one: 3 million.
func counted(n *tex.Node) *tex.Node {
	if n.Op != tex.Quantity {
		return n
	}
	word, unit, _ := strings.Cut(n.Text, " ")
	power := ""
	switch strings.TrimSuffix(word, "s") {
	case "dozen":
		n = node(tex.Product, n.Args[0], number("12"))
	case "hundred":
		power = "2"
	case "thousand":
		power = "3"
	case "million":
		power = "6"
	case "billion":
		power = "9"
	default:
		return n
	}
	if power != "" {
		n = node(tex.Product, n.Args[0], node(tex.Power, number("10"), number(power)))
	}
	if unit != "" {
		n = &tex.Node{Op: tex.Quantity, Text: unit, Args: []*tex.Node{n}}
	}
	return n
}

// measures compares two numbers of which at least one is measured.
func (c *comparison) measures(a, b *tex.Node) value.Judgement {
	x, y := measureOf(a), measureOf(b)
	switch {
	case x.kind == tex.Percent || y.kind == tex.Percent:
		return c.percents(x, y)
	case x.kind == tex.Degrees || y.kind == tex.Degrees:
		return c.angles(x, y)
	case x.kind == tex.Quantity && y.kind == tex.Quantity:
		return c.quantities(x, y)
	case c.policy.has(UnitsRequired):
		return different("a unit on one side only")
	case x.kind == tex.Quantity && len(variables(y.of)) > 0:
		return c.spelledOut(x, y.of)
	case y.kind == tex.Quantity && len(variables(x.of)) > 0:
		return c.spelledOut(y, x.of)
	case x.greatest != nil:
		return c.mixedAndBare(x, y.of)
	case y.greatest != nil:
		return c.mixedAndBare(y, x.of)
	}
	return c.nodes(x.of, y.of)
}

// spelledOut compares a quantity with an expression, whose names may be its unit:
// 5 m/s with the quotient of 5m and s.
func (c *comparison) spelledOut(x measure, n *tex.Node) value.Judgement {
	if m, ok := lettered(n); ok {
		if j := c.quantities(x, m); j.Verdict == value.Equal {
			return j
		}
	}
	if u, err := tex.Parse(x.unit); err == nil && kindOf(u) == Scalar {
		if j := c.nodes(node(tex.Product, x.of, u), n); j.Verdict == value.Equal {
			return j
		}
	}
	return c.nodes(x.of, n)
}

// percents compares two measures of which one is a percentage.
func (c *comparison) percents(x, y measure) value.Judgement {
	if x.kind == y.kind {
		return c.nodes(x.of, y.of)
	}
	if y.kind == tex.Percent {
		x, y = y, x
	}
	if y.kind != tex.Num {
		return different("% against another unit")
	}
	if j := c.nodes(x.of, scaled(y.of, big.NewRat(100, 1))); j.Verdict == value.Equal || c.policy.has(PercentKept) {
		return j
	}
	return lenient(c.nodes(x.of, y.of), "% left out on one side")
}

// angles compares two measures of which one is in degrees. A bare number may be
// in degrees or in radians.
func (c *comparison) angles(x, y measure) value.Judgement {
	if x.kind == y.kind {
		return c.nodes(x.of, y.of)
	}
	if y.kind == tex.Degrees {
		x, y = y, x
	}
	if y.kind == tex.Quantity && !strings.HasPrefix(y.unit, "rad") {
		return different("degrees against another unit")
	}
	radians := node(tex.Quotient, node(tex.Product, x.of, &tex.Node{Op: tex.Name, Text: `\pi`}), number("180"))
	if j := c.nodes(radians, y.of); j.Verdict == value.Equal || y.kind == tex.Quantity || c.policy.has(UnitsRequired) {
		return j
	}
	return lenient(c.nodes(x.of, y.of), "degrees left out on one side")
}

// quantities compares two measures that both have units. Units that we do not
// know are taken for words that tell what was counted.
func (c *comparison) quantities(x, y measure) value.Judgement {
	if x.unit == y.unit {
		return c.nodes(x.of, y.of)
	}
	u, okX := unit.Read(x.unit)
	v, okY := unit.Read(y.unit)
	if okX && okY {
		if factor, ok := v.In(u); ok {
			return c.nodes(x.of, scaled(y.of, factor))
		}
		if u.Dated(v) {
			return unknown("months and years have no fixed length")
		}
		if x.unit == "£" && y.unit == "lb" || y.unit == "£" && x.unit == "lb" {
			return unknown("pounds that may be money")
		}
		return different(x.unit + " against " + y.unit)
	}
	if j := c.nodes(x.of, y.of); j.Verdict != value.Equal || sameWord(x.unit, y.unit) {
		return lenient(j, "units that are not known")
	}
	return unknown(x.unit + " against " + y.unit)
}

// sameWord says whether two units are one word but for case and number.
func sameWord(a, b string) bool {
	return strings.TrimRight(strings.ToLower(a), "s. ") == strings.TrimRight(strings.ToLower(b), "s. ")
}

// scaled is n times a factor.
func scaled(n *tex.Node, by *big.Rat) *tex.Node {
	if by.IsInt() && by.Num().IsInt64() && by.Num().Int64() == 1 {
		return n
	}
	return node(tex.Quotient, node(tex.Product, n, number(by.Num().String())), number(by.Denom().String()))
}
