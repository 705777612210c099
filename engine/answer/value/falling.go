package value

import (
	"math/big"

	"github.com/aimo3/aimo3/engine/answer/value/ball"
)

// maxFirstTerms is how many terms of a series are calculated one by one before
// they have to fall.
const maxFirstTerms = 200

// falling adds up a series of terms t with t(n+1)/t(n) = above/below. From some n
// on that is less than a bound below 1, so that what is left out is less than a
// geometric series.
func (s series) falling(above, below coefficients) (ball.Scalar, bool) {
	if below[len(below)-1].Sign() < 0 {
		above, below = negated(above), negated(below)
	}
	n, ok := s.settled(above, below)
	if !ok {
		return ball.Scalar{}, false
	}
	total := ball.Real(s.Int(0))
	defer func() { s.bound = s.bound[:0] }()
	for k := s.from; k < n; k++ {
		s.bound = append(s.bound[:0], k)
		t, ok := s.value(s.body)
		if !ok || !t.IsReal() || t.Huge != 0 {
			return ball.Scalar{}, false
		}
		if total, ok = s.Plus(total, t); !ok {
			return ball.Scalar{}, false
		}
	}
	s.bound = append(s.bound[:0], n)
	first, ok := s.value(s.body)
	if !ok || !first.IsReal() || first.Huge != 0 || first.Re.Mid.MantExp(nil) > 64 {
		return ball.Scalar{}, false
	}
	rest, ok := s.rest(first.Re, n, above, below)
	if !ok {
		return ball.Scalar{}, false
	}
	return s.Plus(total, ball.Real(rest))
}

func negated(p coefficients) coefficients {
	q := make(coefficients, len(p))
	for i := range p {
		q[i] = new(big.Rat).Neg(p[i])
	}
	return q
}

// settled is the first n from which on |above/below| is at most the maxRatio, which
// it is where each coefficient of one, about n, is at most the bound times
// that of the other.
func (s series) settled(above, below coefficients) (n int64, ok bool) {
	if len(above) > len(below) {
		return 0, false
	}
	for n = s.from; n <= s.from+maxFirstTerms; n = s.from + 1 + 2*(n-s.from) {
		if !s.Work.Spend(40 * len(below) * len(below)) {
			return 0, false
		}
		p, q := shifted(above, n), shifted(below, n)
		if dominated(p, q, maxRatio()) {
			return n, true
		}
	}
	return 0, false
}

// maxRatio is the ratio that terms have to fall by.
func maxRatio() *big.Rat { return big.NewRat(31, 32) }

func dominated(p, q coefficients, bound *big.Rat) bool {
	for i := range q {
		if q[i].Sign() < 0 || i == 0 && q[i].Sign() == 0 {
			return false
		}
		if i < len(p) && new(big.Rat).Abs(p[i]).Cmp(new(big.Rat).Mul(bound, q[i])) > 0 {
			return false
		}
	}
	return true
}

// rest is the sum of the terms from n on, of which t is the first.
func (s series) rest(t ball.Ball, n int64, above, below coefficients) (ball.Ball, bool) {
	w := s.Prec + 64
	term, _ := new(big.Float).SetPrec(w+64).SetMantExp(t.Mid, int(w)).Int(nil)
	total := new(big.Int)
	a, b := cleared(above, below)
	left := new(big.Int)
	for steps := 0; term.BitLen() > 8; steps++ {
		if !s.Work.Spend(20+int(w)/64*2) || steps > 1<<15 {
			return ball.Ball{}, false
		}
		total.Add(total, term)
		at := big.NewInt(n + int64(steps))
		term = new(big.Int).Mul(term, valueAt(a, at))
		if left = valueAt(b, at); left.Sign() == 0 {
			return ball.Ball{}, false
		}
		term.Quo(term, left)
	}
	// Each step is off by a unit, and carries on what it was off by before by less;
	// what is left out is less than 2^8 units over 1 - bound. The bound is 31/32 at
	// most, and there are fewer than 2^15 steps.
	const slack = 22
	unit := new(big.Float).SetMantExp(big.NewFloat(1), slack-int(w))
	sum := ball.Ball{Mid: new(big.Float).SetPrec(w+64).SetMantExp(new(big.Float).SetPrec(w+64).SetInt(total), -int(w)), Rad: unit}
	if t.Rad == nil {
		return sum, true
	}
	// What the first term is off by, every other is off by less and less.
	spread := new(big.Float).SetMode(big.AwayFromZero).SetPrec(32).Mul(t.Rad, big.NewFloat(32))
	sum.Rad = new(big.Float).SetMode(big.AwayFromZero).SetPrec(32).Add(spread, unit)
	return sum, true
}

// cleared are two polynomials as ones with integers, times the same number.
func cleared(above, below coefficients) (a, b []*big.Int) {
	common := big.NewInt(1)
	for _, p := range [...]coefficients{above, below} {
		for _, q := range p {
			g := new(big.Int).GCD(nil, nil, common, q.Denom())
			common.Mul(common, new(big.Int).Quo(q.Denom(), g))
		}
	}
	integers := func(p coefficients) []*big.Int {
		n := make([]*big.Int, len(p))
		for i, q := range p {
			n[i] = new(big.Int).Mul(q.Num(), new(big.Int).Quo(common, q.Denom()))
		}
		return n
	}
	return integers(above), integers(below)
}

func valueAt(p []*big.Int, n *big.Int) *big.Int {
	v := new(big.Int)
	for i := len(p) - 1; i >= 0; i-- {
		v.Mul(v, n).Add(v, p[i])
	}
	return v
}
