package value

import (
	"math"
	"math/big"
	"strings"
)

// maxRoot bounds the index of a root, and maxDenest how deep a root of a sum is
// looked for.
const (
	maxRoot   = 64
	maxDenest = 6
)

func compareKeys(a, b string) int { return strings.Compare(a, b) }

// root is the k-th root of n: the real one of a real number if there is one,
// else the principal one. Roots of sums are found where they lie in a field
// that square roots generate; cube roots, where they lie in the field of n.
func (n Number) root(k int, w *work) (Number, bool) {
	if k < 1 || k > maxRoot || !w.spend(30) {
		return Number{}, false
	}
	if q, ok := n.rat(); ok {
		return rootOfRat(q, k, w)
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

// rootOfRat is the k-th root of q, a rational times a root of primes.
func rootOfRat(q *big.Rat, k int, w *work) (Number, bool) {
	abs := new(big.Rat).Abs(q)
	num, exact := intRoot(abs.Num(), k, w)
	den, exactDen := intRoot(abs.Denom(), k, w)
	var r Number
	if exact && exactDen {
		r = rational(new(big.Rat).SetFrac(num, den))
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
		return r.neg(), true
	case k == 2:
		return r.mul(imaginary(), w)
	}
	unit, ok := unity(big.NewRat(1, int64(k)), w)
	if !ok {
		return Number{}, false
	}
	return r.mul(unit, w)
}

// primeRoots is the k-th root of q > 0 by its factorization.
func primeRoots(q *big.Rat, k int, w *work) (Number, bool) {
	num, ok := factor(q.Num(), w)
	if !ok {
		return Number{}, false
	}
	den, ok := factor(q.Denom(), w)
	if !ok {
		return Number{}, false
	}
	for _, p := range den {
		num = append(num, primePower{p.prime, -p.exp})
	}
	r := whole(1)
	for _, p := range num {
		// floor division: the rest stays under the root
		out := p.exp / k
		if p.exp%k < 0 {
			out--
		}
		t := whole(1)
		if rest := p.exp - out*k; rest > 0 {
			g := gcdInt(rest, k)
			t = Number{[]surd{newSurd(big.NewRat(1, 1), false, []primeRoot{{p.prime, rest / g, k / g}})}}
		}
		prime := rational(new(big.Rat).SetInt(new(big.Int).SetUint64(p.prime)))
		power, ok := prime.power(out, w)
		if !ok {
			return Number{}, false
		}
		if t, ok = t.mul(power, w); !ok {
			return Number{}, false
		}
		if r, ok = r.mul(t, w); !ok {
			return Number{}, false
		}
	}
	return r, true
}

// intRoot is the k-th root of n >= 0 if it is whole.
func intRoot(n *big.Int, k int, w *work) (*big.Int, bool) {
	if !w.spend(arithmetic(n.BitLen()) * 4) {
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
	for w.spend(arithmetic(n.BitLen())) {
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

// squareRoot is the principal square root of n where it is a Number.
func (n Number) squareRoot(w *work) (Number, bool) {
	r, ok := n.someSquareRoot(w, 0)
	if !ok {
		return Number{}, false
	}
	square, ok := r.mul(r, w)
	if !ok || square.Key() != n.Key() {
		return Number{}, false
	}
	return r.principal(w)
}

// someSquareRoot looks for one of the two: with n = a+b√g and a norm a²-gb²
// that is a square c², it is t+b√g/(2t), where t² = (a±c)/2.
func (n Number) someSquareRoot(w *work, depth int) (Number, bool) {
	if q, ok := n.rat(); ok {
		return rootOfRat(q, 2, w)
	}
	if depth > maxDenest || !w.spend(100) {
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
	rootG, ok := g.root(2, w)
	if !ok {
		return Number{}, false
	}
	half := rational(big.NewRat(1, 2))
	for _, c := range []Number{c, c.neg()} {
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
func (n Number) halves(w *work) (a, b, g Number, ok bool) {
	if prime, den := n.commonRoot(); den == 2 {
		parts := n.split(prime, 2)
		return parts[0], parts[1], rational(new(big.Rat).SetInt(new(big.Int).SetUint64(prime))), true
	}
	if n.isReal() {
		return Number{}, Number{}, Number{}, false
	}
	a, b, ok = n.parts(w)
	return a, b, whole(-1), ok
}

// parts are the real part and the imaginary one.
func (n Number) parts(w *work) (re, im Number, ok bool) {
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
func (n Number) principal(w *work) (Number, bool) {
	re, im, ok := n.parts(w)
	if !ok {
		return Number{}, false
	}
	if len(re.terms) == 0 {
		re = im
	}
	s, ok := re.sign(w)
	if s < 0 {
		n = n.neg()
	}
	return n, ok
}

// cubeRoot is the real cube root of a+b√d where it is of that form too. Scaled
// to have whole a and b, half of its trace t is an integer with t³-3ct = 2a,
// where c³ is the norm.
func (n Number) cubeRoot(w *work) (Number, bool) {
	if len(n.terms) > 2 || !n.isReal() {
		return Number{}, false
	}
	scale := whole(1)
	for _, t := range n.terms {
		scale, _ = scale.mul(rational(new(big.Rat).SetInt(t.q.Denom())), w)
	}
	m := &sums{w: w, ok: true}
	x := m.mul(n, m.mul(scale, m.mul(scale, scale)))
	prime, den := x.commonRoot()
	if den != 2 || !m.ok {
		return Number{}, false
	}
	conjugate, ok := join([]Number{x.split(prime, 2)[0], x.split(prime, 2)[1].neg()}, prime, w)
	if !ok {
		return Number{}, false
	}
	norm, rationalNorm := m.mul(x, conjugate).rat()
	if !m.ok || !rationalNorm || !norm.IsInt() {
		return Number{}, false
	}
	size := new(big.Int).Abs(norm.Num())
	c, exact := intRoot(size, 3, w)
	f, isFloat := x.float(w)
	if !exact || !isFloat {
		return Number{}, false
	}
	c = new(big.Int).Mul(c, big.NewInt(int64(norm.Sign())))
	return x.cubeRootByTrace(math.Cbrt(f), c, scale, w)
}

func (n Number) cubeRootByTrace(r float64, c *big.Int, scale Number, w *work) (Number, bool) {
	cf, _ := new(big.Float).SetInt(c).Float64()
	t := math.Round(r + cf/r)
	if r == 0 || math.Abs(t) > 1<<50 || math.IsNaN(t) {
		return Number{}, false
	}
	// With the trace t and the norm c, r² = tr-c gives n = r³ = (t²-c)r-tc.
	m := &sums{w: w, ok: true}
	trace, norm := whole(int64(t)), rational(new(big.Rat).SetInt(c))
	root := m.mul(m.add(n, m.mul(trace, norm)), m.inverse(m.sub(m.mul(trace, trace), norm)))
	cube := m.mul(root, m.mul(root, root))
	if !m.ok || cube.Key() != n.Key() {
		return Number{}, false
	}
	root = m.mul(root, m.inverse(scale))
	return root, m.ok
}
