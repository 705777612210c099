package value

import (
	"math/big"
)

// value is a ball about the value of e; it is false where that does not exist,
// cannot be enclosed, or takes too much work.
func (c *calc) value(e *expr) (scalar, bool) {
	if !c.work.spend(15) {
		return scalar{}, false
	}
	switch e.op {
	case number:
		return c.tidy(realBall(c.rat(e.rat)))
	case name, unknown:
		return c.named(e)
	case constant:
		return c.constant(e.text)
	case sum, product:
		return c.fold(e)
	case power:
		return c.power(e)
	case root:
		v, ok := c.value(e.args[0])
		if !ok {
			return scalar{}, false
		}
		return c.root(v, e.index)
	case call:
		return c.call(e)
	case bigSum, bigProd:
		return c.big(e)
	default:
		return scalar{}, false
	}
}

// variable is the name under which a variable, or the unknown function of
// something, has a value.
func variable(e *expr) string {
	if e.op == unknown {
		return e.text + "(" + big.NewInt(0).SetUint64(e.hash).Text(36) + ")"
	}
	return e.text
}

func (c *calc) named(e *expr) (scalar, bool) {
	if e.op == name && !e.isFree() {
		i := boundIndex(e.text)
		if i >= len(c.bound) {
			return scalar{}, false
		}
		return realBall(c.int(c.bound[i])), true
	}
	q, ok := c.values[variable(e)]
	if !ok {
		return scalar{}, false
	}
	return realBall(c.rat(q)), true
}

func (c *calc) constant(text string) (scalar, bool) {
	switch text {
	case pi:
		return realBall(c.pi()), true
	case euler:
		b, ok := c.exp(c.int(1))
		return realBall(b), ok
	default:
		return scalar{re: c.int(0), im: c.int(1)}, true
	}
}

func (c *calc) fold(e *expr) (scalar, bool) {
	total, ok := c.value(e.args[0])
	for _, a := range e.args[1:] {
		if !ok {
			break
		}
		var v scalar
		if v, ok = c.value(a); !ok {
			break
		}
		total, ok = c.join(e.op == sum, total, v)
	}
	return total, ok
}

func (c *calc) join(adding bool, a, b scalar) (scalar, bool) {
	if adding {
		return c.plus(a, b)
	}
	return c.times(a, b)
}

func (c *calc) power(e *expr) (scalar, bool) {
	k, ok := c.value(e.args[1])
	if !ok {
		return scalar{}, false
	}
	if under := e.args[0]; under.op == constant && under.text == euler && k.huge == 0 {
		return c.exponential(k)
	}
	b, ok := c.value(e.args[0])
	if !ok || k.huge != 0 && !k.isReal() {
		return scalar{}, false
	}
	if k.huge == 0 && k.isReal() && k.re.rad == nil && k.re.mid.IsInt() {
		return c.intPower(b, k.re.mid)
	}
	positive := b.huge > 0 || b.huge == 0 && b.isReal() && b.re.sign() > 0
	if !positive && !c.principalPower(b, e.args[1], k) {
		return scalar{}, false
	}
	l, ok := c.logarithm(b)
	if !ok {
		return scalar{}, false
	}
	if l, ok = c.times(l, k); !ok {
		return scalar{}, false
	}
	return c.exponential(l)
}

// principalPower is whether b^k, for b that is not positive, is to be read as
// the principal value: (-8)^{1/3} and (-2)^x are not, unless i is about.
func (c *calc) principalPower(b scalar, e *expr, k scalar) bool {
	if c.realOnly {
		return false
	}
	return c.principal || !b.isReal() || !k.isReal() || e.op == number && e.rat.Denom().Bit(0) == 0
}

// intPower is b^k for a whole k.
func (c *calc) intPower(b scalar, k *big.Float) (scalar, bool) {
	const most = 4096 // by squaring
	if b.huge == 0 && b.isReal() && b.re.sign() == 0 && (k.Sign() <= 0 || !b.re.isZero()) && k.Cmp(big.NewFloat(most)) > 0 {
		return scalar{}, false
	}
	if b.huge == 0 && b.isReal() && b.re.isZero() {
		return b, k.Sign() > 0
	}
	if k.Sign() == 0 {
		nonzero := b.huge != 0 || b.re.sign() != 0 || b.imag(c).sign() != 0
		return realBall(c.int(1)), nonzero
	}
	if k.MantExp(nil) <= 12 {
		n, _ := k.Int64()
		return c.squarings(b, n)
	}
	negative := b.huge < 0 || b.huge == 0 && b.isReal() && b.re.sign() < 0
	if negative {
		b = c.negate(b)
	}
	l, ok := c.logarithm(b)
	if !ok {
		return scalar{}, false
	}
	if l, ok = c.times(l, realBall(exactly(k))); !ok {
		return scalar{}, false
	}
	v, ok := c.exponential(l)
	if ok && negative && odd(k) {
		v = c.negate(v)
	}
	return v, ok
}

