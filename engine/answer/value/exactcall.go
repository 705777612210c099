package value

import (
	"math"
	"math/big"
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
		s, ok := args[0].sign(x.work)
		return whole(int64(s)), ok
	case "floor":
		return args[0].floor(x.work)
	case "ceil":
		n, ok := args[0].neg().floor(x.work)
		return n.neg(), ok
	case "conj":
		return args[0].conjugate(), true
	case "Re", "Im":
		re, im, ok := args[0].parts(x.work)
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
	if !n.isReal() {
		square, ok := n.mul(n.conjugate(), x.work)
		if !ok {
			return Number{}, false
		}
		return square.root(2, x.work)
	}
	s, ok := n.sign(x.work)
	if s < 0 {
		n = n.neg()
	}
	return n, ok
}

func (n Number) floor(w *work) (Number, bool) {
	q, ok := n.rat()
	if !ok {
		if !n.isReal() {
			return Number{}, false
		}
		for prec := uint(64); prec <= maxPrec; prec *= 2 {
			b, ok := (&calc{prec: prec, work: w}).number(n)
			if !ok {
				return Number{}, false
			}
			if f, ok := b.re.floor(); ok {
				return rational(new(big.Rat).SetInt(f)), true
			}
		}
		return Number{}, false
	}
	return rational(new(big.Rat).SetInt(floorRat(q))), true
}

func floorRat(q *big.Rat) *big.Int { return new(big.Int).Div(q.Num(), q.Denom()) }

func (x *exact) extreme(args []Number, most bool) (Number, bool) {
	best := args[0]
	for _, n := range args[1:] {
		d, ok := n.add(best.neg(), x.work)
		if !ok {
			return Number{}, false
		}
		s, ok := d.sign(x.work)
		if !ok {
			return Number{}, false
		}
		if s > 0 == most {
			best = n
		}
	}
	return best, best.isReal()
}

// mod is a-b⌊a/b⌋ of integers, with b positive.
func (x *exact) mod(a, b Number) (Number, bool) {
	p, ok := a.rat()
	q, okB := b.rat()
	if !ok || !okB || !p.IsInt() || !q.IsInt() || q.Sign() <= 0 {
		return Number{}, false
	}
	return rational(new(big.Rat).SetInt(new(big.Int).Mod(p.Num(), q.Num()))), true
}

// ofIntegers are the functions that only integers have here.
func (x *exact) ofIntegers(text string, args []Number) (Number, bool) {
	list := make([]*big.Int, len(args))
	for i, n := range args {
		q, ok := n.rat()
		if !ok || !q.IsInt() {
			return Number{}, false
		}
		list[i] = q.Num()
	}
	var n *big.Int
	ok := true
	switch text {
	case "gcd", "lcm":
		n, ok = foldIntegers(text, list, x.work)
	case "factorial", "doublefactorial":
		step := int64(1)
		if text != "factorial" {
			step = 2
		}
		n, ok = factorial(list[0], step, x.work)
	case "binomial":
		n, ok = binomial(list[0], list[1], x.work)
	default:
		return Number{}, false
	}
	if !ok || n.BitLen() > maxBits {
		return Number{}, false
	}
	return rational(new(big.Rat).SetInt(n)), true
}

func foldIntegers(text string, list []*big.Int, w *work) (*big.Int, bool) {
	n := new(big.Int).Abs(list[0])
	for _, m := range list[1:] {
		if !w.spend(arithmetic(max(n.BitLen(), m.BitLen()))) {
			return nil, false
		}
		g := new(big.Int).GCD(nil, nil, n, new(big.Int).Abs(m))
		if text == "lcm" && g.Sign() != 0 {
			g.Mul(n, new(big.Int).Quo(new(big.Int).Abs(m), g))
		}
		if n = g; n.BitLen() > maxBits {
			return nil, false
		}
	}
	return n, true
}

// factorial is n!, or n!! in steps of 2, for n up to 400.
func factorial(n *big.Int, step int64, w *work) (*big.Int, bool) {
	const most = 400
	if n.Sign() < 0 || !n.IsInt64() || n.Int64() > most || !w.spend(int(n.Int64())*4) {
		return nil, false
	}
	f := big.NewInt(1)
	for k := n.Int64(); k > 1; k -= step {
		f.Mul(f, big.NewInt(k))
	}
	return f, true
}

// binomial is n over k for integers, 0 outside of Pascal's triangle.
func binomial(n, k *big.Int, w *work) (*big.Int, bool) {
	if n.Sign() < 0 || n.BitLen() > 62 {
		return nil, false
	}
	if k.Sign() < 0 || k.Cmp(n) > 0 {
		return new(big.Int), true
	}
	if rest := new(big.Int).Sub(n, k); rest.Cmp(k) < 0 {
		k = rest
	}
	// At least 2^k, and so too long, for k beyond this.
	if !k.IsInt64() || k.Int64() > maxBits || int(k.Int64())*n.BitLen() > 8*maxBits {
		return nil, false
	}
	size := int(k.Int64())
	if !w.spend(20 + size*(5+size/64)) {
		return nil, false
	}
	return new(big.Int).Binomial(n.Int64(), k.Int64()), true
}

// ln is the logarithm of q·∏p^r: a sum of multiples of logarithms of primes.
func (x *exact) ln(n Number) (ratio, bool) {
	if len(n.terms) != 1 || n.terms[0].im || n.terms[0].q.Sign() < 0 {
		return ratio{}, false
	}
	t := n.terms[0]
	num, ok := factor(t.q.Num(), x.work)
	if !ok {
		return ratio{}, false
	}
	den, ok := factor(t.q.Denom(), x.work)
	if !ok {
		return ratio{}, false
	}
	var p poly
	add := func(prime uint64, times *big.Rat) {
		gen := "@ln" + new(big.Int).SetUint64(prime).String()
		p = append(p, newMono(rational(times), []genPower{{gen, 1, 1}}))
	}
	for _, f := range num {
		add(f.prime, big.NewRat(int64(f.exp), 1))
	}
	for _, f := range den {
		add(f.prime, big.NewRat(int64(-f.exp), 1))
	}
	for _, r := range t.roots {
		add(r.prime, big.NewRat(int64(r.num), int64(r.den)))
	}
	p, ok = gatherMonos(p, x.work)
	return plain(p), ok
}

// float is the number nearest to n, if it is real.
func (n Number) float(w *work) (float64, bool) {
	b, ok := (&calc{prec: 64, work: w}).number(n)
	if !ok || !n.isReal() {
		return 0, false
	}
	f, _ := b.re.mid.Float64()
	return f, !math.IsInf(f, 0)
}
