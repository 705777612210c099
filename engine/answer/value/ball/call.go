package ball

// Call is the function of that name: those of one number, "max", "min", "mod",
// "gcd", "lcm", "binomial" and "doublefactorial" among them.
func (c *Calc) Call(text string, args []Scalar) (Scalar, bool) {
	x := args[0]
	switch text {
	case "ln":
		if c.RealOnly && x.Huge <= 0 && (x.Huge < 0 || !x.IsReal() || x.Re.Sign() <= 0) {
			return Scalar{}, false
		}
		return c.Logarithm(x)
	case "abs":
		return c.absolute(x)
	case "factorial", "doublefactorial", "binomial":
		return c.counting(text, args)
	case "Re", "Im", "conj":
		return c.part(text, x)
	case "sin", "cos":
		if !x.IsReal() {
			return c.complexSine(text, x)
		}
	}
	balls := make([]Ball, len(args))
	for i, v := range args {
		if v.Huge != 0 || !v.IsReal() {
			return Scalar{}, false
		}
		balls[i] = v.Re
	}
	b, ok := c.realCall(text, balls)
	if !ok {
		return Scalar{}, false
	}
	return c.Tidy(Real(b))
}

func (c *Calc) absolute(s Scalar) (Scalar, bool) {
	switch {
	case s.Huge != 0:
		s.Huge = 1
		return s, true
	case s.IsReal():
		return Real(c.abs(s.Re)), true
	}
	b, ok := c.sqrt(c.norm(s))
	return Real(b), ok
}

func (c *Calc) part(text string, s Scalar) (Scalar, bool) {
	if s.Huge != 0 {
		return s, text != "Im"
	}
	switch text {
	case "Re":
		return Real(s.Re), true
	case "Im":
		return Real(s.imag(c)), true
	default:
		return complexBall(s.Re, s.imag(c).neg()), true
	}
}

// complexSine is sin(a+bi) = sin a cosh b + i cos a sinh b, or the cosine,
// cos a cosh b - i sin a sinh b.
func (c *Calc) complexSine(text string, s Scalar) (Scalar, bool) {
	sin, cos, ok := c.sinCos(s.Re)
	if !ok {
		return Scalar{}, false
	}
	sinh, cosh, ok := c.hyperbolic(s.Im)
	if !ok {
		return Scalar{}, false
	}
	if text == "sin" {
		return c.Tidy(complexBall(c.mul(sin, cosh), c.mul(cos, sinh)))
	}
	return c.Tidy(complexBall(c.mul(cos, cosh), c.mul(sin.neg(), sinh)))
}

func (c *Calc) hyperbolic(b Ball) (sinh, cosh Ball, ok bool) {
	e, ok := c.exp(b)
	if !ok {
		return Ball{}, Ball{}, false
	}
	i, ok := c.inverse(e)
	if !ok {
		return Ball{}, Ball{}, false
	}
	return c.half(c.Sub(e, i)), c.half(c.add(e, i)), true
}

// complement is the angle that is left of a right one.
func (c *Calc) complement(angle Ball, ok bool) (Ball, bool) {
	if !ok {
		return Ball{}, false
	}
	return c.Sub(c.half(c.Pi()), angle), true
}
