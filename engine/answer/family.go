package answer

import (
	"slices"

	"github.com/aimo3/aimo3/engine/answer/tex"
	"github.com/aimo3/aimo3/engine/answer/value"
)

// A family is what answers have in common that differ by parameters: the 2πk of
// "2πk, k ∈ ℤ", and what is said of k.
type family struct {
	forms      []*tex.Node
	conditions []*tex.Node
	parameters []*tex.Node
}

// familyOf takes a list apart. What has no conditions on names of its other
// parts is no family, but all forms.
func familyOf(n *tex.Node) family {
	if n.Op != tex.List {
		return family{forms: []*tex.Node{n}}
	}
	var f family
	for _, part := range shared(n.Args) {
		if conditional(part) {
			f.conditions = append(f.conditions, part)
		} else {
			f.forms = append(f.forms, part)
		}
	}
	for _, form := range f.forms {
		if _, of, ok := assigned(form); ok {
			form = of
		}
		for _, name := range variables(form) {
			if hasName(f.conditions, name) && !hasName(f.parameters, name) {
				f.parameters = append(f.parameters, name)
			}
		}
	}
	if len(f.parameters) == 0 {
		return family{forms: n.Args}
	}
	return f
}

func hasName(nodes []*tex.Node, name *tex.Node) bool {
	return slices.ContainsFunc(nodes, func(n *tex.Node) bool {
		return slices.ContainsFunc(variables(n), func(x *tex.Node) bool { return alike(x, name) })
	})
}

// conditional says whether a part may be a condition on a parameter.
func conditional(n *tex.Node) bool {
	switch n.Op {
	case tex.Relation:
		return n.Text != "=" && n.Text != `\equiv` && n.Text != `\approx` && n.Text != `\to`
	case tex.And:
		return all(n.Args, conditional)
	case tex.Congruence:
		return true
	default:
	}
	return false
}

// families compares two lists of which one at least is a family. Parameters may
// have any names. What is not written alike is not decided, since one family can
// be written in many ways.
func (c *comparison) families(a, b *tex.Node) (value.Judgement, bool) {
	f, g := familyOf(a), familyOf(b)
	if len(f.conditions)+len(g.conditions) == 0 {
		return value.Judgement{}, false
	}
	c.calc.Integers = append(slices.Clone(c.calc.Integers), append(f.integers(), g.integers()...)...)
	f.assume(g)
	g.assume(f)
	j := unknown("families of other parameters")
	for _, order := range orders(g.parameters) {
		j = c.renamedFamily(f, g, order)
		if j.Verdict == value.Equal {
			break
		}
	}
	switch {
	case j.Verdict != value.Different:
		return j, true
	case keyOf(a, c.keys) == keyOf(b, c.keys): // the parameter vanishes from the form: 0·k
		return equal("shape", "the same but for a parameter that vanishes"), true
	}
	return unknown("families of other forms"), true
}

// renamedFamily compares two families with the parameters of g, in an order, under
// the names of those of f.
func (c *comparison) renamedFamily(f, g family, order []*tex.Node) value.Judgement {
	forms, conditions := listOf(g.forms), g.conditions
	if len(f.parameters) == len(order) {
		forms = renamedAs(forms, order, f.parameters)
		conditions = renamedAs(node(tex.List, conditions...), order, f.parameters).Args
	}
	j := c.nodes(listOf(f.forms), forms)
	if len(f.conditions) > 0 && len(g.conditions) > 0 {
		return also(j, c.inAnyOrder(f.conditions, conditions))
	}
	if defines(f) && (restricts(f) || restricts(g)) {
		return also(j, unknown("whether all constants are meant"))
	}
	if j.Verdict == value.Equal && !all(append(slices.Clone(f.conditions), g.conditions...), func(cond *tex.Node) bool { return c.unsaid(cond, f) }) {
		return unknown("whether all values are meant")
	}
	return lenient(j, "conditions left out on one side")
}

// defines says whether a family is one of functions.
func defines(f family) bool {
	_, _, _, ok := function(f.forms[0])
	return ok && len(f.forms) == 1
}

// customaryBound says whether a bound may go without saying, as k ≥ 0 and k ≥ 1 may.
// That k ≥ 2, k ≤ 5, k ≠ 0 or k is odd has to be said.
func customaryBound(cond *tex.Node) bool {
	if cond.Op != tex.Relation || cond.Text == `\ne` {
		return false
	}
	least, ok := bound(turned(cond).Args[1], cond)
	return ok && least <= 1
}

// restricts says whether the conditions on a family of functions leave some of
// its constants out, as a ≠ 0 and k ∈ ℤ do. What is said of where a function is
// defined, x > 0, leaves out none.
func restricts(f family) bool {
	_, args, _, _ := function(f.forms[0])
	return slices.ContainsFunc(f.conditions, func(cond *tex.Node) bool {
		anything := cond.Op == tex.Relation && cond.Text == `\in` && (cond.Args[1].Text == `\mathbb{R}` || cond.Args[1].Text == `\mathbb{C}`)
		return !anything && len(without(variables(cond), args)) > 0
	})
}

// assume makes parameters of the constants of a function of which nothing is
// said, where g says of as many that they may be anything.
func (f *family) assume(g family) {
	if len(f.conditions) > 0 || len(g.parameters) == 0 || !defines(*f) {
		return
	}
	_, args, of, _ := function(f.forms[0])
	if names := without(variables(of), args); len(names) == len(g.parameters) && all(names, anyConstant) {
		f.parameters = names
	}
}

// orders are the orders in which names can stand, or the one in which they do if
// there are many.
func orders(names []*tex.Node) [][]*tex.Node {
	if len(names) < 2 || len(names) > 3 {
		return [][]*tex.Node{names}
	}
	var all [][]*tex.Node
	for i, first := range names {
		rest := append(slices.Clone(names[:i]), names[i+1:]...)
		for _, order := range orders(rest) {
			all = append(all, append([]*tex.Node{first}, order...))
		}
	}
	return all
}

// integers are the names of the parameters that are integers.
func (f family) integers() []string {
	var names []string
	for _, cond := range f.conditions {
		if cond.Op == tex.Relation && cond.Text == `\in` && len(cond.Args[0].Args) == 0 && (cond.Args[1].Text == `\mathbb{Z}` || cond.Args[1].Text == `\mathbb{N}`) {
			names = append(names, cond.Args[0].Text)
		}
	}
	return names
}

func listOf(parts []*tex.Node) *tex.Node {
	if len(parts) == 1 {
		return parts[0]
	}
	return node(tex.List, parts...)
}

// renamedAs is n with the names old replaced by those of as, all at once.
func renamedAs(n *tex.Node, old, as []*tex.Node) *tex.Node {
	if n.Op == tex.Name {
		if i := slices.IndexFunc(old, func(x *tex.Node) bool { return alike(x, n) }); i >= 0 {
			return as[i]
		}
	}
	return rebuilt(n, func(arg *tex.Node) *tex.Node { return renamedAs(arg, old, as) })
}
