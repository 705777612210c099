package integer

import (
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/aimo3/aimo3/engine/answer/value/work"
)

func TestFactor(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	found := 0
	for i := range 400 {
		n := new(big.Int).SetUint64(1 + r.Uint64()>>(i%60))
		powers, ok := Factor(n, &work.Counter{Left: 1_000_000})
		if !ok {
			continue
		}
		found++
		product := big.NewInt(1)
		for i, p := range powers {
			prime := new(big.Int).SetUint64(p.Prime)
			if !prime.ProbablyPrime(0) || i > 0 && powers[i-1].Prime >= p.Prime {
				t.Errorf("%v has the factors %v", n, powers)
			}
			product.Mul(product, prime.Exp(prime, big.NewInt(int64(p.Exp)), nil))
		}
		if product.Cmp(n) != 0 {
			t.Errorf("the factors %v of %v make %v", powers, n, product)
		}
	}
	if found < 380 {
		t.Errorf("only %d of 400 are factored", found)
	}
}

func TestFactorLong(t *testing.T) {
	n := new(big.Int).Exp(big.NewInt(30), big.NewInt(500), nil)
	powers, ok := Factor(n, &work.Counter{Left: 1_000_000})
	if !ok || len(powers) != 3 || powers[2] != (PrimePower{5, 500}) {
		t.Errorf("30^500 has the factors %v, %v", powers, ok)
	}
	n.Add(n, big.NewInt(7))
	if powers, ok := Factor(n, &work.Counter{Left: 1_000_000}); ok {
		t.Errorf("30^500+7 has the factors %v", powers)
	}
	if _, ok := Factor(big.NewInt(1_000_003*1_000_033), &work.Counter{Left: 10}); ok {
		t.Error("factored for nothing")
	}
}

func TestRoot(t *testing.T) {
	w := &work.Counter{Left: 1_000_000}
	for k := 1; k < 12; k++ {
		for _, b := range []int64{0, 1, 2, 3, 10, 97, 1_000_003} {
			n := new(big.Int).Exp(big.NewInt(b), big.NewInt(int64(k)), nil)
			if r, ok := Root(n, k, w); !ok || r.Int64() != b {
				t.Errorf("Root(%d^%d, %d) = %v, %v", b, k, k, r, ok)
			}
			if n.Add(n, big.NewInt(1)); b > 1 && k > 1 {
				if r, ok := Root(n, k, w); ok {
					t.Errorf("Root(%d^%d+1, %d) = %v", b, k, k, r)
				}
			}
		}
	}
}
