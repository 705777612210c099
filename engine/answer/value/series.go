package value

import (
	"math/big"
	"slices"

	"github.com/aimo3/aimo3/engine/answer/value/ball"
)

// infinite is the upper end of a sum that does not end.
const infinite = "@inf"

// seriesName is the generator that a summation index is in polynomials.
const seriesName = "@n"

func isInfinite(e *expr) bool { return e.op == constant && e.text == infinite }

// series is a sum without end. Its terms are of one ratio that is a rational
// function of the index, and fall by it in the end; or they are a rational
// function, with signs that alternate or without.
func (c *enclosure) series(e *expr) (ball.Scalar, bool) {
	from, ok := c.index(e.args[0])
	if !ok || len(c.bound) > 0 || from > 1000 || from < -1000 || e.op != bigSum {
		return ball.Scalar{}, false
	}
	s := series{enclosure: c, exact: newExact(c.Work), body: e.args[2], from: from}
	s.exact.values = c.values
	s.exact.bound = []ratio{plain(generator(seriesName))}
	if above, below, ok := s.ratio(s.body); ok {
		if v, ok := s.falling(above, below); ok {
			return v, true
		}
	}
	return s.rational()
}

// series is one sum without end that is being calculated.
type series struct {
	*enclosure
	exact *exact
	body  *expr
	from  int64
}

// fraction is e as a quotient of polynomials in the index.
func (s series) fraction(e *expr) (above, below coefficients, ok bool) {
	r, ok := s.exact.ratio(e)
	if !ok {
		return nil, nil, false
	}
	above, okAbove := r.num.univariate(seriesName)
	below, okBelow := r.den.univariate(seriesName)
	if !okAbove || !okBelow {
		return s.lowered(r)
	}
	return above, below, len(above) > 0 && len(below) > 0
}

// lowered is a ratio with negative powers of the index, as 1/n is, as a quotient.
func (s series) lowered(r ratio) (above, below coefficients, ok bool) {
	least := 0
	for _, t := range r.num {
		for _, g := range t.gens {
			if g.gen == seriesName && g.den == 1 {
				least = min(least, g.num)
			}
		}
	}
	if least == 0 || least < -32 {
		return nil, nil, false
	}
	up, ok := plain(generator(seriesName)).power(-least, 1, s.Work)
	if !ok {
		return nil, nil, false
	}
	num, ok := r.num.mul(up.num, s.Work)
	if !ok {
		return nil, nil, false
	}
	den, ok := r.den.mul(up.num, s.Work)
	if !ok {
		return nil, nil, false
	}
	if above, ok = num.univariate(seriesName); !ok {
		return nil, nil, false
	}
	below, ok = den.univariate(seriesName)
	return above, below, ok && len(above) > 0 && len(below) > 0
}

// linear is e as slope·n + at, in integers.
func (s series) linear(e *expr) (slope, at int64, ok bool) {
	above, below, ok := s.fraction(e)
	if !ok || len(below) != 1 || len(above) > 2 {
		return 0, 0, false
	}
	above = slices.Clone(above)
	for i, q := range above {
		above[i] = new(big.Rat).Quo(q, below[0])
		if !above[i].IsInt() || above[i].Num().BitLen() > 20 {
			return 0, 0, false
		}
	}
	if len(above) == 2 {
		slope = above[1].Num().Int64()
	}
	return slope, above[0].Num().Int64(), true
}

func indexed(e *expr) bool {
	return e.has(func(e *expr) bool { return e.op == name && !e.isFree() })
}

// ratio is e at n+1 over e at n, as a quotient of polynomials in n.
func (s series) ratio(e *expr) (above, below coefficients, ok bool) {
	if !s.Work.Spend(30) {
		return nil, nil, false
	}
	switch {
	case !indexed(e):
		return whole(1), whole(1), true
	case e.op == product:
		above, below = whole(1), whole(1)
		for _, arg := range e.args {
			a, b, ok := s.ratio(arg)
			if !ok || len(above)+len(a)+len(below)+len(b) > 60 {
				return nil, nil, false
			}
			above, below = s.times(above, a), s.times(below, b)
		}
		return above, below, true
	case e.op == power && indexed(e.args[1]):
		return s.powerRatio(e)
	case e.op == power:
		return s.raised(e)
	case e.op == call && e.text == "factorial":
		return s.factorialRatio(e.args[0])
	case e.op == call && e.text == "binomial":
		return s.binomialRatio(e)
	}
	p, q, ok := s.fraction(e)
	if !ok {
		return nil, nil, false
	}
	return s.times(shifted(p, 1), q), s.times(shifted(q, 1), p), true
}

// powerRatio is that of r^(an+b): r^a.
func (s series) powerRatio(e *expr) (above, below coefficients, ok bool) {
	slope, _, ok := s.linear(e.args[1])
	if !ok || indexed(e.args[0]) || slope > 64 || slope < -64 {
		return nil, nil, false
	}
	r, ok := s.exact.ratio(e.args[0])
	if !ok {
		return nil, nil, false
	}
	q, ok := rationalOf(r)
	if !ok || q.Sign() == 0 || q.Num().BitLen()+q.Denom().BitLen() > 64 {
		return nil, nil, false
	}
	up := whole(1)
	for range max(slope, -slope) {
		up[0] = new(big.Rat).Mul(up[0], q)
	}
	if slope < 0 {
		return whole(1), up, true
	}
	return up, whole(1), true
}

// raised is the ratio of a whole power of something.
func (s series) raised(e *expr) (above, below coefficients, ok bool) {
	k, okK := smallInt(e.args[1])
	if !okK {
		return nil, nil, false
	}
	a, b, ok := s.ratio(e.args[0])
	if !ok || len(a)*max(k, -k) > 40 || len(b)*max(k, -k) > 40 {
		return nil, nil, false
	}
	if k < 0 {
		a, b, k = b, a, -k
	}
	above, below = whole(1), whole(1)
	for range k {
		above, below = s.times(above, a), s.times(below, b)
	}
	return above, below, true
}

// factorialRatio is that of (an+b)!.
func (s series) factorialRatio(e *expr) (above, below coefficients, ok bool) {
	slope, at, ok := s.linear(e)
	if !ok || slope < 0 || slope > 8 {
		return nil, nil, false
	}
	above = whole(1)
	for i := int64(1); i <= slope; i++ {
		above = s.times(above, coefficients{big.NewRat(at+i, 1), big.NewRat(slope, 1)})
	}
	return above, whole(1), true
}

// binomialRatio is that of x!/(y! (x-y)!).
func (s series) binomialRatio(e *expr) (above, below coefficients, ok bool) {
	b := builder{work: s.Work}
	x, y := e.args[0], e.args[1]
	above, below = whole(1), whole(1)
	for i, part := range [...]*expr{x, y, b.sum(x, b.neg(y))} {
		a, _, ok := s.factorialRatio(part)
		if !ok || b.failed {
			return nil, nil, false
		}
		if i == 0 {
			above = a
		} else {
			below = s.times(below, a)
		}
	}
	return above, below, true
}
