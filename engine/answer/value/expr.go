package value

import (
	"cmp"
	"math/big"
	"slices"

	"github.com/aimo3/aimo3/engine/answer/value/surd"
	"github.com/aimo3/aimo3/engine/answer/value/work"
)

// op is what an expr is.
type op uint8

const (
	number   op = iota // rat
	name               // text: a variable, or "#0", "#1", ... bound by a sum
	constant           // text: pi, euler or unit
	sum                // args, two or more, sorted
	product            // args, two or more, sorted
	power              // args[0]^args[1]
	root               // the real or else principal index-th root of args[0]
	call               // the known function text of args
	unknown            // the unknown function text of args
	bigSum             // for the name text from args[0] to args[1] of args[2]
	bigProd            // likewise
	alien              // what has no scalar value: text says what, with args
)

// The constants.
const (
	pi    = "@pi"
	euler = "@e"
	unit  = "@i"
)

// expr is an expression in one shape: sums and products are flat and sorted,
// their rational parts added and multiplied up, differences and quotients are
// sums and products, and bound names are numbered. It is never changed.
type expr struct {
	op    op
	text  string
	rat   *big.Rat
	index int // of a root
	args  []*expr
	hash  uint64
	bits  int // roughly what it takes to write it down
}

func (b *builder) node(e expr) *expr {
	h := uint64(e.op)<<32 + uint64(e.index)
	for i := range len(e.text) {
		h = mix(h, uint64(e.text[i]))
	}
	e.bits = 4
	if e.rat != nil {
		for _, w := range e.rat.Num().Bits() {
			h = mix(h, uint64(w))
		}
		h = mix(h, uint64(e.rat.Sign()+1))
		for _, w := range e.rat.Denom().Bits() {
			h = mix(h, uint64(w))
		}
		e.bits += e.rat.Num().BitLen() + e.rat.Denom().BitLen()
	}
	for _, a := range e.args {
		h = mix(h, a.hash)
		e.bits = min(e.bits+a.bits, 1<<20)
	}
	e.hash = mix(h, 1)
	if !b.work.Spend(50 + 2*len(e.args)) {
		b.failed = true
	}
	return &e
}

func mix(h, v uint64) uint64 {
	h = (h ^ v) * 0x9e3779b97f4a7c15
	h ^= h >> 32
	h *= 0xd6e8feb86659fd93
	return h ^ h>>29
}

// same is whether two expressions have one shape. Two that have may be found
// not to, if hashes collide, but never the other way round.
func same(a, b *expr, w *work.Counter) bool {
	if a == b {
		return true
	}
	if a.hash != b.hash || a.op != b.op || a.text != b.text || a.index != b.index || len(a.args) != len(b.args) || !w.Spend(2) {
		return false
	}
	if a.rat != nil && a.rat.Cmp(b.rat) != 0 {
		return false
	}
	for i := range a.args {
		if !same(a.args[i], b.args[i], w) {
			return false
		}
	}
	return true
}

// has is whether any part of e is so.
func (e *expr) has(is func(*expr) bool) bool {
	return is(e) || slices.ContainsFunc(e.args, func(a *expr) bool { return a.has(is) })
}

func isUnit(e *expr) bool { return e.op == constant && e.text == unit }

func (e *expr) isFree() bool { return e.op == name && e.text[0] != '#' }

// builder makes expressions; failed is set once one is too large.
type builder struct {
	work   *work.Counter
	failed bool
}

func (b *builder) rat(q *big.Rat) *expr {
	if n := work.BitLen(q); n > work.MaxBits || !b.work.Spend(work.Rational(n)) {
		b.failed = true
	}
	return b.node(expr{op: number, rat: q})
}

func (b *builder) int(n int64) *expr { return b.rat(big.NewRat(n, 1)) }

func (b *builder) constant(text string) *expr { return b.node(expr{op: constant, text: text}) }

func (b *builder) call(text string, args ...*expr) *expr {
	switch text {
	case "gcd", "lcm", "max", "min":
		args = sorted(args)
	}
	return b.node(expr{op: call, text: text, args: args})
}

func (b *builder) neg(e *expr) *expr { return b.product(b.int(-1), e) }

func (b *builder) quotient(x, y *expr) *expr { return b.product(x, b.power(y, b.int(-1))) }

func (b *builder) sum(args ...*expr) *expr {
	total := new(big.Rat)
	rest := b.flatten(sum, args, func(q *big.Rat) { total = new(big.Rat).Add(total, q) })
	if total.Sign() != 0 || len(rest) == 0 {
		rest = append(rest, b.rat(total))
	}
	if len(rest) == 1 {
		return rest[0]
	}
	return b.node(expr{op: sum, args: sorted(rest)})
}

func (b *builder) product(args ...*expr) *expr {
	total := big.NewRat(1, 1)
	rest := b.flatten(product, args, func(q *big.Rat) { total = new(big.Rat).Mul(total, q) })
	if one := total.IsInt() && total.Num().IsInt64() && total.Num().Int64() == 1; !one || len(rest) == 0 {
		rest = append(rest, b.rat(total))
	}
	if len(rest) == 1 {
		return rest[0]
	}
	return b.node(expr{op: product, args: sorted(rest)})
}

// flatten gives the rationals among args, and among the args of those that are
// of the op themselves, to fold, and returns the rest.
func (b *builder) flatten(o op, args []*expr, fold func(*big.Rat)) []*expr {
	var rest []*expr
	for _, a := range args {
		switch a.op {
		case number:
			if b.failed = b.failed || !b.work.Spend(work.Rational(a.bits)); !b.failed {
				fold(a.rat)
			}
		case o:
			rest = append(rest, b.flatten(o, a.args, fold)...)
		default:
			rest = append(rest, a)
		}
	}
	return rest
}

func sorted(args []*expr) []*expr {
	args = slices.Clone(args)
	slices.SortStableFunc(args, func(a, b *expr) int { return cmp.Compare(a.hash, b.hash) })
	return args
}

func (b *builder) power(x, k *expr) *expr {
	if k.op == number && k.rat.IsInt() && k.rat.Num().IsInt64() {
		n := k.rat.Num().Int64()
		if n == 1 {
			return x
		}
		if x.op == number {
			if q, ok := surd.RatPower(x.rat, n, b.work); ok {
				return b.rat(q)
			}
		}
	}
	return b.node(expr{op: power, args: []*expr{x, k}})
}

func (b *builder) root(x *expr, k int) *expr {
	if k == 1 {
		return x
	}
	return b.node(expr{op: root, index: k, args: []*expr{x}})
}
