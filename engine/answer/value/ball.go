package value

import (
	"math/big"
)

const (
	maxPrec = 1024
	// maxExp bounds the binary exponents of balls: far within those of
	// big.Float, which would round to 0 or infinity beyond its own.
	maxExp = 1 << 28
	// radPrec is the precision of radii. They are always rounded up.
	radPrec = 32
)

// ball is the numbers at most rad from mid. A nil rad is 0: the ball is exact.
// Neither is ever changed.
type ball struct{ mid, rad *big.Float }

// calc calculates in balls: whatever numbers the operands stand for, the result
// contains what comes of them.
type calc struct {
	prec      uint
	work      *work
	values    map[string]*big.Rat // of the variables
	bound     []int64             // of the names bound by sums: "#0", "#1", ...
	realOnly  bool                // what is not real on the way is undefined
	principal bool                // powers of negative numbers are the principal ones
	widest    int                 // the largest binary exponent met, either way
	bernoulli []*big.Rat
}

func exactly(f *big.Float) ball { return ball{mid: f} }

func (c *calc) int(n int64) ball { return exactly(new(big.Float).SetPrec(64).SetInt64(n)) }

func (c *calc) rat(q *big.Rat) ball {
	c.work.spend(20 + bitLen(q)/8)
	return c.rounded(new(big.Float).SetPrec(c.prec).SetRat(q), nil)
}

// rounded is the ball about a mid just calculated, to the nearest.
func (c *calc) rounded(mid, rad *big.Float) ball {
	if mid.Acc() != big.Exact {
		rad = sumUp(rad, powerOfTwo(mid.MantExp(nil)-int(mid.Prec())))
	}
	return ball{mid, rad}
}

func powerOfTwo(e int) *big.Float {
	return up().SetMantExp(big.NewFloat(1), e)
}

func up() *big.Float { return new(big.Float).SetPrec(radPrec).SetMode(big.AwayFromZero) }

func down() *big.Float { return new(big.Float).SetPrec(radPrec).SetMode(big.ToZero) }

func sumUp(a, b *big.Float) *big.Float {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	return addBound(up(), a, b)
}

// addBound is a+b rounded the way z rounds. Where one is far smaller it only
// decides the rounding: big.Float would shift by the whole gap of exponents.
func addBound(z, a, b *big.Float) *big.Float {
	if a.Sign() == 0 || b.Sign() == 0 {
		return z.Add(a, b)
	}
	if a.MantExp(nil) < b.MantExp(nil) {
		a, b = b, a
	}
	e := a.MantExp(nil) - int(max(z.Prec(), a.Prec())) - radPrec
	if b.MantExp(nil) >= e {
		return z.Add(a, b)
	}
	upward := z.Mode() == big.ToPositiveInf || z.Mode() == big.AwayFromZero
	if b.Sign() > 0 != upward {
		return z.Set(a)
	}
	tiny := powerOfTwo(e)
	if !upward {
		tiny.Neg(tiny)
	}
	return z.Add(a, tiny)
}

func mulUp(a, b *big.Float) *big.Float {
	if a == nil || b == nil {
		return nil
	}
	return up().Mul(a, b)
}

func absUp(a *big.Float) *big.Float { return up().Abs(a) }

// lo and hi are the ends, rounded outwards.
func (b ball) lo() *big.Float { return b.end(big.ToNegativeInf) }
func (b ball) hi() *big.Float { return b.end(big.ToPositiveInf) }

func (b ball) end(mode big.RoundingMode) *big.Float {
	f := new(big.Float).SetPrec(b.mid.Prec()).SetMode(mode)
	switch {
	case b.rad == nil:
		return f.Set(b.mid)
	case mode == big.ToNegativeInf:
		return addBound(f, b.mid, new(big.Float).Neg(b.rad))
	}
	return addBound(f, b.mid, b.rad)
}

// sign is the sign of all numbers in the ball, or 0 if they have none in common.
func (b ball) sign() int {
	if b.rad != nil && new(big.Float).Abs(b.mid).Cmp(b.rad) <= 0 {
		return 0
	}
	return b.mid.Sign()
}

func (b ball) isZero() bool { return b.rad == nil && b.mid.Sign() == 0 }

// size is what no number in the ball exceeds in absolute value.
func (b ball) size() *big.Float { return sumUp(absUp(b.mid), b.rad) }

// least is what no number in the ball falls short of in absolute value.
func (b ball) least() *big.Float {
	f := down().Abs(b.mid)
	if b.rad != nil {
		addBound(f, f, new(big.Float).Neg(b.rad))
	}
	if f.Sign() < 0 {
		f.SetInt64(0)
	}
	return f
}

