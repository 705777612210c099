package starlark

import (
	"context"
	"errors"
	"math/big"
	"slices"
	"time"

	sl "go.starlark.net/starlark"
	"go.starlark.net/syntax"

	"github.com/aimo3/aimo3/engine/compute/starlark/exact"
)

// poly is a polynomial in Starlark; called with a number it is its value.
type poly struct{ *exact.Poly }

// String writes it with x.
func (p *poly) String() string {
	if m := p.Modulus(); m != nil {
		return p.Poly.String() + " mod " + m.String()
	}
	return p.Poly.String()
}

// Type is Poly.
func (p *poly) Type() string { return "Poly" }

// Name is Poly.
func (p *poly) Name() string { return "Poly" }

// Freeze does nothing: it is never changed.
func (p *poly) Freeze() {}

// Truth holds for all but 0.
func (p *poly) Truth() sl.Bool { return p.Degree() >= 0 }

// Hash agrees with equality.
func (p *poly) Hash() (uint32, error) { return sl.String(p.String()).Hash() }

// CompareSameType knows equality only.
func (p *poly) CompareSameType(op syntax.Token, y sl.Value, _ int) (bool, error) {
	o, ok := y.(*poly)
	switch {
	case ok && op == syntax.EQL:
		return p.Equal(o.Poly), nil
	case ok && op == syntax.NEQ:
		return !p.Equal(o.Poly), nil
	}
	return false, errors.New("polynomials have no order")
}

// CallInternal is the value at a number.
func (p *poly) CallInternal(thread *sl.Thread, args sl.Tuple, kwargs []sl.Tuple) (sl.Value, error) {
	return sl.Call(thread, bind("eval", "self x", polyMethods["eval"].do), append(sl.Tuple{p}, args...), kwargs)
}

func polyOr(p *exact.Poly, err error) (sl.Value, error) {
	if err != nil {
		return nil, err
	}
	return &poly{p}, nil
}

// newPoly takes coefficients with the highest power first.
func newPoly(c *call) (sl.Value, error) {
	if p, ok := c.args[0].(*poly); ok && !c.has(1) {
		return p, nil
	}
	var modulus *big.Int
	if c.has(1) {
		modulus = c.integer(1)
	}
	var coeffs []*big.Rat
	if p, ok := c.args[0].(*poly); ok {
		for k := range p.Degree() + 1 {
			coeffs = append(coeffs, p.Coeff(k))
		}
		return polyOr(exact.NewPoly(coeffs, modulus))
	}
	for _, v := range slices.Backward(c.list(0)) {
		coeffs = append(coeffs, c.toRat(v))
	}
	return polyOr(exact.NewPoly(coeffs, modulus))
}

// Unary is -p.
func (p *poly) Unary(op syntax.Token) (sl.Value, error) {
	if op == syntax.MINUS {
		return &poly{p.Neg()}, nil
	}
	return nil, nil
}

// limited bounds an operation that has no cell's context; the process around
// has the cell's time.
func limited() (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), 30*time.Second)
}

// Binary computes with polynomials and numbers.
func (p *poly) Binary(op syntax.Token, y sl.Value, side sl.Side) (sl.Value, error) {
	o, ok := y.(*poly)
	if !ok {
		k, isNumber := asRat(y)
		if !isNumber {
			return nil, nil
		}
		constant, err := exact.NewPoly([]*big.Rat{k}, p.Modulus())
		if err != nil {
			return nil, err
		}
		o = &poly{constant}
	}
	a, b := p.Poly, o.Poly
	if side == sl.Right {
		a, b = b, a
	}
	ctx, end := limited()
	defer end()
	switch op {
	case syntax.PLUS:
		return polyOr(a.Add(b))
	case syntax.MINUS:
		return polyOr(a.Add(b.Neg()))
	case syntax.STAR:
		return polyOr(a.Mul(ctx, b))
	case syntax.SLASH, syntax.SLASHSLASH, syntax.PERCENT:
		q, r, err := a.DivMod(ctx, b)
		switch {
		case err != nil:
			return nil, err
		case op == syntax.PERCENT:
			return &poly{r}, nil
		case op == syntax.SLASH && r.Degree() >= 0:
			return nil, errors.New("the division leaves a remainder; use // and %")
		}
		return &poly{q}, nil
	default:
		return nil, nil
	}
}

func (p *poly) divided(c *call, by sl.Value) (sl.Value, error) {
	o, ok := by.(*poly)
	if !ok {
		c.wrong("a Poly", by)
		return sl.None, nil
	}
	q, r, err := p.DivMod(c.ctx, o.Poly)
	if err != nil {
		return nil, err
	}
	return sl.Tuple{&poly{q}, &poly{r}}, nil
}

// Attr gives methods.
func (p *poly) Attr(name string) (sl.Value, error) { return method(polyMethods, name, p) }

// AttrNames lists them.
func (p *poly) AttrNames() []string { return methodNames(polyMethods) }

func (c *call) poly(i int) *exact.Poly {
	if p, ok := c.args[i].(*poly); ok {
		return p.Poly
	}
	c.wrong("a Poly", c.args[i])
	p, _ := exact.NewPoly(nil, nil)
	return p
}

var polyMethods = map[string]function{
	"degree": {"self", func(c *call) (sl.Value, error) { return sl.MakeInt(c.poly(0).Degree()), nil }},
	"coeffs": {"self", func(c *call) (sl.Value, error) {
		var out []sl.Value
		for k := c.poly(0).Degree(); k >= 0; k-- {
			out = append(out, number(c.poly(0).Coeff(k)))
		}
		return sl.NewList(out), nil
	}},
	"eval":         {"self x", func(c *call) (sl.Value, error) { return numberOr(c.poly(0).Eval(c.ctx, c.rational(1))) }},
	"gcd":          {"self other", func(c *call) (sl.Value, error) { return polyOr(c.poly(0).GCD(c.ctx, c.poly(1))) }},
	"resultant":    {"self other", func(c *call) (sl.Value, error) { return numberOr(c.poly(0).Resultant(c.ctx, c.poly(1))) }},
	"discriminant": {"self", func(c *call) (sl.Value, error) { return numberOr(c.poly(0).Discriminant(c.ctx)) }},
	"derivative":   {"self", func(c *call) (sl.Value, error) { return &poly{c.poly(0).Derivative()}, nil }},
	"monic":        {"self", func(c *call) (sl.Value, error) { return &poly{c.poly(0).Monic()}, nil }},
	"roots": {"self", func(c *call) (sl.Value, error) {
		all, err := c.poly(0).Roots(c.ctx)
		var out []sl.Value
		for _, q := range all {
			out = append(out, number(q))
		}
		return sl.NewList(out), err
	}},
}

// method binds a row of a table to its value.
func method(table map[string]function, name string, self sl.Value) (sl.Value, error) {
	f, ok := table[name]
	if !ok {
		return nil, nil
	}
	return sl.NewBuiltin(name, func(thread *sl.Thread, _ *sl.Builtin, args sl.Tuple, kwargs []sl.Tuple) (sl.Value, error) {
		return sl.Call(thread, bind(name, f.params, f.do), append(sl.Tuple{self}, args...), kwargs)
	}), nil
}

func methodNames(table map[string]function) []string {
	var names []string
	for name := range table {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
