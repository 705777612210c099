package exact

import (
	"context"
	"fmt"
	"math/big"
	"slices"
)

// Roots are the rational ones, or those modulo the prime, in rising order and
// each once.
func (p *Poly) Roots(ctx context.Context) ([]*big.Rat, error) {
	if p.Degree() < 0 {
		return nil, fmt.Errorf("the polynomial 0: everything is its root, a list of them %w", ErrNone)
	}
	if p.modulus != nil {
		return p.fieldRoots(ctx)
	}
	var roots []*big.Rat
	low := slices.IndexFunc(p.coeffs, func(c *big.Rat) bool { return c.Sign() != 0 })
	if low > 0 {
		roots = append(roots, new(big.Rat))
	}
	rest := (&Poly{p.coeffs[low:], nil}).primitive()
	tops, err := Divisors(ctx, rest[0])
	if err != nil {
		return nil, err
	}
	bottoms, err := Divisors(ctx, rest[len(rest)-1])
	if err != nil {
		return nil, err
	}
	for _, a := range tops {
		for i, b := range bottoms {
			if err := pause(ctx, i); err != nil {
				return nil, err
			}
			if GCD(a, b).Cmp(one()) == 0 {
				roots = append(roots, bothSigns(rest, a, b)...)
			}
		}
	}
	slices.SortFunc(roots, (*big.Rat).Cmp)
	return roots, nil
}

// bothSigns gives those of top/bottom and its opposite that are roots.
func bothSigns(coeffs []*big.Int, top, bottom *big.Int) []*big.Rat {
	var roots []*big.Rat
	for _, t := range []*big.Int{top, new(big.Int).Neg(top)} {
		if vanishes(coeffs, t, bottom) {
			roots = append(roots, new(big.Rat).SetFrac(t, bottom))
		}
	}
	return roots
}

// primitive gives integer coefficients in the same ratio.
func (p *Poly) primitive() []*big.Int {
	common := one()
	for _, c := range p.coeffs {
		g := new(big.Int).GCD(nil, nil, common, c.Denom())
		common.Mul(common, g.Quo(c.Denom(), g))
	}
	whole, content := make([]*big.Int, len(p.coeffs)), new(big.Int)
	for i, c := range p.coeffs {
		whole[i] = new(big.Int).Mul(c.Num(), new(big.Int).Quo(common, c.Denom()))
		content = GCD(content, whole[i])
	}
	for _, c := range whole {
		c.Quo(c, content)
	}
	return whole
}

// vanishes says whether top/bottom is a root of the integer polynomial: first
// modulo a prime, since most candidates are none.
func vanishes(coeffs []*big.Int, top, bottom *big.Int) bool {
	const prime = 1<<61 - 1
	return horner(coeffs, top, bottom, num(prime)).Sign() == 0 && horner(coeffs, top, bottom, nil).Sign() == 0
}

func horner(coeffs []*big.Int, top, bottom, modulus *big.Int) *big.Int {
	v, weight, term := new(big.Int), one(), new(big.Int)
	for k := len(coeffs) - 1; k >= 0; k-- {
		v.Mul(v, top).Add(v, term.Mul(coeffs[k], weight))
		weight.Mul(weight, bottom)
		if modulus != nil {
			v.Mod(v, modulus)
			weight.Mod(weight, modulus)
		}
	}
	return v
}

// fieldRoots takes the part of p that splits, gcd(p, x^q - x), apart.
func (p *Poly) fieldRoots(ctx context.Context) ([]*big.Rat, error) {
	x, err := NewPoly([]*big.Rat{new(big.Rat), big.NewRat(1, 1)}, p.modulus)
	if err != nil {
		return nil, err
	}
	if p.modulus.IsInt64() && p.modulus.Int64() < 64 {
		return p.tryAll(ctx)
	}
	power, err := x.powerMod(ctx, p.modulus, p)
	if err != nil {
		return nil, err
	}
	if power, err = power.Add(x.Neg()); err != nil {
		return nil, err
	}
	linear, err := p.GCD(ctx, power)
	if err != nil {
		return nil, err
	}
	var roots []*big.Rat
	if err := linear.halve(ctx, 0, &roots); err != nil {
		return nil, err
	}
	slices.SortFunc(roots, (*big.Rat).Cmp)
	return roots, nil
}

func (p *Poly) tryAll(ctx context.Context) ([]*big.Rat, error) {
	var roots []*big.Rat
	for i := range p.modulus.Int64() {
		x := big.NewRat(i, 1)
		v, err := p.Eval(ctx, x)
		if err != nil {
			return nil, err
		}
		if v.Sign() == 0 {
			roots = append(roots, x)
		}
	}
	return roots, nil
}

// halve splits a product of distinct linear factors by which of their roots,
// shifted, are squares.
func (p *Poly) halve(ctx context.Context, shift int64, roots *[]*big.Rat) error {
	switch p.Degree() {
	case 0, -1:
		return nil
	case 1:
		*roots = append(*roots, p.mod(new(big.Rat).Neg(p.Monic().coeffs[0])))
		return nil
	}
	for ; ; shift++ {
		base, err := NewPoly([]*big.Rat{big.NewRat(shift, 1), big.NewRat(1, 1)}, p.modulus)
		if err != nil {
			return err
		}
		power, err := base.powerMod(ctx, new(big.Int).Rsh(p.modulus, 1), p)
		if err != nil {
			return err
		}
		minus, err := NewPoly([]*big.Rat{big.NewRat(-1, 1)}, p.modulus)
		if err != nil {
			return err
		}
		if power, err = power.Add(minus); err != nil {
			return err
		}
		squares, err := p.GCD(ctx, power)
		if err != nil {
			return err
		}
		if squares.Degree() < 1 || squares.Degree() == p.Degree() {
			continue
		}
		others, _, err := p.DivMod(ctx, squares)
		if err != nil {
			return err
		}
		if err := squares.halve(ctx, shift+1, roots); err != nil {
			return err
		}
		return others.halve(ctx, shift+1, roots)
	}
}

// powerMod is p^n modulo the polynomial m.
func (p *Poly) powerMod(ctx context.Context, n *big.Int, m *Poly) (*Poly, error) {
	power, err := NewPoly([]*big.Rat{big.NewRat(1, 1)}, p.modulus)
	reduce := func(o *Poly) {
		if err == nil {
			if power, err = power.Mul(ctx, o); err == nil {
				_, power, err = power.DivMod(ctx, m)
			}
		}
	}
	for i := n.BitLen() - 1; i >= 0 && err == nil; i-- {
		if reduce(power); n.Bit(i) == 1 {
			reduce(p)
		}
	}
	return power, err
}
