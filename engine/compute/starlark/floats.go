package starlark

import (
	"errors"
	"math"
	"math/big"

	sl "go.starlark.net/starlark"
)

// floats are the functions of math: floats in, a float out.
var floats = map[string]function{
	"sqrt": {"x", func(c *call) (sl.Value, error) { return unary(c, math.Sqrt) }},
	"cbrt": {"x", func(c *call) (sl.Value, error) { return unary(c, math.Cbrt) }},
	"exp":  {"x", func(c *call) (sl.Value, error) { return unary(c, math.Exp) }},
	"log": {"x base?", func(c *call) (sl.Value, error) {
		x, err := logarithm(c, 0)
		if err != nil || !c.has(1) {
			return sl.Float(x), err
		}
		b, err := logarithm(c, 1)
		return sl.Float(x / b), err
	}},
	"log2": {"x", func(c *call) (sl.Value, error) {
		if n, ok := c.args[0].(sl.Int); ok && n.Sign() > 0 && n.BigInt().BitLen() > 1000 {
			x, err := logarithm(c, 0)
			return sl.Float(x / math.Ln2), err
		}
		return unary(c, math.Log2)
	}},
	"log10": {"x", func(c *call) (sl.Value, error) {
		if n, ok := c.args[0].(sl.Int); ok && n.Sign() > 0 && n.BigInt().BitLen() > 1000 {
			x, err := logarithm(c, 0)
			return sl.Float(x / math.Ln10), err
		}
		return unary(c, math.Log10)
	}},
	"sin":  {"x", func(c *call) (sl.Value, error) { return unary(c, math.Sin) }},
	"cos":  {"x", func(c *call) (sl.Value, error) { return unary(c, math.Cos) }},
	"tan":  {"x", func(c *call) (sl.Value, error) { return unary(c, math.Tan) }},
	"asin": {"x", func(c *call) (sl.Value, error) { return unary(c, math.Asin) }},
	"acos": {"x", func(c *call) (sl.Value, error) { return unary(c, math.Acos) }},
	"atan": {"x", func(c *call) (sl.Value, error) { return unary(c, math.Atan) }},
	"atan2": {"y x", func(c *call) (sl.Value, error) {
		y, err := c.float(0)
		if err != nil {
			return nil, err
		}
		x, err := c.float(1)
		return sl.Float(math.Atan2(y, x)), err
	}},
	"hypot": {"x y", func(c *call) (sl.Value, error) {
		x, err := c.float(0)
		if err != nil {
			return nil, err
		}
		y, err := c.float(1)
		return sl.Float(math.Hypot(x, y)), err
	}},
	"degrees": {"x", func(c *call) (sl.Value, error) { return unary(c, func(x float64) float64 { return x * 180 / math.Pi }) }},
	"radians": {"x", func(c *call) (sl.Value, error) { return unary(c, func(x float64) float64 { return x * math.Pi / 180 }) }},
	"floor":   {"x", func(c *call) (sl.Value, error) { return whole(c, floor) }},
	"ceil":    {"x", func(c *call) (sl.Value, error) { return whole(c, ceiling) }},
	"ceiling": {"x", func(c *call) (sl.Value, error) { return whole(c, ceiling) }},
	"trunc": {"x", func(c *call) (sl.Value, error) {
		return whole(c, func(q *big.Rat) *big.Int { return new(big.Int).Quo(q.Num(), q.Denom()) })
	}},
	"isclose": {"a b rel_tol? abs_tol?", isClose},
	"isnan":   {"x", func(c *call) (sl.Value, error) { x, err := c.float(0); return sl.Bool(math.IsNaN(x)), err }},
	"isinf":   {"x", func(c *call) (sl.Value, error) { x, err := c.float(0); return sl.Bool(math.IsInf(x, 0)), err }},
	"sign":    {"x", func(c *call) (sl.Value, error) { return sl.MakeInt(c.rational(0).Sign()), nil }},
}

func unary(c *call, f func(float64) float64) (sl.Value, error) {
	x, err := c.float(0)
	if err != nil {
		return nil, err
	}
	y := f(x)
	if math.IsNaN(y) && !math.IsNaN(x) || math.IsInf(y, 0) && !math.IsInf(x, 0) {
		return nil, errors.New("math domain error")
	}
	return sl.Float(y), nil
}

// logarithm also takes whole numbers beyond a float.
func logarithm(c *call, i int) (float64, error) {
	if n, ok := c.args[i].(sl.Int); ok && n.Sign() > 0 {
		b := n.BigInt()
		shift := max(b.BitLen()-1000, 0)
		f, _ := new(big.Float).SetInt(new(big.Int).Rsh(b, uint(shift))).Float64()
		return math.Log(f) + float64(shift)*math.Ln2, nil
	}
	x, err := c.float(i)
	if err == nil && x <= 0 {
		err = errors.New("math domain error")
	}
	return math.Log(x), err
}

func whole(c *call, f func(*big.Rat) *big.Int) (sl.Value, error) {
	return integer(f(c.rational(0))), nil
}

func isClose(c *call) (sl.Value, error) {
	a, err := c.float(0)
	if err != nil {
		return nil, err
	}
	b, err := c.float(1)
	if err != nil {
		return nil, err
	}
	relative, absolute := 1e-9, 0.0
	if c.has(2) {
		if relative, err = c.float(2); err != nil {
			return nil, err
		}
	}
	if c.has(3) {
		if absolute, err = c.float(3); err != nil {
			return nil, err
		}
	}
	return sl.Bool(a == b || math.Abs(a-b) <= max(relative*max(math.Abs(a), math.Abs(b)), absolute)), nil
}

func floatPower(c *call) (sl.Value, error) {
	x, err := c.float(0)
	if err != nil {
		return nil, err
	}
	y, err := c.float(1)
	if err != nil {
		return nil, err
	}
	if x == 0 && y < 0 {
		return nil, errors.New("0 cannot be raised to a negative power")
	}
	p := math.Pow(x, y)
	if math.IsNaN(p) && !math.IsNaN(x) && !math.IsNaN(y) {
		return nil, errors.New("the power is not a real number")
	}
	if math.IsInf(p, 0) && !math.IsInf(x, 0) && !math.IsInf(y, 0) {
		return nil, errors.New("the power is too large for a float")
	}
	return sl.Float(p), nil
}
