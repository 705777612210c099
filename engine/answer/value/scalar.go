package value

import "math/big"

// scalar is a value in balls: re, or re+i·im, or, if huge is not 0, of that
// sign and with the absolute value e^re.
type scalar struct {
	re, im ball // im.mid is nil if the value is real
	huge   int
}

func (s scalar) isReal() bool { return s.im.mid == nil }

func realBall(b ball) scalar { return scalar{re: b} }

// complexBall is re+i·im, real if im is exactly 0.
func complexBall(re, im ball) scalar {
	if im.isZero() {
		return scalar{re: re}
	}
	return scalar{re: re, im: im}
}

// imag is the imaginary part.
func (s scalar) imag(c *calc) ball {
	if s.isReal() {
		return c.int(0)
	}
	return s.im
}

// tidy keeps exponents within maxExp, turning what goes beyond huge, and notes
// how far they went.
func (c *calc) tidy(s scalar) (scalar, bool) {
	for _, b := range []ball{s.re, s.im} {
		if b.mid == nil || b.mid.Sign() == 0 {
			continue
		}
		e := b.mid.MantExp(nil)
		if e > 0 || b.sign() != 0 { // what may be 0 is small by rounding
			c.widest = max(c.widest, e, -e)
		}
		if e > maxExp || e < -maxExp {
			if s.huge != 0 || !s.isReal() {
				return scalar{}, false
			}
			return c.asHuge(s)
		}
	}
	if s.huge != 0 {
		c.widest = max(c.widest, maxExp)
	}
	if c.work.left < 0 {
		return scalar{}, false
	}
	return scalar{re: notTooSmall(s.re), im: notTooSmall(s.im), huge: s.huge}, true
}

// notTooSmall widens a radius whose exponent would go out of range later.
func notTooSmall(b ball) ball {
	if b.rad != nil && b.rad.MantExp(nil) < -2*maxExp {
		b.rad = powerOfTwo(-2 * maxExp)
	}
	return b
}

// asHuge writes a real value that is not 0 by its logarithm.
func (c *calc) asHuge(s scalar) (scalar, bool) {
	if s.huge != 0 {
		return s, true
	}
	sign := s.re.sign()
	if !s.isReal() || sign == 0 {
		return scalar{}, false
	}
	l, ok := c.ln(c.abs(s.re))
	return scalar{re: l, huge: sign}, ok
}

func (c *calc) negate(s scalar) scalar {
	if s.huge != 0 {
		s.huge = -s.huge
		return s
	}
	s.re = s.re.neg()
	if !s.isReal() {
		s.im = s.im.neg()
	}
	return s
}

func (c *calc) plus(a, b scalar) (scalar, bool) {
	if a.huge != 0 || b.huge != 0 {
		return c.plusHuge(a, b)
	}
	if a.isReal() && b.isReal() {
		return c.tidy(realBall(c.add(a.re, b.re)))
	}
	return c.tidy(complexBall(c.add(a.re, b.re), c.add(a.imag(c), b.imag(c))))
}

// plusHuge adds by logarithms: e^a ± e^b is e^a(1 ± e^(b-a)).
func (c *calc) plusHuge(a, b scalar) (scalar, bool) {
	if a.isReal() && a.re.isZero() && a.huge == 0 {
		return b, true
	}
	if b.isReal() && b.re.isZero() && b.huge == 0 {
		return a, true
	}
	a, ok := c.asHuge(a)
	if !ok {
		return scalar{}, false
	}
	if b, ok = c.asHuge(b); !ok {
		return scalar{}, false
	}
	if a.re.mid.Cmp(b.re.mid) < 0 {
		a, b = b, a
	}
	gap := c.sub(b.re, a.re)
	if gap.mid.Sign() > 0 {
		return scalar{}, false
	}
	ratio := between(powerOfTwo(-int(c.prec) - 64))
	if floor := big.NewFloat(-float64(c.prec + 128)); gap.hi().Cmp(floor) >= 0 {
		if ratio, ok = c.exp(gap); !ok {
			return scalar{}, false
		}
	}
	if a.huge != b.huge {
		ratio = ratio.neg()
	}
	l, ok := c.ln(c.add(c.int(1), ratio))
	if !ok {
		return scalar{}, false
	}
	return c.tidy(scalar{re: c.add(a.re, l), huge: a.huge})
}

