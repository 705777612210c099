package value

import (
	"math/big"

	"github.com/aimo3/aimo3/engine/answer/value/ball"
	"github.com/aimo3/aimo3/engine/answer/value/work"
)

// enclosure calculates expressions in balls.
type enclosure struct {
	*ball.Calc
	values    map[string]*big.Rat // of the variables
	bound     []int64             // of the names bound by sums: "#0", "#1", ...
	principal bool                // powers of negative numbers are the principal ones
}

func enclose(prec uint, w *work.Counter) *enclosure {
	return &enclosure{Calc: &ball.Calc{Prec: prec, Work: w}}
}

// value is a ball about the value of e; it is false where that does not exist,
// cannot be enclosed, or takes too much work.
func (c *enclosure) value(e *expr) (ball.Scalar, bool) {
	if !c.Work.Spend(15) {
		return ball.Scalar{}, false
	}
	switch e.op {
	case number:
		return c.Tidy(ball.Real(c.Rat(e.rat)))
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
			return ball.Scalar{}, false
		}
		return c.Root(v, e.index)
	case call:
		return c.call(e)
	case bigSum, bigProd:
		return c.big(e)
	default:
		return ball.Scalar{}, false
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

func (c *enclosure) named(e *expr) (ball.Scalar, bool) {
	if e.op == name && !e.isFree() {
		i := boundIndex(e.text)
		if i >= len(c.bound) {
			return ball.Scalar{}, false
		}
		return ball.Real(c.Int(c.bound[i])), true
	}
	q, ok := c.values[variable(e)]
	if !ok {
		return ball.Scalar{}, false
	}
	return ball.Real(c.Rat(q)), true
}

func (c *enclosure) constant(text string) (ball.Scalar, bool) {
	switch text {
	case infinite:
		return ball.Scalar{}, false
	case pi:
		return ball.Real(c.Pi()), true
	case euler:
		return c.Exponential(ball.Real(c.Int(1)))
	default:
		return ball.Scalar{Re: c.Int(0), Im: c.Int(1)}, true
	}
}

func (c *enclosure) fold(e *expr) (ball.Scalar, bool) {
	total, ok := c.value(e.args[0])
	for _, a := range e.args[1:] {
		if !ok {
			break
		}
		var v ball.Scalar
		if v, ok = c.value(a); !ok {
			break
		}
		total, ok = c.join(e.op == sum, total, v)
	}
	return total, ok
}

func (c *enclosure) join(adding bool, a, b ball.Scalar) (ball.Scalar, bool) {
	if adding {
		return c.Plus(a, b)
	}
	return c.Times(a, b)
}

func (c *enclosure) power(e *expr) (ball.Scalar, bool) {
	k, ok := c.value(e.args[1])
	if !ok {
		return ball.Scalar{}, false
	}
	if under := e.args[0]; under.op == constant && under.text == euler && k.Huge == 0 {
		return c.Exponential(k)
	}
	b, ok := c.value(e.args[0])
	if !ok {
		return ball.Scalar{}, false
	}
	// (-8)^{1/3} and (-2)^x are read in several ways, unless i is about.
	half := e.args[1].op == number && e.args[1].rat.Denom().Bit(0) == 0
	return c.Power(b, k, c.principal || half)
}

// call is a known function.
func (c *enclosure) call(e *expr) (ball.Scalar, bool) {
	args := make([]ball.Scalar, len(e.args))
	for i, a := range e.args {
		v, ok := c.value(a)
		if !ok {
			return ball.Scalar{}, false
		}
		args[i] = v
	}
	return c.Call(e.text, args)
}

// big is a sum or a product over a name, term by term.
func (c *enclosure) big(e *expr) (ball.Scalar, bool) {
	if isInfinite(e.args[1]) {
		return c.series(e)
	}
	at := boundIndex(e.text)
	from, ok := c.index(e.args[0])
	if !ok || at != len(c.bound) {
		return ball.Scalar{}, false
	}
	to, ok := c.index(e.args[1])
	if !ok || to-from >= maxSumTerms {
		return ball.Scalar{}, false
	}
	total := ball.Real(c.Int(0))
	if e.op == bigProd {
		total = ball.Real(c.Int(1))
	}
	defer func() { c.bound = c.bound[:at] }()
	for k := from; k <= to; k++ {
		c.bound = append(c.bound[:at], k)
		v, ok := c.value(e.args[2])
		if !ok {
			return ball.Scalar{}, false
		}
		if total, ok = c.join(e.op == bigSum, total, v); !ok {
			return ball.Scalar{}, false
		}
	}
	return total, true
}

// index is e if it is a whole number below 2^40.
func (c *enclosure) index(e *expr) (int64, bool) {
	v, ok := c.value(e)
	if !ok || v.Huge != 0 || !v.IsReal() {
		return 0, false
	}
	n, ok := v.Re.Integer()
	if !ok || n.BitLen() > 40 {
		return 0, false
	}
	return n.Int64(), true
}
