package tex

// collection adds what is put together of parts that have brackets or signs
// between them.
func (n *Node) collection(b []byte) []byte {
	switch n.Op {
	case List:
		sep := ", "
		switch {
		case n.Text == ",":
			sep = ","
		case n.Text != "":
			sep = " " + n.Text + " "
		}
		return joinNodes(b, n.Args, sep)
	case Or:
		return joinNodes(b, n.Args, `\text{ or }`)
	case Tuple:
		return append(joinNodes(append(b, '('), n.Args, ", "), ')')
	case Set:
		return append(joinNodes(append(b, `\{`...), n.Args, ", "), `\}`...)
	case SetOf:
		b = n.Args[0].print(append(b, `\{`...), elected)
		return append(n.Args[1].print(append(b, " : "...), elected), `\}`...)
	case Interval:
		return n.interval(b)
	case Union:
		return infix(b, n.Args, ` \cup `, united)
	case Intersect:
		return infix(b, n.Args, ` \cap `, united)
	case Minus:
		return infix(b, n.Args, ` \setminus `, united)
	case Ratio:
		return infix(b, n.Args, " : ", united)
	case Relation:
		return infix(b, n.Args, " "+n.Text+" ", compared)
	case Congruence:
		b = infix(b, n.Args[:2], ` `+n.Text+`\equiv `, compared)
		return append(n.Args[2].print(append(b, ` \pmod{`...), elected), '}')
	case And:
		return n.and(b)
	default:
		return b
	}
}

// interval adds an interval. An open one has its brackets turned outwards, since
// (a, b) is a pair.
func (n *Node) interval(b []byte) []byte {
	text := n.Text
	if text == "()" {
		text = "]["
	}
	b = append(b, text[0])
	b = joinNodes(b, n.Args, ", ")
	return append(b, text[1])
}

// and adds a chain, or a system.
func (n *Node) and(b []byte) []byte {
	if !n.chained() {
		b = append(b, `\begin{cases}`...)
		for i, a := range n.Args {
			if i > 0 {
				b = append(b, ` \\ `...)
			}
			b = a.bare(b)
		}
		return append(b, `\end{cases}`...)
	}
	b = n.Args[0].Args[0].print(b, compared)
	for _, a := range n.Args {
		b = append(b, " "+a.Text+" "...)
		b = a.Args[1].print(b, compared)
	}
	return b
}

// table adds what has rows.
func (n *Node) table(b []byte) []byte {
	environment, rows := "pmatrix", n.Args
	switch n.Op {
	case Row:
		return joinCells(b, n.Args)
	case Determinant:
		environment, rows = "vmatrix", n.Args[0].Args
	case Cases:
		environment = "cases"
	default:
	}
	b = append(b, `\begin{`+environment+`}`...)
	for i, row := range rows {
		if i > 0 {
			b = append(b, ` \\ `...)
		}
		b = joinCells(b, row.Args)
	}
	return append(b, `\end{`+environment+`}`...)
}

func joinCells(b []byte, cells []*Node) []byte {
	for i, cell := range cells {
		if i > 0 {
			b = append(b, " & "...)
		}
		b = cell.bare(b)
	}
	return b
}
