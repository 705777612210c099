package tex

// construction makes what a call means where a program's name for it is known:
// Rational(1, 2) is a quotient.
func (p *parser) construction(call string, args []*Node) *Node {
	switch {
	case call == "Sum" || call == "Integral":
		return p.summed(call, args)
	case call == "FiniteSet":
		return p.make(Set, "", args...)
	case len(args) == 2:
		return p.ofTwo(call, args)
	case len(args) != 1:
		return p.make(Call, call, args...)
	}
	switch call {
	case "det", "abs":
		if args[0].Op == Matrix {
			return p.make(Determinant, "", args...)
		}
	case "factorial":
		return p.make(Factorial, "!", args...)
	case "cis":
		return p.cis(args[0])
	case "cbrt":
		return p.make(Root, "", args[0], p.node(Num, "3"))
	case "Integer", "Rational":
		return args[0]
	case "Matrix":
		return p.columned(args[0])
	}
	return p.make(Call, call, args...)
}

// ofTwo is construction for two arguments.
func (p *parser) ofTwo(call string, args []*Node) *Node {
	switch call {
	case "Rational":
		return p.make(Quotient, "", args...)
	case "binomial":
		return p.make(Binomial, "", args...)
	case "perm":
		return p.arranged(args[0], args[1])
	case "Mod":
		return p.make(Mod, "", args...)
	case "Eq":
		return p.make(Relation, "=", args...)
	}
	return p.make(Call, call, args...)
}

// summed makes a sum or an integral of Sum(f, (k, 1, n)).
func (p *parser) summed(call string, args []*Node) *Node {
	if len(args) != 2 {
		return p.make(Call, call, args...)
	}
	f, over := args[0], args[1]
	switch {
	case call == "Integral" && over.Op == Name:
		return p.make(Integral, "", f, over)
	case over.Op != Tuple || len(over.Args) != 3 || over.Args[0].Op != Name:
		return p.fail("no range")
	case call == "Integral":
		return p.make(Integral, "", f, over.Args[0], over.Args[1], over.Args[2])
	}
	return p.make(BigSum, "", over.Args[0], over.Args[1], over.Args[2], f)
}

// columned makes a column vector of a plain list.
func (p *parser) columned(n *Node) *Node {
	if !bracketList(n) {
		return n
	}
	mark := len(p.stack)
	for _, entry := range n.Args {
		p.push(p.make(Row, "", entry))
	}
	m := p.make(Matrix, "", p.stack[mark:]...)
	p.stack = p.stack[:mark]
	return m
}
