package sympy

import (
	"strconv"
	"strings"

	"github.com/aimo3/aimo3/engine/answer/tex"
)

// Bounds on both trees together and what is written. Python's own, on nested brackets, is 200.
const (
	maxDepth = 80
	maxParts = 1500
	maxBytes = 32 << 10
)

// writer writes trees as Python. After it failed, what it writes is of no use.
type writer struct {
	out      strings.Builder
	names    numbered // the variables
	unknown  numbered // the functions of which nothing is known
	counting map[string]bool
	bound    []bound // innermost last
	parts    int     // of the trees
	failed   bool
}

// bound is a name that stands for something else than a variable.
type bound struct{ name, symbol string }

// newWriter looks through the trees that are to be written: it has failed if they
// are too large.
func newWriter(nodes ...*tex.Node) *writer {
	w := &writer{counting: map[string]bool{}}
	for _, n := range nodes {
		w.count(n, false, 0)
	}
	return w
}

// expression is n as Python.
func (w *writer) expression(n *tex.Node) string {
	w.out.Reset()
	w.node(n)
	return w.out.String()
}

// call writes a call of a Python function; tag is the text of its first
// argument, if it is not empty.
func (w *writer) call(function, tag string, args ...*tex.Node) {
	w.out.WriteString(function + "(")
	between := ""
	if tag != "" {
		w.out.WriteString(strconv.Quote(tag))
		between = ", "
	}
	for _, arg := range args {
		w.out.WriteString(between)
		w.node(arg)
		between = ", "
	}
	w.out.WriteByte(')')
}

func (w *writer) node(n *tex.Node) {
	if w.failed || w.out.Len() > maxBytes {
		w.failed = true
		return
	}
	switch n.Op {
	case tex.Num, tex.Repeating, tex.Radix:
		w.number(n)
	case tex.Name:
		w.name(n)
	case tex.Call:
		w.function(n)
	case tex.BigSum, tex.BigProd, tex.Integral, tex.Limit:
		w.binder(n)
	case tex.Relation:
		w.relation(n)
	default:
		if name, tag := wordFor(n); name != "" {
			w.call(name, tag, n.Args...)
			return
		}
		w.failed = true
	}
}

// wordFor is the function of the prelude that makes what n is of its parts, and
// what that is to be told besides. A row's parts have an order and a bag's do
// not.
func wordFor(n *tex.Node) (function, tag string) {
	switch n.Op {
	case tex.Tuple:
		return "row", "tuple"
	case tex.Ratio:
		return "row", "ratio"
	case tex.Matrix:
		return "row", "matrix"
	case tex.Row:
		return "row", "line"
	case tex.Minus:
		return "row", "minus"
	case tex.Congruence:
		if n.Text != "" {
			return "", ""
		}
		return "row", "congruence"
	case tex.Interval:
		switch n.Text {
		case "()", "[)", "(]", "[]":
			return "row", n.Text
		}
		return "", ""
	case tex.List, tex.Set, tex.Empty, tex.And:
		return "bag", "all"
	case tex.Or:
		return "bag", "or"
	case tex.Union:
		return "bag", "union"
	case tex.Intersect:
		return "bag", "intersection"
	default:
		return operation(n, len(n.Args)), ""
	}
}

// operation is the function that makes a number of numbers.
func operation(n *tex.Node, parts int) string {
	switch {
	case n.Op == tex.Sum && parts > 1:
		return "Add"
	case n.Op == tex.Product && parts > 1:
		return "Mul"
	case n.Op == tex.Neg && parts == 1:
		return "negative"
	case n.Op == tex.Quotient && parts == 2:
		return "quotient"
	case n.Op == tex.Power && parts == 2:
		return "Pow"
	case n.Op == tex.Root && (parts == 1 || parts == 2):
		return "nth_root"
	case n.Op == tex.Logarithm && parts == 2:
		return "logarithm"
	case n.Op == tex.Factorial && parts == 1 && n.Text == "!!":
		return "factorial2"
	case n.Op == tex.Factorial && parts == 1:
		return "factorial"
	case n.Op == tex.Binomial && parts == 2:
		return "binomial"
	case n.Op == tex.Degrees && parts == 1:
		return "degrees"
	case n.Op == tex.Determinant && parts == 1:
		return "determinant"
	}
	return ""
}

// relation writes one that is an equation, an inequality or that something is in
// a set; greater ones are turned round.
func (w *writer) relation(n *tex.Node) {
	if len(n.Args) != 2 {
		w.failed = true
		return
	}
	a, b := n.Args[0], n.Args[1]
	switch n.Text {
	case "=":
		w.call("row", "=", a, b)
	case `\ne`:
		w.call("row", "!=", a, b)
	case "<":
		w.call("row", "<", a, b)
	case ">":
		w.call("row", "<", b, a)
	case `\le`:
		w.call("row", "<=", a, b)
	case `\ge`:
		w.call("row", "<=", b, a)
	case `\in`:
		w.call("row", "in", a, b)
	default:
		w.failed = true
	}
}
