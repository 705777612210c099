package value

import (
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/aimo3/aimo3/engine/answer/tex"
)

// maxTerms is how many terms a Number may have.
const maxTerms = 48

// Number is an exact value: a sum of rationals times roots of positive
// rationals, and of such times i. The zero value is 0.
//
// Roots of different products of primes are linearly independent over the
// rationals (Besicovitch 1940), so a Number is 0 only if it has no terms, and
// the text of its terms is canonical.
type Number struct{ terms []surd } // by key, none 0

// surd is one term: q times the roots, times i if im.
type surd struct {
	q     *big.Rat // never changed
	im    bool
	roots []primeRoot // by prime
	key   string      // of all but q
}

// primeRoot is prime^(num/den), in lowest terms and between 0 and 1.
type primeRoot struct {
	prime    uint64
	num, den int
}

// Exact is the exact value of an expression without variables. It is false if
// there is none of that form, or if finding it would take too much work.
func Exact(n *tex.Node) (Number, bool) {
	e, ok := lower(n, Names{})
	if !ok {
		return Number{}, false
	}
	r, ok := newExact().ratio(e)
	if !ok {
		return Number{}, false
	}
	return r.number()
}

// Key is the canonical text of the number: equal numbers have equal keys, and
// different ones different keys.
func (n Number) Key() string {
	if len(n.terms) == 0 {
		return "0"
	}
	var b strings.Builder
	for i, t := range n.terms {
		if i > 0 {
			b.WriteByte('+')
		}
		b.WriteString(t.q.RatString())
		if t.key != "" {
			b.WriteByte('*')
			b.WriteString(t.key)
		}
	}
	return b.String()
}

// Rat is the number if it is rational. The caller owns it.
func (n Number) Rat() (*big.Rat, bool) {
	q, ok := n.rat()
	if !ok {
		return nil, false
	}
	return new(big.Rat).Set(q), true
}

// Cmp orders two real numbers; it is false if one is not real, or if they lie
// too close to be told apart with the work allowed.
func (n Number) Cmp(m Number) (int, bool) {
	d, ok := n.add(m.neg(), &work{workExact})
	if !ok {
		return 0, false
	}
	return d.Sign()
}

// Sign is -1, 0 or 1; it is false if the number is not real, or so small a
// difference of roots that its sign takes too much work.
func (n Number) Sign() (int, bool) { return n.sign(&work{workBalls}) }

func (n Number) sign(w *work) (int, bool) {
	if q, ok := n.rat(); ok {
		return q.Sign(), true
	}
	if len(n.terms) == 1 && !n.terms[0].im {
		return n.terms[0].q.Sign(), true
	}
	if !n.isReal() {
		return 0, false
	}
	for prec := uint(64); prec <= maxPrec; prec *= 2 {
		b, ok := (&calc{prec: prec, work: w}).number(n)
		if !ok {
			return 0, false
		}
		if s := b.re.sign(); s != 0 {
			return s, true
		}
	}
	return 0, false
}

func (n Number) isReal() bool {
	return !slices.ContainsFunc(n.terms, func(t surd) bool { return t.im })
}

// rat is the number itself if it is rational, to be read only.
func (n Number) rat() (*big.Rat, bool) {
	switch {
	case len(n.terms) == 0:
		return new(big.Rat), true
	case len(n.terms) == 1 && n.terms[0].key == "":
		return n.terms[0].q, true
	}
	return nil, false
}

func rational(q *big.Rat) Number {
	if q.Sign() == 0 {
		return Number{}
	}
	return Number{[]surd{{q: q}}}
}

func whole(n int64) Number { return rational(big.NewRat(n, 1)) }

func imaginary() Number { return Number{[]surd{newSurd(big.NewRat(1, 1), true, nil)}} }

func newSurd(q *big.Rat, im bool, roots []primeRoot) surd {
	if !im && len(roots) == 0 {
		return surd{q: q}
	}
	b := make([]byte, 0, 16)
	if im {
		b = append(b, 'i')
	}
	for _, r := range roots {
		if len(b) > 0 {
			b = append(b, '*')
		}
		b = strconv.AppendUint(b, r.prime, 10)
		b = append(b, '^')
		b = strconv.AppendInt(b, int64(r.num), 10)
		b = append(b, '/')
		b = strconv.AppendInt(b, int64(r.den), 10)
	}
	return surd{q, im, roots, string(b)}
}

func (n Number) neg() Number {
	return n.each(func(t surd) surd { t.q = new(big.Rat).Neg(t.q); return t })
}

// conjugate is the number with -i for i.
func (n Number) conjugate() Number {
	return n.each(func(t surd) surd {
		if t.im {
			t.q = new(big.Rat).Neg(t.q)
		}
		return t
	})
}

func (n Number) each(f func(surd) surd) Number {
	terms := make([]surd, len(n.terms))
	for i, t := range n.terms {
		terms[i] = f(t)
	}
	return Number{terms}
}

func (n Number) add(m Number, w *work) (Number, bool) {
	return gather(slices.Concat(n.terms, m.terms), w)
}

func (n Number) mul(m Number, w *work) (Number, bool) {
	if len(n.terms)*len(m.terms) > 4*maxTerms {
		return Number{}, false
	}
	terms := make([]surd, 0, len(n.terms)*len(m.terms))
	for _, s := range n.terms {
		for _, t := range m.terms {
			p, ok := s.mul(t, w)
			if !ok {
				return Number{}, false
			}
			terms = append(terms, p)
		}
	}
	return gather(terms, w)
}

func (s surd) mul(t surd, w *work) (surd, bool) {
	q := new(big.Rat).Mul(s.q, t.q)
	if !w.spend(arithmetic(bitLen(q))) || bitLen(q) > maxBits {
		return surd{}, false
	}
	if s.key == "" {
		return surd{q, t.im, t.roots, t.key}, true
	}
	if t.key == "" {
		return surd{q, s.im, s.roots, s.key}, true
	}
	if s.im && t.im {
		q.Neg(q)
	}
	roots, ok := mulRoots(s.roots, t.roots, q)
	return newSurd(q, s.im != t.im, roots), ok
}

// gather is the sum of terms, in order.
func gather(terms []surd, w *work) (Number, bool) {
	slices.SortStableFunc(terms, func(a, b surd) int { return strings.Compare(a.key, b.key) })
	sum := make([]surd, 0, len(terms))
	for _, t := range terms {
		if last := len(sum) - 1; last >= 0 && sum[last].key == t.key {
			t.q = new(big.Rat).Add(sum[last].q, t.q)
			sum = sum[:last]
		}
		if !w.spend(arithmetic(bitLen(t.q))) || bitLen(t.q) > maxBits {
			return Number{}, false
		}
		if t.q.Sign() != 0 {
			sum = append(sum, t)
		}
	}
	return Number{sum}, len(sum) <= maxTerms
}

func bitLen(q *big.Rat) int { return max(q.Num().BitLen(), q.Denom().BitLen()) }