func (b ball) neg() ball { return ball{new(big.Float).Neg(b.mid), b.rad} }

func (c *calc) add(a, b ball) ball {
	c.work.spend(20 + int(c.prec/128))
	if a.mid.Sign() != 0 && b.mid.Sign() != 0 {
		gap := a.mid.MantExp(nil) - b.mid.MantExp(nil)
		if gap < 0 {
			a, b, gap = b, a, -gap
		}
		if gap > maxBits {
			return c.rounded(new(big.Float).SetPrec(c.prec).Set(a.mid), sumUp(a.rad, b.size()))
		}
	}
	return c.rounded(new(big.Float).SetPrec(c.prec).Add(a.mid, b.mid), sumUp(a.rad, b.rad))
}

func (c *calc) sub(a, b ball) ball { return c.add(a, b.neg()) }

func (c *calc) mul(a, b ball) ball {
	c.work.spend(24 + int(c.prec/64))
	var rad *big.Float
	if a.rad != nil {
		rad = mulUp(a.rad, b.size())
	}
	if b.rad != nil {
		rad = sumUp(rad, mulUp(b.rad, absUp(a.mid)))
	}
	return c.rounded(new(big.Float).SetPrec(c.prec).Mul(a.mid, b.mid), rad)
}

// inverse is 1/b; it is false if b may be 0.
func (c *calc) inverse(b ball) (ball, bool) {
	if b.sign() == 0 {
		return ball{}, false
	}
	c.work.spend(24 + int(c.prec/64))
	mid := new(big.Float).SetPrec(c.prec).Quo(big.NewFloat(1), b.mid)
	var rad *big.Float
	if b.rad != nil {
		// |1/x - 1/mid| = |x-mid|/|x·mid|, where |x| >= least
		least := b.least()
		if least.Sign() == 0 {
			return ball{}, false
		}
		rad = up().Quo(b.rad, down().Mul(least, least))
	}
	return c.rounded(mid, rad), true
}

func (c *calc) half(b ball) ball { return c.scale(b, -1) }

// scale is b·2^n.
func (c *calc) scale(b ball, n int) ball {
	r := ball{mid: new(big.Float).SetMantExp(b.mid, n)}
	if b.rad != nil {
		r.rad = up().SetMantExp(b.rad, n)
	}
	return r
}

func (c *calc) abs(b ball) ball {
	switch b.sign() {
	case 1:
		return b
	case -1:
		return b.neg()
	}
	return between(b.size())
}

// between is the ball from 0 to top.
func between(top *big.Float) ball {
	half := up().SetMantExp(top, -1)
	return ball{new(big.Float).Copy(half), half}
}

// sqrt is the root of a ball above 0, or of exactly 0.
func (c *calc) sqrt(b ball) (ball, bool) {
	if b.isZero() {
		return b, true
	}
	if b.sign() <= 0 {
		return ball{}, false
	}
	c.work.spend(80 + int(c.prec/6))
	mid := new(big.Float).SetPrec(c.prec + 8).Sqrt(b.mid)
	square := new(big.Float).SetPrec(2*c.prec+32).Mul(mid, mid)
	var rad *big.Float
	if square.Cmp(b.mid) != 0 {
		rad = powerOfTwo(mid.MantExp(nil) - int(c.prec))
	}
	if b.rad != nil {
		// |√x - √mid| = |x-mid|/(√x+√mid) <= rad/√mid
		low := down().Set(mid)
		low.Mul(low, big.NewFloat(1-1.0/(1<<20)))
		rad = sumUp(rad, up().Quo(b.rad, low))
	}
	return c.rounded(new(big.Float).SetPrec(c.prec).Set(mid), rad), true
}

// floor is ⌊x⌋ if it is the same for all x in the ball.
func (b ball) floor() (*big.Int, bool) {
	if b.mid.MantExp(nil) > maxBits {
		return nil, false
	}
	lo, hi := floorFloat(b.lo()), floorFloat(b.hi())
	return lo, lo.Cmp(hi) == 0
}

func floorFloat(f *big.Float) *big.Int {
	n, acc := f.Int(nil)
	if acc == big.Above { // cut off towards 0 from below
		n.Sub(n, big.NewInt(1))
	}
	return n
}

// integer is the ball if it is one whole number of not too many digits.
func (b ball) integer() (*big.Int, bool) {
	if b.rad != nil || !b.mid.IsInt() || b.mid.MantExp(nil) > maxBits {
		return nil, false
	}
	n, _ := b.mid.Int(nil)
	return n, true
}

// apart is whether no number is in both balls.
func (b ball) apart(d ball) bool {
	return b.hi().Cmp(d.lo()) < 0 || d.hi().Cmp(b.lo()) < 0
}
