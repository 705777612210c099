package ball

import (
	"math/big"

	"github.com/aimo3/aimo3/engine/answer/value/integer"
)

// realCall is a function of real numbers.
func (c *Calc) realCall(text string, args []Ball) (Ball, bool) {
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
			return Ball{}, false
		}
		return f.neg(), true
	case "sgn":
		return c.Int(int64(x.Sign())), x.Sign() != 0 || x.IsZero()
	case "max", "min":
		return c.extreme(text == "max", args), true
	case "mod", "gcd", "lcm":
		return c.integerCall(text, args)
	}
	return Ball{}, false
}

func (c *Calc) trigonometric(text string, x Ball) (Ball, bool) {
	sin, cos, ok := c.sinCos(x)
	if !ok {
		return Ball{}, false
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

func (c *Calc) over(a, b Ball) (Ball, bool) {
	i, ok := c.inverse(b)
	if !ok {
		return Ball{}, false
	}
	return c.mul(a, i), true
}

func (c *Calc) hyperbolicCall(text string, x Ball) (Ball, bool) {
	sinh, cosh, ok := c.hyperbolic(x)
	if !ok {
		return Ball{}, false
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

// arcsin is by the arc tangent of x/√(1-x²), and exact arguments ±1.
func (c *Calc) arcsin(x Ball) (Ball, bool) {
	rest := c.Sub(c.Int(1), c.mul(x, x))
	if rest.IsZero() {
		quarter := c.half(c.Pi())
		if x.Sign() < 0 {
			quarter = quarter.neg()
		}
		return quarter, true
	}
	r, ok := c.sqrt(rest)
	if !ok {
		return Ball{}, false
	}
	t, ok := c.over(x, r)
	if !ok {
		return Ball{}, false
	}
	return c.atan(t)
}

func (c *Calc) floor(x Ball) (Ball, bool) {
	n, ok := x.Floor()
	if !ok {
		return Ball{}, false
	}
	return c.whole(n), true
}

func (c *Calc) whole(n *big.Int) Ball {
	return c.rounded(new(big.Float).SetPrec(c.Prec).SetInt(n), nil)
}

// extreme is the greatest or the least, by (a+b±|a-b|)/2 where they overlap.
func (c *Calc) extreme(most bool, args []Ball) Ball {
	best := args[0]
	for _, x := range args[1:] {
		d := c.Sub(x, best)
		switch s := d.Sign(); {
		case s == 0 && !d.IsZero():
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
func (c *Calc) integerCall(text string, args []Ball) (Ball, bool) {
	list := make([]*big.Int, len(args))
	for i, b := range args {
		n, ok := b.Integer()
		if !ok {
			return Ball{}, false
		}
		list[i] = n
	}
	if text != "mod" {
		n, ok := integer.Fold(text, list, c.Work)
		if !ok {
			return Ball{}, false
		}
		return c.whole(n), true
	}
	if list[1].Sign() <= 0 {
		return Ball{}, false
	}
	return c.whole(new(big.Int).Mod(list[0], list[1])), true
}
