package exact

import (
	"context"
	"errors"
	"math/big"
)

// DivMod is division with a remainder of smaller degree.
func (p *Poly) DivMod(ctx context.Context, o *Poly) (quo, rem *Poly, err error) {
	if err := p.match(o); err != nil {
		return nil, nil, err
	}
	if o.Degree() < 0 {
		return nil, nil, errors.New("division by the polynomial 0")
	}
	rest := make([]*big.Rat, len(p.coeffs))
	for i, c := range p.coeffs {
		rest[i] = new(big.Rat).Set(c)
	}
	quo = &Poly{make([]*big.Rat, max(len(p.coeffs)-o.Degree(), 0)), p.modulus}
	lead, term := p.inverse(o.coeffs[o.Degree()]), new(big.Rat)
	for k := len(quo.coeffs) - 1; k >= 0; k-- {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		q := p.mod(new(big.Rat).Mul(rest[k+o.Degree()], lead))
		quo.coeffs[k] = q
		for j, c := range o.coeffs {
			p.mod(rest[k+j].Sub(rest[k+j], term.Mul(q, c)))
		}
	}
	return quo.trimmed(), (&Poly{rest, p.modulus}).trimmed(), nil
}

// Monic divides by the leading coefficient.
func (p *Poly) Monic() *Poly {
	if p.Degree() < 0 {
		return p
	}
	return p.scale(p.inverse(p.coeffs[p.Degree()]))
}

// GCD is monic.
func (p *Poly) GCD(ctx context.Context, o *Poly) (*Poly, error) {
	if err := p.match(o); err != nil {
		return nil, err
	}
	a, b := p, o
	for b.Degree() >= 0 {
		_, r, err := a.DivMod(ctx, b)
		if err != nil {
			return nil, err
		}
		a, b = b, r.Monic()
	}
	return a.Monic(), nil
}

// Resultant is 0 where p and o share a root.
func (p *Poly) Resultant(ctx context.Context, o *Poly) (*big.Rat, error) {
	if err := p.match(o); err != nil {
		return nil, err
	}
	a, b, out := p, o, big.NewRat(1, 1)
	for b.Degree() > 0 {
		_, r, err := a.DivMod(ctx, b)
		if err != nil {
			return nil, err
		}
		if r.Degree() < 0 {
			return new(big.Rat), nil
		}
		out.Mul(out, ratPower(b.coeffs[b.Degree()], a.Degree()-r.Degree()))
		if a.Degree()&b.Degree()&1 == 1 {
			out.Neg(out)
		}
		p.mod(out)
		a, b = b, r
	}
	if b.Degree() < 0 || a.Degree() < 0 {
		return new(big.Rat), nil
	}
	return p.mod(out.Mul(out, ratPower(b.coeffs[0], a.Degree()))), nil
}

func ratPower(q *big.Rat, n int) *big.Rat {
	e := num(int64(max(n, -n)))
	top, bottom := new(big.Int).Exp(q.Num(), e, nil), new(big.Int).Exp(q.Denom(), e, nil)
	if n < 0 {
		top, bottom = bottom, top
	}
	return new(big.Rat).SetFrac(top, bottom)
}

// Discriminant is 0 where p has a double root.
func (p *Poly) Discriminant(ctx context.Context) (*big.Rat, error) {
	n := p.Degree()
	if n < 1 {
		return new(big.Rat), nil
	}
	derived := p.Derivative()
	r, err := p.Resultant(ctx, derived)
	if err != nil {
		return nil, err
	}
	// Modulo a prime the derivative may lose more than one degree.
	if lost := n - 1 - derived.Degree(); lost > 0 && derived.Degree() >= 0 {
		r.Mul(r, ratPower(p.coeffs[n], lost))
	}
	if r.Mul(r, p.inverse(p.coeffs[n])); n*(n-1)/2%2 == 1 {
		r.Neg(r)
	}
	return p.mod(r), nil
}

// Derivative by x.
func (p *Poly) Derivative() *Poly {
	out := &Poly{make([]*big.Rat, max(len(p.coeffs)-1, 0)), p.modulus}
	for i := range out.coeffs {
		out.coeffs[i] = p.mod(new(big.Rat).Mul(p.coeffs[i+1], big.NewRat(int64(i+1), 1)))
	}
	return out.trimmed()
}

// Eval is the value at x.
func (p *Poly) Eval(ctx context.Context, x *big.Rat) (*big.Rat, error) {
	x, err := p.element(x)
	if err != nil {
		return nil, err
	}
	v := new(big.Rat)
	for k := p.Degree(); k >= 0; k-- {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		p.mod(v.Mul(v, x).Add(v, p.coeffs[k]))
		if v.Num().BitLen()+v.Denom().BitLen() > MaxBits {
			return nil, tooLarge("the value", v.Num().BitLen())
		}
	}
	return v, nil
}
