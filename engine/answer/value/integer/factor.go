// Package integer factors integers, takes their roots and counts with them, as
// far as a bound on the work allows.
package integer

import (
	"cmp"
	"math/big"
	"math/bits"
	"slices"

	"github.com/aimo3/aimo3/engine/answer/value/work"
)

// smallPrimes end here; what is left of a number must fit in a word.
const smallPrimes = 1 << 10

// rhoSteps bounds the search for a factor: enough for those below 2^26.
const rhoSteps = 1 << 13

// PrimePower is Prime^Exp.
type PrimePower struct {
	Prime uint64
	Exp   int
}

// Factor is the prime factorization of n > 0, by prime; it is false if n is too
// hard to factor.
func Factor(n *big.Int, w *work.Counter) ([]PrimePower, bool) {
	var powers []PrimePower
	rest := new(big.Int).Set(n)
	remainder, quotient, p := new(big.Int), new(big.Int), new(big.Int)
	for i := uint64(2); i < smallPrimes && !rest.IsUint64(); i += 1 + i&1 {
		if !w.Spend(len(rest.Bits()) + 2) {
			return nil, false
		}
		p.SetUint64(i)
		exp := 0
		for quotient.QuoRem(rest, p, remainder); remainder.Sign() == 0; quotient.QuoRem(rest, p, remainder) {
			rest, quotient = quotient, rest
			exp++
		}
		if exp > 0 {
			powers = append(powers, PrimePower{i, exp})
		}
	}
	if !rest.IsUint64() {
		return nil, false
	}
	powers, ok := factorWord(rest.Uint64(), powers, w)
	slices.SortFunc(powers, func(a, b PrimePower) int { return cmp.Compare(a.Prime, b.Prime) })
	return powers, ok
}

// factorWord appends the primes of n.
func factorWord(n uint64, powers []PrimePower, w *work.Counter) ([]PrimePower, bool) {
	for i := uint64(2); i < smallPrimes && i*i <= n; i += 1 + i&1 {
		exp := 0
		for ; n%i == 0; n /= i {
			exp++
		}
		if exp > 0 {
			powers = append(powers, PrimePower{i, exp})
		}
	}
	w.Spend(100)
	return factorRough(n, powers, w)
}

// factorRough appends the primes of a number without small ones.
func factorRough(n uint64, powers []PrimePower, w *work.Counter) ([]PrimePower, bool) {
	if n == 1 {
		return powers, true
	}
	// Below 2^64 the test makes no mistakes.
	if n < smallPrimes*smallPrimes || new(big.Int).SetUint64(n).ProbablyPrime(0) {
		for i := range powers {
			if powers[i].Prime == n {
				powers[i].Exp++
				return powers, true
			}
		}
		return append(powers, PrimePower{n, 1}), true
	}
	d := rho(n, w)
	if d == 0 {
		return nil, false
	}
	powers, ok := factorRough(d, powers, w)
	if !ok {
		return nil, false
	}
	return factorRough(n/d, powers, w)
}

// rho is a proper factor of the composite n, by Pollard's method, or 0.
func rho(n uint64, w *work.Counter) uint64 {
	for c := uint64(1); c <= 4; c++ {
		x, y, product := uint64(2), uint64(2), uint64(1)
		for i := 1; i <= rhoSteps; i++ {
			x = square(x, c, n)
			y = square(square(y, c, n), c, n)
			hi, lo := bits.Mul64(product, max(x, y)-min(x, y))
			product = bits.Rem64(hi, lo, n)
			if i%16 != 0 && product != 0 {
				continue
			}
			if !w.Spend(160) {
				return 0
			}
			if d := gcdWord(product, n); d == n {
				break // both factors at once, or the same point: another c
			} else if d > 1 {
				return d
			}
		}
	}
	return 0
}

func square(x, c, n uint64) uint64 {
	hi, lo := bits.Mul64(x, x)
	lo, carry := bits.Add64(lo, c, 0)
	return bits.Rem64(hi+carry, lo, n)
}

func gcdWord(a, b uint64) uint64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
