package ball

import (
	"math/big"
)

// Scalar is a value in balls: Re, or Re+i·Im, or, if Huge is not 0, of that
// sign and with the absolute value e^Re.
type Scalar struct {
	Re, Im Ball // Im.Mid is nil if the value is real
	Huge   int
}

// IsReal is whether the value has no imaginary part.
func (s Scalar) IsReal() bool { return s.Im.Mid == nil }

// Real is the scalar of a real ball.
func Real(b Ball) Scalar { return Scalar{Re: b} }

// complexBall is re+i·im, real if im is exactly 0.
func complexBall(re, im Ball) Scalar {
	if im.IsZero() {
		return Scalar{Re: re}
	}
	return Scalar{Re: re, Im: im}
}

// imag is the imaginary part.
func (s Scalar) imag(c *Calc) Ball {
	if s.IsReal() {
		return c.Int(0)
	}
	return s.Im
}

// Negate is -s.
func (c *Calc) Negate(s Scalar) Scalar {
	if s.Huge != 0 {
		s.Huge = -s.Huge
		return s
	}
	s.Re = s.Re.neg()
	if !s.IsReal() {
		s.Im = s.Im.neg()
	}
	return s
}

// Plus is a+b.
func (c *Calc) Plus(a, b Scalar) (Scalar, bool) {
	if a.Huge != 0 || b.Huge != 0 {
		return c.plusHuge(a, b)
	}
	if a.IsReal() && b.IsReal() {
		return c.Tidy(Real(c.add(a.Re, b.Re)))
	}
	return c.Tidy(complexBall(c.add(a.Re, b.Re), c.add(a.imag(c), b.imag(c))))
}

// Times is a·b.
func (c *Calc) Times(a, b Scalar) (Scalar, bool) {
	switch {
	case a.Huge != 0 || b.Huge != 0:
		if a.Huge == 0 && a.IsReal() && a.Re.IsZero() || b.Huge == 0 && b.IsReal() && b.Re.IsZero() {
			return Real(c.Int(0)), true
		}
		a, ok := c.asHuge(a)
		if !ok {
			return Scalar{}, false
		}
		if b, ok = c.asHuge(b); !ok {
			return Scalar{}, false
		}
		return c.Tidy(Scalar{Re: c.add(a.Re, b.Re), Huge: a.Huge * b.Huge})
	case a.IsReal() && b.IsReal():
		return c.Tidy(Real(c.mul(a.Re, b.Re)))
	}
	ai, bi := a.imag(c), b.imag(c)
	return c.Tidy(complexBall(
		c.Sub(c.mul(a.Re, b.Re), c.mul(ai, bi)),
		c.add(c.mul(a.Re, bi), c.mul(ai, b.Re)),
	))
}

func (c *Calc) invert(s Scalar) (Scalar, bool) {
	if s.Huge != 0 {
		s.Re = s.Re.neg()
		return s, true
	}
	if s.IsReal() {
		b, ok := c.inverse(s.Re)
		if !ok {
			return Scalar{}, false
		}
		return c.Tidy(Real(b))
	}
	norm, ok := c.inverse(c.norm(s))
	if !ok {
		return Scalar{}, false
	}
	return c.Tidy(complexBall(c.mul(s.Re, norm), c.mul(s.Im.neg(), norm)))
}

// norm is |s|².
func (c *Calc) norm(s Scalar) Ball {
	return c.add(c.mul(s.Re, s.Re), c.mul(s.Im, s.Im))
}

// arg is the angle of a complex value between -π and π.
func (c *Calc) arg(s Scalar) (Ball, bool) {
	im := s.imag(c)
	if s.Re.Sign() > 0 {
		return c.angle(im, s.Re, c.Int(0))
	}
	switch im.Sign() {
	case 1:
		return c.angle(s.Re.neg(), im, c.half(c.Pi()))
	case -1:
		return c.angle(s.Re.neg(), im, c.half(c.Pi()).neg())
	}
	if im.IsZero() && s.Re.Sign() < 0 {
		return c.Pi(), true
	}
	return Ball{}, false
}

// angle is atan(y/x)+from.
func (c *Calc) angle(y, x, from Ball) (Ball, bool) {
	i, ok := c.inverse(x)
	if !ok {
		return Ball{}, false
	}
	a, ok := c.atan(c.mul(y, i))
	if !ok {
		return Ball{}, false
	}
	return c.add(a, from), true
}

// Close is whether two values agree to so many bits, relative to their size.
func (c *Calc) Close(a, b Scalar, digits int) bool {
	if a.Huge != 0 || b.Huge != 0 {
		a, ok := c.asHuge(a)
		if !ok {
			return false
		}
		b, ok := c.asHuge(b)
		if !ok || a.Huge != b.Huge {
			return false
		}
		// The difference of logarithms is the relative one.
		return c.Sub(a.Re, b.Re).size().Cmp(powerOfTwo(-digits)) <= 0
	}
	scale := powerOfTwo(-40) // nothing that is 0 has a size of its own
	for _, part := range []Ball{a.Re, b.Re, a.imag(c), b.imag(c)} {
		if s := part.size(); s.Cmp(scale) > 0 {
			scale = s
		}
	}
	limit := new(big.Float).SetMantExp(scale, -digits)
	return c.Sub(a.Re, b.Re).size().Cmp(limit) <= 0 && c.Sub(a.imag(c), b.imag(c)).size().Cmp(limit) <= 0
}
