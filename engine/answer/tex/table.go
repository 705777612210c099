package tex

import "strings"

// environment reads a matrix, a case distinction or a system of equations, and
// its end.
func (p *parser) environment(kind string) *Node {
	rows := p.bracketed(p.rows)
	if t := p.tok(); t.role != finish || t.text != kind {
		return p.fail("an environment without its end")
	}
	p.i++
	switch kind {
	case "array":
		if every(rows.Args, func(row *Node) bool { return len(row.Args) == 1 && related(row.Args[0]) }) {
			return p.system(rows)
		}
		return p.squared(rows)
	case "pmatrix", "bmatrix", "Bmatrix", "matrix", "smallmatrix", "psmallmatrix", "bsmallmatrix":
		return p.squared(rows)
	case "vmatrix":
		return p.make(Determinant, "", p.squared(rows))
	case "Vmatrix":
		return p.make(Call, "norm", p.squared(rows))
	case "cases", "dcases", "rcases":
		return p.cases(rows)
	case "aligned", "align", "gathered", "gather", "equation", "split", "alignedat":
		return p.system(rows)
	}
	return p.fail("an environment that is not known")
}

// rows reads cells up to the end of an environment, as a Matrix of rows that
// may differ in length.
func (p *parser) rows() *Node {
	mark, cells := len(p.stack), 0
	for !p.at(finish) && p.fault == nil {
		row := len(p.stack)
		for {
			p.push(p.cell())
			if cells++; cells > maxCells {
				p.tooLarge()
			}
			if !p.take(ampersand) {
				break
			}
		}
		n := p.make(Row, "", p.stack[row:]...)
		p.stack = append(p.stack[:row], n)
		if !p.take(newline) && !p.at(finish) {
			p.fail("something after a cell")
		}
		for p.take(newline) {
		}
	}
	m := p.make(Matrix, "", p.stack[mark:]...)
	p.stack = p.stack[:mark]
	return m
}

// cell reads one entry. An empty one is Words "".
func (p *parser) cell() *Node {
	switch p.tok().role {
	case ampersand, newline, finish:
		return p.node(Words, "")
	case relation: // x &= 1
		t := p.tok()
		p.i++
		return p.make(Relation, t.text, p.node(Words, ""), p.unions())
	case word:
		switch lead, rest, _ := strings.Cut(p.tok().text, " "); {
		case lead != "if" && lead != "for" && lead != "when":
		case rest == "":
			p.i++
		default: // \text{for even }n
			p.toks[p.i].text = rest
			return p.sentence(p.words())
		}
	default:
	}
	n := p.commas()
	for p.take(comma) {
	}
	if p.at(word) || n.Op == Words && !p.at(ampersand) && !p.at(newline) && !p.at(finish) {
		return p.sentence(n)
	}
	return n
}

// sentence reads the rest of a cell that is in words.
func (p *parser) sentence(first *Node) *Node {
	from := p.i
	for !p.at(ampersand) && !p.at(newline) && !p.at(finish) && !p.at(end) {
		p.i++
	}
	return p.node(Words, spelled(first.String(), p.toks[from:p.i]))
}

// squared holds a matrix to rows of one length without empty cells.
func (p *parser) squared(m *Node) *Node {
	for _, row := range m.Args {
		if len(row.Args) != len(m.Args[0].Args) {
			return p.fail("rows of different length")
		}
		for _, entry := range row.Args {
			if entry.Op == Words && entry.Text == "" || comparison(entry) {
				return p.fail("an empty cell")
			}
		}
	}
	if len(m.Args) == 0 {
		return p.fail("a matrix of nothing")
	}
	return m
}

// cases makes pairs of value and condition, or, without conditions, a system.
func (p *parser) cases(rows *Node) *Node {
	if len(rows.Args) == 0 {
		return p.fail("no cases")
	}
	if every(rows.Args, func(row *Node) bool { return related(row.Args[0]) || len(row.Args) > 1 && comparison(row.Args[1]) }) {
		return p.system(rows)
	}
	mark := len(p.stack)
	for _, row := range rows.Args {
		switch len(row.Args) {
		case 1:
			p.push(p.make(Tuple, "", row.Args[0], p.node(Words, "")))
		case 2:
			p.push(p.make(Tuple, "", row.Args...))
		default:
			p.fail("a case with two conditions")
		}
	}
	n := p.make(Cases, "", p.stack[mark:]...)
	p.stack = p.stack[:mark]
	return n
}

// comparison tells a cell that begins with the sign of a relation.
func comparison(n *Node) bool {
	return n.Op == Relation && n.Args[0].Op == Words && n.Args[0].Text == ""
}

// system puts the cells of each row together again, and the rows.
func (p *parser) system(rows *Node) *Node {
	mark := len(p.stack)
	for _, row := range rows.Args {
		n := row.Args[0]
		for _, cell := range row.Args[1:] {
			if !comparison(cell) {
				return p.fail("a row that is not understood")
			}
			n = p.make(Relation, cell.Text, n, cell.Args[1])
		}
		if n.Op == Words && n.Text == "" || comparison(row.Args[0]) {
			return p.fail("an empty row")
		}
		p.push(n)
	}
	if len(p.stack) == mark {
		return p.fail("nothing there")
	}
	if !every(p.stack[mark:], related) {
		return p.gather(List, mark)
	}
	return p.gather(And, mark)
}
