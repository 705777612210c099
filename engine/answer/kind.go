package answer

import (
	"slices"
	"strings"

	"github.com/aimo3/aimo3/engine/answer/tex"
)

// Kind is what sort of thing an answer is.
type Kind uint8

// The kinds.
const (
	Words    Kind = iota // text, also mathematics that could not be read
	Scalar               // a number or an expression
	List                 // several things side by side
	Set                  // {1,2,3}, or that there is nothing
	Ratio                // 3:4
	Tuple                // (1,2)
	Matrix               // also a vector
	Span                 // an interval, or sets united and cut
	Relation             // an equation or inequality, or some of them
)

// String names the kind for people.
func (k Kind) String() string {
	return [...]string{"text", "number or expression", "list", "set", "ratio", "tuple", "matrix", "interval", "relation"}[k]
}

// kindOf is the kind of one part of an answer.
func kindOf(n *tex.Node) Kind {
	switch n.Op {
	case tex.Words:
		return Words
	case tex.Tuple, tex.Matrix:
		switch {
		case holds(n, tex.PlusMinus):
			return List // (±1, 0) is two of them
		case n.Op == tex.Tuple:
			return Tuple
		}
		return Matrix
	case tex.List:
		if all(n.Args, conditional) {
			return Relation
		}
		return List
	case tex.Set, tex.Empty:
		return Set
	case tex.Ratio:
		return Ratio
	case tex.Row:
		return Matrix
	case tex.Interval, tex.Union, tex.Intersect, tex.Minus, tex.SetOf:
		return Span
	case tex.Relation, tex.Congruence, tex.And, tex.Or, tex.Cases:
		return Relation
	case tex.Name:
		if numberSet(n) {
			return Span
		}
	case tex.Sum, tex.Product, tex.Neg, tex.Quotient, tex.Power:
		if vectorial(n) {
			return Matrix
		}
	default:
	}
	if holds(n, tex.PlusMinus) {
		return List
	}
	return Scalar
}

// vectorial says whether an expression has matrices for operands.
func vectorial(n *tex.Node) bool {
	switch n.Op {
	case tex.Matrix:
		return true
	case tex.Sum, tex.Product, tex.Neg, tex.Quotient:
		return slices.ContainsFunc(n.Args, vectorial)
	case tex.Power:
		return (vectorial(n.Args[0]) || n.Args[0].Op == tex.Tuple || isRow(n.Args[0])) && n.Args[1].Op == tex.Name
	default:
	}
	return false
}

// isRow says whether n, which is raised, is [1,2] or [1,2,3].
func isRow(n *tex.Node) bool { return n.Op == tex.Interval && n.Text == "[]" || n.Op == tex.List }

// numberSet says whether a name stands for the reals, the integers or so.
func numberSet(n *tex.Node) bool {
	set, _, _ := strings.Cut(n.Text, "^")
	return n.Op == tex.Name && slices.Contains([]string{`\mathbb{R}`, `\mathbb{Z}`, `\mathbb{N}`, `\mathbb{Q}`, `\mathbb{C}`}, set)
}
