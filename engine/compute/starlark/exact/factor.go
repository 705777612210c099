package exact

import (
	"context"
	"errors"
	"math/big"
	"slices"
)

// A Power is a prime and how often it divides.
type Power struct {
	Prime *big.Int
	Times int
}

// trialLimit is where dividing by every number ends and Pollard's rho begins.
const trialLimit = 1 << 12

// Factor gives the primes of |n| in rising order. It ends early only with ctx.
func Factor(ctx context.Context, n *big.Int) ([]Power, error) {
	if n.Sign() == 0 {
		return nil, errors.New("0 has no factorization")
	}
	rest := new(big.Int).Abs(n)
	if !rest.IsUint64() && IsPrime(rest) { // sooner than after every small divisor
		return []Power{{rest, 1}}, nil
	}
	found := small(rest)
	if rest.IsInt64() && rest.Int64() == 1 {
		return found, nil
	}
	var primes []*big.Int
	if err := split(ctx, rest, &primes); err != nil {
		return nil, err
	}
	slices.SortFunc(primes, func(a, b *big.Int) int { return a.Cmp(b) })
	for _, p := range primes {
		if last := len(found) - 1; last >= 0 && found[last].Prime.Cmp(p) == 0 {
			found[last].Times++
			continue
		}
		found = append(found, Power{p, 1})
	}
	return found, nil
}

// small takes the primes below trialLimit out of rest.
func small(rest *big.Int) []Power {
	var found []Power
	take := func(d int64) {
		times := 0
		for rest.IsUint64() && rest.Uint64()%uint64(d) == 0 {
			rest.SetUint64(rest.Uint64() / uint64(d))
			times++
		}
		for q, r := new(big.Int), new(big.Int); !rest.IsUint64(); times++ {
			if q.QuoRem(rest, num(d), r); r.Sign() != 0 {
				break
			}
			rest.Set(q)
		}
		for rest.IsUint64() && rest.Uint64()%uint64(d) == 0 {
			rest.SetUint64(rest.Uint64() / uint64(d))
			times++
		}
		if times > 0 {
			found = append(found, Power{num(d), times})
		}
	}
	take(2)
	for d := int64(3); d < trialLimit; d += 2 {
		if rest.IsUint64() && rest.Uint64() < uint64(d*d) {
			break
		}
		take(d)
	}
	return found
}

func split(ctx context.Context, n *big.Int, primes *[]*big.Int) error {
	if IsPrime(n) {
		*primes = append(*primes, n)
		return nil
	}
	d, err := divisor(ctx, n)
	if err != nil {
		return err
	}
	if err := split(ctx, d, primes); err != nil {
		return err
	}
	return split(ctx, new(big.Int).Quo(n, d), primes)
}

// divisor finds a proper divisor of a composite n.
func divisor(ctx context.Context, n *big.Int) (*big.Int, error) {
	for k := 2; k <= n.BitLen()/12; k++ {
		r, whole, err := IRoot(ctx, n, k)
		if err != nil {
			return nil, err
		}
		if whole {
			return r, nil
		}
	}
	for c := uint64(1); ; c++ {
		d, err := rho(ctx, n, c)
		if err != nil {
			return nil, err
		}
		if d != nil {
			return d, nil
		}
	}
}

// rho is Pollard's method in Brent's form with x -> x^2 + c; nil if that c
// has no luck.
func rho(ctx context.Context, n *big.Int, c uint64) (*big.Int, error) {
	if n.IsUint64() {
		d, err := rho64(ctx, n.Uint64(), c)
		if d == 0 {
			return nil, err
		}
		return new(big.Int).SetUint64(d), err
	}
	const batch = 128
	y, q, add, g := num(2), one(), new(big.Int).SetUint64(c), one()
	x, saved, diff := new(big.Int), new(big.Int), new(big.Int)
	next := func() { y.Mul(y, y).Add(y, add).Mod(y, n) }
	for length := 1; g.IsInt64() && g.Int64() == 1; length *= 2 {
		x.Set(y)
		for range length {
			next()
		}
		for done := 0; done < length && g.IsInt64() && g.Int64() == 1; done += batch {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			saved.Set(y)
			for range min(batch, length-done) {
				next()
				q.Mul(q, diff.Sub(x, y).Abs(diff)).Mod(q, n)
			}
			g.GCD(nil, nil, q, n)
		}
	}
	if g.Cmp(n) != 0 {
		return g, nil
	}
	// The batch swallowed both factors: walk it again one by one.
	y.Set(saved)
	return single(ctx, n, x, y, next)
}

// single takes the greatest common divisor after every step.
func single(ctx context.Context, n, x, y *big.Int, next func()) (*big.Int, error) {
	for g, diff := new(big.Int), new(big.Int); ; {
		next()
		if g.GCD(nil, nil, diff.Sub(x, y).Abs(diff), n); g.Cmp(n) == 0 {
			return nil, ctx.Err()
		}
		if g.Cmp(one()) != 0 {
			return g, nil
		}
	}
}

func rho64(ctx context.Context, n, c uint64) (uint64, error) {
	const batch = 256
	if n%2 == 0 {
		return 2, nil
	}
	next := func(v uint64) uint64 {
		v = mulmod(v, v, n)
		if v >= n-c%n {
			return v - (n - c%n)
		}
		return v + c%n
	}
	apart := func(a, b uint64) uint64 { return max(a, b) - min(a, b) }
	y, q, g, x, saved := uint64(2), uint64(1), uint64(1), uint64(0), uint64(0)
	for length := 1; g == 1; length *= 2 {
		x = y
		for range length {
			y = next(y)
		}
		for done := 0; done < length && g == 1; done += batch {
			if err := ctx.Err(); err != nil {
				return 0, err
			}
			saved = y
			for range min(batch, length-done) {
				y = next(y)
				q = mulmod(q, apart(x, y), n)
			}
			g = gcd64(q, n)
		}
	}
	for g == n {
		saved = next(saved)
		if g = gcd64(apart(x, saved), n); g == n {
			return 0, nil
		}
		if g == 1 {
			g = n
		}
	}
	return g, nil
}

func gcd64(a, b uint64) uint64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
