package surd

import (
	"math"
	"math/big"

	"github.com/aimo3/aimo3/engine/answer/value/ball"
	"github.com/aimo3/aimo3/engine/answer/value/integer"
	"github.com/aimo3/aimo3/engine/answer/value/work"
)

// Power is n^k by squaring.
func (n Number) Power(k int, w *work.Counter) (Number, bool) {
	if k < 0 {
		var ok bool
		if n, ok = n.Inverse(w); !ok {
			return Number{}, false
		}
		k = -k
	}
	if q, ok := n.Rat(); ok && (k > 0 || q.Sign() != 0) {
		p, ok := RatPower(q, int64(k), w)
		if !ok {
			return Number{}, false
		}
		return Rational(p), true
	}
	if k == 0 && len(n.terms) == 0 {
		return Number{}, false
	}
	r, ok := Whole(1), true
	for ; k > 0 && ok; k >>= 1 {
		if k&1 == 1 {
			if r, ok = r.Mul(n, w); !ok {
				return Number{}, false
			}
		}
		if k > 1 {
			n, ok = n.Mul(n, w)
		}
	}
	return r, ok
}

// Ball is a ball about n.
func (n Number) Ball(c *ball.Calc) (ball.Scalar, bool) {
	total, ok := ball.Real(c.Int(0)), true
	for _, t := range n.terms {
		v := ball.Real(c.Rat(t.q))
		for _, r := range t.roots {
			prime := new(big.Float).SetPrec(64).SetInt(new(big.Int).SetUint64(r.Prime))
			part, ok := c.Root(ball.Real(ball.Exactly(prime)), r.Den)
			if !ok {
				return ball.Scalar{}, false
			}
			if part, ok = c.IntPower(part, big.NewFloat(float64(r.Num))); !ok {
				return ball.Scalar{}, false
			}
			if v, ok = c.Times(v, part); !ok {
				return ball.Scalar{}, false
			}
		}
		if t.im {
			v = ball.Scalar{Re: c.Int(0), Im: v.Re}
		}
		if total, ok = c.Plus(total, v); !ok {
			return ball.Scalar{}, false
		}
	}
	return total, ok
}

// Floor is ⌊n⌋ of a real number.
func (n Number) Floor(w *work.Counter) (Number, bool) {
	q, ok := n.Rat()
	if !ok {
		if !n.IsReal() {
			return Number{}, false
		}
		for prec := uint(64); prec <= ball.MaxPrec; prec *= 2 {
			b, ok := n.Ball(&ball.Calc{Prec: prec, Work: w})
			if !ok {
				return Number{}, false
			}
			if f, ok := b.Re.Floor(); ok {
				return Rational(new(big.Rat).SetInt(f)), true
			}
		}
		return Number{}, false
	}
	return Rational(new(big.Rat).SetInt(integer.FloorRat(q))), true
}

// Float is a number next to n, if it is real.
func (n Number) Float(w *work.Counter) (float64, bool) {
	b, ok := n.Ball(&ball.Calc{Prec: 64, Work: w})
	if !ok || !n.IsReal() {
		return 0, false
	}
	f, _ := b.Re.Mid.Float64()
	return f, !math.IsInf(f, 0)
}

// RatPower is q^n where it is defined and not too long.
func RatPower(q *big.Rat, n int64, w *work.Counter) (*big.Rat, bool) {
	size := max(n, -n)
	if size < 0 || q.Sign() == 0 && n <= 0 {
		return nil, false
	}
	if !isUnit(q) && size > work.MaxBits/int64(max(work.BitLen(q)-1, 1)) || !w.Spend(20) { // no product, which may overflow
		return nil, false
	}
	num, den := q.Num(), q.Denom()
	if n < 0 {
		num, den = den, num
	}
	if isUnit(q) {
		size = 2 - size&1 // 0^2 is 0, and (-1)^2 is not -1
	}
	e := big.NewInt(size)
	num, den = new(big.Int).Exp(num, e, nil), new(big.Int).Exp(den, e, nil)
	if max(num.BitLen(), den.BitLen()) > work.MaxBits || !w.Spend(work.Rational(num.BitLen())) {
		return nil, false
	}
	return new(big.Rat).SetFrac(num, den), true
}

// isUnit is whether q is 0, 1 or -1.
func isUnit(q *big.Rat) bool { return q.IsInt() && q.Num().BitLen() <= 1 }
