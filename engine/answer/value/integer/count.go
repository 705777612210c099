package integer

import (
	"math/big"

	"github.com/aimo3/aimo3/engine/answer/value/work"
)

// FloorRat is ⌊q⌋.
func FloorRat(q *big.Rat) *big.Int { return new(big.Int).Div(q.Num(), q.Denom()) }

// Fold is the "gcd" or the "lcm" of integers.
func Fold(text string, list []*big.Int, w *work.Counter) (*big.Int, bool) {
	n := new(big.Int).Abs(list[0])
	for _, m := range list[1:] {
		if !w.Spend(work.Rational(max(n.BitLen(), m.BitLen()))) {
			return nil, false
		}
		g := new(big.Int).GCD(nil, nil, n, new(big.Int).Abs(m))
		if text == "lcm" && g.Sign() != 0 {
			g.Mul(n, new(big.Int).Quo(new(big.Int).Abs(m), g))
		}
		if n = g; n.BitLen() > work.MaxBits {
			return nil, false
		}
	}
	return n, true
}

// Factorial is n!, or n!! in steps of 2, for n up to 400.
func Factorial(n *big.Int, step int64, w *work.Counter) (*big.Int, bool) {
	const maxDigits = 400
	if n.Sign() < 0 || !n.IsInt64() || n.Int64() > maxDigits || !w.Spend(int(n.Int64())*4) {
		return nil, false
	}
	f := big.NewInt(1)
	for k := n.Int64(); k > 1; k -= step {
		f.Mul(f, big.NewInt(k))
	}
	return f, true
}

// Binomial is n over k for integers, 0 outside of Pascal's triangle.
func Binomial(n, k *big.Int, w *work.Counter) (*big.Int, bool) {
	if n.Sign() < 0 || n.BitLen() > 62 {
		return nil, false
	}
	if k.Sign() < 0 || k.Cmp(n) > 0 {
		return new(big.Int), true
	}
	if rest := new(big.Int).Sub(n, k); rest.Cmp(k) < 0 {
		k = rest
	}
	// At least 2^k, and so too long, for k beyond this.
	if !k.IsInt64() || k.Int64() > work.MaxBits || int(k.Int64())*n.BitLen() > 8*work.MaxBits {
		return nil, false
	}
	size := int(k.Int64())
	if !w.Spend(20 + size*(5+size/64)) {
		return nil, false
	}
	return new(big.Int).Binomial(n.Int64(), k.Int64()), true
}

// GCD is the greatest common divisor of two numbers that are not negative.
func GCD(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
