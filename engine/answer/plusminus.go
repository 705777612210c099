package answer

import (
	"slices"

	"github.com/aimo3/aimo3/engine/answer/tex"
	"github.com/aimo3/aimo3/engine/answer/value"
)

// unsigned is n without ±, where it says that one of several relations holds, or
// none of them, or where it is a set: x = 3 or x = -3 for x = ±3, x ≠ 3 and
// x ≠ -3 for x ≠ ±3, and {1,-1} for {±1}.
func unsigned(n *tex.Node) *tex.Node {
	if !holds(n, tex.PlusMinus) {
		return n
	}
	op := n.Op
	switch {
	case n.Op == tex.Or, n.Op == tex.Set:
	case n.Op == tex.Relation && (n.Text == "=" || n.Text == `\in`):
		op, n = tex.Or, node(tex.Or, n)
	case n.Op == tex.Relation && n.Text == `\ne`:
		op, n = tex.List, node(tex.List, n)
	case n.Op != tex.List && kindOf(n) == List:
		op, n = tex.Set, node(tex.Set, n)
	default:
		return n
	}
	var found []*tex.Node
	for _, part := range n.Args {
		if found = append(found, signed(part)...); len(found) > maxMembers {
			return n
		}
	}
	return node(op, found...)
}

// signsTogether says whether two collections are equal where all the ± in one
// part of one of them stand for the same sign, as some mean (±1, ±2).
func (c *comparison) signsTogether(a, b *tex.Node) bool {
	x, manyA := oneSign(a)
	y, manyB := oneSign(b)
	return manyA != manyB && c.asSets(c.members(x), c.members(y)).Verdict == value.Equal
}

// oneSign is n with two members for each part that has several ±, and whether
// there is such a part.
func oneSign(n *tex.Node) (list *tex.Node, many bool) {
	parts := []*tex.Node{n}
	if n.Op == tex.List || n.Op == tex.Set {
		parts = n.Args
	}
	var found []*tex.Node
	for _, part := range parts {
		if count(part) < 2 || minusPlus(part) {
			found = append(found, part)
			continue
		}
		many = true
		found = append(found, choose(part, 1, true), choose(part, -1, true))
	}
	return node(tex.List, found...), many
}

// count is how many ± there are in n.
func count(n *tex.Node) int {
	found := 0
	n.Walk(func(part *tex.Node) bool {
		if part.Op == tex.PlusMinus {
			found++
		}
		return true
	})
	return found
}

// maxSigns is how many ± one part may have that is written out for every choice.
const maxSigns = 4

// crowded says whether n, or a member of it, has more ± than are written out.
func crowded(n *tex.Node) bool {
	if n.Op == tex.List || n.Op == tex.Set || n.Op == tex.Or {
		return slices.ContainsFunc(n.Args, crowded)
	}
	return count(n) > maxSigns && !minusPlus(n)
}

// signed is n with + and with - for ±, in all ways that can be chosen; \mp is
// the opposite of the first ±.
func signed(n *tex.Node) []*tex.Node {
	found := []*tex.Node{n}
	for len(found) < 1<<maxSigns && holds(found[0], tex.PlusMinus) {
		together := holds(found[0], tex.PlusMinus) && minusPlus(found[0])
		var next []*tex.Node
		for _, x := range found {
			next = append(next, choose(x, 1, together), choose(x, -1, together))
		}
		found = next
	}
	return found
}

// minusPlus says whether n holds a \mp.
func minusPlus(n *tex.Node) bool {
	return n.Op == tex.PlusMinus && n.Text == `\mp` || !all(n.Args, func(arg *tex.Node) bool { return !minusPlus(arg) })
}

// choose is n with the sign for its first ±, or for all of them.
func choose(n *tex.Node, sign int, every bool) *tex.Node {
	done := false
	var walk func(*tex.Node) *tex.Node
	walk = func(n *tex.Node) *tex.Node {
		if n.Op != tex.PlusMinus || done {
			return rebuilt(n, walk)
		}
		done = !every
		last := n.Args[len(n.Args)-1]
		if every {
			last = walk(last)
		}
		if (n.Text == `\mp`) == (sign > 0) {
			last = opposite(last)
		}
		if len(n.Args) == 1 {
			return last
		}
		return node(tex.Sum, rebuilt(n, walk).Args[0], last)
	}
	return walk(n)
}

// opposite is -n, for a point the one of opposite coordinates.
func opposite(n *tex.Node) *tex.Node {
	if n.Op == tex.Tuple {
		return rebuilt(n, negative)
	}
	return negative(n)
}

// pointsOf is n as the points that it names, where it assigns to several names,
// x = ±1 and y = 2, and the other collection is one of points.
func pointsOf(n, other *tex.Node) *tex.Node {
	if _, values, ok := assignments(n); ok && systemOf(n) && holds(n, tex.PlusMinus) && (kindOf(other) == List && other.Op == tex.Tuple || other.Op == tex.List && solutions(other.Args)) {
		return node(tex.Tuple, values...)
	}
	return n
}
