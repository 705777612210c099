package tex_test

import (
	"math"
	"math/cmplx"
	"strconv"

	"github.com/aimo3/aimo3/engine/answer/tex"
)

// value is n in floating point, with names standing for numbers that follow
// from seed.
func value(n *tex.Node, seed float64) (complex128, bool) {
	switch n.Op {
	case tex.Num:
		f, err := strconv.ParseFloat(n.Text, 64)
		return complex(f, 0), err == nil
	case tex.Name:
		return named(n, seed)
	case tex.Relation:
		if n.Text == "=" {
			return folded(n.Args, seed, func(a, b complex128) complex128 { return 3*a + 7*b })
		}
		return 0, false
	case tex.BigSum, tex.BigProd, tex.Integral, tex.Limit, tex.Set, tex.List, tex.Words, tex.Tuple, tex.Interval, tex.Matrix, tex.Row, tex.And, tex.Or:
		return 0, false
	default:
	}
	args := make([]complex128, len(n.Args))
	for i, a := range n.Args {
		v, ok := value(a, seed)
		if !ok {
			return 0, false
		}
		args[i] = v
	}
	return applied(n, args)
}

func named(n *tex.Node, seed float64) (complex128, bool) {
	switch n.Text {
	case `\pi`:
		return math.Pi, true
	case "e", "E":
		return math.E, true
	case "i", "I":
		return 1i, true
	case `\infty`:
		return 0, false
	}
	return pointOf(n.String(), seed), true
}

func folded(nodes []*tex.Node, seed float64, f func(a, b complex128) complex128) (complex128, bool) {
	acc, ok := value(nodes[0], seed)
	for _, a := range nodes[1:] {
		v, fine := value(a, seed)
		ok = ok && fine
		acc = f(acc, v)
	}
	return acc, ok
}

func applied(n *tex.Node, a []complex128) (complex128, bool) {
	switch n.Op {
	case tex.Sum:
		sum := complex128(0)
		for _, v := range a {
			sum += v
		}
		return sum, true
	case tex.Product:
		product := complex128(1)
		for _, v := range a {
			product *= v
		}
		return product, true
	case tex.Neg:
		return -a[0], true
	case tex.Quotient:
		return a[0] / a[1], a[1] != 0
	case tex.Power:
		return cmplx.Pow(a[0], a[1]), true
	case tex.Root:
		if len(a) == 2 {
			return cmplx.Pow(a[0], 1/a[1]), true
		}
		return cmplx.Sqrt(a[0]), true
	case tex.Percent:
		return a[0] / 100, true
	case tex.Quantity:
		return a[0], true
	case tex.Degrees:
		return a[0] * math.Pi / 180, true
	case tex.Ratio:
		return a[0] / a[1], true
	case tex.Factorial:
		return complex(math.Gamma(real(a[0])+1), 0), imag(a[0]) == 0
	case tex.Binomial:
		f := func(x complex128) float64 { return math.Gamma(real(x) + 1) }
		return complex(math.Round(1e9*f(a[0])/f(a[1])/f(a[0]-a[1]))/1e9, 0), true
	case tex.Mod:
		x, m := real(a[0]), real(a[1])
		r := math.Mod(x, m)
		if r != 0 && (r < 0) != (m < 0) {
			r += m
		}
		return complex(r, 0), true
	case tex.Logarithm:
		return cmplx.Log(a[1]) / cmplx.Log(a[0]), true
	case tex.Call:
		return called(n.Text, a)
	default:
		return 0, false
	}
}

func called(f string, a []complex128) (complex128, bool) {
	functions := map[string]func(complex128) complex128{
		"sin": cmplx.Sin, "cos": cmplx.Cos, "tan": cmplx.Tan, "exp": cmplx.Exp, "ln": cmplx.Log, "sinh": cmplx.Sinh, "cosh": cmplx.Cosh, "tanh": cmplx.Tanh,
		"arcsin": cmplx.Asin, "arccos": cmplx.Acos, "arctan": cmplx.Atan, "arcsinh": cmplx.Asinh, "arccosh": cmplx.Acosh, "arctanh": cmplx.Atanh,
		"csc": func(x complex128) complex128 { return 1 / cmplx.Sin(x) }, "sec": func(x complex128) complex128 { return 1 / cmplx.Cos(x) }, "cot": cmplx.Cot,
		"abs": func(x complex128) complex128 { return complex(cmplx.Abs(x), 0) }, "floor": func(x complex128) complex128 { return complex(math.Floor(real(x)), 0) },
		"ceil": func(x complex128) complex128 { return complex(math.Ceil(real(x)), 0) }, "log": cmplx.Log,
	}
	if g, ok := functions[f]; ok && len(a) == 1 {
		return g(a[0]), true
	}
	if len(a) == 0 {
		return 0, false
	}
	acc := a[0]
	for _, v := range a[1:] {
		switch f {
		case "gcd", "lcm":
			x, y := real(acc), real(v)
			if x != math.Trunc(x) || y != math.Trunc(y) || max(math.Abs(x), math.Abs(y)) > 1<<50 {
				return 0, false
			}
			acc = complex(math.Abs(x), 0)
			if g := euclid(math.Abs(x), math.Abs(y)); f == "gcd" {
				acc = complex(g, 0)
			} else if g != 0 {
				acc = complex(math.Abs(x/g*y), 0)
			}
		case "max":
			acc = complex(max(real(acc), real(v)), 0)
		case "min":
			acc = complex(min(real(acc), real(v)), 0)
		default:
			return 0, false
		}
	}
	return acc, f == "max" || f == "min" || f == "gcd" || f == "lcm"
}

func euclid(a, b float64) float64 {
	for b != 0 {
		a, b = b, math.Mod(a, b)
	}
	return a
}
