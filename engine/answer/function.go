package answer

import (
	"slices"

	"github.com/aimo3/aimo3/engine/answer/tex"
	"github.com/aimo3/aimo3/engine/answer/value"
)

// functions compares two definitions of functions, f(x) = ... and g(y) = ...;
// what the function and its argument are called does not matter. It is false if
// neither is one.
func (c *comparison) functions(a, b *tex.Node) (value.Judgement, bool) {
	nameA, argsA, ofA, okA := function(a)
	nameB, argsB, ofB, okB := function(b)
	switch {
	case okA && !okB:
		nameB, argsB, ofB, okB = function(identity(b))
	case okB && !okA:
		nameA, argsA, ofA, okA = function(identity(a))
	}
	if !okA || !okB {
		return c.namedFunction(a, b)
	}
	if c.severally && nameA != nameB {
		return different("functions of other names"), true
	}
	_, behindA := marks(nameA)
	if _, behindB := marks(nameB); behindA != behindB {
		return unknown("a function against its derivative, its inverse or another of its row"), true
	}
	if len(argsA) != len(argsB) {
		return different("functions of other arguments"), true
	}
	if taken(argsA, argsB, ofB) || taken(argsB, argsA, ofA) {
		return unknown("a function of one name, and another in what it is"), true
	}
	ofB = renamedAs(ofB, argsB, argsA)
	if j := c.nodes(ofA, ofB); j.Verdict == value.Equal {
		return j, true
	}
	return c.constants(ofA, ofB), true
}

// taken says whether a name for an argument stands in what a function of arguments
// with other names is: x in f(y) = 2x, which is not f(x) = 2x.
func taken(names, args []*tex.Node, of *tex.Node) bool {
	return slices.ContainsFunc(without(names, args), func(name *tex.Node) bool { return occurs(of, name) })
}

// definesSeveral says whether n defines functions of more than one name.
func definesSeveral(n *tex.Node) bool {
	if n.Op != tex.List && n.Op != tex.And {
		return false
	}
	first := ""
	return slices.ContainsFunc(n.Args, func(part *tex.Node) bool {
		name, _, _, ok := function(part)
		if ok && first == "" {
			first = name
		}
		return ok && name != first
	})
}

// sameIndex is b with the index of a, where both define the terms of one sequence,
// a_n = 2n+1 and a_k = 2k+1.
func sameIndex(a, b *tex.Node) *tex.Node {
	i, k := indexOf(a), indexOf(b)
	if i == nil || k == nil || a.Args[0].Text != b.Args[0].Text || occurs(b, i) || occurs(a, k) {
		return b
	}
	return renamedAs(b, []*tex.Node{k}, []*tex.Node{i})
}

// indexOf is the n of a_n = 2n+1, or nil.
func indexOf(n *tex.Node) *tex.Node {
	if n.Op != tex.Relation || n.Text != "=" || !isName(n.Args[0]) || len(n.Args[0].Args) != 1 || !isName(n.Args[0].Args[0]) || !occurs(n.Args[1], n.Args[0].Args[0]) {
		return nil
	}
	return n.Args[0].Args[0]
}

// identity is n as f ≡ 0, if it is f = 0.
func identity(n *tex.Node) *tex.Node {
	if n.Op != tex.Relation || n.Text != "=" || !isName(n.Args[0]) || !functional(n.Args[0]) {
		return n
	}
	return &tex.Node{Op: n.Op, Text: `\equiv`, Args: n.Args}
}

// namedFunction compares f(x) = 2x with y = 2x, which the policy may allow.
func (c *comparison) namedFunction(a, b *tex.Node) (value.Judgement, bool) {
	_, argsA, ofA, okA := function(a)
	_, argsB, ofB, okB := function(b)
	if !c.policy.has(Assignment) || okA == okB {
		return value.Judgement{}, false
	}
	name, of, ok := assigned(a)
	args, other := argsB, ofB
	if okA {
		name, of, ok = assigned(b)
		args, other = argsA, ofA
	}
	if !ok || name == nil || name.Op != tex.Name || slices.ContainsFunc(args, func(arg *tex.Node) bool { return alike(arg, name) }) {
		return value.Judgement{}, false
	}
	return c.nodes(of, other), true
}

// constants compares the values of two functions up to the names of constants
// that any value may be given: c and C, k and K.
func (c *comparison) constants(a, b *tex.Node) value.Judgement {
	inA, inB := without(variables(a), variables(b)), without(variables(b), variables(a))
	if len(inA) != len(inB) || len(inA) == 0 || len(inA) > 2 || !all(inA, anyConstant) || !all(inB, anyConstant) {
		j := c.nodes(a, b)
		if j.Verdict == value.Different && c.sameRenamed(a, b, inA, inB) {
			return unknown("names that may be of constants")
		}
		return j
	}
	for i, name := range inB {
		b = put(b, name, inA[i])
	}
	return lenient(c.nodes(a, b), "constants with other names")
}

// sameRenamed says whether two functions are the same but for the names of what may
// be constants: ax+b and mx+n.
func (c *comparison) sameRenamed(a, b *tex.Node, inA, inB []*tex.Node) bool {
	if len(inA) != len(inB) || len(inA) == 0 || len(inA) > 2 {
		return false
	}
	return slices.ContainsFunc(orders(inB), func(order []*tex.Node) bool {
		return c.nodes(a, renamedAs(b, order, inA)).Verdict == value.Equal
	})
}

// without is what of a is not in b.
func without(a, b []*tex.Node) []*tex.Node {
	return slices.DeleteFunc(slices.Clone(a), func(n *tex.Node) bool {
		return slices.ContainsFunc(b, func(x *tex.Node) bool { return alike(x, n) })
	})
}

// anyConstant says whether a name is one that constants of integration, and of
// families of functions, are given.
func anyConstant(n *tex.Node) bool {
	switch n.Text {
	case "a", "b", "c", "d", "k", "A", "B", "C", "D", "K", `\alpha`, `\lambda`:
		return true
	}
	return false
}
