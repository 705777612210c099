package answer

import (
	"math/big"
	"slices"

	"github.com/aimo3/aimo3/engine/answer/tex"
)

// rationalOf is the value of n, if it is a rational number.
func rationalOf(c *comparison, n *tex.Node) (*big.Rat, bool) {
	if len(variables(n)) > 0 || holds(n, tex.BigSum, tex.BigProd) {
		return nil, false
	}
	key, ok := c.key(n)
	if !ok {
		return nil, false
	}
	return new(big.Rat).SetString(key)
}

// ratNode is a rational number as a tree.
func ratNode(q *big.Rat) *tex.Node {
	n := number(new(big.Int).Abs(q.Num()).String())
	if !q.IsInt() {
		n = node(tex.Quotient, n, number(q.Denom().String()))
	}
	if q.Sign() < 0 {
		return negative(n)
	}
	return n
}

// A rule is a row of numbers: the body for an index from 0, and the place of a
// number in it, or -1.
type rule struct {
	body  *tex.Node
	place func(*big.Rat) int64
}

// maxPlace bounds how far on in a row a number is looked for.
const maxPlace = 1 << 50

// numericTerms finds the rule of terms that are all numbers. With two terms before
// the dots, only one of the rules may lead to the last.
func (c *comparison) numericTerms(d dotted) *tex.Node {
	var shown []*big.Rat
	for _, n := range append(slices.Clone(d.lead), d.trail...) {
		q, ok := rationalOf(c, n)
		if !ok || q.Sign() == 0 {
			return nil
		}
		shown = append(shown, q)
	}
	lead, trail := shown[:len(d.lead)], shown[len(d.lead):]
	turns := alternating(lead)
	if turns {
		lead, trail = absolutes(lead), absolutes(trail)
	}
	var found *tex.Node
	for _, r := range rulesOf(lead, shown) {
		whole := d.by(r, turns, lead, trail, shown)
		switch {
		case whole == nil:
			continue
		case found != nil:
			return nil
		case len(lead) > 2:
			return whole
		}
		found = whole
	}
	return found
}

// by is the whole row by a rule, if it leads to what stands after the dots.
func (d dotted) by(r rule, turns bool, lead, trail, shown []*big.Rat) *tex.Node {
	body := r.body
	if turns {
		body = node(tex.Product, node(tex.Power, negative(number("1")), index()), body)
		if shown[0].Sign() < 0 {
			body = negative(body)
		}
	}
	if len(trail) == 0 {
		if len(lead) < 3 {
			return nil
		}
		return d.over(number("0"), &tex.Node{Op: tex.Name, Text: `\infty`}, body)
	}
	last := int64(-1)
	for i, q := range trail {
		at := r.place(q)
		if at < int64(len(lead)) || i > 0 && at != last+1 {
			return nil
		}
		if last = at; turns && (shown[len(lead)+i].Sign() == shown[0].Sign()) != (at%2 == 0) {
			return nil
		}
	}
	return d.over(number("0"), signedNumber(last), body)
}

func alternating(q []*big.Rat) bool {
	for i := range q[1:] {
		if q[i].Sign() == q[i+1].Sign() {
			return false
		}
	}
	return true
}

func absolutes(all []*big.Rat) []*big.Rat {
	found := make([]*big.Rat, len(all))
	for i, q := range all {
		found[i] = new(big.Rat).Abs(q)
	}
	return found
}

// rulesOf are the rules that a row of numbers follows, the simplest first. Two
// integers are not read as reciprocals of a row of numbers.
func rulesOf(q, shown []*big.Rat) []rule {
	var all []rule
	add := func(find func([]*big.Rat) (rule, bool), of []*big.Rat) {
		if r, ok := find(of); ok {
			all = append(all, r)
		}
	}
	inverse := make([]*big.Rat, len(q))
	for i := range q {
		inverse[i] = new(big.Rat).Inv(q[i])
	}
	fractions := len(q) > 2 || slices.ContainsFunc(shown, func(x *big.Rat) bool { return !x.IsInt() })
	add(arithmetic, q)
	add(geometric, q)
	if fractions {
		add(reciprocal(arithmetic), inverse)
	}
	for _, find := range [...]func([]*big.Rat) (rule, bool){powers(2), powers(3), powers(4), powers(5), powers(6), factorials, quadratic} {
		add(find, q)
		if fractions {
			add(reciprocal(find), inverse)
		}
	}
	return all
}

// reciprocal is the rule of one over numbers that follow another.
func reciprocal(find func([]*big.Rat) (rule, bool)) func([]*big.Rat) (rule, bool) {
	return func(q []*big.Rat) (rule, bool) {
		r, ok := find(q)
		place := func(x *big.Rat) int64 { return r.place(new(big.Rat).Inv(x)) }
		return rule{node(tex.Quotient, number("1"), r.body), place}, ok
	}
}
