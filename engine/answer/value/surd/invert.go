package surd

import (
	"math/big"
	"slices"
	"strings"

	"github.com/aimo3/aimo3/engine/answer/value/integer"
	"github.com/aimo3/aimo3/engine/answer/value/work"
)

// mulRoots multiplies two products of roots, and q by the primes that come out
// of them. It is false where an exponent becomes unwieldy.
func mulRoots(a, b []PrimeRoot, q *big.Rat) ([]PrimeRoot, bool) {
	roots := make([]PrimeRoot, 0, len(a)+len(b))
	for len(a) > 0 || len(b) > 0 {
		switch {
		case len(b) == 0 || len(a) > 0 && a[0].Prime < b[0].Prime:
			roots, a = append(roots, a[0]), a[1:]
		case len(a) == 0 || b[0].Prime < a[0].Prime:
			roots, b = append(roots, b[0]), b[1:]
		default:
			num, den := a[0].Num*b[0].Den+b[0].Num*a[0].Den, a[0].Den*b[0].Den
			if num >= den {
				num -= den
				q.Mul(q, new(big.Rat).SetInt(new(big.Int).SetUint64(a[0].Prime)))
			}
			if num != 0 {
				g := integer.GCD(num, den)
				if den/g > MaxRoot {
					return nil, false
				}
				roots = append(roots, PrimeRoot{a[0].Prime, num / g, den / g})
			}
			a, b = a[1:], b[1:]
		}
	}
	return roots, true
}

// Inverse is 1/n. It is false for 0, and where the roots are neither square nor
// cube roots.
func (n Number) Inverse(w *work.Counter) (Number, bool) {
	if len(n.terms) == 1 {
		return n.terms[0].inverse()
	}
	if len(n.terms) == 0 || !w.Spend(20) {
		return Number{}, false
	}
	if !n.IsReal() {
		return n.throughNorm(n.Conjugate(), w)
	}
	prime, den := n.commonRoot()
	switch den {
	case 2:
		parts := n.split(prime, 2)
		conjugate, ok := join([]Number{parts[0], parts[1].Neg()}, prime, w)
		if !ok {
			return Number{}, false
		}
		return n.throughNorm(conjugate, w)
	case 3:
		conjugate, ok := cubicConjugate(n.split(prime, 3), prime, w)
		if !ok {
			return Number{}, false
		}
		return n.throughNorm(conjugate, w)
	}
	return Number{}, false
}

func (s surd) inverse() (Number, bool) {
	q := new(big.Rat).Inv(s.q)
	if s.im {
		q.Neg(q)
	}
	roots := make([]PrimeRoot, len(s.roots))
	for i, r := range s.roots {
		roots[i] = PrimeRoot{r.Prime, r.Den - r.Num, r.Den}
		q.Mul(q, new(big.Rat).SetFrac(big.NewInt(1), new(big.Int).SetUint64(r.Prime)))
	}
	return Number{[]surd{newSurd(q, s.im, roots)}}, true
}

// throughNorm is 1/n as conjugate/(n·conjugate), where the product has fewer roots.
func (n Number) throughNorm(conjugate Number, w *work.Counter) (Number, bool) {
	norm, ok := n.Mul(conjugate, w)
	if !ok {
		return Number{}, false
	}
	inverse, ok := norm.Inverse(w)
	if !ok {
		return Number{}, false
	}
	return conjugate.Mul(inverse, w)
}

// commonRoot is a prime whose roots in n are all square roots, or all cube
// roots, with 2 or 3; or 0, 0.
func (n Number) commonRoot() (prime uint64, den int) {
	dens := map[uint64]int{}
	var primes []uint64
	for _, t := range n.terms {
		for _, r := range t.roots {
			if dens[r.Prime] == 0 {
				primes = append(primes, r.Prime)
				dens[r.Prime] = r.Den
			} else if dens[r.Prime] != r.Den {
				dens[r.Prime] = -1
			}
		}
	}
	slices.Sort(primes)
	for _, p := range primes {
		if d := dens[p]; d == 2 || d == 3 {
			return p, d
		}
	}
	return 0, 0
}

// split is n by the powers of the den-th root of prime: what n has of each.
func (n Number) split(prime uint64, den int) []Number {
	parts := make([]Number, den)
	for _, t := range n.terms {
		at := slices.IndexFunc(t.roots, func(r PrimeRoot) bool { return r.Prime == prime })
		power := 0
		if at >= 0 {
			power = t.roots[at].Num * den / t.roots[at].Den
			t = newSurd(t.q, t.im, slices.Delete(slices.Clone(t.roots), at, at+1))
		}
		parts[power].terms = append(parts[power].terms, t)
	}
	for _, p := range parts {
		slices.SortFunc(p.terms, func(a, b surd) int { return strings.Compare(a.key, b.key) })
	}
	return parts
}

// join is the inverse of split.
func join(parts []Number, prime uint64, w *work.Counter) (Number, bool) {
	var sum Number
	for i, p := range parts {
		if i > 0 {
			root := newSurd(big.NewRat(1, 1), false, []PrimeRoot{{prime, i, len(parts)}})
			var ok bool
			if p, ok = p.Mul(Number{[]surd{root}}, w); !ok {
				return Number{}, false
			}
		}
		var ok bool
		if sum, ok = sum.Add(p, w); !ok {
			return Number{}, false
		}
	}
	return sum, true
}

// cubicConjugate is the product of the two other conjugates of a+bc+cc², where
// c is the cube root of prime: what makes it a norm.
func cubicConjugate(parts []Number, prime uint64, w *work.Counter) (Number, bool) {
	a, b, c := parts[0], parts[1], parts[2]
	p := Rational(new(big.Rat).SetInt(new(big.Int).SetUint64(prime)))
	m := &sums{w: w, ok: true}
	return m.and(join([]Number{
		m.sub(m.mul(a, a), m.mul(p, m.mul(b, c))),
		m.sub(m.mul(p, m.mul(c, c)), m.mul(a, b)),
		m.sub(m.mul(b, b), m.mul(a, c)),
	}, prime, w))
}

// sums does arithmetic that remembers whether all of it went well.
type sums struct {
	w  *work.Counter
	ok bool
}

func (m *sums) and(n Number, ok bool) (Number, bool) {
	m.ok = m.ok && ok
	return n, m.ok
}

func (m *sums) mul(a, b Number) Number { n, _ := m.and(a.Mul(b, m.w)); return n }

func (m *sums) add(a, b Number) Number { n, _ := m.and(a.Add(b, m.w)); return n }

func (m *sums) sub(a, b Number) Number { return m.add(a, b.Neg()) }

func (m *sums) inverse(a Number) Number { n, _ := m.and(a.Inverse(m.w)); return n }
