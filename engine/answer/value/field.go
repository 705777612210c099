package value

import (
	"math/big"
	"math/bits"

	"github.com/aimo3/aimo3/engine/answer/value/work"
)

// field is the integers modulo a prime below 2^61. Its elements are kept times
// 2^64 (Montgomery's form).
type field struct {
	p      uint64
	inv    uint64 // -1/p modulo 2^64
	r1, r2 uint64 // 2^64 and 2^128 modulo p
	totals []uint64
}

// totients are two primes p = 2q+1 with q = 2r+1 prime, each less 1, followed
// by Euler's function of that, and of that again. So every number but 0, 1 and
// -1 has an order of at least q modulo p, and powers that differ seldom agree;
// and r-1 has a large prime, which towers of powers need.
var totients = [][]uint64{
	{2305843009213542958, 1152921504606771478, 576460752303385738, 285679664858314944, 81622640731852800, 20190505897820160},
	{2305843009213498366, 1152921504606749182, 576460752303374590, 228925421058605760, 56814393567596544, 16998552649728000},
}

func newField(totals []uint64) *field {
	p := totals[0] + 1
	inv := p // p·p = 1 modulo 8; each step doubles the bits
	for range 5 {
		inv *= 2 - p*inv
	}
	r1 := bits.Rem64(1, 0, p)
	hi, lo := bits.Mul64(r1, r1)
	return &field{p: p, inv: -inv, r1: r1, r2: bits.Rem64(hi, lo, p), totals: totals}
}

// reduce is t/2^64 for t = hi·2^64+lo below p·2^64.
func (f *field) reduce(hi, lo uint64) uint64 {
	mhi, mlo := bits.Mul64(lo*f.inv, f.p)
	_, carry := bits.Add64(lo, mlo, 0)
	t := hi + mhi + carry
	if t >= f.p {
		t -= f.p
	}
	return t
}

func (f *field) mul(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	return f.reduce(hi, lo)
}

func (f *field) add(a, b uint64) uint64 {
	if a += b; a >= f.p {
		a -= f.p
	}
	return a
}

func (f *field) word(n uint64) uint64 { return f.mul(n%f.p, f.r2) }

func (f *field) int(n *big.Int) uint64 {
	m := new(big.Int).Mod(n, new(big.Int).SetUint64(f.p))
	return f.word(m.Uint64())
}

// rat is q, if p does not divide its denominator.
func (f *field) rat(q *big.Rat) (uint64, bool) {
	if q.IsInt() {
		return f.int(q.Num()), true
	}
	den, ok := f.inverse(f.int(q.Denom()))
	return f.mul(f.int(q.Num()), den), ok
}

func (f *field) inverse(a uint64) (uint64, bool) { return f.power(a, f.p-2), a != 0 }

func (f *field) power(a, n uint64) uint64 {
	r := f.r1
	for ; n > 0; n >>= 1 {
		if n&1 == 1 {
			r = f.mul(r, a)
		}
		a = f.mul(a, a)
	}
	return r
}

// maxFieldFactorial is the largest n whose factorial is multiplied out.
const maxFieldFactorial = 1_000_000

// factorial is the product of from+1, ..., to, where to is at most
// maxFieldFactorial.
func (f *field) factorial(from, to uint64, w *work.Counter) (uint64, bool) {
	if !w.Spend(int(to-from)/8 + 20) {
		return 0, false
	}
	acc, steps := f.r1, uint64(0)
	k := from + 1
	for ; k+2 <= to; k += 3 {
		// Three factors fit in a word; each step leaves one 2^64 out.
		acc = f.mul(acc, k*(k+1)*(k+2))
		steps++
	}
	for ; k <= to; k++ {
		acc = f.mul(acc, k)
		steps++
	}
	return f.mul(acc, f.power(f.r2, steps)), true
}

// powerMod is a^k modulo any m.
func powerMod(a, k, m uint64) uint64 {
	r := 1 % m
	for a %= m; k > 0; k >>= 1 {
		if k&1 == 1 {
			r = mulMod(r, a, m)
		}
		a = mulMod(a, a, m)
	}
	return r
}

func mulMod(a, b, m uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	return bits.Rem64(hi, lo, m)
}
