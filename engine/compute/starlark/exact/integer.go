// Package exact computes with integers, rationals, polynomials and matrices
// without rounding. Everything that may take long takes a context and ends
// when it does; everything that may grow is refused before it does.
package exact

import (
	"context"
	"errors"
	"fmt"
	"math/big"
)

// MaxBits bounds the integers that a power, factorial or product may give.
const MaxBits = 1 << 26

// ErrTooLarge is in every refusal to build a value that would not fit.
var ErrTooLarge = errors.New("value too large")

// ErrNone is in the errors of what has no answer: no inverse, no root.
var ErrNone = errors.New("does not exist")

func tooLarge(what string, bits any) error {
	return fmt.Errorf("%w: %s would have about %v bits, the limit is %d", ErrTooLarge, what, bits, MaxBits)
}

func num(n int64) *big.Int { return big.NewInt(n) }

func one() *big.Int { return big.NewInt(1) }

// pause reports the end of ctx, looking only at every 1,024th step.
func pause(ctx context.Context, step int) error {
	if step&1023 != 0 {
		return nil
	}
	return ctx.Err()
}

// Pow is b to the power of e, which must not be negative.
func Pow(b, e *big.Int) (*big.Int, error) {
	if e.Sign() < 0 {
		return nil, fmt.Errorf("power %s of an integer is negative: %w", e, ErrNone)
	}
	if b.BitLen() > 1 {
		if bits := new(big.Int).Mul(e, num(int64(b.BitLen()-1))); !bits.IsInt64() || bits.Int64() > MaxBits {
			return nil, tooLarge("the power", bits)
		}
		return new(big.Int).Exp(b, e, nil), nil
	}
	if b.Sign() < 0 && e.Bit(0) == 0 || e.Sign() == 0 {
		return one(), nil
	}
	return new(big.Int).Set(b), nil
}

// PowMod is b to the power of e modulo m with the sign of m; a negative e
// takes the inverse of b.
func PowMod(b, e, m *big.Int) (*big.Int, error) {
	if m.Sign() == 0 {
		return nil, errors.New("pow() with modulus 0")
	}
	size := new(big.Int).Abs(m)
	if e.Sign() < 0 {
		inverse, err := ModInv(b, size)
		if err != nil {
			return nil, err
		}
		b, e = inverse, new(big.Int).Neg(e)
	}
	power := new(big.Int).Exp(new(big.Int).Mod(b, size), e, size)
	if m.Sign() < 0 && power.Sign() > 0 {
		power.Add(power, m)
	}
	return power, nil
}

// ModInv is the inverse of a modulo m, from 0 up to m.
func ModInv(a, m *big.Int) (*big.Int, error) {
	if m.Sign() == 0 {
		return nil, errors.New("inverse modulo 0")
	}
	m = new(big.Int).Abs(m)
	inverse := new(big.Int).ModInverse(new(big.Int).Mod(a, m), m)
	if m.IsInt64() && m.Int64() == 1 {
		return new(big.Int), nil
	}
	if inverse == nil {
		return nil, fmt.Errorf("inverse of %s modulo %s %w", a, m, ErrNone)
	}
	return inverse, nil
}

// GCD is never negative; of nothing it is 0.
func GCD(values ...*big.Int) *big.Int {
	g := new(big.Int)
	for _, v := range values {
		g.GCD(nil, nil, g, new(big.Int).Abs(v))
	}
	return g
}

// LCM is never negative; of nothing it is 1.
func LCM(ctx context.Context, values ...*big.Int) (*big.Int, error) {
	l := one()
	for _, v := range values {
		if v.Sign() == 0 {
			return new(big.Int), nil
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		g := new(big.Int).GCD(nil, nil, l, new(big.Int).Abs(v))
		l.Mul(l, g.Quo(new(big.Int).Abs(v), g))
		if l.BitLen() > MaxBits {
			return nil, tooLarge("the least common multiple", l.BitLen())
		}
	}
	return l, nil
}

// EGCD gives x, y and g with a*x + b*y = g, the greatest common divisor.
func EGCD(a, b *big.Int) (x, y, g *big.Int) {
	x, y = new(big.Int), new(big.Int)
	g = new(big.Int).GCD(x, y, a, b)
	return x, y, g
}

// ISqrt is the floor of the square root.
func ISqrt(n *big.Int) (*big.Int, error) {
	if n.Sign() < 0 {
		return nil, fmt.Errorf("square root of the negative %s %w", n, ErrNone)
	}
	return new(big.Int).Sqrt(n), nil
}

// IRoot is the floor of the k-th root and whether it is exact.
func IRoot(ctx context.Context, n *big.Int, k int) (*big.Int, bool, error) {
	if k < 1 || n.Sign() < 0 {
		return nil, false, fmt.Errorf("root number %d of %s %w", k, n, ErrNone)
	}
	if n.BitLen() <= k {
		r := num(int64(min(n.BitLen(), 1)))
		return r, r.Cmp(n) == 0, nil
	}
	// Newton from above: each step falls until the floor is reached.
	x := new(big.Int).Lsh(one(), uint((n.BitLen()+k-1)/k))
	less, order := num(int64(k-1)), num(int64(k))
	for {
		if err := ctx.Err(); err != nil {
			return nil, false, err
		}
		y := new(big.Int).Exp(x, less, nil)
		y.Quo(n, y)
		y.Add(y, new(big.Int).Mul(x, less)).Quo(y, order)
		if y.Cmp(x) >= 0 {
			return x, new(big.Int).Exp(x, order, nil).Cmp(n) == 0, nil
		}
		x = y
	}
}

// Digits are those of |n| in a base, the most significant first.
func Digits(n *big.Int, base int) ([]int64, error) {
	if base < 2 {
		return nil, fmt.Errorf("digits in base %d: the base must be 2 or more", base)
	}
	if n.BitLen() > 1<<18 && base > 36 {
		return nil, tooLarge("a number to split into digits", n.BitLen())
	}
	if base <= 36 {
		text := new(big.Int).Abs(n).Text(base)
		digits := make([]int64, len(text))
		for i, c := range []byte(text) {
			digits[i] = int64(c - '0')
			if c >= 'a' {
				digits[i] = int64(c-'a') + 10
			}
		}
		return digits, nil
	}
	return longDigits(n, num(int64(base))), nil
}

func longDigits(n, base *big.Int) []int64 {
	var digits []int64
	for rest, d := new(big.Int).Abs(n), new(big.Int); rest.Sign() > 0 || len(digits) == 0; {
		rest.QuoRem(rest, base, d)
		digits = append(digits, d.Int64())
	}
	for i, j := 0, len(digits)-1; i < j; i, j = i+1, j-1 {
		digits[i], digits[j] = digits[j], digits[i]
	}
	return digits
}
