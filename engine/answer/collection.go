package answer

import (
	"slices"
	"strings"

	"github.com/aimo3/aimo3/engine/answer/tex"
	"github.com/aimo3/aimo3/engine/answer/value"
)

// maxMembers bounds what a list may become when each ± in it is two members.
const maxMembers = 256

// lists compares two parts of which at least one is a list or a set; a single
// thing counts as a list of itself.
func (c *comparison) lists(a, b *tex.Node, x, y Kind) value.Judgement {
	if crowded(a) || crowded(b) {
		return unknown("too many signs to choose")
	}
	if j, ok := c.decimalComma(a, b); ok {
		return j
	}
	if j, ok := c.families(a, b); ok {
		return j
	}
	if choiceLetters(a, b) {
		return equal(value.Shape, "lenient: choices written side by side")
	}
	a, b = pointsOf(a, b), pointsOf(b, a)
	j := c.gathered(a, b, x, y)
	switch {
	case j.Verdict != value.Different:
	case c.signsTogether(a, b):
		return unknown("signs that are chosen together, or each by itself")
	case turning(a) && turning(b):
		return unknown("families that may be put together otherwise")
	}
	return j
}

// turning says whether a part says of names what they are by angles and a letter for
// any integer: x = π/6 + 2πk.
func turning(n *tex.Node) bool {
	switch n.Op {
	case tex.List, tex.Or:
		return all(n.Args, turning)
	case tex.Relation:
		return n.Text == "=" && occursAngle(n.Args[1]) && slices.ContainsFunc(variables(n.Args[1]), counting)
	default:
		return false
	}
}

// statements compares p ∧ q with what is joined by another sign, or by none.
func statements(a, b *tex.Node) (value.Judgement, bool) {
	x, y := signOf(a), signOf(b)
	switch {
	case x == y:
		return value.Judgement{}, false
	case x != "" && y != "":
		return different("and against or"), true
	}
	return unknown("a statement against what is none"), true
}

// signOf is the sign of logic that joins the parts of a list, if one does.
func signOf(n *tex.Node) string {
	if n.Op == tex.List && len(n.Text) > 1 {
		return n.Text
	}
	return ""
}

// gathered compares the members of two lists or sets.
func (c *comparison) gathered(a, b *tex.Node, x, y Kind) value.Judgement {
	members, others := c.members(a), c.members(b)
	if len(members) > maxMembers || len(others) > maxMembers {
		return unknown("too many parts")
	}
	switch {
	case x == Ratio || y == Ratio:
		return unlike(x, y)
	case len(members) == 1 && len(others) == 1 && x != Set && y != Set:
		return c.nodes(members[0], others[0])
	case x == Scalar && y == Set:
		return c.scalarAndSet(a, others)
	case x == Set && y == Set && (slices.ContainsFunc(members, isSet) || slices.ContainsFunc(others, isSet)):
		setsA, restA := parted(members, isSet)
		setsB, restB := parted(others, isSet)
		return also(c.asSets(setsA, setsB), c.asSets(restA, restB))
	case c.policy.has(ListOrder):
		return c.inOrder(members, others)
	case x == Set || y == Set || solutions(members) || solutions(others):
		return c.asSets(members, others)
	}
	return c.inAnyOrder(members, others)
}

func isSet(n *tex.Node) bool { return n.Op == tex.Set }

// parted is those of nodes for which holds is true, and the rest.
func parted(nodes []*tex.Node, holds func(*tex.Node) bool) (those, rest []*tex.Node) {
	for _, n := range nodes {
		if holds(n) {
			those = append(those, n)
		} else {
			rest = append(rest, n)
		}
	}
	return those, rest
}

// scalarAndSet compares n with a set, which it can only be if it is the one member.
func (c *comparison) scalarAndSet(n *tex.Node, members []*tex.Node) value.Judgement {
	switch {
	case holds(n, tex.Set):
		return unknown("sets that are multiplied")
	case len(members) != 1:
		return unlike(Scalar, Set)
	}
	return lenient(c.nodes(n, members[0]), "braces left out on one side")
}

// solutions says whether a list is one of tuples, in which naming one twice
// says nothing.
func solutions(members []*tex.Node) bool {
	return len(members) > 0 && all(members, func(n *tex.Node) bool { return kindOf(n) == Tuple })
}

// decimalComma compares 2,74 as a decimal with a single number.
func (c *comparison) decimalComma(a, b *tex.Node) (value.Judgement, bool) {
	x, okA := c.pointed(a)
	y, okB := c.pointed(b)
	switch {
	case okA && okB && c.policy.has(DecimalComma):
		return c.nodes(x, y), true
	case okA == okB:
		return value.Judgement{}, false
	case okA && kindOf(b) == Scalar:
		return c.nodes(x, b), true
	case okB && kindOf(a) == Scalar:
		return c.nodes(a, y), true
	}
	return value.Judgement{}, false
}

// pointed is the one number that a list may be if it was written without space:
// 2.74 for 2,74 with one or two digits after the comma or, if the policy says so,
// any number; 1234.5 for 1.234,5; and 1234567 for 12,34,567.
func (c *comparison) pointed(n *tex.Node) (*tex.Node, bool) {
	if n.Op != tex.List || n.Text != "," {
		return nil, false
	}
	whole, last := n.Args[0], n.Args[len(n.Args)-1]
	minus := whole.Op == tex.Neg
	if minus {
		whole = whole.Args[0]
	}
	text, thousands := strings.Replace(whole.Text, ".", "", 1), strings.Contains(whole.Text, ".")
	switch {
	case len(n.Args) > 2:
		for _, part := range n.Args[1:] {
			text += part.Text // the last may have decimals
		}
	case !thousands && len(last.Text) > 2 && !c.policy.has(DecimalComma):
		return nil, false
	default:
		text += "." + last.Text
	}
	one := number(text)
	if minus {
		one = negative(one)
	}
	return one, true
}

// members are the parts of a list or set, with two for each ±; lists and sets in
// a list are taken apart, and so is "x = 1 or x = 2".
func (c *comparison) members(n *tex.Node) []*tex.Node {
	switch n.Op {
	case tex.Empty:
		return nil
	case tex.List, tex.Set, tex.Or:
		return c.flat(n.Args)
	case tex.And:
		if _, values, ok := assignments(n); ok {
			return values
		}
	default:
		if holds(n, tex.PlusMinus) {
			return signed(n)
		}
	}
	return []*tex.Node{n}
}

func (c *comparison) flat(parts []*tex.Node) []*tex.Node {
	var found []*tex.Node
	for _, part := range parts {
		if name, of, ok := assigned(part); ok && name != nil && kindOf(of) != Tuple {
			if k := kindOf(of); k == List || k == Set {
				part = of
			}
		}
		if k := kindOf(part); k != List && part.Op != tex.Or || len(parts) > 1 && systemOf(part) {
			found = append(found, part)
			continue
		}
		if found = append(found, c.members(part)...); len(found) > maxMembers {
			break
		}
	}
	return found
}

// systemOf says whether a list assigns to different names, as p = 5, q = 2 does,
// so that it is one member of a list of its like.
func systemOf(n *tex.Node) bool {
	names, _, ok := assignments(n)
	return ok && len(names) > 1 && !oneName(names)
}
