package answer

import (
	"slices"

	"github.com/aimo3/aimo3/engine/answer/tex"
	"github.com/aimo3/aimo3/engine/answer/value"
)

// maxDegree is up to which degree sums of polynomials are closed.
const maxDegree = 6

// closed is n with sums over an index replaced by what they come to: those of
// polynomials and those of one ratio, also without end.
func (c *comparison) closed(n *tex.Node) *tex.Node {
	if !holds(n, tex.BigSum) {
		return n
	}
	n = rebuilt(n, c.closed)
	if n.Op != tex.BigSum || !isName(n.Args[0]) || occurs(n.Args[1], n.Args[0]) || occurs(n.Args[2], n.Args[0]) {
		return n
	}
	k, from, to, body := n.Args[0], n.Args[1], n.Args[2], n.Args[3]
	if !infinite(to, 1) {
		if whole := c.polynomialSum(k, from, to, body); whole != nil {
			return whole
		}
	}
	if whole := c.ratioSum(k, from, to, body); whole != nil {
		return whole
	}
	return n
}

// endlessSum says whether some sum in n has no end.
func endlessSum(n *tex.Node) bool {
	return n.Op == tex.BigSum && infinite(n.Args[2], 1) || slices.ContainsFunc(n.Args, endlessSum)
}

// integral is a comparison in which k is an integer.
func (c *comparison) integral(k *tex.Node) value.Calc {
	calc := c.calc
	calc.Integers = append(slices.Clone(calc.Integers), k.Text)
	return calc
}

// polynomialSum is a sum of a polynomial in k, by its differences at the first
// number: ∑ Δ^j f(from) C(k-from, j+1).
func (c *comparison) polynomialSum(k, from, to, body *tex.Node) *tex.Node {
	degree, ok := degreeIn(body, k)
	if !ok || degree > maxDegree {
		return nil
	}
	row := make([]*tex.Node, degree+1)
	for i := range row {
		row[i] = put(body, k, node(tex.Sum, from, number(itoa(i))))
	}
	count := node(tex.Sum, to, negative(from), number("1"))
	whole := node(tex.Sum, number("0"))
	falling := node(tex.Product, number("1"))
	divisor := 1
	for j := 0; len(row) > 0; j++ {
		falling = node(tex.Product, append(slices.Clone(falling.Args), difference(count, number(itoa(j))))...)
		divisor *= j + 1
		whole.Args = append(whole.Args, node(tex.Quotient, node(tex.Product, row[0], falling), number(itoa(divisor))))
		for i := range row[1:] {
			row[i] = difference(row[i+1], row[i])
		}
		row = row[:len(row)-1]
	}
	return whole
}

// degreeIn bounds the degree of n in k, if it is a polynomial by the way it is written.
func degreeIn(n, k *tex.Node) (int, bool) {
	switch {
	case alike(n, k):
		return 1, true
	case !occurs(n, k):
		return 0, true
	}
	degree := 0
	switch n.Op {
	case tex.Sum, tex.Neg, tex.Product:
		for _, arg := range n.Args {
			d, ok := degreeIn(arg, k)
			if !ok {
				return 0, false
			}
			if n.Op == tex.Product {
				degree += d
			} else {
				degree = max(degree, d)
			}
		}
		return degree, true
	case tex.Quotient:
		degree, ok := degreeIn(n.Args[0], k)
		return degree, ok && !occurs(n.Args[1], k)
	case tex.Power:
		by, okBy := smallInteger(n.Args[1])
		degree, ok := degreeIn(n.Args[0], k)
		return degree * by, ok && okBy && by >= 0 && by <= maxDegree
	default:
	}
	return 0, false
}

// ratioSum is a sum of terms of one ratio.
func (c *comparison) ratioSum(k, from, to, body *tex.Node) *tex.Node {
	if !holds(body, tex.Power) {
		return nil
	}
	first, second := put(body, k, from), put(body, k, node(tex.Sum, from, number("1")))
	ratio := node(tex.Quotient, second, first)
	next := put(body, k, node(tex.Sum, k, number("1")))
	if c.integral(k).Compare(next, node(tex.Product, body, ratio)).Verdict != value.Equal {
		return nil
	}
	one := number("1")
	if infinite(to, 1) {
		if x, ok := c.calc.Approx(ratio); ok && (x >= 1 || x <= -1) || !ok && len(variables(ratio)) == 0 {
			return nil
		}
		return node(tex.Quotient, first, difference(one, ratio))
	}
	if c.calc.Compare(ratio, one).Verdict != value.Different {
		return nil
	}
	count := node(tex.Sum, to, negative(from), one)
	return node(tex.Quotient, node(tex.Product, first, difference(node(tex.Power, ratio, count), one)), difference(ratio, one))
}
