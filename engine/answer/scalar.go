package answer

import (
	"math"
	"strconv"
	"strings"

	"github.com/aimo3/aimo3/engine/answer/tex"
	"github.com/aimo3/aimo3/engine/answer/value"
)

// scalars compares two numbers or expressions.
func (c *comparison) scalars(a, b *tex.Node) value.Judgement {
	if c.policy.has(NoArithmetic) && unworked(a) != unworked(b) {
		return different("not worked out")
	}
	if j, ok := c.infinities(a, b); ok {
		return j
	}
	if j, ok := c.spelling(a, b); ok {
		return j
	}
	a, b = marked(calculated(a), calculated(b))
	a, b = c.undotted(a), c.undotted(b)
	if elided(a) || elided(b) {
		return unknown("something is left out")
	}
	if endlessSum(a) || endlessSum(b) {
		a, b = c.closed(a), c.closed(b)
	}
	j := c.values(a, b)
	if j.Verdict == value.Unknown && (holds(a, tex.BigSum) || holds(b, tex.BigSum)) {
		a, b = c.closed(a), c.closed(b)
		j = c.values(a, b)
	}
	if j.Verdict == value.Equal {
		return j
	}
	if r := c.rounded(a, b); r.Verdict == value.Equal {
		return r
	}
	if c.policy.has(Approximate) && near(a, b, 0.02, 0.0010000001, c.calc) {
		return equal(value.Balls, "nearly equal")
	}
	if r, ok := c.integrated(a, b); ok && r.Verdict != value.Different {
		return r
	}
	if c.policy.has(VariableNames) {
		if r := c.renamed(a, b); r.Verdict == value.Equal {
			return r
		}
	}
	return j
}

// values compares two expressions by their values and, if those are not decided,
// by their keys, since answers with one key are one answer.
func (c *comparison) values(a, b *tex.Node) value.Judgement {
	j := c.calc.Compare(a, b)
	if j.Verdict != value.Unknown {
		return j
	}
	x, okA := c.key(a)
	y, okB := c.key(b)
	if okA && okB && x == y {
		return equal(value.Proof, "one canonical form")
	}
	return j
}

// key is the key of the value of n.
func (c *comparison) key(n *tex.Node) (string, bool) {
	return value.Calc{Names: c.calc.Names, Work: c.keys.Part(workOfKey)}.Key(n)
}

// elided says whether n leaves something out: 1+2+...+n.
func elided(n *tex.Node) bool {
	return n.Op == tex.Name && (n.Text == `\ldots` || n.Text == `\cdots` || n.Text == `\dots`) || !all(n.Args, func(arg *tex.Node) bool { return !elided(arg) })
}

// infinities compares two numbers of which one is infinite.
func (c *comparison) infinities(a, b *tex.Node) (value.Judgement, bool) {
	x, y := sign(a), sign(b)
	if x == 0 && y == 0 {
		return value.Judgement{}, false
	}
	_, finiteA := c.calc.Approx(a)
	_, finiteB := c.calc.Approx(b)
	switch {
	case x != 0 && y != 0 && x != y, x == 0 && finiteA, y == 0 && finiteB:
		return different("infinity against something else"), true
	case x == y:
		return equal(value.Shape, "both infinite"), true
	}
	return value.Judgement{}, false
}

// sign is that of an infinity, or 0.
func sign(n *tex.Node) int {
	switch {
	case infinite(n, 1):
		return 1
	case infinite(n, -1):
		return -1
	}
	return 0
}

// rounded compares a decimal with what it may be cut or rounded from. Of two
// decimals the shorter is held against the longer.
func (c *comparison) rounded(a, b *tex.Node) value.Judgement {
	x, scaleA, okA := decimal(a)
	y, scaleB, okB := decimal(b)
	switch {
	case !okA && !okB || !near(a, b, 0.011, 0, c.calc):
		return unknown("")
	case okA != okB && longDecimal(x, y, okA) && floats(a, b, c.calc):
		return equal(value.Balls, "as a float64 is printed")
	case okA && okB && places(x) > places(y):
		return c.calc.Rounds(y, node(tex.Product, a, negativePower(scaleB)))
	case okA:
		return c.calc.Rounds(x, node(tex.Product, b, negativePower(scaleA)))
	case okB:
		return c.calc.Rounds(y, node(tex.Product, a, negativePower(scaleB)))
	}
	return unknown("")
}

