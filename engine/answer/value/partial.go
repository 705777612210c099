package value

import (
	"math/big"
	"slices"

	"github.com/aimo3/aimo3/engine/answer/value/ball"
)

// What a series of a rational function may have: terms that are added one by one,
// and the degree of what it is divided by.
const (
	maxPoleShift = 300
	maxPoles     = 8
)

// A fractionPart is factor/(n+at)^power.
type fractionPart struct {
	factor, at *big.Rat
	power      int
}

// related says whether two parts lie a whole number apart.
func (p fractionPart) related(q fractionPart) bool {
	return q.power == p.power && new(big.Rat).Sub(q.at, p.at).IsInt()
}

// rational adds up a series of a rational function, by partial fractions.
func (s series) rational() (ball.Scalar, bool) {
	body, sign, turns := s.signs()
	above, below, ok := s.fraction(body)
	if !ok || len(below) > maxPoles+1 || len(above) >= len(below) || !turns && len(above)+1 >= len(below) {
		return ball.Scalar{}, false
	}
	if common := gcdPoly(above, below, s.Work); len(common) > 1 {
		above, _ = divPoly(above, common, s.Work)
		below, _ = divPoly(below, common, s.Work)
	}
	if s.Work.Left < 0 {
		return ball.Scalar{}, false
	}
	parts, ok := s.partial(above, below)
	if !ok {
		return ball.Scalar{}, false
	}
	from, total, ok := s.beforePoles(above, below, parts, turns)
	if !ok {
		return ball.Scalar{}, false
	}
	if turns && from%2 != 0 {
		sign = -sign
		total.Neg(total)
	}
	rest, ok := s.poles(parts, total, turns)
	if !ok {
		return ball.Scalar{}, false
	}
	if sign < 0 {
		rest = s.Negate(ball.Real(rest)).Re
	}
	return ball.Real(rest), true
}

// beforePoles adds up terms one by one until all n+at are positive, which are then
// counted from there on.
func (s series) beforePoles(above, below coefficients, parts []fractionPart, turns bool) (from int64, total *big.Rat, ok bool) {
	from, total = s.from, new(big.Rat)
	for _, p := range parts {
		first := new(big.Rat).Neg(p.at)
		least := new(big.Int).Quo(first.Num(), first.Denom()).Int64() + 1
		if first.Sign() >= 0 && least > from {
			from = least
		}
	}
	for n := s.from; n < from; n++ {
		q := below.at(n)
		if q.Sign() == 0 || n-s.from > maxPoleShift || !s.Work.Spend(200) {
			return 0, nil, false
		}
		t := new(big.Rat).Quo(above.at(n), q)
		if turns && n%2 != 0 {
			t.Neg(t)
		}
		total.Add(total, t)
	}
	for i := range parts {
		parts[i].at = new(big.Rat).Add(parts[i].at, big.NewRat(from, 1))
	}
	return from, total, true
}

// signs takes (-1)^(an+b) off the terms: sign is what is left of it for n = 0.
func (s series) signs() (body *expr, sign int, turns bool) {
	factors := []*expr{s.body}
	if s.body.op == product {
		factors = s.body.args
	}
	sign = 1
	var rest []*expr
	for _, f := range factors {
		if f.op == power && f.args[0].op == number && f.args[0].rat.Cmp(big.NewRat(-1, 1)) == 0 {
			if slope, at, ok := s.linear(f.args[1]); ok {
				turns = turns != (slope%2 != 0)
				if at%2 != 0 {
					sign = -sign
				}
				continue
			}
		}
		rest = append(rest, f)
	}
	b := builder{work: s.Work}
	return b.product(rest...), sign, turns
}

// partial splits above/below up, where below has none but rational roots.
func (s series) partial(above, below coefficients) ([]fractionPart, bool) {
	var parts []fractionPart
	left := below
	_, integers := cleared(whole(1), below)
	for _, root := range rationalRoots(integers) {
		factor := coefficients{new(big.Rat).Neg(root), big.NewRat(1, 1)}
		for power := 1; ; power++ {
			quotient, rest := divPoly(left, factor, s.Work)
			if s.Work.Left < 0 {
				return nil, false
			}
			if len(rest) > 0 || len(left) < 2 {
				break
			}
			left = quotient
			parts = append(parts, fractionPart{at: new(big.Rat).Neg(root), power: power})
		}
	}
	if len(left) != 1 || len(parts) == 0 || !s.Work.Spend(2000) {
		return nil, false
	}
	return solved(parts, above, below)
}

