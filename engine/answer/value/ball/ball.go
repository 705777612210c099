// Package ball calculates with numbers that are known up to an error bound which
// holds: whatever numbers the operands stand for, the outcome contains what comes
// of them. Numbers far beyond the range of big.Float are kept by their logarithm.
package ball

import (
	"math/big"

	"github.com/aimo3/aimo3/engine/answer/value/work"
)

const (
	// MaxPrec is the highest precision in use: constants are known to more bits.
	MaxPrec = 1024
	// maxExp bounds the binary exponents of balls: far within those of
	// big.Float, which would round to 0 or infinity beyond its own.
	maxExp = 1 << 28
	// radPrec is the precision of radii. They are always rounded up.
	radPrec = 32
)

// Ball is the numbers at most Rad from Mid. A nil Rad is 0: the ball is exact.
// Neither is ever changed.
type Ball struct{ Mid, Rad *big.Float }

// Calc calculates to Prec bits, within Work, of which it must have some.
type Calc struct {
	Prec     uint
	Work     *work.Counter
	RealOnly bool // what is not real on the way is undefined
	Widest   int  // the largest binary exponent met, either way

	bernoulli []*big.Rat
}

// Exactly is the ball of one number, which must not be changed any more.
func Exactly(f *big.Float) Ball { return Ball{Mid: f} }

// Int is the ball of n alone.
func (c *Calc) Int(n int64) Ball { return Exactly(new(big.Float).SetPrec(64).SetInt64(n)) }

// Rat is a ball about q.
func (c *Calc) Rat(q *big.Rat) Ball {
	c.Work.Spend(20 + work.BitLen(q)/8)
	return c.rounded(new(big.Float).SetPrec(c.Prec).SetRat(q), nil)
}

// rounded is the ball about a mid just calculated, to the nearest.
func (c *Calc) rounded(mid, rad *big.Float) Ball {
	if mid.Acc() != big.Exact {
		rad = sumUp(rad, powerOfTwo(mid.MantExp(nil)-int(mid.Prec())))
	}
	return Ball{mid, rad}
}

// Lo is the lower end, rounded outwards.
func (b Ball) Lo() *big.Float { return b.end(big.ToNegativeInf) }

// Hi is the upper end, rounded outwards.
func (b Ball) Hi() *big.Float { return b.end(big.ToPositiveInf) }

func (b Ball) end(mode big.RoundingMode) *big.Float {
	f := new(big.Float).SetPrec(b.Mid.Prec()).SetMode(mode)
	switch {
	case b.Rad == nil:
		return f.Set(b.Mid)
	case mode == big.ToNegativeInf:
		return addBound(f, b.Mid, new(big.Float).Neg(b.Rad))
	}
	return addBound(f, b.Mid, b.Rad)
}

// Sign is the sign of all numbers in the ball, or 0 if they have none in common.
func (b Ball) Sign() int {
	if b.Rad != nil && new(big.Float).Abs(b.Mid).Cmp(b.Rad) <= 0 {
		return 0
	}
	return b.Mid.Sign()
}

// IsZero is whether the ball is 0 alone.
func (b Ball) IsZero() bool { return b.Rad == nil && b.Mid.Sign() == 0 }

// size is what no number in the ball exceeds in absolute value.
func (b Ball) size() *big.Float { return sumUp(absUp(b.Mid), b.Rad) }

// least is what no number in the ball falls short of in absolute value.
func (b Ball) least() *big.Float {
	f := down().Abs(b.Mid)
	if b.Rad != nil {
		addBound(f, f, new(big.Float).Neg(b.Rad))
	}
	if f.Sign() < 0 {
		f.SetInt64(0)
	}
	return f
}

func (b Ball) neg() Ball { return Ball{new(big.Float).Neg(b.Mid), b.Rad} }

func (c *Calc) add(a, b Ball) Ball {
	c.Work.Spend(20 + int(c.Prec/128))
	if a.Mid.Sign() != 0 && b.Mid.Sign() != 0 {
		gap := a.Mid.MantExp(nil) - b.Mid.MantExp(nil)
		if gap < 0 {
			a, b, gap = b, a, -gap
		}
		if gap > work.MaxBits {
			return c.rounded(new(big.Float).SetPrec(c.Prec).Set(a.Mid), sumUp(a.Rad, b.size()))
		}
	}
	return c.rounded(new(big.Float).SetPrec(c.Prec).Add(a.Mid, b.Mid), sumUp(a.Rad, b.Rad))
}

