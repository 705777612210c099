package answer

import (
	"github.com/aimo3/aimo3/engine/answer/tex"
	"github.com/aimo3/aimo3/engine/answer/value"
)

// customary compares two parts once more when one, and only that one, has a name
// that by custom stands for a number: ω for a cube root of unity, φ for the
// golden ratio.
func (c *comparison) customary(a, b *tex.Node) value.Judgement {
	for _, pair := range [...][2]*tex.Node{{a, b}, {b, a}} {
		n, other := valueOf(pair[0]), valueOf(pair[1])
		names := variables(n)
		if len(names) != 1 || len(variables(other)) > 0 {
			continue
		}
		if by := custom(names[0]); by != nil {
			return lenient(c.nodes(put(n, names[0], by), other), names[0].Text+" taken for the number that it often is")
		}
	}
	return unknown("")
}

// valueOf is what n assigns, or n itself.
func valueOf(n *tex.Node) *tex.Node {
	if _, of, ok := assigned(n); ok {
		return of
	}
	return n
}

// custom is the number that a name stands for by custom, or nil.
func custom(name *tex.Node) *tex.Node {
	if len(name.Args) > 0 {
		return nil
	}
	half := func(n *tex.Node) *tex.Node { return node(tex.Quotient, n, number("2")) }
	switch name.Text {
	case `\omega`:
		return half(node(tex.Sum, negative(number("1")), node(tex.Product, &tex.Node{Op: tex.Name, Text: "i"}, node(tex.Root, number("3")))))
	case `\varphi`, `\phi`:
		return half(node(tex.Sum, number("1"), node(tex.Root, number("5"))))
	}
	return nil
}
