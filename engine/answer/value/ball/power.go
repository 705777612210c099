package ball

import (
	"math/big"

	"github.com/aimo3/aimo3/engine/answer/value/work"
)

// IntPower is b^k for a whole k.
func (c *Calc) IntPower(b Scalar, k *big.Float) (Scalar, bool) {
	const maxSquared = 4096 // by squaring
	if b.Huge == 0 && b.IsReal() && b.Re.Sign() == 0 && (k.Sign() <= 0 || !b.Re.IsZero()) && k.Cmp(big.NewFloat(maxSquared)) > 0 {
		return Scalar{}, false
	}
	if b.Huge == 0 && b.IsReal() && b.Re.IsZero() {
		return b, k.Sign() > 0
	}
	if k.Sign() == 0 {
		nonzero := b.Huge != 0 || b.Re.Sign() != 0 || b.imag(c).Sign() != 0
		return Real(c.Int(1)), nonzero
	}
	if k.MantExp(nil) <= 12 {
		n, _ := k.Int64()
		return c.squarings(b, n)
	}
	negative := b.Huge < 0 || b.Huge == 0 && b.IsReal() && b.Re.Sign() < 0
	if negative {
		b = c.Negate(b)
	}
	l, ok := c.Logarithm(b)
	if !ok {
		return Scalar{}, false
	}
	if l, ok = c.Times(l, Real(Exactly(k))); !ok {
		return Scalar{}, false
	}
	v, ok := c.Exponential(l)
	if ok && negative && odd(k) {
		v = c.Negate(v)
	}
	return v, ok
}

// Power is b^k. Where b is not positive and k no whole number, it is the
// principal value, if that is what is meant.
func (c *Calc) Power(b, k Scalar, principal bool) (Scalar, bool) {
	if k.Huge != 0 && !k.IsReal() {
		return Scalar{}, false
	}
	if k.Huge == 0 && k.IsReal() && k.Re.Rad == nil && k.Re.Mid.IsInt() {
		return c.IntPower(b, k.Re.Mid)
	}
	positive := b.Huge > 0 || b.Huge == 0 && b.IsReal() && b.Re.Sign() > 0
	if !positive && (c.RealOnly || b.IsReal() && k.IsReal() && !principal) {
		return Scalar{}, false
	}
	l, ok := c.Logarithm(b)
	if !ok {
		return Scalar{}, false
	}
	if l, ok = c.Times(l, k); !ok {
		return Scalar{}, false
	}
	return c.Exponential(l)
}

// odd is whether the whole number k is; beyond maxBits none that fits is.
func odd(k *big.Float) bool {
	if k.MantExp(nil) > work.MaxBits {
		return false
	}
	n, _ := k.Int(nil)
	return n.Bit(0) == 1
}

func (c *Calc) squarings(b Scalar, n int64) (Scalar, bool) {
	v, ok := Real(c.Int(1)), true
	for k := max(n, -n); k > 0 && ok; k >>= 1 {
		if k&1 == 1 {
			if v, ok = c.Times(v, b); !ok {
				return Scalar{}, false
			}
		}
		if k > 1 {
			b, ok = c.Times(b, b)
		}
	}
	if n < 0 && ok {
		return c.invert(v)
	}
	return v, ok
}

// Root is the k-th root: real if there is a real one, else principal.
func (c *Calc) Root(s Scalar, k int) (Scalar, bool) {
	if s.Huge == 0 && s.IsReal() && s.Re.IsZero() {
		return s, true
	}
	negative := s.Huge < 0 || s.Huge == 0 && s.IsReal() && s.Re.Sign() < 0
	switch {
	case negative && k%2 == 1:
		v, ok := c.Root(c.Negate(s), k)
		if !ok {
			return Scalar{}, false
		}
		return c.Negate(v), true
	case (negative || !s.IsReal()) && c.RealOnly:
		return Scalar{}, false
	case k == 2 && s.Huge == 0 && s.IsReal() && s.Re.Sign() != 0:
		b, ok := c.sqrt(c.abs(s.Re))
		if ok && negative {
			return Scalar{Re: c.Int(0), Im: b}, true
		}
		return Real(b), ok
	}
	l, ok := c.Logarithm(s)
	if !ok {
		return Scalar{}, false
	}
	part, ok := c.inverse(c.Int(int64(k)))
	if !ok {
		return Scalar{}, false
	}
	if l, ok = c.Times(l, Real(part)); !ok {
		return Scalar{}, false
	}
	return c.Exponential(l)
}
