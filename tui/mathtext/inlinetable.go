package mathtext

import (
	"strings"

	"github.com/aimo3/aimo3/engine/formula"
)

// table writes cells with spaces and rows with semicolons between them.
func (w writer) table(t formula.Table) string {
	var b strings.Builder
	b.WriteString(w.bracket(t.Left))
	for i, r := range t.Rows {
		var cells []string
		for _, c := range r {
			if s := w.node(c); strings.TrimSpace(s) != "" || !t.Equations {
				cells = append(cells, s)
			}
		}
		row := strings.Join(cells, map[bool]string{true: " ", false: "  "}[t.Equations])
		if t.Left == "{" || t.Right == "}" {
			row = listed(cells)
		}
		if tag := t.Tags[i]; tag != nil {
			row += " (" + w.node(tag) + ")"
		}
		if i > 0 && (!t.Equations || !continues(r)) {
			b.WriteByte(';')
		}
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(row)
	}
	return b.String() + w.bracket(t.Right)
}

// continues tells whether a row of equations begins with a relation, so that it goes
// on with what the row before ended with.
func continues(cells []formula.Node) bool {
	for _, c := range cells {
		kids := kidsOf(c)
		if len(kids) > 0 {
			l, _ := edges(kids[0])
			return l == formula.Rel
		}
	}
	return false
}

// listed joins cells by commas, where they do not end with one.
func listed(cells []string) string {
	var b strings.Builder
	for i, c := range cells {
		c = strings.TrimSpace(c)
		if i > 0 && c != "" {
			if !strings.HasSuffix(b.String(), ",") {
				b.WriteByte(',')
			}
			b.WriteByte(' ')
		}
		b.WriteString(c)
	}
	return b.String()
}
