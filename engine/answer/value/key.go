package value

import (
	"math/big"
	"slices"

	"github.com/aimo3/aimo3/engine/answer/value/surd"
	"github.com/aimo3/aimo3/engine/answer/value/work"
)

// key is the canonical text of r, where it is a polynomial, with negative and
// fractional exponents, or a quotient of rational polynomials in one generator.
func (r ratio) key(w *work.Counter) (string, bool) {
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
	common := gcdPoly(num, den, w)
	if common == nil {
		return "", false
	}
	num, _ = divPoly(num, common, w)
	den, _ = divPoly(den, common, w)
	lead := den[len(den)-1]
	num, den = scalePoly(num, lead), scalePoly(den, lead)
	quotient := ratio{fromCoefficients(num, gen, w), fromCoefficients(den, gen, w)}
	if len(den) == 1 {
		return quotient.num.text(), w.Left >= 0
	}
	return "(" + quotient.num.text() + ")/(" + quotient.den.text() + ")", w.Left >= 0
}

func fromCoefficients(c []*big.Rat, gen string, w *work.Counter) poly {
	var p poly
	for i, q := range c {
		if q.Sign() == 0 {
			continue
		}
		var gens []genPower
		if i > 0 {
			gens = []genPower{{gen, i, 1}}
		}
		p = append(p, newMono(surd.Rational(q), gens))
	}
	p, _ = gatherMonos(p, w)
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
func gcdPoly(a, b []*big.Rat, w *work.Counter) []*big.Rat {
	for len(b) > 0 {
		if w.Left < 0 {
			return nil
		}
		_, rest := divPoly(a, b, w)
		a, b = b, rest
	}
	return scalePoly(a, a[len(a)-1])
}

// divPoly divides with remainder; both have no leading zeros.
func divPoly(a, b []*big.Rat, w *work.Counter) (quotient, rest []*big.Rat) {
	rest = slices.Clone(a)
	quotient = make([]*big.Rat, max(len(a)-len(b)+1, 0))
	for len(rest) >= len(b) {
		shift := len(rest) - len(b)
		q := new(big.Rat).Quo(rest[len(rest)-1], b[len(b)-1])
		quotient[shift] = q
		for i, c := range b {
			t := new(big.Rat).Mul(q, c)
			if rest[shift+i] = t.Sub(rest[shift+i], t); !w.Spend(work.Rational(work.BitLen(t)) * 2) {
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

// univariate is the rational coefficients of p, lowest first, if p is an
// ordinary polynomial in gen.
func (p poly) univariate(gen string) ([]*big.Rat, bool) {
	const maxDegree = 64
	var c []*big.Rat
	for _, t := range p {
		degree := 0
		if len(t.gens) == 1 && t.gens[0].gen == gen && t.gens[0].den == 1 {
			degree = t.gens[0].num
		} else if len(t.gens) > 0 {
			return nil, false
		}
		q, ok := t.coef.Rat()
		if !ok || degree < 0 || degree > maxDegree {
			return nil, false
		}
		for len(c) <= degree {
			c = append(c, new(big.Rat))
		}
		c[degree] = q
	}
	return c, true
}
