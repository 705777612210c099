package value

import (
	"math/big"
	"slices"

	"github.com/aimo3/aimo3/engine/answer/value/surd"
	"github.com/aimo3/aimo3/engine/answer/value/work"
)

// maxSumTerms bounds sums and products over a name.
const maxSumTerms = 10_000

// exact calculates exactly.
type exact struct {
	work   *work.Counter
	bound  []ratio             // of the names bound by sums: "#0", "#1", ...
	values map[string]*big.Rat // of variables, if they are to have any
}

// newExact is a calculation within w, and within what one may take.
func newExact(w *work.Counter) *exact { return &exact{work: w.Part(workExact)} }

// ratio is the exact value of e; it is false if that is none of the form, or
// takes too much work, or does not exist.
func (x *exact) ratio(e *expr) (ratio, bool) {
	if !x.work.Spend(15) {
		return ratio{}, false
	}
	switch e.op {
	case number:
		return plain(constantPoly(surd.Rational(e.rat))), true
	case name:
		if q, ok := x.values[e.text]; ok {
			return plain(constantPoly(surd.Rational(q))), true
		}
		if e.isFree() {
			return plain(generator(e.text)), true
		}
		if i := boundIndex(e.text); i < len(x.bound) {
			return x.bound[i], true
		}
	case constant:
		if e.text == unit {
			return plain(constantPoly(surd.Imaginary())), true
		}
		return plain(generator(e.text)), e.text != infinite
	case sum, product:
		return x.fold(e)
	case power:
		return x.power(e)
	case root:
		if r, ok := x.ratio(e.args[0]); ok {
			return r.power(1, e.index, x.work)
		}
	case call:
		return x.call(e)
	case bigSum, bigProd:
		return x.big(e)
	default:
	}
	return ratio{}, false
}

func boundIndex(text string) int {
	n := 0
	for _, r := range text[1:] {
		n = n*10 + int(r-'0')
	}
	return n
}

func (x *exact) fold(e *expr) (ratio, bool) {
	total, ok := x.ratio(e.args[0])
	for _, a := range e.args[1:] {
		if !ok {
			break
		}
		var r ratio
		if r, ok = x.ratio(a); !ok {
			break
		}
		if e.op == sum {
			total, ok = total.add(r, x.work)
		} else {
			total, ok = total.mul(r, x.work)
		}
	}
	return total, ok
}

func (x *exact) power(e *expr) (ratio, bool) {
	under, ok := x.ratio(e.args[0])
	if !ok {
		return ratio{}, false
	}
	k, ok := x.ratio(e.args[1])
	if !ok {
		return ratio{}, false
	}
	if q, ok := rationalOf(k); ok {
		if !q.Num().IsInt64() || q.Num().BitLen() > 24 || !q.IsInt() && q.Denom().BitLen() > 6 {
			return ratio{}, false
		}
		n, ok := under.number()
		if ok && q.Num().Bit(0) == 1 && !q.IsInt() && q.Denom().Bit(0) == 1 {
			// (-8)^{1/3} is read in two ways.
			if s, ok := n.SignWithin(x.work); !ok || s < 0 {
				return ratio{}, false
			}
		}
		return under.power(int(q.Num().Int64()), int(q.Denom().Int64()), x.work)
	}
	return x.turn(e.args[0], k)
}

// turn is e^(iπq), a root of unity.
func (x *exact) turn(under *expr, k ratio) (ratio, bool) {
	q, ok := overPi(k, true)
	if !ok || under.op != constant || under.text != euler {
		return ratio{}, false
	}
	n, ok := surd.Unity(q, x.work)
	return plain(constantPoly(n)), ok
}

func rationalOf(r ratio) (*big.Rat, bool) {
	n, ok := r.number()
	if !ok {
		return nil, false
	}
	return n.Rat()
}

// overPi is q if r is qπ, or iqπ.
func overPi(r ratio, i bool) (*big.Rat, bool) {
	if !r.isPlain() || len(r.num) > 1 {
		return nil, false
	}
	if len(r.num) == 0 {
		return new(big.Rat), true
	}
	t := r.num[0]
	q, roots, im, ok := t.coef.Term()
	return q, ok && len(roots) == 0 && im == i && len(t.gens) == 1 && t.gens[0] == (genPower{pi, 1, 1})
}

// big is a sum or a product with numeric bounds, term by term.
func (x *exact) big(e *expr) (ratio, bool) {
	from, ok := x.integer(e.args[0])
	if !ok {
		return ratio{}, false
	}
	to, ok := x.integer(e.args[1])
	if !ok || to-from >= maxSumTerms {
		return ratio{}, false
	}
	total := plain(nil)
	if e.op == bigProd {
		total = plain(constantPoly(surd.Whole(1)))
	}
	at := boundIndex(e.text)
	if at != len(x.bound) {
		return ratio{}, false
	}
	defer func() { x.bound = x.bound[:at] }()
	for k := from; k <= to; k++ {
		x.bound = append(x.bound[:at], plain(constantPoly(surd.Whole(k))))
		r, ok := x.ratio(e.args[2])
		if !ok {
			return ratio{}, false
		}
		if e.op == bigSum {
			total, ok = total.add(r, x.work)
		} else {
			total, ok = total.mul(r, x.work)
		}
		if !ok {
			return ratio{}, false
		}
	}
	return total, true
}

// integer is e if it is a whole number below 2^40 or so.
func (x *exact) integer(e *expr) (int64, bool) {
	r, ok := x.ratio(e)
	if !ok {
		return 0, false
	}
	q, ok := rationalOf(r)
	if !ok || !q.IsInt() || q.Num().BitLen() > 40 {
		return 0, false
	}
	return q.Num().Int64(), true
}

// numbers are the exact values of the args, if they have no generators.
func (x *exact) numbers(args []*expr) ([]Number, bool) {
	var list []Number
	for _, a := range args {
		r, ok := x.ratio(a)
		if !ok {
			return nil, false
		}
		n, ok := r.number()
		if !ok {
			return nil, false
		}
		list = append(list, n)
	}
	return list, true
}

// exact decides by exact values, where both have one.
func (p pair) exact(w *work.Counter) Judgement {
	x := &exact{work: w}
	r, ok := x.ratio(p.x)
	if !ok {
		return Judgement{}
	}
	s, ok := x.ratio(p.y)
	if !ok {
		return Judgement{}
	}
	cross, ok := r.num.mul(s.den, w)
	if !ok {
		return Judgement{}
	}
	other, ok := s.num.mul(r.den, w)
	if !ok {
		return Judgement{}
	}
	difference, ok := cross.add(other.neg(), w)
	switch {
	case !ok:
		return Judgement{}
	case len(difference) == 0:
		return Judgement{Equal, Proof, "the same exact value"}
	case difference.proved() && !slices.ContainsFunc(difference, mono.fractional):
		return p.different(Proof, "exact values that differ")
	}
	return Judgement{}
}
