// Package surd calculates exactly with sums of roots of rationals.
package surd

import (
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/aimo3/aimo3/engine/answer/value/ball"
	"github.com/aimo3/aimo3/engine/answer/value/work"
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
	roots []PrimeRoot // by prime
	key   string      // of all but q
}

// PrimeRoot is Prime^(Num/Den), in lowest terms and between 0 and 1.
type PrimeRoot struct {
	Prime    uint64
	Num, Den int
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

// IsZero is whether the number is 0.
func (n Number) IsZero() bool { return len(n.terms) == 0 }

// Terms is how many terms the number has.
func (n Number) Terms() int { return len(n.terms) }

// Term is the number as q times roots, and times i if im, if it is of that form;
// neither must be changed.
func (n Number) Term() (q *big.Rat, roots []PrimeRoot, im, ok bool) {
	if len(n.terms) != 1 {
		return nil, nil, false, false
	}
	t := n.terms[0]
	return t.q, t.roots, t.im, true
}

// SignWithin is -1, 0 or 1; it is false if the number is not real, or so small a
// difference of roots that its sign takes more than so much work.
func (n Number) SignWithin(w *work.Counter) (int, bool) {
	if q, ok := n.Rat(); ok {
		return q.Sign(), true
	}
	if len(n.terms) == 1 && !n.terms[0].im {
		return n.terms[0].q.Sign(), true
	}
	if !n.IsReal() {
		return 0, false
	}
	for prec := uint(64); prec <= ball.MaxPrec; prec *= 2 {
		b, ok := n.Ball(&ball.Calc{Prec: prec, Work: w})
		if !ok {
			return 0, false
		}
		if s := b.Re.Sign(); s != 0 {
			return s, true
		}
	}
	return 0, false
}

// IsReal is whether the number has no term with i.
func (n Number) IsReal() bool {
	return !slices.ContainsFunc(n.terms, func(t surd) bool { return t.im })
}

// Rat is the number if it is rational; it must not be changed.
func (n Number) Rat() (*big.Rat, bool) {
	switch {
	case len(n.terms) == 0:
		return new(big.Rat), true
	case len(n.terms) == 1 && n.terms[0].key == "":
		return n.terms[0].q, true
	}
	return nil, false
}

// Rational is q, which must not be changed any more.
func Rational(q *big.Rat) Number {
	if q.Sign() == 0 {
		return Number{}
	}
	return Number{[]surd{{q: q}}}
}

// Whole is n.
func Whole(n int64) Number { return Rational(big.NewRat(n, 1)) }

// Imaginary is i.
func Imaginary() Number { return Number{[]surd{newSurd(big.NewRat(1, 1), true, nil)}} }

func newSurd(q *big.Rat, im bool, roots []PrimeRoot) surd {
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
		b = strconv.AppendUint(b, r.Prime, 10)
		b = append(b, '^')
		b = strconv.AppendInt(b, int64(r.Num), 10)
		b = append(b, '/')
		b = strconv.AppendInt(b, int64(r.Den), 10)
	}
	return surd{q, im, roots, string(b)}
}

// Neg is -n.
func (n Number) Neg() Number {
	return n.each(func(t surd) surd { t.q = new(big.Rat).Neg(t.q); return t })
}

// Conjugate is the number with -i for i.
func (n Number) Conjugate() Number {
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

// Add is n+m, unless that grows too long.
func (n Number) Add(m Number, w *work.Counter) (Number, bool) {
	return gather(slices.Concat(n.terms, m.terms), w)
}

// Mul is n·m, unless that grows too long.
func (n Number) Mul(m Number, w *work.Counter) (Number, bool) {
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

func (s surd) mul(t surd, w *work.Counter) (surd, bool) {
	q := new(big.Rat).Mul(s.q, t.q)
	if !w.Spend(work.Rational(work.BitLen(q))) || work.BitLen(q) > work.MaxBits {
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
func gather(terms []surd, w *work.Counter) (Number, bool) {
	slices.SortStableFunc(terms, func(a, b surd) int { return strings.Compare(a.key, b.key) })
	sum := make([]surd, 0, len(terms))
	for _, t := range terms {
		if last := len(sum) - 1; last >= 0 && sum[last].key == t.key {
			t.q = new(big.Rat).Add(sum[last].q, t.q)
			sum = sum[:last]
		}
		if !w.Spend(work.Rational(work.BitLen(t.q))) || work.BitLen(t.q) > work.MaxBits {
			return Number{}, false
		}
		if t.q.Sign() != 0 {
			sum = append(sum, t)
		}
	}
	return Number{sum}, len(sum) <= maxTerms
}
