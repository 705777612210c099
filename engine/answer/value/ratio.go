package value

import (
	"math/big"
	"slices"
)

// ratio is num/den. A den of one term is always 1: the rest goes into num.
type ratio struct{ num, den poly }

func plain(p poly) ratio { return ratio{p, constantPoly(whole(1))} }

func (r ratio) isPlain() bool { return len(r.den) == 1 }

func (r ratio) number() (Number, bool) {
	if !r.isPlain() {
		return Number{}, false
	}
	return r.num.number()
}

func (r ratio) add(s ratio, w *work) (ratio, bool) {
	if r.isPlain() && s.isPlain() {
		p, ok := r.num.add(s.num, w)
		return plain(p), ok
	}
	if r.den.text() == s.den.text() {
		p, ok := r.num.add(s.num, w)
		return ratio{p, r.den}.reduced(ok)
	}
	a, ok := r.num.mul(s.den, w)
	if !ok {
		return ratio{}, false
	}
	b, ok := s.num.mul(r.den, w)
	if !ok {
		return ratio{}, false
	}
	den, ok := r.den.mul(s.den, w)
	if !ok {
		return ratio{}, false
	}
	num, ok := a.add(b, w)
	return ratio{num, den}.reduced(ok)
}

func (r ratio) mul(s ratio, w *work) (ratio, bool) {
	num, ok := r.num.mul(s.num, w)
	if !ok {
		return ratio{}, false
	}
	if r.isPlain() && s.isPlain() {
		return plain(num), true
	}
	den, ok := r.den.mul(s.den, w)
	return ratio{num, den}.reduced(ok)
}

func (r ratio) inverse(w *work) (ratio, bool) {
	if len(r.num) == 0 {
		return ratio{}, false
	}
	if len(r.num) > 1 {
		return ratio{r.den, r.num}, true
	}
	t, ok := r.num[0].power(-1, 1, w)
	if !ok {
		return ratio{}, false
	}
	p, ok := r.den.mul(poly{t}, w)
	return plain(p), ok
}

func (r ratio) reduced(ok bool) (ratio, bool) {
	if ok && len(r.num) == 0 {
		return plain(nil), len(r.den) > 0
	}
	return r, ok && len(r.den) > 0
}

// power is r^(num/den): a fraction only of what is one term.
func (r ratio) power(num, den int, w *work) (ratio, bool) {
	if r.isPlain() && len(r.num) == 1 {
		t, ok := r.num[0].power(num, den, w)
		return plain(poly{t}), ok
	}
	if len(r.num) == 0 && num > 0 {
		return r, true
	}
	if den != 1 || num == 0 {
		return ratio{}, false
	}
	if num < 0 {
		var ok bool
		if r, ok = r.inverse(w); !ok {
			return ratio{}, false
		}
		num = -num
	}
	if r.isPlain() {
		p, ok := r.num.power(num, w)
		return plain(p), ok
	}
	a, ok := r.num.power(num, w)
	if !ok {
		return ratio{}, false
	}
	b, ok := r.den.power(num, w)
	return ratio{a, b}.reduced(ok)
}

// power is p^k for k > 0, one factor at a time: of sums that is the cheapest.
func (p poly) power(k int, w *work) (poly, bool) {
	if k > maxMonos {
		return nil, false
	}
	if len(p) == 2 {
		return p.binomialPower(k, w)
	}
	r := p
	for range k - 1 {
		var ok bool
		if r, ok = r.mul(p, w); !ok {
			return nil, false
		}
	}
	return r, true
}

// binomialPower is p^k for p of two terms.
func (p poly) binomialPower(k int, w *work) (poly, bool) {
	var sum poly
	for i := range k + 1 {
		a, ok := p[0].power(i, 1, w)
		if !ok {
			return nil, false
		}
		b, ok := p[1].power(k-i, 1, w)
		if !ok || !w.spend(10) {
			return nil, false
		}
		c := rational(new(big.Rat).SetInt(new(big.Int).Binomial(int64(k), int64(i))))
		term, ok := poly{a}.mul(poly{b}, w)
		if !ok {
			return nil, false
		}
		if term, ok = term.mul(constantPoly(c), w); !ok {
			return nil, false
		}
		sum = append(sum, term...)
	}
	return gatherMonos(sum, w)
}

// key is the canonical text of r, where it is a polynomial, with negative and
// fractional exponents, or a quotient of rational polynomials in one generator.
func (r ratio) key() (string, bool) {
	if r.isPlain() {
		return r.num.text(), true
	}
	gen := ""
	for _, t := range slices.Concat(r.num, r.den) {
		if len(t.gens) > 0 {
			gen = t.gens[0].gen
		}
	}
	num, ok := r.num.univariate(gen)
	if !ok {
		return "", false
	}
	den, ok := r.den.univariate(gen)
	if !ok {
		return "", false
	}
	w := &work{workExact}
	common := gcdPoly(num, den, w)
	if common == nil {
		return "", false
	}
	num, _ = divPoly(num, common, w)
	den, _ = divPoly(den, common, w)
	lead := den[len(den)-1]
	num, den = scalePoly(num, lead), scalePoly(den, lead)
	quotient := ratio{fromCoefficients(num, gen), fromCoefficients(den, gen)}
	if len(den) == 1 {
		return quotient.num.text(), w.left >= 0
	}
	return "(" + quotient.num.text() + ")/(" + quotient.den.text() + ")", w.left >= 0
}

func fromCoefficients(c []*big.Rat, gen string) poly {
	var p poly
	for i, q := range c {
		if q.Sign() == 0 {
			continue
		}
		var gens []genPower
		if i > 0 {
			gens = []genPower{{gen, i, 1}}
		}
		p = append(p, newMono(rational(q), gens))
	}
	p, _ = gatherMonos(p, &work{workExact})
	return p
}

func scalePoly(c []*big.Rat, by *big.Rat) []*big.Rat {
	out := make([]*big.Rat, len(c))
	for i, q := range c {
		out[i] = new(big.Rat).Quo(q, by)
	}
	return out
}

// gcdPoly is the greatest common divisor with the leading coefficient 1, or nil
// if that takes too much work.
func gcdPoly(a, b []*big.Rat, w *work) []*big.Rat {
	for len(b) > 0 {
		if w.left < 0 {
			return nil
		}
		_, rest := divPoly(a, b, w)
		a, b = b, rest
	}
	return scalePoly(a, a[len(a)-1])
}

// divPoly divides with remainder; both have no leading zeros.
func divPoly(a, b []*big.Rat, w *work) (quotient, rest []*big.Rat) {
	rest = slices.Clone(a)
	quotient = make([]*big.Rat, max(len(a)-len(b)+1, 0))
	for len(rest) >= len(b) {
		shift := len(rest) - len(b)
		q := new(big.Rat).Quo(rest[len(rest)-1], b[len(b)-1])
		quotient[shift] = q
		for i, c := range b {
			t := new(big.Rat).Mul(q, c)
			if rest[shift+i] = t.Sub(rest[shift+i], t); !w.spend(arithmetic(bitLen(t)) * 2) {
				return quotient, nil
			}
		}
		for len(rest) > 0 && rest[len(rest)-1].Sign() == 0 {
			rest = rest[:len(rest)-1]
		}
	}
	for i, q := range quotient {
		if q == nil {
			quotient[i] = new(big.Rat)
		}
	}
	return quotient, rest
}
