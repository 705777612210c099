package surd

import (
	"math/big"

	"github.com/aimo3/aimo3/engine/answer/value/integer"
	"github.com/aimo3/aimo3/engine/answer/value/work"
)

// Unity is e^(iπq), where its parts are Numbers.
func Unity(q *big.Rat, w *work.Counter) (Number, bool) {
	re, ok := cosine(q, w)
	if !ok {
		return Number{}, false
	}
	im, ok := cosine(new(big.Rat).Sub(big.NewRat(1, 2), q), w)
	if !ok {
		return Number{}, false
	}
	m := &sums{w: w, ok: true}
	n := m.add(re, m.mul(im, Imaginary()))
	return n, m.ok
}

// cosine is cos(πq) where square roots of rationals express it: where the
// denominator of q divides 12, or is 5.
func cosine(q *big.Rat, w *work.Counter) (Number, bool) {
	// To 0..1 by period and symmetry, then to 0..1/2 with a sign.
	two := big.NewRat(2, 1)
	turns := new(big.Rat).SetInt(integer.FloorRat(new(big.Rat).Quo(q, two)))
	q = new(big.Rat).Sub(q, turns.Mul(turns, two))
	if q.Cmp(big.NewRat(1, 1)) > 0 {
		q.Sub(two, q)
	}
	negative := q.Cmp(big.NewRat(1, 2)) > 0
	if negative {
		q.Sub(big.NewRat(1, 1), q)
	}
	n, ok := acuteCosine(q, w)
	if negative {
		n = n.Neg()
	}
	return n, ok
}

func acuteCosine(q *big.Rat, w *work.Counter) (Number, bool) {
	m := &sums{w: w, ok: true}
	part := func(num, den, under int64) Number {
		r, _ := m.and(Whole(under).Root(2, w))
		return m.mul(Rational(big.NewRat(num, den)), r)
	}
	var n Number
	switch q.RatString() {
	case "0":
		n = Whole(1)
	case "1/12":
		n = m.add(part(1, 4, 6), part(1, 4, 2))
	case "1/6":
		n = part(1, 2, 3)
	case "1/5":
		n = m.add(part(1, 4, 1), part(1, 4, 5))
	case "1/4":
		n = part(1, 2, 2)
	case "1/3":
		n = part(1, 2, 1)
	case "2/5":
		n = m.sub(part(1, 4, 5), part(1, 4, 1))
	case "5/12":
		n = m.sub(part(1, 4, 6), part(1, 4, 2))
	case "1/2":
	default:
		return Number{}, false
	}
	return n, m.ok
}

// tangent is tan(πq) as sin(2πq)/(1+cos(2πq)), which eighths have too.
func tangent(q *big.Rat, m *sums) Number {
	double := new(big.Rat).Add(q, q)
	sin, _ := m.and(cosine(new(big.Rat).Sub(big.NewRat(1, 2), double), m.w))
	cos, _ := m.and(cosine(double, m.w))
	return m.mul(sin, m.inverse(m.add(Whole(1), cos)))
}

// Trigonometric is the function of that name, of the angle πq, where it is a
// Number: for multiples of π/12 and π/5, and the tangent also of π/8.
func Trigonometric(text string, q *big.Rat, w *work.Counter) (Number, bool) {
	complement := new(big.Rat).Sub(big.NewRat(1, 2), q)
	m := &sums{w: w, ok: true}
	var n Number
	switch text {
	case "cos":
		n, _ = m.and(cosine(q, w))
	case "sin":
		n, _ = m.and(cosine(complement, w))
	case "sec":
		c, _ := m.and(cosine(q, w))
		n = m.inverse(c)
	case "csc":
		c, _ := m.and(cosine(complement, w))
		n = m.inverse(c)
	case "tan":
		n = tangent(q, m)
	case "cot":
		n = tangent(complement, m)
	default:
		return Number{}, false
	}
	return n, m.ok
}
