package starlark

import (
	"errors"
	"fmt"
	"math"
	"math/big"
	"slices"
	"strings"

	sl "go.starlark.net/starlark"
	"go.starlark.net/syntax"

	"github.com/aimo3/aimo3/engine/compute/starlark/exact"
)

// kinds make values of a type, or ask for it.
var kinds = map[string]function{
	"int": {"x? base?", toInt}, "float": {"x?", toFloat}, "str": {"x?", toText},
	"repr": {"x", func(c *call) (sl.Value, error) { return textOr(repr(c.guard, c.args[0])) }},
	"list": {"items?", func(c *call) (sl.Value, error) {
		if len(c.args) == 0 || c.args[0] == nil {
			return sl.NewList(nil), nil
		}
		return sl.NewList(c.list(0)), nil
	}},
	"tuple": {"items?", func(c *call) (sl.Value, error) {
		if len(c.args) == 0 || c.args[0] == nil {
			return sl.Tuple{}, nil
		}
		return sl.Tuple(c.list(0)), nil
	}},
	"set": {"items?", toSet}, "frozenset": {"items?", toSet},
	"Rational": {"p q?", newRational}, "Fraction": {"p q?", newRational},
	"Matrix": {"rows cols? cells?", newMatrix}, "Poly": {"coeffs modulus?", newPoly},
	"eye":        {"n", func(c *call) (sl.Value, error) { return matrixOr(exact.Identity(int(c.small(0, 0)))) }},
	"isinstance": {"x kind", isInstance},
	"callable":   {"x", func(c *call) (sl.Value, error) { _, ok := c.args[0].(sl.Callable); return sl.Bool(ok), nil }},
	"len":        {"x", length}, "abs": {"x", absolute}, "divmod": {"a b", divided}, "round": {"x places?", rounded},
	"pow": {"x y mod?", power},
	"bin": {"n", func(c *call) (sl.Value, error) { return based(c, 2, "0b") }},
	"oct": {"n", func(c *call) (sl.Value, error) { return based(c, 8, "0o") }},
	"hex": {"n", func(c *call) (sl.Value, error) { return based(c, 16, "0x") }},
}

func toInt(c *call) (sl.Value, error) {
	if len(c.args) == 0 || c.args[0] == nil {
		return sl.MakeInt(0), nil
	}
	switch v := c.args[0].(type) {
	case sl.String:
		if len(v) > 10_000_000 {
			return nil, exact.ErrTooLarge
		}
		n, ok := new(big.Int).SetString(strings.TrimSpace(strings.ReplaceAll(string(v), "_", "")), int(c.small(1, 10)))
		if !ok {
			return nil, fmt.Errorf("%s is not a whole number", clip(v.String()))
		}
		return integer(n), nil
	case rational:
		return integer(new(big.Int).Quo(v.Num(), v.Denom())), nil
	case sl.Float:
		return sl.NumberToInt(v)
	}
	return integer(c.integer(0)), nil
}

func toFloat(c *call) (sl.Value, error) {
	if len(c.args) == 0 || c.args[0] == nil {
		return sl.Float(0), nil
	}
	if _, ok := c.args[0].(sl.String); ok {
		return sl.Call(c.thread, sl.Universe["float"], sl.Tuple{c.args[0]}, nil)
	}
	f, err := c.float(0)
	return sl.Float(f), err
}

// float is argument i as a float; one too large is an error.
func (c *call) float(i int) (float64, error) {
	switch v := c.args[i].(type) {
	case sl.Float:
		return float64(v), nil
	case rational:
		f, _ := v.Float64()
		return f, nil
	}
	n := c.integer(i)
	f, _ := new(big.Float).SetInt(n).Float64()
	if math.IsInf(f, 0) {
		return 0, errors.New("int too large to convert to float")
	}
	return f, nil
}

