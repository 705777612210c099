package exact

import (
	"context"
	"fmt"
	"math"
	"math/big"
)

// Factorial is n!.
func Factorial(ctx context.Context, n int64) (*big.Int, error) {
	if n < 0 {
		return nil, fmt.Errorf("factorial of the negative %d %w", n, ErrNone)
	}
	if bits := float64(n) * math.Log2(float64(n)/math.E+1); bits > MaxBits {
		return nil, tooLarge("the factorial", int64(bits))
	}
	return span(ctx, 1, n)
}

// span is the product of all integers from lo to hi, by halves so that the
// factors stay of a size.
func span(ctx context.Context, lo, hi int64) (*big.Int, error) {
	if hi-lo < 1<<10 {
		return new(big.Int).MulRange(lo, hi), ctx.Err()
	}
	middle := lo + (hi-lo)/2
	left, err := span(ctx, lo, middle)
	if err != nil {
		return nil, err
	}
	right, err := span(ctx, middle+1, hi)
	if err != nil {
		return nil, err
	}
	return left.Mul(left, right), nil
}

// Perm counts the ordered choices of k out of n.
func Perm(ctx context.Context, n, k int64) (*big.Int, error) {
	if n < 0 || k < 0 {
		return nil, fmt.Errorf("perm(%d, %d) %w: both must be 0 or more", n, k, ErrNone)
	}
	if k > n {
		return new(big.Int), nil
	}
	if bits := float64(k) * math.Log2(float64(n)+1); bits > MaxBits {
		return nil, tooLarge("the number of permutations", int64(bits))
	}
	if k == 0 {
		return one(), nil
	}
	return span(ctx, n-k+1, n)
}

// Comb counts the choices of k out of n.
func Comb(ctx context.Context, n, k int64) (*big.Int, error) {
	if n < 0 || k < 0 {
		return nil, fmt.Errorf("comb(%d, %d) %w: both must be 0 or more", n, k, ErrNone)
	}
	if k > n {
		return new(big.Int), nil
	}
	k = min(k, n-k)
	if k < 64 {
		return new(big.Int).Binomial(n, k), nil
	}
	top, err := Perm(ctx, n, k)
	if err != nil {
		return nil, err
	}
	bottom, err := Factorial(ctx, k)
	if err != nil {
		return nil, err
	}
	return top.Quo(top, bottom), nil
}

// Fibonacci is the n-th number of the sequence 0, 1, 1, 2; for a negative n
// the sequence is continued backwards.
func Fibonacci(n int64) (*big.Int, error) {
	if n > MaxBits || n < -MaxBits {
		return nil, tooLarge("the Fibonacci number", n)
	}
	size := max(n, -n)
	a, b := new(big.Int), one()
	for bit := 62; bit >= 0; bit-- {
		twice := new(big.Int).Lsh(b, 1)
		c := twice.Sub(twice, a)
		c.Mul(c, a)
		d := new(big.Int).Mul(a, a)
		d.Add(d, new(big.Int).Mul(b, b))
		if a, b = c, d; size>>bit&1 == 1 {
			a, b = d, new(big.Int).Add(c, d)
		}
	}
	if n < 0 && n%2 == 0 {
		a.Neg(a)
	}
	return a, nil
}
