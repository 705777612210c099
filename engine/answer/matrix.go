package answer

import (
	"fmt"
	"slices"

	"github.com/aimo3/aimo3/engine/answer/tex"
	"github.com/aimo3/aimo3/engine/answer/value"
)

// maxParts bounds the tree of a matrix that is worked out: products of matrices
// grow with every factor.
const maxParts = 4000

// matrices compares a part of kind x with a matrix. A column, a row and a tuple
// are all vectors.
func (c *comparison) matrices(a, b *tex.Node, x Kind) value.Judgement {
	b, ok := worked(b)
	if !ok {
		return unknown(cannotWork)
	}
	switch x {
	case Matrix:
		return c.twoMatrices(a, b)
	case Tuple, List:
		if v, ok := vector(b); ok {
			return c.inOrder(a.Args, v)
		}
		if x == Tuple && all(a.Args, func(n *tex.Node) bool { return kindOf(n) == Tuple }) {
			return c.rows(a, b)
		}
	case Scalar:
		if v, ok := vector(b); ok && len(v) == 1 {
			return c.nodes(a, v[0])
		}
		if isName(a) && (a.Text == "I" || a.Text == "E" || a.Text == "O" || a.Text == "J") {
			return unknown("a matrix and a name for it")
		}
	default:
	}
	return unlike(x, Matrix)
}

const cannotWork = "matrices that cannot be calculated"

// twoMatrices compares a matrix with one that is worked out already.
func (c *comparison) twoMatrices(a, b *tex.Node) value.Judgement {
	a, ok := worked(a)
	if !ok {
		return unknown(cannotWork)
	}
	v, okV := vector(a)
	w, okW := vector(b)
	if okV && okW {
		return c.inOrder(v, w)
	}
	return c.rows(a, b)
}

// rows compares two matrices entry by entry.
func (c *comparison) rows(a, b *tex.Node) value.Judgement {
	if len(a.Args) != len(b.Args) || len(a.Args) > 0 && len(a.Args[0].Args) != len(b.Args[0].Args) {
		return different(fmt.Sprintf("%d rows against %d, or other columns", len(a.Args), len(b.Args)))
	}
	j := equal(value.Shape, "")
	for i := range a.Args {
		if j = also(j, c.inOrder(a.Args[i].Args, b.Args[i].Args)); j.Verdict == value.Different {
			break
		}
	}
	return j
}

// vector is the entries of a matrix of one row or one column.
func vector(n *tex.Node) ([]*tex.Node, bool) {
	if n.Op == tex.Row {
		return n.Args, true
	}
	if len(n.Args) == 1 && n.Args[0].Op == tex.Row {
		return n.Args[0].Args, true
	}
	var entries []*tex.Node
	for _, row := range n.Args {
		if len(row.Args) != 1 {
			return nil, false
		}
		entries = append(entries, row.Args[0])
	}
	return entries, true
}

// worked is the matrix that an expression in matrices comes to.
func worked(n *tex.Node) (*tex.Node, bool) {
	switch n.Op {
	case tex.Matrix, tex.Row:
		return n, true
	case tex.Tuple:
		return node(tex.Matrix, node(tex.Row, n.Args...)), true
	case tex.Neg:
		m, ok := worked(n.Args[0])
		return entries(m, ok, negative)
	case tex.Quotient:
		m, ok := worked(n.Args[0])
		return entries(m, ok, func(e *tex.Node) *tex.Node { return node(tex.Quotient, e, n.Args[1]) })
	case tex.Power:
		of := n.Args[0]
		if isRow(of) {
			of = node(tex.Tuple, of.Args...)
		}
		m, ok := worked(of)
		return transposed(m), ok && (n.Args[1].Text == "T" || n.Args[1].Text == `\top`)
	case tex.Sum:
		return workedAll(n.Args, sumOf)
	case tex.Product:
		return workedAll(n.Args, productOf)
	default:
	}
	return n, false
}

// workedAll is what a row of matrices and numbers comes to, two at a time.
func workedAll(parts []*tex.Node, two func(a, b *tex.Node) (*tex.Node, bool)) (*tex.Node, bool) {
	so := operand(parts[0])
	for _, part := range parts[1:] {
		var ok bool
		if so, ok = two(so, operand(part)); !ok || outgrown(so, new(int)) {
			return nil, false
		}
	}
	return so, so.Op == tex.Matrix
}

// outgrown says whether a tree has more parts than a matrix is worked out to; n
// counts them.
func outgrown(tree *tex.Node, n *int) bool {
	*n++
	return *n > maxParts || slices.ContainsFunc(tree.Args, func(arg *tex.Node) bool { return outgrown(arg, n) })
}

// operand is the matrix that a part comes to, or the part itself.
func operand(n *tex.Node) *tex.Node {
	if m, ok := worked(n); ok && n.Op != tex.Tuple {
		return m
	}
	return n
}

// entries is m with f done to each entry.
func entries(m *tex.Node, ok bool, f func(*tex.Node) *tex.Node) (*tex.Node, bool) {
	if !ok || m.Op != tex.Matrix {
		return nil, false
	}
	return rebuilt(m, func(row *tex.Node) *tex.Node { return rebuilt(row, f) }), true
}

func transposed(m *tex.Node) *tex.Node {
	if m == nil || m.Op != tex.Matrix {
		return m
	}
	t := node(tex.Matrix)
	for i := range m.Args[0].Args {
		row := node(tex.Row)
		for _, r := range m.Args {
			row.Args = append(row.Args, r.Args[i])
		}
		t.Args = append(t.Args, row)
	}
	return t
}

func sumOf(a, b *tex.Node) (*tex.Node, bool) {
	if a.Op != tex.Matrix || b.Op != tex.Matrix || len(a.Args) != len(b.Args) || len(a.Args[0].Args) != len(b.Args[0].Args) {
		return nil, false
	}
	sum := node(tex.Matrix)
	for i, row := range a.Args {
		added := node(tex.Row)
		for k, e := range row.Args {
			added.Args = append(added.Args, node(tex.Sum, e, b.Args[i].Args[k]))
		}
		sum.Args = append(sum.Args, added)
	}
	return sum, true
}

func productOf(a, b *tex.Node) (*tex.Node, bool) {
	switch {
	case a.Op != tex.Matrix && b.Op != tex.Matrix:
		return node(tex.Product, a, b), true
	case a.Op != tex.Matrix:
		return entries(b, true, func(e *tex.Node) *tex.Node { return node(tex.Product, a, e) })
	case b.Op != tex.Matrix:
		return entries(a, true, func(e *tex.Node) *tex.Node { return node(tex.Product, e, b) })
	case len(a.Args[0].Args) != len(b.Args):
		return nil, false
	}
	product := node(tex.Matrix)
	for _, row := range a.Args {
		made := node(tex.Row)
		for k := range b.Args[0].Args {
			entry := node(tex.Sum, number("0"))
			for i, e := range row.Args {
				entry.Args = append(entry.Args, node(tex.Product, e, b.Args[i].Args[k]))
			}
			made.Args = append(made.Args, entry)
		}
		product.Args = append(product.Args, made)
	}
	return product, true
}