func toText(c *call) (sl.Value, error) {
	if len(c.args) == 0 || c.args[0] == nil {
		return sl.String(""), nil
	}
	return textOr(display(c.guard, c.args[0]))
}

func textOr(s string, err error) (sl.Value, error) { return sl.String(s), err }

func toSet(c *call) (sl.Value, error) {
	if len(c.args) == 0 || c.args[0] == nil {
		return sl.NewSet(0), nil
	}
	set := sl.NewSet(0)
	for i, v := range c.list(0) {
		if err := set.Insert(v); err != nil {
			return nil, err
		}
		if err := c.tick(i); err != nil {
			return nil, err
		}
	}
	return set, nil
}

// isInstance knows types by the functions that make them.
func isInstance(c *call) (sl.Value, error) {
	kinds := []sl.Value{c.args[1]}
	if t, ok := c.args[1].(sl.Tuple); ok {
		kinds = t
	}
	is := c.args[0].Type()
	for _, k := range kinds {
		b, ok := k.(*sl.Builtin)
		if !ok {
			return nil, errors.New("the second argument is a type or a tuple of types")
		}
		name := b.Name()
		if name == "str" {
			name = "string"
		}
		if name == is || name == "Fraction" && is == "Rational" || slices.Contains([]string{"int", "Rational", "Fraction"}, name) && is == "bool" {
			return sl.True, nil
		}
	}
	return sl.False, nil
}

func length(c *call) (sl.Value, error) {
	if n := sl.Len(c.args[0]); n >= 0 {
		if s, ok := c.args[0].(sl.String); ok {
			n = len([]rune(string(s)))
		}
		return sl.MakeInt(n), nil
	}
	return nil, fmt.Errorf("a value of type %s has no len(); make a list of it", c.args[0].Type())
}

func absolute(c *call) (sl.Value, error) {
	if f, ok := c.args[0].(sl.Float); ok {
		return sl.Float(math.Abs(float64(f))), nil
	}
	q := new(big.Rat).Abs(c.rational(0))
	if isRational(c.args[0]) {
		return rational{q}, nil
	}
	return number(q), nil
}

func divided(c *call) (sl.Value, error) {
	if p, ok := c.args[0].(*poly); ok {
		return p.divided(c, c.args[1])
	}
	q, err := sl.Binary(syntax.SLASHSLASH, c.args[0], c.args[1])
	if err != nil {
		return nil, err
	}
	r, err := sl.Binary(syntax.PERCENT, c.args[0], c.args[1])
	return sl.Tuple{q, r}, err
}

// rounded rounds halves to even, as Python does.
func rounded(c *call) (sl.Value, error) {
	places := c.small(1, 0)
	if f, ok := c.args[0].(sl.Float); ok && (math.IsInf(float64(f), 0) || math.IsNaN(float64(f))) {
		return nil, errors.New("not a finite number")
	}
	if places > 1000 || places < -1000 {
		return nil, exact.ErrTooLarge
	}
	scale := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(max(places, -places)), nil))
	if places < 0 {
		scale.Inv(scale)
	}
	q := new(big.Rat).Mul(c.rational(0), scale)
	n := floor(new(big.Rat).Add(q, big.NewRat(1, 2)))
	if q.Denom().IsInt64() && q.Denom().Int64() == 2 && n.Bit(0) == 1 {
		n.Sub(n, big.NewInt(1))
	}
	if !c.has(1) {
		return integer(n), nil
	}
	q = new(big.Rat).Quo(new(big.Rat).SetInt(n), scale)
	if _, ok := c.args[0].(sl.Float); ok {
		f, _ := q.Float64()
		return sl.Float(f), nil
	}
	return number(q), nil
}

func based(c *call, base int, prefix string) (sl.Value, error) {
	n := c.integer(0)
	sign := ""
	if n.Sign() < 0 {
		sign = "-"
	}
	return sl.String(sign + prefix + new(big.Int).Abs(n).Text(base)), nil
}
