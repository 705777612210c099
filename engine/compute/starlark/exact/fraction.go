package exact

import (
	"context"
	"errors"
	"fmt"
	"math/big"
)

// ContinuedFraction gives the partial quotients of a rational.
func ContinuedFraction(q *big.Rat) []*big.Int {
	a, b := new(big.Int).Set(q.Num()), new(big.Int).Set(q.Denom())
	var terms []*big.Int
	for b.Sign() != 0 {
		t, r := new(big.Int).DivMod(a, b, new(big.Int))
		terms = append(terms, t)
		a, b = b, r
	}
	return terms
}

// RootFraction gives the continued fraction of the square root of n: the
// whole part and the period, which is empty for a square.
func RootFraction(ctx context.Context, n *big.Int) (whole *big.Int, period []*big.Int, err error) {
	if whole, err = ISqrt(n); err != nil {
		return nil, nil, err
	}
	if new(big.Int).Mul(whole, whole).Cmp(n) == 0 {
		return whole, nil, nil
	}
	end := new(big.Int).Lsh(whole, 1)
	m, d, a := new(big.Int), one(), new(big.Int).Set(whole)
	for i := 0; ; i++ {
		if err := pause(ctx, i); err != nil {
			return nil, nil, err
		}
		if i > MaxDivisors {
			return nil, nil, fmt.Errorf("%w: the period is longer than %d", ErrTooLarge, MaxDivisors)
		}
		m = new(big.Int).Sub(new(big.Int).Mul(d, a), m)
		d = new(big.Int).Quo(new(big.Int).Sub(n, new(big.Int).Mul(m, m)), d)
		a = new(big.Int).Quo(new(big.Int).Add(whole, m), d)
		if period = append(period, a); a.Cmp(end) == 0 {
			return whole, period, nil
		}
	}
}

// Convergents are the rationals that the first 1, 2, 3 … terms stand for.
func Convergents(ctx context.Context, terms []*big.Int) ([]*big.Rat, error) {
	p0, q0, p1, q1 := new(big.Int), one(), one(), new(big.Int)
	all := make([]*big.Rat, 0, len(terms))
	size := 0
	for i, t := range terms {
		if err := pause(ctx, i); err != nil {
			return nil, err
		}
		p0, p1 = p1, new(big.Int).Add(new(big.Int).Mul(t, p1), p0)
		q0, q1 = q1, new(big.Int).Add(new(big.Int).Mul(t, q1), q0)
		if q1.Sign() == 0 {
			return nil, errors.New("a convergent has denominator 0")
		}
		if size += p1.BitLen() + q1.BitLen(); size > MaxBits {
			return nil, tooLarge("the list of convergents", size)
		}
		all = append(all, new(big.Rat).SetFrac(p1, q1))
	}
	return all, nil
}
