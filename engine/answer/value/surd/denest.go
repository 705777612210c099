package surd

import (
	"math"
	"math/big"

	"github.com/aimo3/aimo3/engine/answer/value/integer"
	"github.com/aimo3/aimo3/engine/answer/value/work"
)

// maxDenest is how deep the root of a sum is looked for.
const maxDenest = 6

// squareRoot is the principal square root of n where it is a Number.
func (n Number) squareRoot(w *work.Counter) (Number, bool) {
	r, ok := n.someSquareRoot(w, 0)
	if !ok {
		return Number{}, false
	}
	square, ok := r.Mul(r, w)
	if !ok || square.Key() != n.Key() {
		return Number{}, false
	}
	return r.principal(w)
}

// someSquareRoot looks for one of the two: with n = a+b√g and a norm a²-gb²
// that is a square c², it is t+b√g/(2t), where t² = (a±c)/2.
func (n Number) someSquareRoot(w *work.Counter, depth int) (Number, bool) {
	if q, ok := n.Rat(); ok {
		return rootOfRat(q, 2, w)
	}
	if depth > maxDenest || !w.Spend(100) {
		return Number{}, false
	}
	a, b, g, ok := n.halves(w)
	if !ok {
		return Number{}, false
	}
	m := &sums{w: w, ok: true}
	norm := m.sub(m.mul(a, a), m.mul(g, m.mul(b, b)))
	if !m.ok {
		return Number{}, false
	}
	c, ok := norm.someSquareRoot(w, depth+1)
	if !ok {
		return Number{}, false
	}
	rootG, ok := g.Root(2, w)
	if !ok {
		return Number{}, false
	}
	half := Rational(big.NewRat(1, 2))
	for _, c := range []Number{c, c.Neg()} {
		m.ok = true
		t, ok := m.mul(half, m.add(a, c)).someSquareRoot(w, depth+1)
		if !ok || len(t.terms) == 0 {
			continue
		}
		r := m.add(t, m.mul(m.mul(half, rootG), m.mul(b, m.inverse(t))))
		if m.ok {
			return r, true
		}
	}
	return Number{}, false
}

// halves writes n as a+b√g, where g is -1 or a prime whose square root is in n.
func (n Number) halves(w *work.Counter) (a, b, g Number, ok bool) {
	if prime, den := n.commonRoot(); den == 2 {
		parts := n.split(prime, 2)
		return parts[0], parts[1], Rational(new(big.Rat).SetInt(new(big.Int).SetUint64(prime))), true
	}
	if n.IsReal() {
		return Number{}, Number{}, Number{}, false
	}
	a, b, ok = n.Parts(w)
	return a, b, Whole(-1), ok
}

// Parts are the real part and the imaginary one.
func (n Number) Parts(w *work.Counter) (re, im Number, ok bool) {
	for _, t := range n.terms {
		if t.im {
			im.terms = append(im.terms, newSurd(t.q, false, t.roots))
		} else {
			re.terms = append(re.terms, t)
		}
	}
	im, ok = gather(im.terms, w) // in order of their new keys
	return re, im, ok
}

// principal is n or -n: what lies to the right, or straight up.
func (n Number) principal(w *work.Counter) (Number, bool) {
	re, im, ok := n.Parts(w)
	if !ok {
		return Number{}, false
	}
	if len(re.terms) == 0 {
		re = im
	}
	s, ok := re.SignWithin(w)
	if s < 0 {
		n = n.Neg()
	}
	return n, ok
}

// cubeRoot is the real cube root of a+b√d where it is of that form too. Scaled
// to have whole a and b, it is an algebraic integer: its trace t and its norm c
// are whole, c is the cube root of the norm of a+b√d, and t is next to r+c/r.
func (n Number) cubeRoot(w *work.Counter) (Number, bool) {
	if len(n.terms) > 2 || !n.IsReal() {
		return Number{}, false
	}
	scale := Whole(1)
	for _, t := range n.terms {
		scale, _ = scale.Mul(Rational(new(big.Rat).SetInt(t.q.Denom())), w)
	}
	m := &sums{w: w, ok: true}
	x := m.mul(n, m.mul(scale, m.mul(scale, scale)))
	prime, den := x.commonRoot()
	if den != 2 || !m.ok {
		return Number{}, false
	}
	conjugate, ok := join([]Number{x.split(prime, 2)[0], x.split(prime, 2)[1].Neg()}, prime, w)
	if !ok {
		return Number{}, false
	}
	norm, rationalNorm := m.mul(x, conjugate).Rat()
	if !m.ok || !rationalNorm || !norm.IsInt() {
		return Number{}, false
	}
	size := new(big.Int).Abs(norm.Num())
	c, exact := integer.Root(size, 3, w)
	f, isFloat := x.Float(w)
	if !exact || !isFloat {
		return Number{}, false
	}
	c = new(big.Int).Mul(c, big.NewInt(int64(norm.Sign())))
	return x.cubeRootByTrace(math.Cbrt(f), c, scale, w)
}

func (n Number) cubeRootByTrace(r float64, c *big.Int, scale Number, w *work.Counter) (Number, bool) {
	cf, _ := new(big.Float).SetInt(c).Float64()
	t := math.Round(r + cf/r)
	if r == 0 || math.Abs(t) > 1<<50 || math.IsNaN(t) {
		return Number{}, false
	}
	// With the trace t and the norm c, r² = tr-c gives n = r³ = (t²-c)r-tc.
	m := &sums{w: w, ok: true}
	trace, norm := Whole(int64(t)), Rational(new(big.Rat).SetInt(c))
	root := m.mul(m.add(n, m.mul(trace, norm)), m.inverse(m.sub(m.mul(trace, trace), norm)))
	cube := m.mul(root, m.mul(root, root))
	if !m.ok || cube.Key() != n.Key() {
		return Number{}, false
	}
	root = m.mul(root, m.inverse(scale))
	return root, m.ok
}
