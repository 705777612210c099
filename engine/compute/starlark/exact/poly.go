package exact

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"strings"
)

// MaxDegree bounds a polynomial.
const MaxDegree = 20_000

// A Poly is a polynomial over the rationals or, with a modulus, over the
// integers modulo a prime. It is never changed once made.
type Poly struct {
	coeffs  []*big.Rat // the constant first; the last is not 0
	modulus *big.Int   // nil over the rationals
}

// NewPoly takes coefficients with the constant first. A modulus must be prime.
func NewPoly(coeffs []*big.Rat, modulus *big.Int) (*Poly, error) {
	if modulus != nil && !IsPrime(modulus) {
		return nil, fmt.Errorf("the modulus %s of a polynomial is not a prime", modulus)
	}
	if len(coeffs) > MaxDegree+1 {
		return nil, fmt.Errorf("%w: a polynomial has degree %d at most", ErrTooLarge, MaxDegree)
	}
	p := &Poly{make([]*big.Rat, len(coeffs)), modulus}
	for i, c := range coeffs {
		v, err := p.element(c)
		if err != nil {
			return nil, err
		}
		p.coeffs[i] = v
	}
	return p.trimmed(), nil
}

// element brings a rational into the field.
func (p *Poly) element(c *big.Rat) (*big.Rat, error) {
	if p.modulus == nil {
		return c, nil
	}
	v, m := c.Num(), p.modulus
	if !c.IsInt() {
		inverse, err := ModInv(c.Denom(), m)
		if err != nil {
			return nil, err
		}
		v = inverse.Mul(inverse, v)
	}
	return new(big.Rat).SetInt(new(big.Int).Mod(v, m)), nil
}

func (p *Poly) mod(c *big.Rat) *big.Rat {
	if p.modulus == nil {
		return c
	}
	return c.SetInt(new(big.Int).Mod(c.Num(), p.modulus))
}

func (p *Poly) inverse(c *big.Rat) *big.Rat {
	if p.modulus == nil {
		return new(big.Rat).Inv(c)
	}
	return new(big.Rat).SetInt(new(big.Int).ModInverse(c.Num(), p.modulus))
}

func (p *Poly) trimmed() *Poly {
	for len(p.coeffs) > 0 && p.coeffs[len(p.coeffs)-1].Sign() == 0 {
		p.coeffs = p.coeffs[:len(p.coeffs)-1]
	}
	return p
}

// Degree is -1 for the polynomial 0.
func (p *Poly) Degree() int { return len(p.coeffs) - 1 }

// Modulus is nil over the rationals.
func (p *Poly) Modulus() *big.Int { return p.modulus }

// Coeff is the factor of the k-th power; callers do not write to it.
func (p *Poly) Coeff(k int) *big.Rat {
	if k < 0 || k >= len(p.coeffs) {
		return new(big.Rat)
	}
	return p.coeffs[k]
}

// Equal holds for the same coefficients in the same field.
func (p *Poly) Equal(o *Poly) bool {
	if len(p.coeffs) != len(o.coeffs) || !p.same(o) {
		return false
	}
	for i, c := range p.coeffs {
		if c.Cmp(o.coeffs[i]) != 0 {
			return false
		}
	}
	return true
}

func (p *Poly) same(o *Poly) bool {
	if p.modulus == nil || o.modulus == nil {
		return p.modulus == o.modulus
	}
	return p.modulus.Cmp(o.modulus) == 0
}

func (p *Poly) match(o *Poly) error {
	if !p.same(o) {
		return errors.New("the polynomials are over different fields: give both the same modulus")
	}
	return nil
}

// Add is p plus o.
func (p *Poly) Add(o *Poly) (*Poly, error) {
	if err := p.match(o); err != nil {
		return nil, err
	}
	sum := &Poly{make([]*big.Rat, max(len(p.coeffs), len(o.coeffs))), p.modulus}
	for i := range sum.coeffs {
		sum.coeffs[i] = p.mod(new(big.Rat).Add(p.Coeff(i), o.Coeff(i)))
	}
	return sum.trimmed(), nil
}

// scale multiplies every coefficient by an element of the field.
func (p *Poly) scale(k *big.Rat) *Poly {
	out := &Poly{make([]*big.Rat, len(p.coeffs)), p.modulus}
	for i, c := range p.coeffs {
		out.coeffs[i] = p.mod(new(big.Rat).Mul(c, k))
	}
	return out.trimmed()
}

// Neg is minus p.
func (p *Poly) Neg() *Poly { return p.scale(big.NewRat(-1, 1)) }

// Mul is the product.
func (p *Poly) Mul(ctx context.Context, o *Poly) (*Poly, error) {
	if err := p.match(o); err != nil {
		return nil, err
	}
	if p.Degree() < 0 || o.Degree() < 0 {
		return &Poly{nil, p.modulus}, nil
	}
	if p.Degree()+o.Degree() > MaxDegree {
		return nil, fmt.Errorf("%w: a product of degree %d", ErrTooLarge, p.Degree()+o.Degree())
	}
	product, term := &Poly{make([]*big.Rat, len(p.coeffs)+len(o.coeffs)-1), p.modulus}, new(big.Rat)
	for i := range product.coeffs {
		product.coeffs[i] = new(big.Rat)
	}
	for i, a := range p.coeffs {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		for j, b := range o.coeffs {
			c := product.coeffs[i+j]
			p.mod(c.Add(c, term.Mul(a, b)))
		}
	}
	return product.trimmed(), nil
}

// Power multiplies p with itself n times.
func (p *Poly) Power(ctx context.Context, n int) (*Poly, error) {
	if n < 0 || max(p.Degree(), 1)*n > MaxDegree {
		return nil, fmt.Errorf("%w: the power %d of a polynomial", ErrTooLarge, n)
	}
	power, err := NewPoly([]*big.Rat{big.NewRat(1, 1)}, p.modulus)
	for i := 30; i >= 0 && err == nil; i-- {
		if power, err = power.Mul(ctx, power); err == nil && n>>i&1 == 1 {
			power, err = power.Mul(ctx, p)
		}
	}
	return power, err
}

func (p *Poly) String() string {
	if len(p.coeffs) == 0 {
		return "0"
	}
	var b strings.Builder
	for k := len(p.coeffs) - 1; k >= 0; k-- {
		c := p.coeffs[k]
		if c.Sign() == 0 {
			continue
		}
		switch {
		case b.Len() == 0 && c.Sign() < 0:
			b.WriteByte('-')
		case b.Len() > 0 && c.Sign() < 0:
			b.WriteString(" - ")
		case b.Len() > 0:
			b.WriteString(" + ")
		}
		size := new(big.Rat).Abs(c).RatString()
		switch {
		case k == 0:
			b.WriteString(size)
			continue
		case size != "1":
			b.WriteString(size + "*")
		}
		b.WriteByte('x')
		if k > 1 {
			fmt.Fprintf(&b, "**%d", k)
		}
	}
	return b.String()
}