// decimal reads a numeral with a decimal point, of either sign, and times a
// power of ten or not.
func decimal(n *tex.Node) (numeral *tex.Node, ten string, ok bool) {
	if n.Op == tex.Product && len(n.Args) == 2 {
		if p := n.Args[1]; p.Op == tex.Power && p.Args[0].Text == "10" {
			exponent, ok := integer(p.Args[1])
			numeral, _, pointed := decimal(n.Args[0])
			return numeral, exponent, ok && pointed
		}
	}
	bare := n
	if n.Op == tex.Neg {
		bare = n.Args[0]
		if bare.Op == tex.Product {
			numeral, ten, ok := decimal(bare)
			return negative(orZero(numeral)), ten, ok
		}
	}
	return n, "0", bare.Op == tex.Num && strings.Contains(bare.Text, ".")
}

func orZero(n *tex.Node) *tex.Node {
	if n == nil {
		return number("0")
	}
	return n
}

// integer is the text of an integer of either sign.
func integer(n *tex.Node) (string, bool) {
	sign := ""
	if n.Op == tex.Neg {
		sign, n = "-", n.Args[0]
	}
	return sign + n.Text, n.Op == tex.Num && !strings.Contains(n.Text, ".")
}

// negativePower is 10 to the minus exponent.
func negativePower(exponent string) *tex.Node {
	by := number(strings.TrimPrefix(exponent, "-"))
	if !strings.HasPrefix(exponent, "-") {
		by = negative(by)
	}
	return node(tex.Power, number("10"), by)
}

// longDecimal says whether the numeral, x or y, has as many digits as a float64,
// of which the last are noise.
func longDecimal(x, y *tex.Node, first bool) bool {
	if first {
		y = x
	}
	if y.Op == tex.Neg {
		y = y.Args[0]
	}
	return len(strings.TrimLeft(y.Text, "0.")) > 15
}

// floats says whether two numbers are the same but for the noise of a float64.
func floats(a, b *tex.Node, calc value.Calc) bool {
	x, okA := calc.Approx(a)
	y, okB := calc.Approx(b)
	return okA && okB && math.Abs(x-y) <= 4*(math.Nextafter(math.Abs(x), math.Inf(1))-math.Abs(x))
}

// places is how many digits a numeral has after its point.
func places(n *tex.Node) int {
	if n.Op == tex.Neg {
		n = n.Args[0]
	}
	_, after, _ := strings.Cut(n.Text, ".")
	return len(after)
}

// near says whether two numbers are no further apart than a part of the greater,
// or than a distance.
func near(a, b *tex.Node, part, distance float64, calc value.Calc) bool {
	x, okA := calc.Approx(a)
	y, okB := calc.Approx(b)
	if !okA || !okB {
		return false
	}
	apart := math.Abs(x - y)
	return apart <= max(distance, part*max(math.Abs(x), math.Abs(y)))
}

// unworked says whether n leaves arithmetic with numerals undone.
func unworked(n *tex.Node) bool {
	switch n.Op {
	case tex.Sum, tex.Product, tex.Factorial, tex.Binomial, tex.Power:
		numerals := 0
		for _, arg := range n.Args {
			if _, ok := integer(arg); ok {
				numerals++
			}
		}
		if numerals >= min(2, len(n.Args)) {
			return true
		}
	default:
	}
	for _, arg := range n.Args {
		if unworked(arg) {
			return true
		}
	}
	return false
}

// renamed compares a with b after their variables, in the order in which they
// come, have been given the same names.
func (c *comparison) renamed(a, b *tex.Node) value.Judgement {
	return c.calc.Compare(numbered(a, variables(a)), numbered(b, variables(b)))
}

// numbered is n with its names given numbers.
func numbered(n *tex.Node, names []*tex.Node) *tex.Node {
	for i, old := range names {
		n = put(n, old, &tex.Node{Op: tex.Name, Text: "x", Args: []*tex.Node{number(strconv.Itoa(i))}})
	}
	return n
}
