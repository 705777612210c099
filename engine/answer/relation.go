package answer

import (
	"slices"
	"strings"

	"github.com/aimo3/aimo3/engine/answer/tex"
	"github.com/aimo3/aimo3/engine/answer/value"
)

// related compares a part of kind x with a relation.
func (c *comparison) related(a, rel *tex.Node, x Kind) value.Judgement {
	if x == Relation {
		return c.relations(a, rel)
	}
	if x == Scalar && equatesNames(rel) {
		return unknown("one of two names that are equated")
	}
	if j, ok := c.namesAgainst(a, rel, x); ok {
		return j
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
	if j, ok := c.regions(setOf(a), rel); ok {
		return j
	}
	if x == Words || numberSet(a) {
		return unknown(x.String() + " against a relation")
	}
	return unlike(x, Relation)
}

// setOf is a list as a set, and anything else as it is.
func setOf(n *tex.Node) *tex.Node {
	if n.Op == tex.List {
		return node(tex.Set, n.Args...)
	}
	return n
}

// namesAgainst compares (1,1) with x = y = 1, and A(1,2) with B = (1,2).
func (c *comparison) namesAgainst(a, rel *tex.Node, x Kind) (value.Judgement, bool) {
	switch x {
	case Tuple, Matrix, List:
		if _, values, ok := assignments(rel); ok && len(equated(rel)) > 1 {
			return c.together(a, rel, values, x), true
		}
	case Scalar:
		if name, of, ok := assigned(rel); ok && name != nil && a.Op == tex.Call && isName(name) && name.Text != a.Text && kindOf(of) == Tuple {
			return unknown("points of other names"), true
		}
	default:
	}
	return value.Judgement{}, false
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
	a, b = unsigned(a), unsigned(sameIndex(a, b))
	if len(equated(a)) != len(equated(b)) {
		return unknown("equations for one name, or for several")
	}
	nameA, x, okA := given(a)
	nameB, y, okB := given(b)
	if okA && okB && (nameA == nil || nameB == nil || alike(nameA, nameB)) {
		return c.nodes(x, y)
	}
	if okA && okB && nameA.Op == tex.Call && nameB.Op == tex.Call && c.nodes(x, y).Verdict == value.Equal {
		return unknown("one value of two that have other names")
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

// wrong says whether some equation has two sides that are numbers, and not the
// same: 25+18 = 42.
func (c *comparison) wrong(n *tex.Node) bool {
	switch n.Op {
	case tex.And, tex.List:
		return slices.ContainsFunc(n.Args, c.wrong)
	case tex.Relation:
		return n.Text == "=" && scalarSides(n) && len(variables(n)) == 0 && c.calculable(n) && c.nodes(n.Args[0], n.Args[1]).Verdict == value.Different
	default:
	}
	return false
}

// calculable says whether both sides of a relation have values that are known.
func (c *comparison) calculable(rel *tex.Node) bool {
	_, left := c.calc.Approx(rel.Args[0])
	_, right := c.calc.Approx(rel.Args[1])
	return left && right
}

// equatesNames says whether n equates names with a name, of which none is more
// what was asked for than another: AB = CD, a = 2b, but not y = x.
func equatesNames(n *tex.Node) bool {
	what, of, ok := chained(n, "=")
	if !ok || !bare(what) || what.Op == tex.Call || what.Op == tex.Words || strings.Contains("xyz", what.Text) && what.Op == tex.Name {
		return false
	}
	if of.Op == tex.Product && of.Args[0].Op == tex.Num && len(of.Args) == 2 && what.Op == tex.Name && strings.Contains("abcd", what.Text) {
		of = of.Args[1]
	}
	return isName(of) && !constant(of) && len(of.Text) == 1 || of.Op == tex.Product && all(of.Args, func(n *tex.Node) bool { return isName(n) && n.Text[0] >= 'A' && n.Text[0] <= 'Z' })
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
