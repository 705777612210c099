package answer

import (
	"slices"
	"strconv"

	"github.com/aimo3/aimo3/engine/answer/tex"
	"github.com/aimo3/aimo3/engine/answer/value"
)

// axes are the names that the unit vectors of the first, second and third axis
// are given, a row for each manner: \hat{i} is how tex reads all that are marked.
func axes() [4][3]*tex.Node {
	plain := func(text string) *tex.Node { return &tex.Node{Op: tex.Name, Text: text} }
	numbered := func(index string) *tex.Node {
		return &tex.Node{Op: tex.Name, Text: "e", Args: []*tex.Node{number(index)}}
	}
	return [...][3]*tex.Node{
		{plain(`\hat{i}`), plain(`\hat{j}`), plain(`\hat{k}`)},
		{plain("i"), plain("j"), plain("k")},
		{plain(`\hat{x}`), plain(`\hat{y}`), plain(`\hat{z}`)},
		{numbered("1"), numbered("2"), numbered("3")},
	}
}

// hatted says whether a name is that of an axis and of nothing else.
func hatted(n *tex.Node) bool {
	return n.Op == tex.Name && len(n.Args) == 0 && slices.Contains([]string{`\hat{i}`, `\hat{j}`, `\hat{k}`}, n.Text)
}

// axial says whether n may be a sum of unit vectors. An i alone is taken for the
// imaginary unit, unless it is marked.
func axial(n *tex.Node, row [3]*tex.Node) bool {
	if row[0].Text != "i" {
		return slices.ContainsFunc(row[:], func(axis *tex.Node) bool { return occurs(n, axis) })
	}
	return occurs(n, row[1]) || occurs(n, row[2])
}

func occurs(n, name *tex.Node) bool {
	return alike(n, name) || slices.ContainsFunc(n.Args, func(arg *tex.Node) bool { return occurs(arg, name) })
}

// unitVectors compares 2i+3j, if a is such a sum, with the components b.
func (c *comparison) unitVectors(a *tex.Node, b []*tex.Node) (value.Judgement, bool) {
	if len(b) < 2 || len(b) > 3 {
		return value.Judgement{}, false
	}
	for _, row := range axes() {
		if !axial(a, row) {
			continue
		}
		if components, ok := c.components(a, row); ok {
			if len(b) == 2 {
				b = append(slices.Clone(b), number("0"))
			}
			return c.inOrder(components, b), true
		}
	}
	return value.Judgement{}, false
}

// components are the factors of the unit vectors in n, if it is a sum of them.
func (c *comparison) components(n *tex.Node, row [3]*tex.Node) ([]*tex.Node, bool) {
	sum := node(tex.Sum)
	var factors []*tex.Node
	for i, axis := range row {
		free := &tex.Node{Op: tex.Name, Text: "v", Args: []*tex.Node{{Op: tex.Name, Text: "axis"}, number(strconv.Itoa(i))}}
		n = put(n, axis, free)
		sum.Args = append(sum.Args, free)
	}
	at := func(i int) *tex.Node {
		of := n
		for k, free := range sum.Args {
			by := "0"
			if k == i {
				by = "1"
			}
			of = put(of, free, number(by))
		}
		return withoutZeros(of)
	}
	again := node(tex.Sum, number("0"))
	for i, free := range sum.Args {
		factors = append(factors, at(i))
		again.Args = append(again.Args, node(tex.Product, factors[i], free))
	}
	return factors, c.calc.Compare(n, again).Verdict == value.Equal
}

// withoutZeros is n without what a factor of 0 makes nothing of.
func withoutZeros(n *tex.Node) *tex.Node {
	n = rebuilt(n, withoutZeros)
	isZero := func(n *tex.Node) bool { return n.Op == tex.Num && n.Text == "0" }
	switch n.Op {
	case tex.Product:
		if slices.ContainsFunc(n.Args, isZero) {
			return number("0")
		}
	case tex.Neg, tex.Quotient:
		if isZero(n.Args[0]) {
			return number("0")
		}
	case tex.Sum:
		rest := slices.DeleteFunc(slices.Clone(n.Args), isZero)
		if len(rest) == 0 {
			return number("0")
		}
		if len(rest) == 1 {
			return rest[0]
		}
		return node(tex.Sum, rest...)
	default:
	}
	return n
}

// vectorParts are the parts of what is a vector by the way it is written.
func vectorParts(n *tex.Node) ([]*tex.Node, bool) {
	switch {
	case n.Op == tex.Tuple, n.Op == tex.List && n.Text == "", n.Op == tex.Interval && n.Text == "[]":
		return n.Args, true
	case vectorial(n) || n.Op == tex.Row:
		if m, ok := worked(n); ok {
			return vector(m)
		}
	}
	return nil, false
}

// marked is n with the axes of b for those of its own, where only one of the two
// has marks on them.
func marked(a, b *tex.Node) (x, y *tex.Node) {
	if holdsName(a, hatted) == holdsName(b, hatted) {
		return a, b
	}
	rows := axes()
	plain := func(n *tex.Node) bool { // 3i may be a number
		return alike(n, rows[0][0]) || hatted(n) && alike(n, rows[1][0])
	}
	several := func(n *tex.Node) bool {
		return holdsName(n, func(n *tex.Node) bool {
			return !plain(n) && (hatted(n) || slices.ContainsFunc(rows[0][:], func(axis *tex.Node) bool { return alike(n, axis) }))
		})
	}
	if a.Op != tex.Sum && b.Op != tex.Sum && !several(a) && !several(b) {
		return a, b
	}
	for i, axis := range rows[0] {
		a, b = put(a, axis, rows[1][i]), put(b, axis, rows[1][i])
	}
	return a, b
}

// holdsName says whether some name in n is so.
func holdsName(n *tex.Node, is func(*tex.Node) bool) bool {
	return is(n) || slices.ContainsFunc(n.Args, func(arg *tex.Node) bool { return holdsName(arg, is) })
}