// Sub is a-b.
func (c *Calc) Sub(a, b Ball) Ball { return c.add(a, b.neg()) }

func (c *Calc) mul(a, b Ball) Ball {
	c.Work.Spend(24 + int(c.Prec/64))
	var rad *big.Float
	if a.Rad != nil {
		rad = mulUp(a.Rad, b.size())
	}
	if b.Rad != nil {
		rad = sumUp(rad, mulUp(b.Rad, absUp(a.Mid)))
	}
	return c.rounded(new(big.Float).SetPrec(c.Prec).Mul(a.Mid, b.Mid), rad)
}

// inverse is 1/b; it is false if b may be 0.
func (c *Calc) inverse(b Ball) (Ball, bool) {
	if b.Sign() == 0 {
		return Ball{}, false
	}
	c.Work.Spend(24 + int(c.Prec/64))
	mid := new(big.Float).SetPrec(c.Prec).Quo(big.NewFloat(1), b.Mid)
	var rad *big.Float
	if b.Rad != nil {
		// |1/x - 1/mid| = |x-mid|/|x·mid|, where |x| >= least
		least := b.least()
		if least.Sign() == 0 {
			return Ball{}, false
		}
		rad = up().Quo(b.Rad, down().Mul(least, least))
	}
	return c.rounded(mid, rad), true
}

func (c *Calc) half(b Ball) Ball { return c.scale(b, -1) }

// scale is b·2^n.
func (c *Calc) scale(b Ball, n int) Ball {
	r := Ball{Mid: new(big.Float).SetMantExp(b.Mid, n)}
	if b.Rad != nil {
		r.Rad = up().SetMantExp(b.Rad, n)
	}
	return r
}

func (c *Calc) abs(b Ball) Ball {
	switch b.Sign() {
	case 1:
		return b
	case -1:
		return b.neg()
	}
	return between(b.size())
}

// between is the ball from 0 to top.
func between(top *big.Float) Ball {
	half := up().SetMantExp(top, -1)
	return Ball{new(big.Float).Copy(half), half}
}

// sqrt is the root of a ball above 0, or of exactly 0.
func (c *Calc) sqrt(b Ball) (Ball, bool) {
	if b.IsZero() {
		return b, true
	}
	if b.Sign() <= 0 {
		return Ball{}, false
	}
	c.Work.Spend(80 + int(c.Prec/6))
	mid := new(big.Float).SetPrec(c.Prec + 8).Sqrt(b.Mid)
	square := new(big.Float).SetPrec(2*c.Prec+32).Mul(mid, mid)
	var rad *big.Float
	if square.Cmp(b.Mid) != 0 {
		rad = powerOfTwo(mid.MantExp(nil) - int(c.Prec))
	}
	if b.Rad != nil {
		// |√x - √mid| = |x-mid|/(√x+√mid) <= rad/√mid
		low := down().Set(mid)
		low.Mul(low, big.NewFloat(1-1.0/(1<<20)))
		rad = sumUp(rad, up().Quo(b.Rad, low))
	}
	return c.rounded(new(big.Float).SetPrec(c.Prec).Set(mid), rad), true
}

// Floor is ⌊x⌋ if it is the same for all x in the ball.
func (b Ball) Floor() (*big.Int, bool) {
	if b.Mid.MantExp(nil) > work.MaxBits {
		return nil, false
	}
	lo, hi := floorFloat(b.Lo()), floorFloat(b.Hi())
	return lo, lo.Cmp(hi) == 0
}

func floorFloat(f *big.Float) *big.Int {
	n, acc := f.Int(nil)
	if acc == big.Above { // cut off towards 0 from below
		n.Sub(n, big.NewInt(1))
	}
	return n
}

// Integer is the ball if it is one whole number of not too many digits.
func (b Ball) Integer() (*big.Int, bool) {
	if b.Rad != nil || !b.Mid.IsInt() || b.Mid.MantExp(nil) > work.MaxBits {
		return nil, false
	}
	n, _ := b.Mid.Int(nil)
	return n, true
}

// apart is whether no number is in both balls.
func (b Ball) apart(d Ball) bool {
	return b.Hi().Cmp(d.Lo()) < 0 || d.Hi().Cmp(b.Lo()) < 0
}
