package value

import (
	"math/big"

	"github.com/aimo3/aimo3/engine/answer/value/surd"
	"github.com/aimo3/aimo3/engine/answer/value/work"
)

// ratio is num/den. A den of one term is always 1: the rest goes into num.
type ratio struct{ num, den poly }

func plain(p poly) ratio { return ratio{p, constantPoly(surd.Whole(1))} }

func (r ratio) isPlain() bool { return len(r.den) == 1 }

func (r ratio) number() (Number, bool) {
	if !r.isPlain() {
		return Number{}, false
	}
	return r.num.number()
}

func (r ratio) add(s ratio, w *work.Counter) (ratio, bool) {
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

func (r ratio) mul(s ratio, w *work.Counter) (ratio, bool) {
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

func (r ratio) inverse(w *work.Counter) (ratio, bool) {
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
func (r ratio) power(num, den int, w *work.Counter) (ratio, bool) {
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
func (p poly) power(k int, w *work.Counter) (poly, bool) {
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
func (p poly) binomialPower(k int, w *work.Counter) (poly, bool) {
	var sum poly
	for i := range k + 1 {
		a, ok := p[0].power(i, 1, w)
		if !ok {
			return nil, false
		}
		b, ok := p[1].power(k-i, 1, w)
		if !ok || !w.Spend(10) {
			return nil, false
		}
		c := surd.Rational(new(big.Rat).SetInt(new(big.Int).Binomial(int64(k), int64(i))))
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
