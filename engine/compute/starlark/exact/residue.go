package exact

import (
	"context"
	"fmt"
	"math/big"
	"slices"
)

// Jacobi is the symbol (a/n) for an odd positive n.
func Jacobi(a, n *big.Int) (int, error) {
	if n.Sign() <= 0 || n.Bit(0) == 0 {
		return 0, fmt.Errorf("the Jacobi symbol needs an odd positive modulus, not %s", n)
	}
	return big.Jacobi(a, n), nil
}

// Order is the smallest k > 0 with a^k = 1 modulo n.
func Order(ctx context.Context, a, n *big.Int) (*big.Int, error) {
	if n.Sign() <= 0 || GCD(a, n).Cmp(one()) != 0 {
		return nil, fmt.Errorf("order of %s modulo %s %w: they are not coprime", a, n, ErrNone)
	}
	order, err := ReducedTotient(ctx, n)
	if err != nil {
		return nil, err
	}
	powers, err := Factor(ctx, order)
	if err != nil {
		return nil, err
	}
	base, unit := new(big.Int).Mod(a, n), new(big.Int).Mod(one(), n)
	for _, p := range powers {
		for range p.Times {
			less := new(big.Int).Quo(order, p.Prime)
			if new(big.Int).Exp(base, less, n).Cmp(unit) != 0 {
				break
			}
			order = less
		}
	}
	return order, nil
}

// PrimitiveRoot is the smallest generator of the units modulo n; ErrNone
// where there is none.
func PrimitiveRoot(ctx context.Context, n *big.Int) (*big.Int, error) {
	phi, err := Totient(ctx, n)
	if err != nil {
		return nil, err
	}
	if n.Cmp(one()) == 0 {
		return new(big.Int), nil
	}
	lambda, err := ReducedTotient(ctx, n)
	if err != nil {
		return nil, err
	}
	if lambda.Cmp(phi) != 0 {
		return nil, fmt.Errorf("primitive root modulo %s %w", n, ErrNone)
	}
	powers, err := Factor(ctx, phi)
	if err != nil {
		return nil, err
	}
	for g := one(); ; g.Add(g, one()) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if GCD(g, n).Cmp(one()) == 0 && generates(g, n, phi, powers) {
			return g, nil
		}
	}
}

func generates(g, n, phi *big.Int, powers []Power) bool {
	return !slices.ContainsFunc(powers, func(p Power) bool {
		return new(big.Int).Exp(g, new(big.Int).Quo(phi, p.Prime), n).Cmp(one()) == 0
	})
}

// SqrtMod gives every square root of a modulo n in rising order, none if there is
// none.
func SqrtMod(ctx context.Context, a, n *big.Int) ([]*big.Int, error) {
	powers, err := positive(ctx, n)
	if err != nil {
		return nil, err
	}
	roots, modulus := []*big.Int{new(big.Int)}, one()
	for _, p := range powers {
		part := new(big.Int).Exp(p.Prime, num(int64(p.Times)), nil)
		local, err := localRoots(ctx, a, p)
		if err != nil {
			return nil, err
		}
		if len(local)*len(roots) > MaxDivisors {
			return nil, fmt.Errorf("%w: more than %d square roots", ErrTooLarge, MaxDivisors)
		}
		var joined []*big.Int
		for _, r := range roots {
			for _, s := range local {
				x, _, err := CRT([]*big.Int{modulus, part}, []*big.Int{r, s})
				if err != nil {
					return nil, err
				}
				joined = append(joined, x)
			}
		}
		roots = joined
		modulus.Mul(modulus, part)
	}
	slices.SortFunc(roots, func(a, b *big.Int) int { return a.Cmp(b) })
	return roots, nil
}

// localRoots lifts the roots modulo a prime to its power, one step at a time.
func localRoots(ctx context.Context, a *big.Int, p Power) ([]*big.Int, error) {
	roots := primeRoots(new(big.Int).Mod(a, p.Prime), p.Prime)
	modulus := new(big.Int).Set(p.Prime)
	for range p.Times - 1 {
		next := new(big.Int).Mul(modulus, p.Prime)
		var lifted []*big.Int
		for _, r := range roots {
			more, err := lift(ctx, a, r, modulus, next, p.Prime)
			if err != nil {
				return nil, err
			}
			if lifted = append(lifted, more...); len(lifted) > MaxDivisors {
				return nil, fmt.Errorf("%w: more than %d square roots", ErrTooLarge, MaxDivisors)
			}
		}
		roots, modulus = lifted, next
	}
	return roots, nil
}

// lift gives the roots modulo next that are r modulo its p-th part.
func lift(ctx context.Context, a, r, modulus, next, p *big.Int) ([]*big.Int, error) {
	gap := new(big.Int).Mul(r, r)
	gap.Sub(a, gap).Mod(gap, next)
	twice := new(big.Int).Lsh(r, 1)
	if twice.Mod(twice, p); twice.Sign() != 0 {
		t := gap.Quo(gap, modulus)
		t.Mul(t, twice.ModInverse(twice, p)).Mod(t, p)
		return []*big.Int{t.Mul(t, modulus).Add(t, r)}, nil
	}
	if gap.Sign() != 0 {
		return nil, nil
	}
	if !p.IsInt64() || p.Int64() > MaxDivisors {
		return nil, fmt.Errorf("%w: %s square roots", ErrTooLarge, p)
	}
	var all []*big.Int
	for k, x := 0, new(big.Int).Set(r); k < int(p.Int64()); k++ {
		if err := pause(ctx, k); err != nil {
			return nil, err
		}
		all = append(all, new(big.Int).Set(x))
		x.Add(x, modulus)
	}
	return all, nil
}

func primeRoots(a, p *big.Int) []*big.Int {
	if a.Sign() == 0 || p.Cmp(num(2)) == 0 {
		return []*big.Int{new(big.Int).Set(a)}
	}
	r := new(big.Int).ModSqrt(a, p)
	if r == nil {
		return nil
	}
	return []*big.Int{r, new(big.Int).Sub(p, r)}
}
