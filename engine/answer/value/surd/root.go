package surd

import (
	"math/big"

	"github.com/aimo3/aimo3/engine/answer/value/integer"
	"github.com/aimo3/aimo3/engine/answer/value/work"
)

// MaxRoot bounds the index of a root.
const MaxRoot = 64

// Root is the k-th root of n: the real one of a real number if there is one,
// else the principal one. Roots of sums are found where they lie in a field
// that square roots generate; cube roots, where they lie in the field of n.
func (n Number) Root(k int, w *work.Counter) (Number, bool) {
	if k < 1 || k > MaxRoot || !w.Spend(30) {
		return Number{}, false
	}
	if q, ok := n.Rat(); ok {
		return rootOfRat(q, k, w)
	}
	if len(n.terms) == 1 && !n.terms[0].im {
		if r, ok := n.terms[0].root(k, w); ok {
			return r, true
		}
	}
	for k%2 == 0 {
		var ok bool
		if n, ok = n.squareRoot(w); !ok {
			return Number{}, false
		}
		k /= 2
	}
	switch k {
	case 1:
		return n, true
	case 3:
		return n.cubeRoot(w)
	}
	return Number{}, false
}

// root is the k-th root of a term without i, in which every root of a prime has
// one: \sqrt{2\sqrt2} is 2^{3/4}.
func (s surd) root(k int, w *work.Counter) (Number, bool) {
	r, ok := rootOfRat(s.q, k, w)
	for _, p := range s.roots {
		g := integer.GCD(p.Num, k)
		den := p.Den * (k / g)
		if !ok || den > MaxRoot {
			return Number{}, false
		}
		r, ok = r.Mul(Number{[]surd{newSurd(big.NewRat(1, 1), false, []PrimeRoot{{p.Prime, p.Num / g, den}})}}, w)
	}
	return r, ok
}

// rootOfRat is the k-th root of q, a rational times a root of primes.
func rootOfRat(q *big.Rat, k int, w *work.Counter) (Number, bool) {
	abs := new(big.Rat).Abs(q)
	num, exact := integer.Root(abs.Num(), k, w)
	den, exactDen := integer.Root(abs.Denom(), k, w)
	var r Number
	if exact && exactDen {
		r = Rational(new(big.Rat).SetFrac(num, den))
	} else {
		var ok bool
		if r, ok = primeRoots(abs, k, w); !ok {
			return Number{}, false
		}
	}
	switch {
	case q.Sign() >= 0:
		return r, true
	case k%2 == 1:
		return r.Neg(), true
	case k == 2:
		return r.Mul(Imaginary(), w)
	}
	unit, ok := Unity(big.NewRat(1, int64(k)), w)
	if !ok {
		return Number{}, false
	}
	return r.Mul(unit, w)
}

// primeRoots is the k-th root of q > 0 by its factorization.
func primeRoots(q *big.Rat, k int, w *work.Counter) (Number, bool) {
	num, ok := integer.Factor(q.Num(), w)
	if !ok {
		return Number{}, false
	}
	den, ok := integer.Factor(q.Denom(), w)
	if !ok {
		return Number{}, false
	}
	for _, p := range den {
		num = append(num, integer.PrimePower{Prime: p.Prime, Exp: -p.Exp})
	}
	r := Whole(1)
	for _, p := range num {
		// floor division: the rest stays under the root
		out := p.Exp / k
		if p.Exp%k < 0 {
			out--
		}
		t := Whole(1)
		if rest := p.Exp - out*k; rest > 0 {
			g := integer.GCD(rest, k)
			t = Number{[]surd{newSurd(big.NewRat(1, 1), false, []PrimeRoot{{p.Prime, rest / g, k / g}})}}
		}
		prime := Rational(new(big.Rat).SetInt(new(big.Int).SetUint64(p.Prime)))
		power, ok := prime.Power(out, w)
		if !ok {
			return Number{}, false
		}
		if t, ok = t.Mul(power, w); !ok {
			return Number{}, false
		}
		if r, ok = r.Mul(t, w); !ok {
			return Number{}, false
		}
	}
	return r, true
}