// odd is whether the whole number k is; beyond maxBits none that fits is.
func odd(k *big.Float) bool {
	if k.MantExp(nil) > maxBits {
		return false
	}
	n, _ := k.Int(nil)
	return n.Bit(0) == 1
}

func (c *calc) squarings(b scalar, n int64) (scalar, bool) {
	v, ok := realBall(c.int(1)), true
	for k := max(n, -n); k > 0 && ok; k >>= 1 {
		if k&1 == 1 {
			if v, ok = c.times(v, b); !ok {
				return scalar{}, false
			}
		}
		if k > 1 {
			b, ok = c.times(b, b)
		}
	}
	if n < 0 && ok {
		return c.invert(v)
	}
	return v, ok
}

// root is the k-th root: real if there is a real one, else principal.
func (c *calc) root(s scalar, k int) (scalar, bool) {
	if s.huge == 0 && s.isReal() && s.re.isZero() {
		return s, true
	}
	negative := s.huge < 0 || s.huge == 0 && s.isReal() && s.re.sign() < 0
	switch {
	case negative && k%2 == 1:
		v, ok := c.root(c.negate(s), k)
		if !ok {
			return scalar{}, false
		}
		return c.negate(v), true
	case (negative || !s.isReal()) && c.realOnly:
		return scalar{}, false
	case k == 2 && s.huge == 0 && s.isReal() && s.re.sign() != 0:
		b, ok := c.sqrt(c.abs(s.re))
		if ok && negative {
			return scalar{re: c.int(0), im: b}, true
		}
		return realBall(b), ok
	}
	l, ok := c.logarithm(s)
	if !ok {
		return scalar{}, false
	}
	part, ok := c.inverse(c.int(int64(k)))
	if !ok {
		return scalar{}, false
	}
	if l, ok = c.times(l, realBall(part)); !ok {
		return scalar{}, false
	}
	return c.exponential(l)
}

// big is a sum or a product over a name, term by term.
func (c *calc) big(e *expr) (scalar, bool) {
	at := boundIndex(e.text)
	from, ok := c.index(e.args[0])
	if !ok || at != len(c.bound) {
		return scalar{}, false
	}
	to, ok := c.index(e.args[1])
	if !ok || to-from >= maxSumTerms {
		return scalar{}, false
	}
	total := realBall(c.int(0))
	if e.op == bigProd {
		total = realBall(c.int(1))
	}
	defer func() { c.bound = c.bound[:at] }()
	for k := from; k <= to; k++ {
		c.bound = append(c.bound[:at], k)
		v, ok := c.value(e.args[2])
		if !ok {
			return scalar{}, false
		}
		if total, ok = c.join(e.op == bigSum, total, v); !ok {
			return scalar{}, false
		}
	}
	return total, true
}

// index is e if it is a whole number below 2^40.
func (c *calc) index(e *expr) (int64, bool) {
	v, ok := c.value(e)
	if !ok || v.huge != 0 || !v.isReal() {
		return 0, false
	}
	n, ok := v.re.integer()
	if !ok || n.BitLen() > 40 {
		return 0, false
	}
	return n.Int64(), true
}

// number is a ball about an exact number.
func (c *calc) number(n Number) (scalar, bool) {
	total, ok := realBall(c.int(0)), true
	for _, t := range n.terms {
		v := realBall(c.rat(t.q))
		for _, r := range t.roots {
			prime := new(big.Float).SetPrec(64).SetInt(new(big.Int).SetUint64(r.prime))
			base, ok := c.root(realBall(exactly(prime)), r.den)
			if !ok {
				return scalar{}, false
			}
			if base, ok = c.squarings(base, int64(r.num)); !ok {
				return scalar{}, false
			}
			if v, ok = c.times(v, base); !ok {
				return scalar{}, false
			}
		}
		if t.im {
			v = scalar{re: c.int(0), im: v.re}
		}
		if total, ok = c.plus(total, v); !ok {
			return scalar{}, false
		}
	}
	return total, ok
}
