package starlark

import (
	"errors"
	"fmt"
	"math/big"

	sl "go.starlark.net/starlark"
	"go.starlark.net/syntax"

	"github.com/aimo3/aimo3/engine/compute/starlark/exact"
)

// rational is an exact number. It stays one where it is whole, so that `/` stays
// exact. The Rat is never changed.
type rational struct{ *big.Rat }

// number is an exact value as an int if it is whole.
func number(q *big.Rat) sl.Value {
	if q.IsInt() {
		return sl.MakeBigInt(q.Num())
	}
	return rational{q}
}

// String is the number as a fraction.
func (r rational) String() string { return r.RatString() }

// Type is Rational.
func (r rational) Type() string { return "Rational" }

// Freeze does nothing: it is never changed.
func (r rational) Freeze() {}

// Truth holds for all but 0.
func (r rational) Truth() sl.Bool { return r.Sign() != 0 }

// Hash agrees with equality.
func (r rational) Hash() (uint32, error) { return sl.String(r.RatString()).Hash() }

// Cmp orders two rationals.
func (r rational) Cmp(y sl.Value, _ int) (int, error) {
	o, ok := y.(rational)
	if !ok {
		return 0, errors.New("a Rational compares with numbers only")
	}
	return r.Rat.Cmp(o.Rat), nil
}

// Unary is +r or -r.
func (r rational) Unary(op syntax.Token) (sl.Value, error) {
	switch op {
	case syntax.MINUS:
		return rational{new(big.Rat).Neg(r.Rat)}, nil
	case syntax.PLUS:
		return r, nil
	default:
		return nil, nil
	}
}

// Binary computes with ints, rationals and, as floats, floats.
func (r rational) Binary(op syntax.Token, y sl.Value, side sl.Side) (sl.Value, error) {
	if f, ok := y.(sl.Float); ok {
		mine, _ := r.Float64()
		if side == sl.Right {
			return sl.Binary(op, f, sl.Float(mine))
		}
		return sl.Binary(op, sl.Float(mine), f)
	}
	o, ok := asRat(y)
	if !ok {
		return nil, nil
	}
	a, b := r.Rat, o
	if side == sl.Right {
		a, b = b, a
	}
	return calculate(op, a, b)
}

// calculate is an operation on exact numbers; nil for one that they lack.
func calculate(op syntax.Token, a, b *big.Rat) (sl.Value, error) {
	if b.Sign() == 0 && (op == syntax.SLASH || op == syntax.SLASHSLASH || op == syntax.PERCENT) {
		return nil, errors.New("division by zero")
	}
	if a.Num().BitLen()+b.Num().BitLen()+a.Denom().BitLen()+b.Denom().BitLen() > exact.MaxBits {
		return nil, fmt.Errorf("%w: a Rational of more than %d bits", exact.ErrTooLarge, exact.MaxBits)
	}
	switch op {
	case syntax.PLUS:
		return rational{new(big.Rat).Add(a, b)}, nil
	case syntax.MINUS:
		return rational{new(big.Rat).Sub(a, b)}, nil
	case syntax.STAR:
		return rational{new(big.Rat).Mul(a, b)}, nil
	case syntax.SLASH:
		return rational{new(big.Rat).Quo(a, b)}, nil
	case syntax.SLASHSLASH:
		return integer(floor(new(big.Rat).Quo(a, b))), nil
	case syntax.PERCENT:
		whole := new(big.Rat).SetInt(floor(new(big.Rat).Quo(a, b)))
		return rational{whole.Sub(a, whole.Mul(whole, b))}, nil
	default:
		return nil, nil
	}
}

func floor(q *big.Rat) *big.Int { return new(big.Int).Div(q.Num(), q.Denom()) }

func ceiling(q *big.Rat) *big.Int {
	return new(big.Int).Neg(new(big.Int).Div(new(big.Int).Neg(q.Num()), q.Denom()))
}

// Attr gives the parts of the fraction.
func (r rational) Attr(name string) (sl.Value, error) {
	switch name {
	case "numerator", "p":
		return integer(r.Num()), nil
	case "denominator", "q":
		return integer(r.Denom()), nil
	}
	return nil, nil
}

// AttrNames lists the parts.
func (r rational) AttrNames() []string { return []string{"denominator", "numerator", "p", "q"} }

func newRational(c *call) (sl.Value, error) {
	if s, ok := c.args[0].(sl.String); ok {
		q, ok := new(big.Rat).SetString(string(s))
		if !ok || len(s) > 1000 || q.Num().BitLen()+q.Denom().BitLen() > exact.MaxBits {
			return nil, fmt.Errorf("%s is not a number", clip(s.String()))
		}
		return rational{q}, nil
	}
	q := c.rational(0)
	if c.has(1) {
		d := c.rational(1)
		if c.err == nil && d.Sign() == 0 {
			return nil, errors.New("division by zero")
		}
		if c.err == nil {
			q = new(big.Rat).Quo(q, d)
		}
	}
	return rational{q}, nil
}

// power is x**y.
func power(c *call) (sl.Value, error) {
	x, y := c.args[0], c.args[1]
	if c.has(2) {
		return integerOr(exact.PowMod(c.integer(0), c.integer(1), c.integer(2)))
	}
	switch x := x.(type) {
	case *matrix:
		m, err := x.Power(c.ctx, c.integer(1))
		return matrixOr(m, err)
	case *poly:
		p, err := x.Power(c.ctx, int(c.small(1, 0)))
		return polyOr(p, err)
	}
	_, isFloat := x.(sl.Float)
	_, byFloat := y.(sl.Float)
	if isFloat || byFloat || isRational(y) {
		return floatPower(c)
	}
	base, exponent := c.rational(0), c.integer(1)
	switch {
	case c.err != nil:
		return nil, c.err
	case isRational(x):
		return rationalPower(base, exponent)
	case exponent.Sign() < 0:
		return floatPower(c)
	}
	return integerOr(exact.Pow(base.Num(), exponent))
}

func rationalPower(base *big.Rat, exponent *big.Int) (sl.Value, error) {
	size := new(big.Int).Abs(exponent)
	top, err := exact.Pow(base.Num(), size)
	if err != nil {
		return nil, err
	}
	bottom, err := exact.Pow(base.Denom(), size)
	if err != nil {
		return nil, err
	}
	if exponent.Sign() < 0 {
		top, bottom = bottom, top
	}
	if bottom.Sign() == 0 {
		return nil, errors.New("0 cannot be raised to a negative power")
	}
	return rational{new(big.Rat).SetFrac(top, bottom)}, nil
}

func isRational(v sl.Value) bool { _, ok := v.(rational); return ok }
