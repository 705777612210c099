package answer

import (
	"github.com/aimo3/aimo3/engine/answer/tex"
	"github.com/aimo3/aimo3/engine/answer/value"
)

// related compares a part of kind x with a relation.
func (c *comparison) related(a, rel *tex.Node, x Kind) value.Judgement {
	if x == Relation {
		return c.relations(a, rel)
	}
	if _, of, ok := assigned(rel); ok && (x != Span || !c.policy.has(RelationsApart)) {
		return c.nodes(a, of)
	}
	if c.policy.has(Assignment) && rel.Op == tex.Relation && rel.Text == "=" && bare(rel.Args[1]) {
		return c.nodes(a, rel.Args[0])
	}
	if x != Words && x != Span {
		if j, ok := c.askedValue(a, rel); ok {
			return j
		}
	}
	if _, values, ok := assignments(rel); ok {
		return c.together(a, rel, values, x)
	}
	if rel.Op == tex.Or && x != Span {
		return c.lists(a, rel, x, List)
	}
	if c.policy.has(RelationsApart) {
		return unlike(x, Relation)
	}
	if j, ok := c.regions(a, rel); ok {
		return j
	}
	if x == Words {
		return unknown("text against a relation")
	}
	return unlike(x, Relation)
}

// together compares a part with the values of several assignments, which stand
// for a tuple (x=1 and y=2) or, if to one name, for a list (x=1 or x=2).
func (c *comparison) together(a, rel *tex.Node, values []*tex.Node, x Kind) value.Judgement {
	switch {
	case x == Tuple || x == Matrix:
		return c.nodes(a, node(tex.Tuple, values...))
	case x == Span && rel.Op != tex.Or:
		return unlike(x, Relation)
	}
	return c.lists(a, node(tex.List, values...), x, List)
}

// relations compares two relations.
func (c *comparison) relations(a, b *tex.Node) value.Judgement {
	if j, ok := c.functions(a, b); ok {
		return j
	}
	a, b = unsigned(a), unsigned(b)
	nameA, x, okA := given(a)
	nameB, y, okB := given(b)
	if okA && okB && (nameA == nil || nameB == nil || alike(nameA, nameB)) {
		return c.nodes(x, y)
	}
	if a.Op == tex.Relation && b.Op == tex.Relation {
		if j := c.single(a, b); j.Verdict != value.Unknown {
			return j
		}
	}
	if a.Op == tex.Congruence && b.Op == tex.Congruence && a.Text == b.Text {
		return c.congruences(a, b)
	}
	if j := c.systems(a, b); j.Verdict == value.Equal {
		return j
	}
	if j, ok := c.regions(a, b); ok {
		return j
	}
	return c.systems(a, b)
}

// given is what a relation equates with a value: a name, as assigned has it, or
// whatever was asked for.
func given(n *tex.Node) (what, of *tex.Node, ok bool) {
	if what, of, ok = assigned(n); ok || modulusOf(n) != nil {
		return what, of, ok
	}
	what, of, sure, ok := askedFor(n)
	return what, of, ok && sure
}

// systems compares And with And and Or with Or by their parts, and what assigns
// several values to one name as lists.
func (c *comparison) systems(a, b *tex.Node) value.Judgement {
	namesA, valuesA, okA := assignments(a)
	namesB, valuesB, okB := assignments(b)
	switch {
	case okA && okB && oneName(namesA) && oneName(namesB) && alike(namesA[0], namesB[0]):
		return c.asSets(valuesA, valuesB)
	case joined(a) && joined(b), a.Op == tex.Or && b.Op == tex.Or:
		j := c.inAnyOrder(a.Args, b.Args)
		if j.Verdict == value.Different && (!okA || !okB) {
			return unknown("systems of other relations")
		}
		return j
	case a.Op == tex.Cases && b.Op == tex.Cases:
		return c.inAnyOrder(a.Args, b.Args)
	case a.Op == tex.Relation && b.Op == tex.Relation:
		return unknown("relations of other forms")
	}
	return unknown("relations of other kinds")
}

// joined says whether n is several relations that all hold.
func joined(n *tex.Node) bool { return n.Op == tex.And || n.Op == tex.List }

func oneName(names []*tex.Node) bool {
	return len(names) > 0 && all(names, func(n *tex.Node) bool { return alike(n, names[0]) })
}

// congruences compares x ≡ a (mod m) with y ≡ b (mod n).
func (c *comparison) congruences(a, b *tex.Node) value.Judgement {
	j := c.nodes(a.Args[2], b.Args[2])
	if j.Verdict != value.Equal {
		return j
	}
	j = also(j, c.nodes(a.Args[0], b.Args[0]))
	return also(j, c.residues(a.Args[1], b.Args[1], a.Args[2]))
}

// residues compares two numbers up to multiples of a third.
func (c *comparison) residues(a, b, modulus *tex.Node) value.Judgement {
	if j := c.nodes(a, b); j.Verdict == value.Equal {
		return j
	}
	return c.nodes(&tex.Node{Op: tex.Mod, Args: []*tex.Node{a, modulus}}, &tex.Node{Op: tex.Mod, Args: []*tex.Node{b, modulus}})
}
