package latex

import (
	"strings"

	"github.com/aimo3/aimo3/engine/formula"
)

// table writes rows of cells, in brackets if it has some.
func (w *writer) table(n formula.Table) {
	bracketed := n.Left+n.Right != ""
	if bracketed {
		w.WriteString(`\left`)
		w.bracket(n.Left, ".")
	}
	name := "array"
	if n.Equations && n.Bars == nil {
		name = "aligned"
		w.WriteString(`\begin{aligned}`)
	} else {
		w.WriteString(`\begin{array}{` + columns(n) + "}")
	}
	w.rule(n, 0, "")
	for y, row := range n.Rows {
		for x, cell := range row {
			if x > 0 {
				w.WriteString(" & ")
			}
			w.WriteString("{}") // a bracket at the beginning is no argument of what is before
			w.node(cell)
		}
		if y < len(n.Tags) && n.Tags[y] != nil {
			w.WriteString(`\qquad (`)
			w.node(n.Tags[y])
			w.WriteString(")")
		}
		if last := y == len(n.Rows)-1; !last || lined(n, y+1) {
			w.WriteString(` \\`)
		}
		w.rule(n, y+1, " ")
	}
	w.WriteString(`\end{` + name + "}")
	if bracketed {
		w.WriteString(`\right`)
		w.bracket(n.Right, ".")
	}
}

// rule writes the rule above row y, if there is one. It must come right after what ends
// the row before.
func (w *writer) rule(n formula.Table, y int, otherwise string) {
	if lined(n, y) {
		w.WriteString(`\hline `)
		return
	}
	w.WriteString(otherwise)
}

func lined(n formula.Table, y int) bool { return y < len(n.Lines) && n.Lines[y] }

// columns says how each column of an array stands, with the bars between them.
func columns(n formula.Table) string {
	count := 1
	for _, row := range n.Rows {
		count = max(count, len(row))
	}
	var b strings.Builder
	for x := range count {
		if x < len(n.Bars) && n.Bars[x] {
			b.WriteByte('|')
		}
		align := formula.Center
		switch {
		case n.Equations && x%2 == 0:
			align = formula.Right
		case n.Equations:
			align = formula.Left
		case len(n.Columns) > 0:
			align = n.Columns[min(x, len(n.Columns)-1)]
		}
		b.WriteByte("clr"[align])
	}
	if last := len(n.Bars) - 1; last >= count && n.Bars[last] {
		b.WriteByte('|')
	}
	return b.String()
}
