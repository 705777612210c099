package answer

import (
	"github.com/aimo3/aimo3/engine/answer/tex"
	"github.com/aimo3/aimo3/engine/answer/value"
)

// A spread is what an answer says that something may be: progressions put
// together, as x = π/4 + kπ and n ≡ 1 (mod 3) are.
type spread struct {
	name    *tex.Node // what is said to be so; nil: that is not said
	all     []progression
	implied bool // that all integers are meant is not said, as in n ≡ 1 (mod 3)
	natural bool // a parameter is in ℕ, of which 0 may be one or not
}

// progressions compares two answers as sets of numbers that go on by steps. It is
// false if one of them is not so, or if that does not decide.
func (c *comparison) progressions(a, b *tex.Node) (value.Judgement, bool) {
	if c.periodic(a, b) {
		return unknown("whether the names stand for all integers"), true
	}
	if !stepwise(a) && !stepwise(b) || !maybeStepwise(a) || !maybeStepwise(b) {
		return value.Judgement{}, false
	}
	x, ok := c.spreadOf(a, 0)
	if !ok {
		return value.Judgement{}, false
	}
	y, ok := c.spreadOf(b, 0)
	if !ok || x.implied && y.implied && a.Op == tex.Mod && b.Op == tex.Mod {
		return value.Judgement{}, false
	}
	if x.name != nil && y.name != nil && !alike(x.name, y.name) || inForm(x.name, b) || inForm(y.name, a) {
		return unknown("said of other names"), true // 3n+1 is no n of which n ≡ 1 (mod 3)
	}
	if indexed(x.name) || indexed(y.name) {
		return value.Judgement{}, false // a_n = 2n-1 says which comes when
	}
	if !x.natural && !y.natural {
		return c.spreads(x, y)
	}
	x1, _ := c.spreadOf(a, 1)
	y1, _ := c.spreadOf(b, 1)
	return c.eitherWay(x, y, x1, y1)
}

// eitherWay compares two spreads with 0 among the natural numbers and without, which
// must not matter.
func (c *comparison) eitherWay(x, y, x1, y1 spread) (value.Judgement, bool) {
	with, ok := c.spreads(x, y)
	without, okToo := c.spreads(x1, y1)
	if ok && okToo && with.Verdict != without.Verdict {
		return unknown("whether 0 is a natural number"), true
	}
	return with, ok && okToo
}

// inForm says whether a name stands in a form of numbers.
func inForm(name, form *tex.Node) bool {
	return name != nil && isForm(form) && occurs(form, name)
}

// indexed says whether a name is one of the terms of a sequence.
func indexed(name *tex.Node) bool {
	return name != nil && len(name.Args) == 1 && len(variables(name.Args[0])) > 0
}

// isForm says whether n is a form of numbers of which nothing more is said: 3k+1.
func isForm(n *tex.Node) bool { return n.Op == tex.Sum || n.Op == tex.Product }

// spreads compares two spreads of which it is known where they begin.
func (c *comparison) spreads(x, y spread) (value.Judgement, bool) {
	p, q, ok := c.classes(x.all, y.all)
	if !ok {
		return value.Judgement{}, false
	}
	j, ok := p.same(q)
	if !ok || j.Verdict == value.Equal || x.implied == y.implied {
		return j, ok
	}
	// Where nothing is said of the parameters, only half of it all may be meant.
	if j, ok = p.whole().same(q.whole()); ok && j.Verdict == value.Equal {
		return unknown("whether all integers are meant"), true
	}
	return j, ok
}

// periodic says whether two answers of which nothing is said of a name in them,
// as x = π/4 + kπ, are one if it stands for every integer.
func (c *comparison) periodic(a, b *tex.Node) bool {
	turns := func(n *tex.Node) bool {
		return (n.Op == tex.Sum || n.Op == tex.Relation && n.Text == "=") && occursAngle(n) && len(variables(n)) < 3
	}
	if !turns(a) || !turns(b) {
		return false
	}
	x, okA := c.formedSpread([]*tex.Node{a}, 0)
	y, okB := c.formedSpread([]*tex.Node{b}, 0)
	if !okA || !okB || (x.name == nil) != (y.name == nil) || x.name != nil && !alike(x.name, y.name) {
		return false
	}
	j, ok := c.spreads(x, y)
	return ok && j.Verdict == value.Equal
}

func occursAngle(n *tex.Node) bool {
	return holds(n, tex.Degrees) || occurs(n, &tex.Node{Op: tex.Name, Text: `\pi`})
}
