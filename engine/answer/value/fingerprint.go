package value

import (
	"math/big"

	"github.com/aimo3/aimo3/engine/answer/value/surd"
	"github.com/aimo3/aimo3/engine/answer/value/work"
)

// fingerprint calculates modulo a prime, at a point: values that differ there
// are different; values that agree are likely the same.
type fingerprint struct {
	*field
	work   *work.Counter
	values map[string]*big.Rat // of the variables that are integers
	seed   uint64              // of the point, for all others
	bound  []int64
	known  []factorialAt
	seen   string // the constant met, if any
}

// factorialAt is n! in the field.
type factorialAt struct{ n, value uint64 }

func (f *fingerprint) value(e *expr) (uint64, bool) {
	if !f.work.Spend(6) {
		return 0, false
	}
	switch e.op {
	case number:
		return f.rat(e.rat)
	case name, unknown:
		return f.named(e)
	case constant:
		// π and e obey no equation, each for itself.
		if e.text == unit || e.text == infinite || f.seen != "" && f.seen != e.text {
			return 0, false
		}
		f.seen = e.text
		return f.random(e.text), true
	case sum, product:
		return f.fold(e)
	case power:
		return f.tower(e)
	case call:
		return f.call(e)
	case bigSum, bigProd:
		return f.big(e)
	default:
		return 0, false
	}
}

func (f *fingerprint) random(text string) uint64 {
	h := f.seed
	for i := range len(text) {
		h = mix(h, uint64(text[i]))
	}
	return f.word(h)
}

func (f *fingerprint) named(e *expr) (uint64, bool) {
	if e.op == name && !e.isFree() {
		i := boundIndex(e.text)
		if i >= len(f.bound) {
			return 0, false
		}
		return f.int(big.NewInt(f.bound[i])), true
	}
	if e.op == unknown && e.has(func(e *expr) bool { return e.op == name && !e.isFree() }) {
		return 0, false
	}
	if q, ok := f.values[variable(e)]; ok {
		return f.rat(q)
	}
	return f.random(variable(e)), true
}

func (f *fingerprint) fold(e *expr) (uint64, bool) {
	total, ok := f.value(e.args[0])
	for _, a := range e.args[1:] {
		v, fine := f.value(a)
		if !ok || !fine {
			return 0, false
		}
		if e.op == sum {
			total = f.add(total, v)
		} else {
			total = f.mul(total, v)
		}
	}
	return total, ok
}

// tower is a power with a whole exponent of any size: by Fermat it is needed
// modulo p-1 only.
func (f *fingerprint) tower(e *expr) (uint64, bool) {
	a, ok := f.value(e.args[0])
	if !ok {
		return 0, false
	}
	k, ok := f.exponent(e.args[1], 0)
	if !ok {
		return 0, false
	}
	f.work.Spend(40)
	if a == 0 {
		return 0, k.large() || k.exact.Sign() > 0
	}
	return f.power(a, k.mod), true
}

// call is a function of integers.
func (f *fingerprint) call(e *expr) (uint64, bool) {
	x := f.exact()
	if e.text == "factorial" || e.text == "binomial" {
		list := make([]uint64, len(e.args))
		for i, a := range e.args {
			n, ok := x.integer(a)
			if !ok || n < 0 {
				return 0, false
			}
			list[i] = uint64(n)
		}
		if e.text == "factorial" {
			return f.factorialOf(list[0])
		}
		return f.binomial(list[0], list[1])
	}
	r, ok := x.ratio(e)
	if !ok {
		return 0, false
	}
	q, ok := rationalOf(r)
	if !ok {
		return 0, false
	}
	return f.rat(q)
}

// exact calculates with the values that the integers have here.
func (f *fingerprint) exact() *exact {
	x := &exact{work: f.work, values: f.values}
	for _, k := range f.bound {
		x.bound = append(x.bound, plain(constantPoly(surd.Whole(k))))
	}
	return x
}

// factorialOf is n!, from the next lower one that is known.
func (f *fingerprint) factorialOf(n uint64) (uint64, bool) {
	if n > maxFieldFactorial {
		return 0, false
	}
	best := factorialAt{0, f.r1}
	for _, k := range f.known {
		if k.n <= n && k.n > best.n {
			best = k
		}
	}
	rest, ok := f.factorial(best.n, n, f.work)
	v := f.mul(best.value, rest)
	if ok && n > best.n+64 {
		f.known = append(f.known, factorialAt{n, v})
	}
	return v, ok
}

func (f *fingerprint) binomial(n, k uint64) (uint64, bool) {
	if k > n {
		return 0, true
	}
	if small := min(k, n-k); small <= 1000 {
		num, den := f.r1, f.r1
		for i := range small {
			num, den = f.mul(num, f.word(n-i)), f.mul(den, f.word(i+1))
		}
		den, ok := f.inverse(den)
		return f.mul(num, den), ok && f.work.Spend(int(small)*2+20)
	}
	a, ok := f.factorialOf(min(k, n-k))
	if !ok {
		return 0, false
	}
	b, ok := f.factorialOf(max(k, n-k))
	if !ok {
		return 0, false
	}
	c, ok := f.factorialOf(n)
	if !ok {
		return 0, false
	}
	den, ok := f.inverse(f.mul(a, b))
	return f.mul(c, den), ok
}

// big is a sum or a product over a name, term by term.
func (f *fingerprint) big(e *expr) (uint64, bool) {
	at := boundIndex(e.text)
	x := f.exact()
	from, ok := x.integer(e.args[0])
	if !ok || at != len(f.bound) {
		return 0, false
	}
	to, ok := x.integer(e.args[1])
	if !ok || to-from >= maxSumTerms {
		return 0, false
	}
	total := uint64(0)
	if e.op == bigProd {
		total = f.r1
	}
	defer func() { f.bound = f.bound[:at] }()
	for k := from; k <= to; k++ {
		f.bound = append(f.bound[:at], k)
		v, ok := f.value(e.args[2])
		if !ok {
			return 0, false
		}
		if e.op == bigSum {
			total = f.add(total, v)
		} else {
			total = f.mul(total, v)
		}
	}
	return total, true
}