func (c *calc) times(a, b scalar) (scalar, bool) {
	switch {
	case a.huge != 0 || b.huge != 0:
		if a.huge == 0 && a.isReal() && a.re.isZero() || b.huge == 0 && b.isReal() && b.re.isZero() {
			return realBall(c.int(0)), true
		}
		a, ok := c.asHuge(a)
		if !ok {
			return scalar{}, false
		}
		if b, ok = c.asHuge(b); !ok {
			return scalar{}, false
		}
		return c.tidy(scalar{re: c.add(a.re, b.re), huge: a.huge * b.huge})
	case a.isReal() && b.isReal():
		return c.tidy(realBall(c.mul(a.re, b.re)))
	}
	ai, bi := a.imag(c), b.imag(c)
	return c.tidy(complexBall(
		c.sub(c.mul(a.re, b.re), c.mul(ai, bi)),
		c.add(c.mul(a.re, bi), c.mul(ai, b.re)),
	))
}

func (c *calc) invert(s scalar) (scalar, bool) {
	if s.huge != 0 {
		s.re = s.re.neg()
		return s, true
	}
	if s.isReal() {
		b, ok := c.inverse(s.re)
		if !ok {
			return scalar{}, false
		}
		return c.tidy(realBall(b))
	}
	norm, ok := c.inverse(c.norm(s))
	if !ok {
		return scalar{}, false
	}
	return c.tidy(complexBall(c.mul(s.re, norm), c.mul(s.im.neg(), norm)))
}

// norm is |s|².
func (c *calc) norm(s scalar) ball {
	return c.add(c.mul(s.re, s.re), c.mul(s.im, s.im))
}

// arg is the angle of a complex value between -π and π.
func (c *calc) arg(s scalar) (ball, bool) {
	im := s.imag(c)
	if s.re.sign() > 0 {
		return c.angle(im, s.re, c.int(0))
	}
	switch im.sign() {
	case 1:
		return c.angle(s.re.neg(), im, c.half(c.pi()))
	case -1:
		return c.angle(s.re.neg(), im, c.half(c.pi()).neg())
	}
	if im.isZero() && s.re.sign() < 0 {
		return c.pi(), true
	}
	return ball{}, false
}

// angle is atan(y/x)+from.
func (c *calc) angle(y, x, from ball) (ball, bool) {
	i, ok := c.inverse(x)
	if !ok {
		return ball{}, false
	}
	a, ok := c.atan(c.mul(y, i))
	if !ok {
		return ball{}, false
	}
	return c.add(a, from), true
}

// logarithm is the principal one.
func (c *calc) logarithm(s scalar) (scalar, bool) {
	if s.huge > 0 {
		return c.tidy(realBall(s.re))
	}
	if s.huge < 0 {
		return c.tidy(complexBall(s.re, c.pi()))
	}
	if s.isReal() && s.re.sign() > 0 {
		l, ok := c.ln(s.re)
		return realBall(l), ok
	}
	angle, ok := c.arg(s)
	if !ok {
		return scalar{}, false
	}
	size := s.re.neg()
	if !s.isReal() {
		if size, ok = c.sqrt(c.norm(s)); !ok {
			return scalar{}, false
		}
	}
	l, ok := c.ln(size)
	return complexBall(l, angle), ok
}

// exponential is e^s, huge where that is called for.
func (c *calc) exponential(s scalar) (scalar, bool) {
	if s.huge != 0 {
		return scalar{}, false
	}
	if s.isReal() && s.re.mid.MantExp(nil) > 27 {
		return c.tidy(scalar{re: s.re, huge: 1})
	}
	size, ok := c.exp(s.re)
	if !ok || s.isReal() {
		return realBall(size), ok
	}
	sin, cos, ok := c.sinCos(s.im)
	if !ok {
		return scalar{}, false
	}
	return c.tidy(complexBall(c.mul(size, cos), c.mul(size, sin)))
}

// apart is whether two values differ for certain.
func (c *calc) apart(a, b scalar) bool {
	if a.huge != 0 || b.huge != 0 {
		if a.huge == 0 {
			a, b = b, a
		}
		switch {
		case !b.isReal():
			return b.im.sign() != 0
		case b.huge == 0 && b.re.isZero():
			return true
		}
		b, ok := c.asHuge(b)
		return ok && (a.huge != b.huge || a.re.apart(b.re))
	}
	return a.re.apart(b.re) || (!a.isReal() || !b.isReal()) && a.imag(c).apart(b.imag(c))
}
