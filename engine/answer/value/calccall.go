package value

import (
	"math/big"
)

// call is a known function.
func (c *calc) call(e *expr) (scalar, bool) {
	args := make([]scalar, len(e.args))
	for i, a := range e.args {
		v, ok := c.value(a)
		if !ok {
			return scalar{}, false
		}
		args[i] = v
	}
	x := args[0]
	switch e.text {
	case "ln":
		if c.realOnly && x.huge <= 0 && (x.huge < 0 || !x.isReal() || x.re.sign() <= 0) {
			return scalar{}, false
		}
		return c.logarithm(x)
	case "abs":
		return c.absolute(x)
	case "factorial", "doublefactorial", "binomial":
		return c.counting(e.text, args)
	case "Re", "Im", "conj":
		return c.part(e.text, x)
	case "sin", "cos":
		if !x.isReal() {
			return c.complexSine(e.text, x)
		}
	}
	balls := make([]ball, len(args))
	for i, v := range args {
		if v.huge != 0 || !v.isReal() {
			return scalar{}, false
		}
		balls[i] = v.re
	}
	b, ok := c.realCall(e.text, balls)
	if !ok {
		return scalar{}, false
	}
	return c.tidy(realBall(b))
}

func (c *calc) absolute(s scalar) (scalar, bool) {
	switch {
	case s.huge != 0:
		s.huge = 1
		return s, true
	case s.isReal():
		return realBall(c.abs(s.re)), true
	}
	b, ok := c.sqrt(c.norm(s))
	return realBall(b), ok
}

func (c *calc) part(text string, s scalar) (scalar, bool) {
	if s.huge != 0 {
		return s, text != "Im"
	}
	switch text {
	case "Re":
		return realBall(s.re), true
	case "Im":
		return realBall(s.imag(c)), true
	default:
		return complexBall(s.re, s.imag(c).neg()), true
	}
}

// complexSine is sin(a+bi) = sin a cosh b + i cos a sinh b, or the cosine,
// cos a cosh b - i sin a sinh b.
func (c *calc) complexSine(text string, s scalar) (scalar, bool) {
	sin, cos, ok := c.sinCos(s.re)
	if !ok {
		return scalar{}, false
	}
	sinh, cosh, ok := c.hyperbolic(s.im)
	if !ok {
		return scalar{}, false
	}
	if text == "sin" {
		return c.tidy(complexBall(c.mul(sin, cosh), c.mul(cos, sinh)))
	}
	return c.tidy(complexBall(c.mul(cos, cosh), c.mul(sin.neg(), sinh)))
}

func (c *calc) hyperbolic(b ball) (sinh, cosh ball, ok bool) {
	e, ok := c.exp(b)
	if !ok {
		return ball{}, ball{}, false
	}
	i, ok := c.inverse(e)
	if !ok {
		return ball{}, ball{}, false
	}
	return c.half(c.sub(e, i)), c.half(c.add(e, i)), true
}

// realCall is a function of real numbers.
func (c *calc) realCall(text string, args []ball) (ball, bool) {
	x := args[0]
	switch text {
	case "sin", "cos", "tan", "cot", "sec", "csc":
		return c.trigonometric(text, x)
	case "sinh", "cosh", "tanh", "coth":
		return c.hyperbolicCall(text, x)
	case "arctan":
		return c.atan(x)
	case "arccot":
		return c.complement(c.atan(x))
	case "arcsin":
		return c.arcsin(x)
	case "arccos":
		return c.complement(c.arcsin(x))
	case "floor":
		return c.floor(x)
	case "ceil":
		f, ok := c.floor(x.neg())
		if !ok {
			return ball{}, false
		}
		return f.neg(), true
	case "sgn":
		return c.int(int64(x.sign())), x.sign() != 0 || x.isZero()
	case "max", "min":
		return c.extreme(text == "max", args), true
	case "mod", "gcd", "lcm":
		return c.integerCall(text, args)
	}
	return ball{}, false
}

func (c *calc) trigonometric(text string, x ball) (ball, bool) {
	sin, cos, ok := c.sinCos(x)
	if !ok {
		return ball{}, false
	}
	switch text {
	case "sin":
		return sin, true
	case "cos":
		return cos, true
	case "tan":
		return c.over(sin, cos)
	case "cot":
		return c.over(cos, sin)
	case "sec":
		return c.inverse(cos)
	default:
		return c.inverse(sin)
	}
}

func (c *calc) over(a, b ball) (ball, bool) {
	i, ok := c.inverse(b)
	if !ok {
		return ball{}, false
	}
	return c.mul(a, i), true
}

func (c *calc) hyperbolicCall(text string, x ball) (ball, bool) {
	sinh, cosh, ok := c.hyperbolic(x)
	if !ok {
		return ball{}, false
	}
	switch text {
	case "sinh":
		return sinh, true
	case "cosh":
		return cosh, true
	case "tanh":
		return c.over(sinh, cosh)
	default:
		return c.over(cosh, sinh)
	}
}

// complement is the angle that is left of a right one.
func (c *calc) complement(angle ball, ok bool) (ball, bool) {
	if !ok {
		return ball{}, false
	}
	return c.sub(c.half(c.pi()), angle), true
}

// arcsin is by the arc tangent of x/√(1-x²), and exact arguments ±1.
func (c *calc) arcsin(x ball) (ball, bool) {
	rest := c.sub(c.int(1), c.mul(x, x))
	if rest.isZero() {
		quarter := c.half(c.pi())
		if x.sign() < 0 {
			quarter = quarter.neg()
		}
		return quarter, true
	}
	r, ok := c.sqrt(rest)
	if !ok {
		return ball{}, false
	}
	t, ok := c.over(x, r)
	if !ok {
		return ball{}, false
	}
	return c.atan(t)
}

func (c *calc) floor(x ball) (ball, bool) {
	n, ok := x.floor()
	if !ok {
		return ball{}, false
	}
	return c.whole(n), true
}

func (c *calc) whole(n *big.Int) ball {
	return c.rounded(new(big.Float).SetPrec(c.prec).SetInt(n), nil)
}

// extreme is the greatest or the least, by (a+b±|a-b|)/2 where they overlap.
func (c *calc) extreme(most bool, args []ball) ball {
	best := args[0]
	for _, x := range args[1:] {
		d := c.sub(x, best)
		switch s := d.sign(); {
		case s == 0 && !d.isZero():
			d = c.abs(d)
			if !most {
				d = d.neg()
			}
			best = c.half(c.add(c.add(x, best), d))
		case s > 0 == most:
			best = x
		}
	}
	return best
}

// integerCall is a function of integers.
func (c *calc) integerCall(text string, args []ball) (ball, bool) {
	list := make([]*big.Int, len(args))
	for i, b := range args {
		n, ok := b.integer()
		if !ok {
			return ball{}, false
		}
		list[i] = n
	}
	if text != "mod" {
		n, ok := foldIntegers(text, list, c.work)
		if !ok {
			return ball{}, false
		}
		return c.whole(n), true
	}
	if list[1].Sign() <= 0 {
		return ball{}, false
	}
	return c.whole(new(big.Int).Mod(list[0], list[1])), true
}
