package exact

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"slices"
)

// MaxDivisors bounds the list of divisors.
const MaxDivisors = 2_000_000

// Divisors are the positive ones of |n| in rising order.
func Divisors(ctx context.Context, n *big.Int) ([]*big.Int, error) {
	powers, err := Factor(ctx, n)
	if err != nil {
		return nil, err
	}
	count := 1
	for _, p := range powers {
		if count *= p.Times + 1; count > MaxDivisors {
			return nil, fmt.Errorf("%w: more than %d divisors", ErrTooLarge, MaxDivisors)
		}
	}
	all := make([]*big.Int, 1, count)
	all[0] = one()
	for _, p := range powers {
		for i, from := 0, len(all); i < from*p.Times; i++ {
			if err := pause(ctx, i); err != nil {
				return nil, err
			}
			all = append(all, new(big.Int).Mul(all[len(all)-from], p.Prime))
		}
	}
	slices.SortFunc(all, func(a, b *big.Int) int { return a.Cmp(b) })
	return all, nil
}

// DivisorSigma is the sum of the k-th powers of the divisors of n; for k = 0
// their number.
func DivisorSigma(ctx context.Context, n *big.Int, k int64) (*big.Int, error) {
	powers, err := positive(ctx, n)
	if err != nil {
		return nil, err
	}
	total := one()
	for _, p := range powers {
		step, err := Pow(p.Prime, num(k))
		if err != nil {
			return nil, err
		}
		sum, term := one(), one()
		for range p.Times {
			term.Mul(term, step)
			sum.Add(sum, term)
		}
		if total.Mul(total, sum); total.BitLen() > MaxBits {
			return nil, tooLarge("the sum of divisors", total.BitLen())
		}
	}
	return total, nil
}

// Totient counts the numbers up to n that share no prime with it.
func Totient(ctx context.Context, n *big.Int) (*big.Int, error) {
	powers, err := positive(ctx, n)
	if err != nil {
		return nil, err
	}
	phi := new(big.Int).Set(n)
	for _, p := range powers {
		phi.Quo(phi, p.Prime)
		phi.Mul(phi, new(big.Int).Sub(p.Prime, one()))
	}
	return phi, nil
}

// ReducedTotient is Carmichael's function, the exponent of the units modulo n.
func ReducedTotient(ctx context.Context, n *big.Int) (*big.Int, error) {
	powers, err := positive(ctx, n)
	if err != nil {
		return nil, err
	}
	lambda := one()
	for _, p := range powers {
		part := new(big.Int).Exp(p.Prime, num(int64(p.Times-1)), nil)
		part.Mul(part, new(big.Int).Sub(p.Prime, one()))
		if p.Times > 2 && p.Prime.Cmp(num(2)) == 0 {
			part.Rsh(part, 1)
		}
		if lambda, err = LCM(ctx, lambda, part); err != nil {
			return nil, err
		}
	}
	return lambda, nil
}

// Mobius is 0 where a square divides n, else the parity of its primes.
func Mobius(ctx context.Context, n *big.Int) (int, error) {
	powers, err := positive(ctx, n)
	if err != nil {
		return 0, err
	}
	sign := 1
	for _, p := range powers {
		if p.Times > 1 {
			return 0, nil
		}
		sign = -sign
	}
	return sign, nil
}

func positive(ctx context.Context, n *big.Int) ([]Power, error) {
	if n.Sign() <= 0 {
		return nil, fmt.Errorf("%s is not a positive integer", n)
	}
	return Factor(ctx, n)
}

// Valuation is how often p divides n.
func Valuation(p, n *big.Int) (int, error) {
	if n.Sign() == 0 || new(big.Int).Abs(p).Cmp(one()) <= 0 {
		return 0, errors.New("multiplicity needs a base of 2 or more and a number other than 0")
	}
	times := 0
	q, r := new(big.Int).Set(n), new(big.Int)
	for next := new(big.Int); ; times++ {
		if next.QuoRem(q, p, r); r.Sign() != 0 {
			return times, nil
		}
		q.Set(next)
	}
}

// CRT joins residues into the one x and the modulus that all moduli divide.
// The moduli may share factors; ErrNone where the residues contradict.
func CRT(moduli, residues []*big.Int) (x, m *big.Int, err error) {
	if len(moduli) != len(residues) {
		return nil, nil, fmt.Errorf("crt() got %d moduli and %d residues", len(moduli), len(residues))
	}
	x, m = new(big.Int), one()
	for i, n := range moduli {
		if n.Sign() <= 0 {
			return nil, nil, fmt.Errorf("crt() modulus %s is not positive", n)
		}
		gap, part := new(big.Int).Sub(residues[i], x), n
		u := new(big.Int).ModInverse(m, n)
		if u == nil { // they share factors
			var g, rest *big.Int
			u, _, g = EGCD(m, n)
			if gap, rest = gap.QuoRem(gap, g, new(big.Int)); rest.Sign() != 0 {
				return nil, nil, fmt.Errorf("a number with these residues %w", ErrNone)
			}
			part = new(big.Int).Quo(n, g)
		}
		gap.Mul(gap, u).Mod(gap, part)
		x.Add(x, gap.Mul(gap, m)) // less than the new modulus
		if m.Mul(m, part); m.BitLen() > MaxBits {
			return nil, nil, tooLarge("the modulus", m.BitLen())
		}
	}
	return x, m, nil
}
