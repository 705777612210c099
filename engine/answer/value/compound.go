package value

import (
	"math/big"
	"strconv"

	"github.com/aimo3/aimo3/engine/answer/tex"
	"github.com/aimo3/aimo3/engine/answer/value/integer"
	"github.com/aimo3/aimo3/engine/answer/value/surd"
)

// compound is what n is, with its parts lowered, or nil if it is no scalar.
func (l *lowering) compound(n *tex.Node, args []*expr) *expr {
	switch n.Op {
	case tex.Sum:
		return l.sum(args...)
	case tex.Product:
		return l.product(args...)
	case tex.Call:
		return l.function(n.Text, args)
	case tex.Determinant:
		return l.determinant(n, args)
	default:
	}
	switch len(args) {
	case 1:
		return l.unary(n, args[0])
	case 2:
		return l.binary(n.Op, args[0], args[1])
	}
	return nil
}

func (l *lowering) unary(n *tex.Node, x *expr) *expr {
	switch n.Op {
	case tex.Neg:
		return l.neg(x)
	case tex.Root:
		return l.root(x, 2)
	case tex.Degrees:
		return l.product(x, l.constant(pi), l.rat(big.NewRat(1, 180)))
	case tex.Percent:
		return l.product(x, l.rat(big.NewRat(1, 100)))
	case tex.Factorial:
		if n.Text == "!!" {
			return l.call("doublefactorial", x)
		}
		return l.call("factorial", x)
	default:
		return nil
	}
}

func (l *lowering) binary(o tex.Op, x, y *expr) *expr {
	switch o {
	case tex.Quotient:
		return l.quotient(x, y)
	case tex.Power:
		return l.power(x, y)
	case tex.Root:
		if k, ok := smallInt(y); ok && k >= 1 && k <= surd.MaxRoot {
			return l.root(x, k)
		}
		return l.power(x, l.power(y, l.int(-1)))
	case tex.Logarithm:
		return l.quotient(l.call("ln", y), l.call("ln", x))
	case tex.Binomial:
		return l.call("binomial", x, y)
	case tex.Mod:
		return l.call("mod", x, y)
	default:
		return nil
	}
}

// function is a function of args: one that is known, or any other.
func (l *lowering) function(text string, args []*expr) *expr {
	if len(args) == 0 {
		return nil
	}
	want, known := arity[text]
	if text == `\phi` && len(args) == 1 {
		if n, ok := l.totient(args[0]); ok {
			return n
		}
	}
	if text == `\zeta` && len(args) == 1 {
		if s, ok := smallInt(args[0]); ok && s > 1 {
			return l.zeta(s)
		}
	}
	if !known {
		return l.node(expr{op: unknown, text: text, args: args})
	}
	if want != 0 && want != len(args) {
		return nil
	}
	switch text {
	case "sqrt":
		return l.root(args[0], 2)
	case "exp":
		return l.power(l.constant(euler), args[0])
	case "sech", "csch", "arcsec", "arccsc", "arcsinh", "arccosh", "arctanh":
		return l.byOthers(text, args[0])
	case "log":
		return l.call("ln", args[0])
	case "lg":
		return l.quotient(l.call("ln", args[0]), l.call("ln", l.int(10)))
	}
	return l.call(text, args...)
}

// byOthers is a function of x by those that are calculated.
func (l *lowering) byOthers(text string, x *expr) *expr {
	one := l.int(1)
	switch text {
	case "sech":
		return l.quotient(one, l.call("cosh", x))
	case "csch":
		return l.quotient(one, l.call("sinh", x))
	case "arcsec":
		return l.call("arccos", l.quotient(one, x))
	case "arccsc":
		return l.call("arcsin", l.quotient(one, x))
	case "arcsinh":
		return l.call("ln", l.sum(x, l.root(l.sum(l.product(x, x), one), 2)))
	case "arccosh":
		return l.call("ln", l.sum(x, l.product(l.root(l.sum(x, one), 2), l.root(l.sum(x, l.int(-1)), 2))))
	default: // arctanh
		return l.product(l.rat(big.NewRat(1, 2)), l.call("ln", l.quotient(l.sum(one, x), l.sum(one, l.neg(x)))))
	}
}

// totient is how many of the numbers up to a whole one have no factor in common
// with it. It is false for any other argument.
func (l *lowering) totient(e *expr) (*expr, bool) {
	n, ok := smallInt(e)
	if !ok || n < 1 {
		return nil, false
	}
	powers, ok := integer.Factor(big.NewInt(int64(n)), l.work)
	if !ok {
		return nil, false
	}
	for _, p := range powers {
		n -= n / int(p.Prime)
	}
	return l.int(int64(n)), true
}

// zeta is the sum of 1/k^s over all positive k: a part of π^s for small even s.
func (l *lowering) zeta(s int) *expr {
	if below := map[int]int64{2: 6, 4: 90, 6: 945, 8: 9450, 10: 93555}[s]; below > 0 {
		return l.product(l.rat(big.NewRat(1, below)), l.power(l.constant(pi), l.int(int64(s))))
	}
	index := "#" + strconv.Itoa(len(l.bound))
	term := l.power(l.node(expr{op: name, text: index}), l.int(int64(-s)))
	return l.node(expr{op: bigSum, text: index, args: []*expr{l.int(1), l.constant(infinite), term}})
}

// determinant is expanded, for matrices of few rows.
func (l *lowering) determinant(n *tex.Node, args []*expr) *expr {
	const maxParts = 5
	if len(n.Args) != 1 || n.Args[0].Op != tex.Matrix || len(n.Args[0].Args) > maxParts {
		return nil
	}
	// args[0] is an alien whose rows are aliens: their parts are the entries.
	rows := args[0].args
	for _, r := range rows {
		if len(r.args) != len(rows) {
			return nil
		}
	}
	if len(rows) == 0 {
		return nil
	}
	return l.minor(rows, make([]bool, len(rows)))
}

// minor is the determinant of the rows without the columns that are taken.
func (l *lowering) minor(rows []*expr, taken []bool) *expr {
	if len(rows) == 0 {
		return l.int(1)
	}
	var terms []*expr
	for c, entry := range rows[0].args {
		if taken[c] {
			continue
		}
		taken[c] = true
		term := l.product(entry, l.minor(rows[1:], taken))
		taken[c] = false
		if len(terms)%2 == 1 {
			term = l.neg(term)
		}
		terms = append(terms, term)
	}
	return l.sum(terms...)
}
