package answer

import (
	"math"
	"slices"

	"github.com/aimo3/aimo3/engine/answer/tex"
	"github.com/aimo3/aimo3/engine/answer/value"
)

// A progression is at, at + step, at + 2·step and so on; unless it is half of
// one, it goes on the other way too.
type progression struct {
	at, step       *tex.Node
	nearAt, nearBy float64 // what at and step are nearly
	half           bool
}

// Bounds on what is put together, and on how one period is a multiple of another.
const (
	maxClasses = 32
	maxPeriods = 360
)

// classes are progressions of one period, which no two of share a member.
type classes struct {
	c      *comparison
	all    []progression
	period *tex.Node
	near   float64 // what the period nearly is
}

// classes splits progressions up until all have one period.
func (c *comparison) classes(a, b []progression) (p, q classes, ok bool) {
	if !c.approximate(a) || !c.approximate(b) {
		return p, q, false
	}
	// All steps are whole multiples of the first one over common.
	first, common := a[0], 1
	steps := append(slices.Clone(a), b...)
	above, below := make([]int, len(steps)), make([]int, len(steps))
	for i, one := range steps {
		if above[i], below[i], ok = c.ratio(one, first); !ok {
			return p, q, false
		}
		common = common / gcd(common, below[i]) * below[i]
	}
	period := 1
	for i := range steps {
		above[i] *= common / below[i]
		if period = period / gcd(period, above[i]) * max(above[i], -above[i]); common > maxPeriods || period > maxPeriods {
			return p, q, false
		}
	}
	whole := node(tex.Quotient, node(tex.Product, number(itoa(period)), first.step), number(itoa(common)))
	empty := classes{c: c, period: whole, near: first.nearBy * float64(period) / float64(common)}
	p, okP := empty.split(a, above, period)
	q, okQ := empty.split(b, above[len(a):], period)
	return p, q, okP && okQ
}

// approximate notes what the parts of progressions nearly are.
func (c *comparison) approximate(of []progression) bool {
	for i := range of {
		var okAt, okBy bool
		of[i].nearAt, okAt = c.calc.Approx(of[i].at)
		of[i].nearBy, okBy = c.calc.Approx(of[i].step)
		if !okAt || !okBy || of[i].nearBy == 0 || math.Abs(of[i].nearAt) > 1e9*math.Abs(of[i].nearBy) {
			return false
		}
	}
	return true
}

// split makes progressions of one period of such as have so many of their least
// common steps in theirs.
func (p classes) split(all []progression, steps []int, period int) (classes, bool) {
	for i, one := range all {
		n := steps[i]
		if one.half && n < 0 || n == 0 || len(p.all)+period/max(n, -n) > maxClasses {
			return p, false
		}
		for k := range period / max(n, -n) {
			member := progression{at: one.at, step: p.period, nearAt: one.nearAt + float64(k)*one.nearBy, nearBy: p.near, half: one.half}
			if k > 0 {
				member.at = node(tex.Sum, one.at, node(tex.Product, number(itoa(k)), one.step))
			}
			if !p.add(member) {
				return p, false
			}
		}
	}
	return p, true
}

// add puts a progression into classes, unless it is in them. It is false if that
// cannot be decided.
func (p *classes) add(one progression) bool {
	for i, known := range p.all {
		n, same, ok := p.apart(one, known)
		switch {
		case !ok:
			return false
		case !same:
			continue
		case !known.half || !one.half:
			p.all[i].half = false
		case n < 0:
			p.all[i] = one
		}
		return true
	}
	p.all = append(p.all, one)
	return true
}

// apart says whether two progressions are a number of periods apart, and how many.
func (p *classes) apart(a, b progression) (n int64, same, ok bool) {
	x := (a.nearAt - b.nearAt) / p.near
	whole := math.Round(x)
	if math.Abs(x-whole) > 1e-6 {
		return 0, false, true
	}
	n = int64(whole)
	switch p.c.calc.Compare(leftOver(a.at, b.at), node(tex.Product, signedNumber(n), p.period)).Verdict {
	case value.Equal:
		return n, true, true
	case value.Different:
		return 0, false, true
	default:
		return 0, false, false
	}
}

// leftOver is a - b without the terms that both have.
func leftOver(a, b *tex.Node) *tex.Node {
	terms, others := termsOf(a), termsOf(b)
	sum := node(tex.Sum, number("0"), number("0"))
	for _, term := range terms {
		if i := slices.IndexFunc(others, func(n *tex.Node) bool { return alike(n, term) }); i >= 0 {
			others = slices.Delete(others, i, i+1)
			continue
		}
		sum.Args = append(sum.Args, term)
	}
	for _, term := range others {
		sum.Args = append(sum.Args, negative(term))
	}
	return sum
}

// termsOf are what n is the sum of.
func termsOf(n *tex.Node) []*tex.Node {
	if n.Op != tex.Sum {
		return []*tex.Node{n}
	}
	var terms []*tex.Node
	for _, arg := range n.Args {
		terms = append(terms, termsOf(arg)...)
	}
	return terms
}

// same compares classes of one period.
func (p classes) same(q classes) (value.Judgement, bool) {
	for _, pair := range [...][2]classes{{p, q}, {q, p}} {
		for _, one := range pair[0].all {
			found := false
			for _, other := range pair[1].all {
				n, same, ok := p.apart(one, other)
				if !ok {
					return value.Judgement{}, false
				}
				found = found || same && one.half == other.half && (n == 0 || !one.half)
			}
			if !found {
				return different("numbers that only one side has"), true
			}
		}
	}
	return equal(value.Proof, "the same numbers"), true
}

// whole is p with every half of a progression made whole.
func (p classes) whole() classes {
	of := p
	of.all = nil
	for _, one := range p.all {
		one.half = false
		of.all = append(of.all, one)
	}
	return of
}

// ratio is the step of a over that of b, as a quotient of small integers.
func (c *comparison) ratio(a, b progression) (above, below int, ok bool) {
	x := a.nearBy / b.nearBy
	for below = 1; below <= maxPeriods && math.Abs(x) < maxPeriods; below++ {
		scaled := x * float64(below)
		if math.Abs(scaled-math.Round(scaled)) < 1e-9*max(1, math.Abs(scaled)) {
			above = int(math.Round(scaled))
			j := c.calc.Compare(node(tex.Product, number(itoa(below)), a.step), node(tex.Product, signedNumber(int64(above)), b.step))
			return above, below, above != 0 && j.Verdict == value.Equal
		}
	}
	return 0, 0, false
}
