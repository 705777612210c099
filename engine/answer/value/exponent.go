package value

import (
	"math/big"

	"github.com/aimo3/aimo3/engine/answer/tex"
	"github.com/aimo3/aimo3/engine/answer/value/integer"
	"github.com/aimo3/aimo3/engine/answer/value/work"
)

// whole-number exponents, which may be far too large to write down.
type exponent struct {
	exact *big.Int // nil if it is large
	mod   uint64   // modulo the totient that was asked for
}

// large exponents are whole and positive, and above 2^largeBits.
const largeBits = 3000

func (k exponent) large() bool { return k.exact == nil }

// exponent is e modulo totals[level], if e is an integer.
func (f *fingerprint) exponent(e *expr, level int) (exponent, bool) {
	if level >= len(f.totals) || !f.work.Spend(10) {
		return exponent{}, false
	}
	m := f.totals[level]
	if r, ok := f.exact().ratio(e); ok {
		q, ok := rationalOf(r)
		if !ok || !q.IsInt() {
			return exponent{}, false
		}
		rest := new(big.Int).Mod(q.Num(), new(big.Int).SetUint64(m))
		return exponent{q.Num(), rest.Uint64()}, true
	}
	switch e.op {
	case sum:
		return f.largeSum(e, level)
	case product:
		return f.largeProduct(e, level)
	case power:
		return f.largePower(e, level)
	default:
		return exponent{}, false
	}
}

// largeSum is a sum with something large in it that nothing can outweigh.
func (f *fingerprint) largeSum(e *expr, level int) (exponent, bool) {
	m := f.totals[level]
	total, large := uint64(0), false
	for _, a := range e.args {
		k, ok := f.exponent(a, level)
		if !ok || !k.large() && k.exact.Sign() < 0 && k.exact.BitLen() > largeBits-20 {
			return exponent{}, false
		}
		large = large || k.large()
		if total += k.mod; total >= m {
			total -= m
		}
	}
	return exponent{mod: total}, large
}

// largeProduct is a product of positive integers, one of them large.
func (f *fingerprint) largeProduct(e *expr, level int) (exponent, bool) {
	m := f.totals[level]
	total, large := uint64(1), false
	for _, a := range e.args {
		k, ok := f.exponent(a, level)
		if !ok || !k.large() && k.exact.Sign() <= 0 {
			return exponent{}, false
		}
		large = large || k.large()
		total = mulMod(total, k.mod, m)
	}
	return exponent{mod: total}, large
}

// largePower is a^k for a of at least 2 and a positive k, of which at least one
// makes it large.
func (f *fingerprint) largePower(e *expr, level int) (exponent, bool) {
	m := f.totals[level]
	a, ok := f.exponent(e.args[0], level)
	if !ok || !a.large() && a.exact.Cmp(big.NewInt(2)) < 0 {
		return exponent{}, false
	}
	k, ok := f.exponent(e.args[1], level+1)
	if !ok || !k.large() && k.exact.Sign() <= 0 {
		return exponent{}, false
	}
	f.work.Spend(150)
	if k.large() {
		// a^k repeats with the period φ(m), from some exponent below 64 on.
		return exponent{mod: powerMod(a.mod, k.mod+f.totals[level+1], m)}, true
	}
	if !k.exact.IsUint64() {
		rest := powerMod(a.mod, k.mod+f.totals[level+1], m)
		return exponent{mod: rest}, true
	}
	size := k.exact.Uint64()
	if !a.large() && size < 2*largeBits && uint64(a.exact.BitLen()-1)*size <= largeBits {
		return exponent{}, false
	}
	return exponent{mod: powerMod(a.mod, size, m)}, true
}

// maxModulus keeps sums of two residues within 64 bits.
const maxModulus = 1 << 62

// Residue is an integer modulo m, which lies from 0 to m-1, though the integer
// may be far too large to write down, as that of 7^{7^{7^7}} is. It is false if
// the expression is not known to be an integer, has variables, or takes too much
// work, which the factors of m may too, and if m is not positive.
func Residue(n *tex.Node, m *big.Int) (*big.Int, bool) {
	e, ok := Calc{}.lower(n)
	if !ok || m.Sign() <= 0 {
		return nil, false
	}
	w := &work.Counter{Left: workFields}
	if r, ok := (&exact{work: w}).ratio(e); ok {
		q, ok := rationalOf(r)
		if !ok || !q.IsInt() {
			return nil, false
		}
		return new(big.Int).Mod(q.Num(), m), true
	}
	if !m.IsInt64() || m.Int64() >= maxModulus {
		return nil, false
	}
	chain, ok := totientChain(m.Uint64(), w)
	if !ok {
		return nil, false
	}
	f := fingerprint{field: &field{totals: chain}, work: w}
	k, ok := f.exponent(e, 0)
	return new(big.Int).SetUint64(k.mod), ok
}

// totientChain is m, followed by Euler's function of it, of that, and so on down
// to 1, of which there are enough for a tower that is higher than that.
func totientChain(m uint64, w *work.Counter) ([]uint64, bool) {
	chain := []uint64{m}
	for m > 1 {
		primes, ok := integer.Factor(new(big.Int).SetUint64(m), w)
		if !ok {
			return nil, false
		}
		for _, p := range primes {
			m -= m / p.Prime
		}
		chain = append(chain, m)
	}
	for range maxTower {
		chain = append(chain, 1)
	}
	return chain, true
}

// maxTower is how many powers a tower may have above the last that matters.
const maxTower = 32
