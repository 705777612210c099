package integer

import (
	"math/big"

	"github.com/aimo3/aimo3/engine/answer/value/work"
)

// Root is the k-th root of n >= 0 if it is whole.
func Root(n *big.Int, k int, w *work.Counter) (*big.Int, bool) {
	if !w.Spend(work.Rational(n.BitLen()) * 4) {
		return nil, false
	}
	if n.BitLen() <= 1 || k == 1 {
		return n, true
	}
	if k == 2 {
		r := new(big.Int).Sqrt(n)
		return r, new(big.Int).Mul(r, r).Cmp(n) == 0
	}
	if n.BitLen() < k {
		return nil, false
	}
	// Newton's method from above.
	e, less := big.NewInt(int64(k)), big.NewInt(int64(k-1))
	r := new(big.Int).Lsh(big.NewInt(1), uint(n.BitLen()/k+1))
	for w.Spend(work.Rational(n.BitLen())) {
		power := new(big.Int).Exp(r, less, nil)
		next := new(big.Int).Quo(n, power)
		next.Add(next, new(big.Int).Mul(r, less)).Quo(next, e)
		if next.Cmp(r) >= 0 {
			return r, power.Mul(power, r).Cmp(n) == 0
		}
		r = next
	}
	return nil, false
}
