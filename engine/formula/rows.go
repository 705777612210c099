package formula

import "strings"

// rows reads cells until end, which it leaves.
func (p *parser) rows(t *Table, end token) {
	var lines []bool
	for !p.failed {
		lines = append(lines, p.rule())
		p.tag = nil
		cells := []Node{p.cell()}
		for p.peek() == "&" {
			p.i++
			cells = append(cells, p.cell())
		}
		t.Rows, t.Tags = append(t.Rows, cells), append(t.Tags, p.tag)
		switch p.peek() {
		case `\\`, `\cr`, `\newline`:
			p.i++
			if p.peek() == "*" {
				p.i++
			}
			p.skipLength()
			continue
		case end:
		default:
			p.fail()
		}
		break
	}
	last := len(t.Rows) - 1
	bare := last > 0 && len(t.Rows[last]) == 1 && empty(t.Rows[last][0]) && t.Tags[last] == nil
	if bare {
		t.Rows, t.Tags = t.Rows[:last], t.Tags[:last]
	} else {
		lines = append(lines, false)
	}
	if contains(lines) {
		t.Lines = lines
	}
}

// skipLength steps over the room that a line may be told to leave, which looks like
// [2pt]. Other brackets belong to the next line.
func (p *parser) skipLength() {
	rest := p.toks[min(p.i, len(p.toks)):]
	toks, n := bracketed(rest)
	if n == 0 || rest[0] != "[" {
		return
	}
	s := strings.TrimSpace(join(toks))
	for _, unit := range [...]string{"pt", "em", "ex", "mm", "cm", "in", "mu", `\jot`} {
		if num, ok := strings.CutSuffix(s, unit); ok && strings.Trim(num, "-+0123456789. ") == "" {
			p.i += n
			return
		}
	}
}

// rule reads the rules above a row.
func (p *parser) rule() bool {
	found := false
	for {
		p.skipSpace()
		switch p.peek() {
		case `\hline`, `\toprule`, `\midrule`, `\bottomrule`, `\hdashline`:
			found = true
			p.i++
		case `\cline`:
			p.i++
			p.raw()
		default:
			return found
		}
	}
}

// cell reads a cell of a table. One that spans several columns stands in the first.
func (p *parser) cell() Node {
	p.skipSpace()
	if p.peek() != `\multicolumn` {
		return p.row()
	}
	p.i++
	p.raw()
	p.raw()
	n := p.argument()
	return Row{Kids: append([]Node{n}, p.row().Kids...)}
}

func empty(n Node) bool {
	r, ok := n.(Row)
	return ok && len(r.Kids) == 0
}
