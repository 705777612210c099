package ball

import (
	"math"
	"math/big"
)

// seriesSlack is the binary logarithm of the units that a series in integers may
// be off by: more than it has terms.
const seriesSlack = 16

// Hurwitz is the sum of (x+k)^-s over all k from 0 on, for s from 2 on and a
// positive x. For s = 1 it is -ψ(x), by the differences of which such sums differ.
// By Euler and Maclaurin: all derivatives of (x+k)^-s keep their signs, so that
// the error is less than the first term left out.
func (c *Calc) Hurwitz(s int, x *big.Rat) (Ball, bool) {
	if s < 1 || s > 64 || x.Sign() <= 0 || x.Num().BitLen() > 30 || x.Denom().BitLen() > 30 {
		return Ball{}, false
	}
	w := c.Prec + 64
	last := int(c.Prec)/14 + 6
	direct := c.reach(last)
	if !c.Work.Spend(direct*(6+int(w)/128*(s+1)/2) + last*60) {
		return Ball{}, false
	}
	if _, ok := c.bernoulliNumber(last + 1); !ok {
		return Ball{}, false
	}
	p, q := new(big.Int).Set(x.Num()), x.Denom()
	power := big.NewInt(int64(s))
	one := new(big.Int).Lsh(new(big.Int).Exp(q, power, nil), w)
	total, term := new(big.Int), new(big.Int)
	for range direct {
		total.Add(total, term.Quo(one, raised(p, s)))
		p.Add(p, q)
	}
	y := new(big.Rat).SetFrac(p, q)
	total.Add(total, fixedRat(new(big.Rat).SetFrac(one, new(big.Int).Exp(p, power, nil)), 1)) // y^-s/2
	if s > 1 {
		rest := new(big.Rat).SetFrac(one, new(big.Int).Exp(p, power, nil))
		rest.Mul(rest, y)
		total.Add(total, fixedRat(rest.Quo(rest, big.NewRat(int64(s-1), 1)), 0))
	}
	total.Add(total, c.correction(s, last, y, w))
	b := c.fromFixed(total, w, seriesSlack)
	if s > 1 {
		return b, true
	}
	l, ok := c.ln(c.Rat(y))
	if !ok {
		return Ball{}, false
	}
	return c.Sub(b, l), true
}

// Alternating is the sum of (-1)^k (x+k)^-s over all k from 0 on, for a positive
// x. By Cohen, Rodriguez Villegas and Zagier: since (x+k)^-s are the moments of a
// positive measure, the error is less than the sum over the nth Chebyshev number.
func (c *Calc) Alternating(s int, x *big.Rat) (Ball, bool) {
	if s < 1 || s > 64 || x.Sign() <= 0 || x.Num().BitLen() > 30 || x.Denom().BitLen() > 30 {
		return Ball{}, false
	}
	const guard = 24
	w := c.Prec + 64
	n := int64(w)*2/5 + 4 // each term gives 2.54 bits
	if !c.Work.Spend(int(n) * (25 + int(w)/64*2)) {
		return Ball{}, false
	}
	chebyshev, before := big.NewInt(3), big.NewInt(1)
	for range n - 1 {
		chebyshev, before = before.Sub(new(big.Int).Mul(chebyshev, big.NewInt(6)), before), chebyshev
	}
	p, q := new(big.Int).Set(x.Num()), x.Denom()
	power := big.NewInt(int64(s))
	scale := new(big.Int).Lsh(new(big.Int).Exp(q, power, nil), guard)
	total, term := new(big.Int), new(big.Int)
	b, weight := big.NewInt(-1), new(big.Int).Neg(chebyshev)
	for k := range n {
		weight.Sub(b, weight)
		term.Mul(weight, scale)
		total.Add(total, term.Quo(term, raised(p, s)))
		p.Add(p, q)
		b.Mul(b, big.NewInt(2*(k+n)*(k-n)))
		b.Quo(b, big.NewInt((2*k+1)*(k+1)))
	}
	total.Lsh(total, w-guard)
	total.Quo(total, chebyshev)
	sum := c.fromFixed(total, w, 2)
	first := new(big.Float).SetPrec(radPrec).SetMode(big.AwayFromZero).SetRat(new(big.Rat).Inv(x))
	sum.Rad = sumUp(sum.Rad, mulUp(first, powerOfTwo(4-int(w))))
	for range s - 1 {
		sum.Rad = mulUp(sum.Rad, sumUp(first, powerOfTwo(0)))
	}
	return sum, true
}

// reach is how many terms are added before the series of so many corrections
// ends below the precision.
func (c *Calc) reach(last int) int {
	lg, _ := math.Lgamma(float64(2*last + 3))
	y := math.Exp((lg+float64(c.Prec+60)*math.Ln2)/float64(2*last+2)) / (2 * math.Pi)
	return int(y) + 8
}

// fixedRat is q over 2^half, without its fraction.
func fixedRat(q *big.Rat, half uint) *big.Int {
	n := new(big.Int).Quo(q.Num(), q.Denom())
	return n.Rsh(n, half)
}

// correction is the sum of B_2j/(2j)! s(s+1)…(s+2j-2) y^-(s+2j-1) for j up to last,
// in units of 2^-w. The first term left out is below the units that are allowed for.
func (c *Calc) correction(s, last int, y *big.Rat, w uint) *big.Int {
	const guard = 1024 // as many bits as a Bernoulli number may have
	above, below := y.Denom(), y.Num()
	factor := new(big.Int).Lsh(big.NewInt(int64(s)), w+guard-1)
	factor.Mul(factor, new(big.Int).Exp(above, big.NewInt(int64(s+1)), nil))
	factor.Quo(factor, new(big.Int).Exp(below, big.NewInt(int64(s+1)), nil))
	above2, below2 := new(big.Int).Mul(above, above), new(big.Int).Mul(below, below)
	total := new(big.Int)
	for j := 1; j <= last; j++ {
		b := c.bernoulli[j-1]
		term := new(big.Int).Mul(factor, b.Num())
		total.Add(total, term.Rsh(term.Quo(term, b.Denom()), guard))
		factor.Mul(factor, above2).Mul(factor, big.NewInt(int64((s+2*j-1)*(s+2*j))))
		factor.Quo(factor, below2).Quo(factor, big.NewInt(int64((2*j+1)*(2*j+2))))
	}
	return total
}

// raised is p^s for a small s.
func raised(p *big.Int, s int) *big.Int {
	r := p
	for range s - 1 {
		r = new(big.Int).Mul(r, p)
	}
	return r
}
