package answer

import (
	"math/big"

	"github.com/aimo3/aimo3/engine/answer/tex"
	"github.com/aimo3/aimo3/engine/answer/unit"
	"github.com/aimo3/aimo3/engine/answer/value"
)

// mixedMeasure is an amount in several units of one kind, such as 1 h + 30 min,
// in the last of them.
func mixedMeasure(sum *tex.Node) (measure, bool) {
	if !all(sum.Args, func(n *tex.Node) bool { return n.Op == tex.Quantity }) {
		return measure{}, false
	}
	last := sum.Args[len(sum.Args)-1]
	m := measure{kind: tex.Quantity, unit: last.Text}
	v, known := unit.Read(last.Text)
	total := node(tex.Sum)
	for i, part := range sum.Args {
		factor := big.NewRat(1, 1)
		if part.Text != last.Text {
			u, ok := unit.Read(part.Text)
			if !ok || !known {
				return measure{}, false
			}
			if factor, ok = u.In(v); !ok {
				return measure{}, false
			}
		}
		if i == 0 {
			m.greatest = factor
		}
		total.Args = append(total.Args, scaled(part.Args[0], factor))
	}
	m.of = total
	return m, true
}

// mixedAndBare compares an amount in several units with a number without any:
// 1 hour 30 minutes with 90, which minutes are understood by, and with 1.5,
// which may be hours.
func (c *comparison) mixedAndBare(x measure, n *tex.Node) value.Judgement {
	j := c.nodes(x.of, n)
	if j.Verdict == value.Different && c.nodes(x.of, scaled(n, x.greatest)).Verdict != value.Different {
		return unknown("a number that may be in the greatest of the units")
	}
	return j
}

// lettered reads 1.5h, in which the name is a unit if it stands against one.
func lettered(n *tex.Node) (measure, bool) {
	if n.Op != tex.Product || len(n.Args) != 2 || n.Args[0].Op != tex.Num || n.Args[1].Op != tex.Name {
		return measure{}, false
	}
	name := n.Args[1]
	_, ok := unit.Read(name.Text)
	return measure{of: n.Args[0], kind: tex.Quantity, unit: name.Text}, ok && len(name.Args) == 0
}

// amount is n, or what it measures if it is a text that does: 1 hour 30 minutes.
func amount(n *tex.Node) *tex.Node {
	if n.Text == "" || n.Text[0] < '0' || n.Text[0] > '9' {
		return n
	}
	m, err := tex.Parse(n.Text)
	if err != nil {
		return n
	}
	switch m.Op {
	case tex.Sum:
		if _, ok := mixedMeasure(m); ok {
			return m
		}
	case tex.Quantity:
		if _, ok := unit.Read(m.Text); ok {
			return m
		}
	default:
	}
	return n
}
