package ball

import (
	"math/big"
)

// Tidy keeps exponents within maxExp, turning what goes beyond huge, and notes
// how far they went.
func (c *Calc) Tidy(s Scalar) (Scalar, bool) {
	for _, b := range []Ball{s.Re, s.Im} {
		if b.Mid == nil || b.Mid.Sign() == 0 {
			continue
		}
		e := b.Mid.MantExp(nil)
		if e > 0 || b.Sign() != 0 { // what may be 0 is small by rounding
			c.Widest = max(c.Widest, e, -e)
		}
		if e > maxExp || e < -maxExp {
			if s.Huge != 0 || !s.IsReal() {
				return Scalar{}, false
			}
			return c.asHuge(s)
		}
	}
	if s.Huge != 0 {
		c.Widest = max(c.Widest, maxExp)
	}
	if c.Work.Left < 0 {
		return Scalar{}, false
	}
	return Scalar{Re: notTooSmall(s.Re), Im: notTooSmall(s.Im), Huge: s.Huge}, true
}

// notTooSmall widens a radius whose exponent would go out of range later.
func notTooSmall(b Ball) Ball {
	if b.Rad != nil && b.Rad.MantExp(nil) < -2*maxExp {
		b.Rad = powerOfTwo(-2 * maxExp)
	}
	return b
}

// asHuge writes a real value that is not 0 by its logarithm.
func (c *Calc) asHuge(s Scalar) (Scalar, bool) {
	if s.Huge != 0 {
		return s, true
	}
	sign := s.Re.Sign()
	if !s.IsReal() || sign == 0 {
		return Scalar{}, false
	}
	l, ok := c.ln(c.abs(s.Re))
	return Scalar{Re: l, Huge: sign}, ok
}

// plusHuge adds by logarithms: e^a ± e^b is e^a(1 ± e^(b-a)).
func (c *Calc) plusHuge(a, b Scalar) (Scalar, bool) {
	if a.IsReal() && a.Re.IsZero() && a.Huge == 0 {
		return b, true
	}
	if b.IsReal() && b.Re.IsZero() && b.Huge == 0 {
		return a, true
	}
	a, ok := c.asHuge(a)
	if !ok {
		return Scalar{}, false
	}
	if b, ok = c.asHuge(b); !ok {
		return Scalar{}, false
	}
	if a.Re.Mid.Cmp(b.Re.Mid) < 0 {
		a, b = b, a
	}
	gap := c.Sub(b.Re, a.Re)
	if gap.Mid.Sign() > 0 {
		return Scalar{}, false
	}
	ratio := between(powerOfTwo(-int(c.Prec) - 64))
	if floor := big.NewFloat(-float64(c.Prec + 128)); gap.Hi().Cmp(floor) >= 0 {
		if ratio, ok = c.exp(gap); !ok {
			return Scalar{}, false
		}
	}
	if a.Huge != b.Huge {
		ratio = ratio.neg()
	}
	l, ok := c.ln(c.add(c.Int(1), ratio))
	if !ok {
		return Scalar{}, false
	}
	return c.Tidy(Scalar{Re: c.add(a.Re, l), Huge: a.Huge})
}

// Logarithm is the principal one.
func (c *Calc) Logarithm(s Scalar) (Scalar, bool) {
	if s.Huge > 0 {
		return c.Tidy(Real(s.Re))
	}
	if s.Huge < 0 {
		return c.Tidy(complexBall(s.Re, c.Pi()))
	}
	if s.IsReal() && s.Re.Sign() > 0 {
		l, ok := c.ln(s.Re)
		return Real(l), ok
	}
	angle, ok := c.arg(s)
	if !ok {
		return Scalar{}, false
	}
	size := s.Re.neg()
	if !s.IsReal() {
		if size, ok = c.sqrt(c.norm(s)); !ok {
			return Scalar{}, false
		}
	}
	l, ok := c.ln(size)
	return complexBall(l, angle), ok
}

// Exponential is e^s, huge where that is called for.
func (c *Calc) Exponential(s Scalar) (Scalar, bool) {
	if s.Huge != 0 {
		return Scalar{}, false
	}
	if s.IsReal() && s.Re.Mid.MantExp(nil) > 27 {
		return c.Tidy(Scalar{Re: s.Re, Huge: 1})
	}
	size, ok := c.exp(s.Re)
	if !ok || s.IsReal() {
		return Real(size), ok
	}
	sin, cos, ok := c.sinCos(s.Im)
	if !ok {
		return Scalar{}, false
	}
	return c.Tidy(complexBall(c.mul(size, cos), c.mul(size, sin)))
}

// Apart is whether two values differ for certain.
func (c *Calc) Apart(a, b Scalar) bool {
	if a.Huge != 0 || b.Huge != 0 {
		if a.Huge == 0 {
			a, b = b, a
		}
		switch {
		case !b.IsReal():
			return b.Im.Sign() != 0
		case b.Huge == 0 && b.Re.IsZero():
			return true
		}
		b, ok := c.asHuge(b)
		return ok && (a.Huge != b.Huge || a.Re.apart(b.Re))
	}
	return a.Re.apart(b.Re) || (!a.IsReal() || !b.IsReal()) && a.imag(c).apart(b.imag(c))
}
