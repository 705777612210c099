package answer

import (
	"slices"

	"github.com/aimo3/aimo3/engine/answer/tex"
	"github.com/aimo3/aimo3/engine/answer/value"
)

// A solution is what names are in one answer: (p,q) = (3,5), or p = 3, q = 5.
type solution struct {
	names, values []*tex.Node
}

// named compares answers by what the names in them are, in whichever order they
// are written. It is false unless both give values to several names, or one does
// and the other is a tuple.
func (c *comparison) named(a, b *tex.Node) (value.Judgement, bool) {
	x, y := namedSolutions(a), namedSolutions(b)
	switch {
	case x == nil && y == nil:
		return value.Judgement{}, false
	case y == nil:
		return c.unordered(x, b)
	case x == nil:
		return c.unordered(y, a)
	}
	order := x[0].names
	left, okA := tuplesBy(x, order)
	right, okB := tuplesBy(y, order)
	if !okA || !okB {
		return value.Judgement{}, false
	}
	return c.asSets(left, right), true
}

// tuplesBy are the values of solutions, in one order of their names.
func tuplesBy(all []solution, order []*tex.Node) ([]*tex.Node, bool) {
	tuples := make([]*tex.Node, len(all))
	for i, s := range all {
		if len(s.names) != len(order) {
			return nil, false
		}
		tuples[i] = node(tex.Tuple)
		for _, name := range order {
			at := slices.IndexFunc(s.names, func(n *tex.Node) bool { return alike(n, name) })
			if at < 0 {
				return nil, false
			}
			tuples[i].Args = append(tuples[i].Args, s.values[at])
		}
	}
	return tuples, true
}

// unordered compares solutions, of which the names do not stand in the order of
// the alphabet, with tuples, which may be meant in that order.
func (c *comparison) unordered(x []solution, b *tex.Node) (value.Judgement, bool) {
	if b.Op != tex.Tuple && b.Op != tex.List && b.Op != tex.Set || all(b.Args, func(n *tex.Node) bool { return n.Op == tex.Relation && n.Args[0].Op != tex.Tuple }) {
		return value.Judgement{}, false
	}
	order := slices.Clone(x[0].names)
	slices.SortFunc(order, func(a, b *tex.Node) int {
		if alike(a, b) {
			return 0
		}
		if written(a) < written(b) {
			return -1
		}
		return 1
	})
	if slices.EqualFunc(order, x[0].names, alike) {
		return value.Judgement{}, false
	}
	sorted, ok := tuplesBy(x, order)
	if !ok {
		return value.Judgement{}, false
	}
	if j := c.nodes(listOf(sorted), b); j.Verdict == value.Different {
		return value.Judgement{}, false
	}
	return unknown("in which order the names are meant"), true
}

// namedSolutions are the solutions that n lists, or nil if it is no list of them.
func namedSolutions(n *tex.Node) []solution {
	switch n.Op {
	case tex.Relation:
		return tupleNamed(n)
	case tex.Set:
		return namedSolutions(node(tex.List, n.Args...))
	case tex.List, tex.And, tex.Or:
		if names, values, ok := assignments(n); ok && len(names) > 1 && n.Op != tex.Or && allApart(names) && all(names, isName) && !slices.ContainsFunc(n.Args, conditional) {
			return withSigns(names, values)
		}
	default:
		return nil
	}
	if n.Op == tex.And {
		return nil
	}
	var found []solution
	for _, part := range n.Args {
		more := namedSolutions(part)
		if more == nil && found != nil && part.Op == tex.Tuple && len(part.Args) == len(found[0].names) {
			more = []solution{{found[0].names, part.Args}}
		}
		if more == nil || len(found) > maxMembers {
			return nil
		}
		found = append(found, more...)
	}
	return found
}

// tupleNamed reads (p,q) = (3,5), and (p,q) ∈ {(3,5), (5,3)}.
func tupleNamed(n *tex.Node) []solution {
	names := n.Args[0]
	if n.Text != "=" && n.Text != `\in` || names.Op != tex.Tuple || !all(names.Args, isName) || !allApart(names.Args) {
		return nil
	}
	of := []*tex.Node{n.Args[1]}
	if n.Text == `\in` || n.Args[1].Op == tex.Set {
		if of = n.Args[1].Args; n.Args[1].Op != tex.Set {
			return nil
		}
	}
	var found []solution
	for _, values := range of {
		if values.Op != tex.Tuple || len(values.Args) != len(names.Args) {
			return nil
		}
		more := withSigns(names.Args, values.Args)
		if more == nil {
			return nil
		}
		found = append(found, more...)
	}
	return found
}

// withSigns are the solutions that a ± among the values stands for; nil if there
// are several, of which it is not known whether they go together.
func withSigns(names, values []*tex.Node) []solution {
	tuple := node(tex.Tuple, values...)
	if count(tuple) > 1 && !minusPlus(tuple) {
		return nil
	}
	var found []solution
	for _, chosen := range signed(tuple) {
		found = append(found, solution{names, chosen.Args})
	}
	return found
}

func isName(n *tex.Node) bool { return n.Op == tex.Name }

// allApart says whether all names are different.
func allApart(names []*tex.Node) bool {
	for i, name := range names {
		if slices.ContainsFunc(names[:i], func(n *tex.Node) bool { return alike(n, name) }) {
			return false
		}
	}
	return true
}
