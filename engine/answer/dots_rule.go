package answer

import (
	"math/big"

	"github.com/aimo3/aimo3/engine/answer/tex"
)

// arithmetic is the rule of numbers that rise by one step.
func arithmetic(q []*big.Rat) (rule, bool) {
	step := new(big.Rat).Sub(q[1], q[0])
	for i := range q[1:] {
		if step.Cmp(new(big.Rat).Sub(q[i+1], q[i])) != 0 {
			return rule{}, false
		}
	}
	place := func(x *big.Rat) int64 {
		if step.Sign() == 0 {
			return -1
		}
		return wholeIn(new(big.Rat).Quo(new(big.Rat).Sub(x, q[0]), step))
	}
	return rule{node(tex.Sum, ratNode(q[0]), node(tex.Product, ratNode(step), index())), place}, step.Sign() != 0
}

// wholeIn is q if it is a number that is not negative and not too large, or -1.
func wholeIn(q *big.Rat) int64 {
	if !q.IsInt() || !q.Num().IsInt64() || q.Num().Int64() > maxPlace {
		return -1
	}
	return q.Num().Int64()
}

// geometric is the rule of numbers of one ratio.
func geometric(q []*big.Rat) (rule, bool) {
	ratio := new(big.Rat).Quo(q[1], q[0])
	for i := range q[1:] {
		if ratio.Cmp(new(big.Rat).Quo(q[i+1], q[i])) != 0 {
			return rule{}, false
		}
	}
	return rule{
		node(tex.Product, ratNode(q[0]), node(tex.Power, ratNode(ratio), index())),
		func(x *big.Rat) int64 { return stepped(q[0], x, func(int64) *big.Rat { return ratio }) },
	}, ratio.Cmp(big.NewRat(1, 1)) != 0
}

// stepped is after how many factors from one comes x, or -1.
func stepped(from, x *big.Rat, factor func(int64) *big.Rat) int64 {
	at := from
	for i := range int64(400) {
		if at.Cmp(x) == 0 {
			return i
		}
		at = new(big.Rat).Mul(at, factor(i))
		if at.Num().BitLen()+at.Denom().BitLen() > x.Num().BitLen()+x.Denom().BitLen()+64 {
			break
		}
	}
	return -1
}

// powers finds the rule of powers of numbers that follow one another.
func powers(power int) func([]*big.Rat) (rule, bool) {
	return func(q []*big.Rat) (rule, bool) { return powersOf(q, power) }
}

func powersOf(q []*big.Rat, power int) (rule, bool) {
	root := func(x *big.Rat) int64 {
		if !x.IsInt() || x.Sign() < 0 || x.Num().BitLen() > 200 {
			return -1
		}
		return integerRoot(x.Num(), power)
	}
	first := root(q[0])
	for i := range q {
		if first < 0 || root(q[i]) != first+int64(i) {
			return rule{}, false
		}
	}
	body := node(tex.Power, node(tex.Sum, number("0"), signedNumber(first), index()), number(itoa(power)))
	return rule{body, func(x *big.Rat) int64 { return root(x) - first }}, true
}

// integerRoot is the root of x if that is an integer, or a number below all.
func integerRoot(x *big.Int, power int) int64 {
	low, high := big.NewInt(0), new(big.Int).Lsh(big.NewInt(1), uint(x.BitLen()/power+1)) //nolint:gosec // it is small
	for low.Cmp(high) < 0 {
		middle := new(big.Int).Rsh(new(big.Int).Add(low, high), 1)
		if new(big.Int).Exp(middle, big.NewInt(int64(power)), nil).Cmp(x) < 0 {
			low = middle.Add(middle, big.NewInt(1))
		} else {
			high = middle
		}
	}
	if new(big.Int).Exp(low, big.NewInt(int64(power)), nil).Cmp(x) != 0 || !low.IsInt64() || low.Int64() > maxPlace {
		return -maxPlace
	}
	return low.Int64()
}

// factorials is the rule of numbers whose ratios rise by one: 1, 2, 6, 24.
func factorials(q []*big.Rat) (rule, bool) {
	if len(q) < 4 {
		return rule{}, false
	}
	first := new(big.Rat).Quo(q[1], q[0])
	if !first.IsInt() || !first.Num().IsInt64() || first.Sign() < 0 || first.Num().Int64() > 20 {
		return rule{}, false
	}
	c := first.Num().Int64()
	factor := func(i int64) *big.Rat { return big.NewRat(c+i, 1) }
	for i := range q[1:] {
		if factor(int64(i)).Cmp(new(big.Rat).Quo(q[i+1], q[i])) != 0 {
			return rule{}, false
		}
	}
	scale := new(big.Rat).Quo(q[0], new(big.Rat).SetInt(new(big.Int).MulRange(1, max(c-1, 1))))
	body := node(tex.Product, ratNode(scale), node(tex.Factorial, node(tex.Sum, index(), signedNumber(c-1))))
	body.Args[1].Text = "!"
	return rule{body, func(x *big.Rat) int64 { return stepped(q[0], x, factor) }}, c >= 1
}

// quadratic is the rule of numbers of which the differences rise by one step.
func quadratic(q []*big.Rat) (rule, bool) {
	if len(q) < 3 {
		return rule{}, false
	}
	step := func(i int) *big.Rat { return new(big.Rat).Sub(q[i+1], q[i]) }
	second := new(big.Rat).Sub(step(1), step(0))
	for i := 1; i+2 < len(q); i++ {
		if second.Cmp(new(big.Rat).Sub(step(i+1), step(i))) != 0 {
			return rule{}, false
		}
	}
	at := func(k int64) *big.Rat {
		pairs := new(big.Rat).SetInt(new(big.Int).Binomial(k, 2))
		sum := new(big.Rat).Mul(big.NewRat(k, 1), step(0))
		return sum.Add(sum, q[0]).Add(sum, pairs.Mul(pairs, second))
	}
	place := func(x *big.Rat) int64 {
		low, high := int64(0), int64(1)<<40
		for low < high {
			if middle := (low + high) / 2; at(middle).Cmp(x) < 0 {
				low = middle + 1
			} else {
				high = middle
			}
		}
		if at(low).Cmp(x) != 0 {
			return -1
		}
		return low
	}
	pairs := node(tex.Quotient, node(tex.Product, index(), difference(index(), number("1"))), number("2"))
	body := node(tex.Sum, ratNode(q[0]), node(tex.Product, ratNode(step(0)), index()), node(tex.Product, ratNode(second), pairs))
	return rule{body, place}, second.Sign() > 0 && step(0).Sign() > 0
}
