package answer

import (
	"math"

	"github.com/aimo3/aimo3/engine/answer/tex"
)

// unsaid says whether a condition on a family may go without saying: k ∈ ℤ and k ≥ 1
// may, x > 0 may of a function, and so may whatever leaves out only what the forms
// have no values for, as x ≥ 0 of y = √x. That x ≥ 0 of y = x² has to be said.
func (c *comparison) unsaid(cond *tex.Node, f family) bool {
	names := variables(cond)
	member := cond.Op == tex.Relation && cond.Text == `\in`
	switch {
	case member && !bounded(cond.Args[1]):
		return true
	case len(names) != 1:
		return false
	case defines(f) && positive(cond), !defines(f) && !member && !ranging(names[0]) && customaryBound(cond):
		return true
	}
	outside := c.outside(cond, names[0])
	for _, form := range f.forms {
		if _, of, ok := assigned(form); ok {
			form = of
		}
		for _, x := range outside {
			here := put(form, names[0], x)
			if _, defined := c.calc.Approx(at(here, variables(here), 0)); defined || !occurs(form, names[0]) {
				return false
			}
		}
	}
	return len(outside) > 0
}

// bounded says whether a set is one with ends or with members, and no ℤ.
func bounded(n *tex.Node) bool {
	k := kindOf(n)
	return k == Set || k == Tuple || k == Span && !numberSet(n)
}

// ranging says whether a name is one that real variables are given, and counts nothing.
func ranging(n *tex.Node) bool {
	switch n.Text {
	case "x", "y", "z", "u", "v", `\theta`:
		return true
	}
	return false
}

// positive says whether a condition only leaves out zero, or what is less.
func positive(cond *tex.Node) bool {
	if cond.Op != tex.Relation || cond.Text == `\in` {
		return false
	}
	n := turned(cond)
	return n.Args[0].Op == tex.Num && n.Args[0].Text == "0" || n.Text == `\ne` && n.Args[1].Op == tex.Num && n.Args[1].Text == "0"
}

// outside are some numbers that x may not be by a condition, and none for one that
// is not understood.
func (c *comparison) outside(cond, x *tex.Node) []*tex.Node {
	switch {
	case cond.Op == tex.And:
		var all []*tex.Node
		for _, part := range cond.Args {
			some := c.outside(part, x)
			if some == nil {
				return nil
			}
			all = append(all, some...)
		}
		return all
	case cond.Op != tex.Relation:
		return nil
	case cond.Text == `\in` && cond.Args[1].Op == tex.Interval && alike(cond.Args[0], x):
		of := cond.Args[1]
		return append(c.beyond(of.Args[0], -1, of.Text[0] == '('), c.beyond(of.Args[1], 1, of.Text[1] == ')')...)
	}
	n := turned(cond)
	switch open := n.Text == "<"; {
	case n.Text == `\ne` && alike(n.Args[0], x):
		return n.Args[1:]
	case !open && n.Text != `\le`:
		return nil
	case alike(n.Args[1], x):
		return c.beyond(n.Args[0], -1, open)
	case alike(n.Args[0], x):
		return c.beyond(n.Args[1], 1, open)
	}
	return nil
}

// beyond are numbers below or above an end, near and far, and the end if it is open.
func (c *comparison) beyond(end *tex.Node, toward int, open bool) []*tex.Node {
	at, ok := c.calc.Approx(end)
	if !ok || math.Abs(at) > 1e6 {
		return nil
	}
	var all []*tex.Node
	if open {
		all = append(all, end)
	}
	for _, apart := range [...]string{"0.25", "1", "10", "1000"} {
		step := number(apart)
		if toward < 0 {
			step = negative(step)
		}
		all = append(all, node(tex.Sum, end, step))
	}
	return all
}
