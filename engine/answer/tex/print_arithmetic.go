package tex

// arithmetic adds sums, products and what stands behind an operand.
func (n *Node) arithmetic(b []byte) []byte {
	switch n.Op {
	case Sum:
		return n.sum(b)
	case Neg:
		return n.negated(append(b, '-'))
	case PlusMinus:
		if len(n.Args) == 2 {
			b = append(n.Args[0].print(b, added), ' ')
		}
		return n.Args[len(n.Args)-1].print(wrap(b, n.Text, " "), added)
	case Product:
		return infix(b, n.Args, ` \cdot `, multiplied)
	case Mod:
		return infix(b, n.Args, ` \bmod `, multiplied)
	case Power:
		b = append(n.Args[0].raised(b), "^{"...)
		return append(n.Args[1].print(b, elected), '}')
	case Factorial:
		return append(n.Args[0].print(b, atomic), n.Text...)
	case Degrees:
		return append(n.Args[0].print(b, atomic), `^{\circ}`...)
	case Percent:
		return append(n.Args[0].print(b, atomic), `\%`...)
	default:
		return n.quantity(b)
	}
}

// raised adds what an exponent stands on.
func (n *Node) raised(b []byte) []byte {
	if n.Op == Quotient {
		return append(n.bare(append(b, '(')), ')')
	}
	return n.print(b, atomic)
}

// negated adds what a minus stands before. The sign would go to what is before
// a mod, which therefore gets parentheses.
func (n *Node) negated(b []byte) []byte {
	if n.Args[0].Op == Mod {
		return n.Args[0].print(b, multiplied)
	}
	return n.Args[0].print(b, added)
}

// sum adds terms with their signs.
func (n *Node) sum(b []byte) []byte {
	for i, a := range n.Args {
		switch {
		case a.Op == Neg && i > 0:
			b = a.negated(append(b, " - "...))
		case a.Op == Neg:
			b = a.bare(b)
		case i > 0:
			b = a.print(append(b, " + "...), added)
		default:
			b = a.print(b, added)
		}
	}
	return b
}

// quantity adds an amount with its unit behind it, or before it if it is money.
func (n *Node) quantity(b []byte) []byte {
	if command := moneyCommand(n.Text); command != "" {
		return n.Args[0].print(append(b, command...), atomic)
	}
	at := added
	if n.Args[0].Op == Neg {
		at = united
	}
	return wrap(append(n.Args[0].print(b, at), `\text{ `...), n.Text, "}")
}

func moneyCommand(unit string) string {
	switch unit {
	case "$":
		return `\$`
	case "€":
		return `\euro `
	case "£":
		return `\pounds `
	case "¥":
		return `\yen `
	}
	return ""
}

// call adds a function and its arguments.
func (n *Node) call(b []byte) []byte {
	if n.Op == Logarithm {
		b = append(n.Args[0].print(append(b, `\log_{`...), elected), "}("...)
		return append(n.Args[1].print(b, elected), ')')
	}
	switch n.Text {
	case "abs":
		return append(n.Args[0].print(append(b, `\left|`...), united), `\right|`...)
	case "norm":
		return append(n.Args[0].print(append(b, `\|`...), united), `\|`...)
	case "floor":
		return append(n.Args[0].print(append(b, `\lfloor `...), united), `\rfloor`...)
	case "ceil":
		return append(n.Args[0].print(append(b, `\lceil `...), united), `\rceil`...)
	case `\underbrace`:
		b = append(n.Args[0].print(append(b, `\underbrace{`...), elected), "}_{"...)
		return append(n.Args[1].print(b, elected), '}')
	case `\sum`, `\prod`:
		b = append(n.Args[0].print(append(append(b, n.Text...), "_{"...), elected), "} "...)
		return n.Args[1].print(b, multiplied)
	}
	if m := commands[n.Text]; (m.role == function || m.role == logarithm) && m.text == n.Text {
		b = append(b, '\\')
	}
	return append(joinNodes(append(append(b, n.Text...), '('), n.Args, ", "), ')')
}

// big adds sums, products, integrals and limits.
func (n *Node) big(b []byte) []byte {
	a := n.Args
	switch n.Op {
	case Integral:
		b = append(b, `\int`...)
		if len(a) == 4 {
			b = append(a[2].print(append(b, "_{"...), elected), "}^{"...)
			b = append(a[3].print(b, elected), '}')
		}
		b = a[0].print(append(b, ' '), multiplied)
		return append(append(b, ` d`...), a[1].Text...)
	case Limit:
		b = append(a[0].print(append(b, `\lim_{`...), atomic), ` \to `...)
		b = a[1].print(b, atomic)
		if n.Text != "" {
			b = wrap(append(b, "^{"...), n.Text, "}")
		}
		return a[2].print(append(b, "} "...), multiplied)
	case BigSum:
		b = append(b, `\sum_{`...)
	default:
		b = append(b, `\prod_{`...)
	}
	b = append(a[0].print(b, atomic), '=')
	b = append(a[1].print(b, compared), "}^{"...)
	b = append(a[2].print(b, elected), "} "...)
	return a[3].print(b, multiplied)
}
