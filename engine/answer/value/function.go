package value

import (
	"math/big"

	"github.com/aimo3/aimo3/engine/answer/value/integer"
	"github.com/aimo3/aimo3/engine/answer/value/surd"
	"github.com/aimo3/aimo3/engine/answer/value/work"
)

// call is a known function where its value is a Number, or a sum of logarithms
// of primes.
func (x *exact) call(e *expr) (ratio, bool) {
	switch e.text {
	case "sin", "cos", "tan", "cot", "sec", "csc":
		return x.trigonometric(e)
	}
	args, ok := x.numbers(e.args)
	if !ok || len(args) == 0 {
		return ratio{}, false
	}
	if e.text == "ln" {
		return x.ln(args[0])
	}
	n, ok := x.ofNumbers(e.text, args)
	return plain(constantPoly(n)), ok
}

func (x *exact) ofNumbers(text string, args []Number) (Number, bool) {
	switch text {
	case "abs":
		return x.abs(args[0])
	case "sgn":
		s, ok := args[0].SignWithin(x.work)
		return surd.Whole(int64(s)), ok
	case "floor":
		return args[0].Floor(x.work)
	case "ceil":
		n, ok := args[0].Neg().Floor(x.work)
		return n.Neg(), ok
	case "conj":
		return args[0].Conjugate(), true
	case "Re", "Im":
		re, im, ok := args[0].Parts(x.work)
		if text == "Im" {
			re = im
		}
		return re, ok
	case "max", "min":
		return x.extreme(args, text == "max")
	case "mod":
		return x.mod(args[0], args[1])
	}
	return x.ofIntegers(text, args)
}

func (x *exact) abs(n Number) (Number, bool) {
	if !n.IsReal() {
		square, ok := n.Mul(n.Conjugate(), x.work)
		if !ok {
			return Number{}, false
		}
		return square.Root(2, x.work)
	}
	s, ok := n.SignWithin(x.work)
	if s < 0 {
		n = n.Neg()
	}
	return n, ok
}

func (x *exact) extreme(args []Number, most bool) (Number, bool) {
	best := args[0]
	for _, n := range args[1:] {
		d, ok := n.Add(best.Neg(), x.work)
		if !ok {
			return Number{}, false
		}
		s, ok := d.SignWithin(x.work)
		if !ok {
			return Number{}, false
		}
		if s > 0 == most {
			best = n
		}
	}
	return best, best.IsReal()
}

// mod is a-b⌊a/b⌋ of integers, with b positive.
func (x *exact) mod(a, b Number) (Number, bool) {
	p, ok := a.Rat()
	q, okB := b.Rat()
	if !ok || !okB || !p.IsInt() || !q.IsInt() || q.Sign() <= 0 {
		return Number{}, false
	}
	return surd.Rational(new(big.Rat).SetInt(new(big.Int).Mod(p.Num(), q.Num()))), true
}

// ofIntegers are the functions that only integers have here.
func (x *exact) ofIntegers(text string, args []Number) (Number, bool) {
	list := make([]*big.Int, len(args))
	for i, n := range args {
		q, ok := n.Rat()
		if !ok || !q.IsInt() {
			return Number{}, false
		}
		list[i] = q.Num()
	}
	var n *big.Int
	ok := true
	switch text {
	case "gcd", "lcm":
		n, ok = integer.Fold(text, list, x.work)
	case "factorial", "doublefactorial":
		step := int64(1)
		if text != "factorial" {
			step = 2
		}
		n, ok = integer.Factorial(list[0], step, x.work)
	case "binomial":
		n, ok = integer.Binomial(list[0], list[1], x.work)
	default:
		return Number{}, false
	}
	if !ok || n.BitLen() > work.MaxBits {
		return Number{}, false
	}
	return surd.Rational(new(big.Rat).SetInt(n)), true
}

// ln is the logarithm of q·∏p^r: a sum of multiples of logarithms of primes.
func (x *exact) ln(n Number) (ratio, bool) {
	q, roots, im, ok := n.Term()
	if !ok || im || q.Sign() < 0 {
		return ratio{}, false
	}
	num, ok := integer.Factor(q.Num(), x.work)
	if !ok {
		return ratio{}, false
	}
	den, ok := integer.Factor(q.Denom(), x.work)
	if !ok {
		return ratio{}, false
	}
	var p poly
	add := func(prime uint64, times *big.Rat) {
		gen := "@ln" + new(big.Int).SetUint64(prime).String()
		p = append(p, newMono(surd.Rational(times), []genPower{{gen, 1, 1}}))
	}
	for _, f := range num {
		add(f.Prime, big.NewRat(int64(f.Exp), 1))
	}
	for _, f := range den {
		add(f.Prime, big.NewRat(int64(-f.Exp), 1))
	}
	for _, r := range roots {
		add(r.Prime, big.NewRat(int64(r.Num), int64(r.Den)))
	}
	p, ok = gatherMonos(p, x.work)
	return plain(p), ok
}

// trigonometric is a trigonometric function of a rational multiple of π.
func (x *exact) trigonometric(e *expr) (ratio, bool) {
	r, ok := x.ratio(e.args[0])
	if !ok {
		return ratio{}, false
	}
	q, ok := overPi(r, false)
	if !ok {
		return ratio{}, false
	}
	n, ok := surd.Trigonometric(e.text, q, x.work)
	return plain(constantPoly(n)), ok
}