// poles adds up the series of parts, and what was added before. Parts that lie
// whole numbers apart become one, with the terms between added one by one.
func (s series) poles(parts []fractionPart, total *big.Rat, turns bool) (ball.Ball, bool) {
	var apart []fractionPart
	for _, p := range parts {
		i := slices.IndexFunc(apart, p.related)
		if i < 0 {
			apart = append(apart, p)
			continue
		}
		if apart[i].at.Cmp(p.at) < 0 {
			apart[i], p = p, apart[i]
		}
		p, ok := s.movedUp(p, apart[i].at, total, turns)
		if apart[i].factor = new(big.Rat).Add(apart[i].factor, p.factor); !ok {
			return ball.Ball{}, false
		}
	}
	sum := ball.Real(s.Rat(total))
	for _, p := range apart {
		if p.factor.Sign() == 0 {
			continue
		}
		h, ok := s.pole(p.power, p.at, turns)
		if ok {
			h, ok = s.scaled(h, p.factor)
		}
		if ok {
			sum, ok = s.Plus(sum, ball.Real(h))
		}
		if !ok {
			return ball.Ball{}, false
		}
	}
	return sum.Re, true
}

// movedUp is a part from a later term on, with those before added to total.
func (s series) movedUp(p fractionPart, to, total *big.Rat, turns bool) (fractionPart, bool) {
	for p.at.Cmp(to) < 0 {
		t := new(big.Rat).Set(p.factor)
		for range p.power {
			t.Quo(t, p.at)
		}
		if turns {
			p.factor = new(big.Rat).Neg(p.factor)
		}
		if total.Add(total, t); !s.Work.Spend(100+total.Denom().BitLen()/16) || total.Denom().BitLen() > 4096 {
			return p, false
		}
		p.at = new(big.Rat).Add(p.at, big.NewRat(1, 1))
	}
	return p, true
}

// pole is the sum of 1/(at+k)^power over all k from 0 on, with signs that
// alternate or without.
func (s series) pole(power int, at *big.Rat, turns bool) (ball.Ball, bool) {
	if turns {
		return s.Alternating(power, at)
	}
	twice := new(big.Rat).Add(at, at)
	if power < 2 || !twice.IsInt() || at.Cmp(big.NewRat(maxPoleShift, 1)) > 0 {
		return s.Hurwitz(power, at)
	}
	// The series of whole numbers, and that of odd ones, are multiples of the one
	// with alternating signs, which is easier. The terms before at are taken away.
	zeta, ok := s.Alternating(power, big.NewRat(1, 1))
	if !ok {
		return ball.Ball{}, false
	}
	twos := new(big.Int).Lsh(big.NewInt(1), uint(power)) //nolint:gosec // it is small
	factor := new(big.Rat).SetFrac(twos, new(big.Int).Sub(twos, big.NewInt(2)))
	k := big.NewRat(1, 1)
	if !at.IsInt() {
		factor.Mul(factor, new(big.Rat).SetInt(new(big.Int).Sub(twos, big.NewInt(1))))
		k = big.NewRat(1, 2)
	}
	before := new(big.Rat)
	for ; k.Cmp(at) < 0; k = new(big.Rat).Add(k, big.NewRat(1, 1)) {
		t := big.NewRat(1, 1)
		for range power {
			t.Quo(t, k)
		}
		if before.Add(before, t); before.Denom().BitLen() > 4096 || !s.Work.Spend(100+before.Denom().BitLen()/16) {
			return ball.Ball{}, false
		}
	}
	whole, ok := s.scaled(zeta, factor)
	if !ok {
		return ball.Ball{}, false
	}
	return s.Sub(whole, s.Rat(before)), true
}

func (s series) scaled(b ball.Ball, by *big.Rat) (ball.Ball, bool) {
	v, ok := s.Times(ball.Real(b), ball.Real(s.Rat(by)))
	return v.Re, ok
}
