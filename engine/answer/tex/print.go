package tex

import "strings"

// level is how tightly an expression holds together. What stands where a
// tighter one is needed gets parentheses.
type level uint8

const (
	listed   level = iota
	elected        // an element of a list
	compared       // what a relation has on its sides
	united
	added
	multiplied
	atomic
)

// String writes the tree as LaTeX that Parse reads back as the same tree. Equal
// trees have equal texts.
func (n *Node) String() string { return string(n.print(make([]byte, 0, 64), listed)) }

// print adds n to b, in parentheses if it is looser than at.
func (n *Node) print(b []byte, at level) []byte {
	if n.tightness() >= at {
		return n.bare(b)
	}
	b = append(b, '(')
	b = n.bare(b)
	return append(b, ')')
}

// tightness is the level of what bare writes.
func (n *Node) tightness() level {
	switch n.Op {
	case List, Or, Ratio:
		return listed
	case And:
		if !n.chained() {
			return atomic
		}
		return elected
	case Relation, Congruence:
		return elected
	case Union, Minus, Intersect:
		return compared
	case Sum, Neg, PlusMinus, Quantity:
		return united
	case Product, Mod, BigSum, BigProd, Integral, Limit:
		return added
	case Power, Factorial, Degrees, Percent:
		return multiplied
	case Call:
		if n.Text == `\sum` || n.Text == `\prod` {
			return added
		}
	default:
	}
	return atomic
}

// bare adds n to b without parentheses around it.
func (n *Node) bare(b []byte) []byte {
	switch n.Op {
	case Num:
		return append(b, n.Text...)
	case Repeating:
		whole, period, _ := strings.Cut(strings.TrimSuffix(n.Text, ")"), "(")
		return wrap(append(append(b, whole...), `\overline{`...), period, "}")
	case Name:
		return n.name(b)
	case Words:
		return wrap(append(b, `\text{`...), n.Text, "}")
	case Empty:
		return append(b, `\emptyset`...)
	case Radix:
		return append(n.Args[0].print(append(append(b, n.Text...), "_{"...), listed), '}')
	case Sum, Neg, PlusMinus, Product, Mod, Power, Factorial, Degrees, Percent, Quantity:
		return n.arithmetic(b)
	case Quotient:
		return n.braced(b, `\frac`)
	case Binomial:
		return n.braced(b, `\binom`)
	case Root:
		if len(n.Args) == 2 {
			b = append(n.Args[1].print(append(b, `\sqrt[`...), united), ']')
			return append(n.Args[0].print(append(b, '{'), elected), '}')
		}
		return n.braced(b, `\sqrt`)
	case Call, Logarithm:
		return n.call(b)
	case BigSum, BigProd, Integral, Limit:
		return n.big(b)
	case Matrix, Row, Determinant, Cases:
		return n.table(b)
	default:
		return n.collection(b)
	}
}

func wrap(b []byte, text, after string) []byte { return append(append(b, text...), after...) }

// braced adds a command with its arguments in braces.
func (n *Node) braced(b []byte, command string) []byte {
	b = append(b, command...)
	for _, a := range n.Args {
		b = append(a.print(append(b, '{'), elected), '}')
	}
	return b
}

// joinNodes adds the nodes with sep between, or with semicolons if there are
// lists among them.
func joinNodes(b []byte, nodes []*Node, sep string) []byte {
	for _, a := range nodes {
		if a.Op == List {
			sep = "; "
		}
	}
	for i, a := range nodes {
		if i > 0 {
			b = append(b, sep...)
		}
		if a.Op == List {
			b = a.bare(b)
		} else {
			b = a.print(b, elected)
		}
	}
	return b
}

func (n *Node) name(b []byte) []byte {
	b = append(b, n.Text...)
	if len(n.Args) == 0 {
		return b
	}
	if first := n.Args[0]; first.Op == Relation && first.Args[0].Op == Words {
		b = wrap(append(b, "_{"...), first.Text, " ")
		return append(first.Args[1].print(b, united), '}')
	}
	return append(joinNodes(append(b, "_{"...), n.Args, ","), '}')
}

// chained tells whether an And is a chain such as a < b < c.
func (n *Node) chained() bool {
	for i, a := range n.Args {
		if a.Op != Relation || i > 0 && a.Args[0] != n.Args[i-1].Args[1] {
			return false
		}
	}
	return true
}

func infix(b []byte, args []*Node, sign string, at level) []byte {
	for i, a := range args {
		if i > 0 {
			b = append(b, sign...)
		}
		b = a.print(b, at)
	}
	return b
}
