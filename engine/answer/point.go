package answer

import (
	"slices"
	"strings"

	"github.com/aimo3/aimo3/engine/answer/tex"
	"github.com/aimo3/aimo3/engine/answer/value"
)

// atPoint compares a, if it may be a point or a vector that is written in another
// manner than as one, with the vector b: -(1,2), (1,2)+t(3,4), A(1,2), and \binom12
// for a column.
func (c *comparison) atPoint(a, b *tex.Node) (value.Judgement, bool) {
	m, ok := worked(columns(a))
	if !ok || a.Op == tex.Matrix {
		return value.Judgement{}, false
	}
	of, ok := vector(m)
	if !ok {
		return value.Judgement{}, false
	}
	return lenient(c.nodes(node(tex.Tuple, of...), b), "a point or a vector written in another manner"), true
}

// columns is n with a column for what may be a point in it.
func columns(n *tex.Node) *tex.Node {
	switch n.Op {
	case tex.Tuple, tex.Binomial:
		return column(n.Args)
	case tex.Call:
		switch {
		case len(n.Args) < 2 || knownFunction(n.Text) || slices.Contains([]string{"f", "g", "h"}, n.Text):
		case n.Text[0] >= 'A' && n.Text[0] <= 'Z':
			return column(n.Args)
		default: // t(1,2)
			return node(tex.Product, &tex.Node{Op: tex.Name, Text: n.Text}, column(n.Args))
		}
	case tex.Sum, tex.Neg, tex.Product, tex.Quotient:
		return rebuilt(n, columns)
	default:
	}
	return n
}

func column(entries []*tex.Node) *tex.Node {
	m := node(tex.Matrix)
	for _, entry := range entries {
		m.Args = append(m.Args, node(tex.Row, entry))
	}
	return m
}

// concluded parts a list of equations from its last one, if that says what the
// names before it come to: m = 25, n = 17, m+n = 42.
func (c *comparison) concluded(n *tex.Node) (rest, last *tex.Node, ok bool) {
	if n.Op != tex.List && n.Op != tex.And || len(n.Args) < 3 {
		return nil, nil, false
	}
	end := len(n.Args) - 1
	last = n.Args[end]
	what, of, isEquation := chained(last, "=")
	if !isEquation || len(variables(of)) > 0 || len(variables(what)) < 2 {
		return nil, nil, false
	}
	rest = node(n.Op, n.Args[:end]...)
	names, values, ok := assignments(rest)
	if !ok || !all(names, isName) || len(without(variables(what), names)) > 0 {
		return nil, nil, false
	}
	for i, name := range names {
		what = put(what, name, values[i])
	}
	return rest, last, c.calc.Compare(what, of).Verdict == value.Equal
}

// arrowed reads a list of equations with an arrow before the last one, which says
// what the names before it come to, or is nil.
func arrowed(s string) *tex.Node {
	for _, arrow := range [...]string{`\Rightarrow`, `\implies`, `\Longrightarrow`, "⇒"} {
		before, after, found := strings.Cut(s, arrow)
		if !found || !strings.Contains(before, "=") || !strings.Contains(after, "=") {
			continue
		}
		n, err := tex.Parse(strings.TrimRight(before, " ,") + ", " + after)
		if err != nil || n.Op != tex.List || len(n.Args) < 3 || !all(n.Args, func(part *tex.Node) bool { return part.Op == tex.Relation && part.Text == "=" }) {
			continue
		}
		if last := n.Args[len(n.Args)-1]; len(variables(last.Args[1])) == 0 && len(variables(last.Args[0])) > 1 {
			return n
		}
	}
	return nil
}

// conclusion compares two answers of which one ends with what its names come to.
func (c *comparison) conclusion(a, b *tex.Node) (value.Judgement, bool) {
	rest, last, ok := c.concluded(a)
	if !ok {
		a, b = b, a
		rest, last, ok = c.concluded(a)
	}
	if _, _, both := c.concluded(b); !ok || both {
		return value.Judgement{}, false
	}
	j := c.nodes(last, b)
	if j.Verdict == value.Different {
		j = c.nodes(rest, b)
	}
	return lenient(j, "what led to the answer written before it"), true
}

// equated are the equations x = 1, y = 1 that x = y = 1 says of several names, or
// n alone.
func equated(n *tex.Node) []*tex.Node {
	if n.Op != tex.And || len(n.Args) < 2 || slices.ContainsFunc(n.Args, func(part *tex.Node) bool {
		return part.Op != tex.Relation || part.Text != "=" || !isName(part.Args[0])
	}) {
		return []*tex.Node{n}
	}
	end := n.Args[len(n.Args)-1].Args[1]
	var found []*tex.Node
	for i, part := range n.Args {
		if i > 0 && !alike(part.Args[0], n.Args[i-1].Args[1]) {
			return []*tex.Node{n}
		}
		found = append(found, &tex.Node{Op: tex.Relation, Text: "=", Args: []*tex.Node{part.Args[0], end}})
	}
	return found
}
