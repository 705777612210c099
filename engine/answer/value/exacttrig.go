package value

import "math/big"

// unity is e^(iπq), where its parts are Numbers.
func unity(q *big.Rat, w *work) (Number, bool) {
	re, ok := cosine(q, w)
	if !ok {
		return Number{}, false
	}
	im, ok := cosine(new(big.Rat).Sub(big.NewRat(1, 2), q), w)
	if !ok {
		return Number{}, false
	}
	m := &sums{w: w, ok: true}
	n := m.add(re, m.mul(im, imaginary()))
	return n, m.ok
}

// cosine is cos(πq) where square roots of rationals express it: where the
// denominator of q divides 12, or is 5.
func cosine(q *big.Rat, w *work) (Number, bool) {
	// To 0..1 by period and symmetry, then to 0..1/2 with a sign.
	two := big.NewRat(2, 1)
	turns := new(big.Rat).SetInt(floorRat(new(big.Rat).Quo(q, two)))
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
		n = n.neg()
	}
	return n, ok
}

func acuteCosine(q *big.Rat, w *work) (Number, bool) {
	m := &sums{w: w, ok: true}
	part := func(num, den, under int64) Number {
		r, _ := m.and(whole(under).root(2, w))
		return m.mul(rational(big.NewRat(num, den)), r)
	}
	var n Number
	switch q.RatString() {
	case "0":
		n = whole(1)
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

// trigonometric is a trigonometric function of a rational multiple of π.
func (x *exact) trigonometric(e *expr) (ratio, bool) {
	r, ok := x.ratio(e.args[0])
	if !ok {
		return ratio{}, false
	}
	q, ok := overPi(r, whole(1))
	if !ok {
		return ratio{}, false
	}
	complement := new(big.Rat).Sub(big.NewRat(1, 2), q)
	m := &sums{w: x.work, ok: true}
	var n Number
	switch e.text {
	case "cos":
		n, _ = m.and(cosine(q, x.work))
	case "sin":
		n, _ = m.and(cosine(complement, x.work))
	case "sec":
		c, _ := m.and(cosine(q, x.work))
		n = m.inverse(c)
	case "csc":
		c, _ := m.and(cosine(complement, x.work))
		n = m.inverse(c)
	case "tan":
		n = tangent(q, m)
	case "cot":
		n = tangent(complement, m)
	}
	return plain(constantPoly(n)), m.ok
}

// tangent is tan(πq) as sin(2πq)/(1+cos(2πq)), which eighths have too.
func tangent(q *big.Rat, m *sums) Number {
	double := new(big.Rat).Add(q, q)
	sin, _ := m.and(cosine(new(big.Rat).Sub(big.NewRat(1, 2), double), m.w))
	cos, _ := m.and(cosine(double, m.w))
	return m.mul(sin, m.inverse(m.add(whole(1), cos)))
}
