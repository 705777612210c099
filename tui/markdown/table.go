package markdown

import (
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	extensions "github.com/yuin/goldmark/extension/ast"

	"github.com/aimo3/aimo3/tui/mathtext"
)

// endless is a width in which nothing is wrapped.
const endless = 1 << 16

// grid is a table with its cells drawn, each on one line.
type grid struct {
	all    []extensions.Alignment
	nodes  [][]ast.Node // of the cells, by row; the first row is the heading
	drawn  [][]Line
	widths []int // that columns need so that nothing is wrapped
	words  []int // that they need so that no word is broken, unless it is long
}

// table draws a table in w cells: as it stands if it fits, else with its widest cells
// wrapped, and where there are too many columns for that, row by row, each cell on a line
// of its own behind the heading of its column. Its formulas stand in lines.
func (d *drawer) table(n *extensions.Table, w int) []Line {
	inline := d.Inline
	d.Inline = true
	defer func() { d.Inline = inline }()
	g := d.grid(n)
	if len(g.widths) == 0 {
		return nil
	}
	widths := fitted(g.widths, g.words, w-gutter*(len(g.widths)-1))
	if widths == nil {
		return d.records(g, w)
	}
	return d.columns(g, widths)
}

// grid draws the cells of a table.
func (d *drawer) grid(n *extensions.Table) grid {
	g := grid{all: n.Alignments}
	for r := n.FirstChild(); r != nil; r = r.NextSibling() {
		var nodes []ast.Node
		var row []Line
		for c := r.FirstChild(); c != nil; c = c.NextSibling() {
			cell := d.cell(c, endless, g.ink(len(g.nodes)))[0]
			if len(row) == len(g.widths) {
				g.widths, g.words = append(g.widths, 0), append(g.words, 0)
			}
			x, text := len(row), cell.String()
			g.widths[x] = max(g.widths[x], mathtext.Width(text))
			for word := range strings.FieldsSeq(text) {
				g.words[x] = max(g.words[x], min(mathtext.Width(word), maxWord))
			}
			nodes, row = append(nodes, c), append(row, cell)
		}
		g.nodes, g.drawn = append(g.nodes, nodes), append(g.drawn, row)
	}
	return g
}

// cell draws a cell in a width.
func (d *drawer) cell(n ast.Node, w int, ink Ink) []Line {
	f := &filler{w: max(w, 1)}
	if d.fillCell(f, n, ink); len(f.lines) == 0 {
		return []Line{nil}
	}
	return f.lines
}

// fillCell adds what is in a cell; to the last one of a row also what stands after it, which
// the grammar of tables would drop.
func (d *drawer) fillCell(f *filler, n ast.Node, ink Ink) {
	d.inline(f, n, ink, false)
	if lines := n.Lines(); n.NextSibling() == nil && lines != nil && lines.Len() > 0 {
		rest, _, _ := strings.Cut(string(d.text[lines.At(lines.Len()-1).Stop:]), "\n")
		if rest = strings.Trim(rest, " \t\r"); strings.Trim(rest, "| ") != "" {
			f.space()
			d.words(f, strings.TrimSuffix(rest, "|"), ink, false)
		}
	}
	f.end()
}

// ink is that of the plain words of a row.
func (grid) ink(row int) Ink {
	if row == 0 {
		return Strong
	}
	return Plain
}

const (
	gutter  = 3  // cells between two columns
	maxWord = 20 // cells of a word for which a column is made wider
)

// fitted divides room among columns that need so many cells, and at least so many; nil if
// there is not so much. The narrowest are given what they need first.
func fitted(needed, least []int, room int) []int {
	sum := func(all []int) (n int) {
		for _, one := range all {
			n += one
		}
		return n
	}
	if sum(needed) <= room {
		return needed
	}
	widths := slices.Clone(least)
	if sum(widths) > room {
		return nil
	}
	for left := room - sum(widths); left > 0; left-- {
		at := -1
		for x := range widths {
			if widths[x] < needed[x] && (at < 0 || widths[x] < widths[at]) {
				at = x
			}
		}
		widths[at]++
	}
	return widths
}

// columns draws a table with columns of these widths; rows are parted by rules if one of
// them takes several lines.
func (d *drawer) columns(g grid, widths []int) []Line {
	var rows [][]Line
	tall := false
	for y, nodes := range g.nodes {
		cells := make([][]Line, len(nodes))
		for x, n := range nodes {
			if cells[x] = g.drawn[y][x : x+1]; widths[x] < g.widths[x] {
				cells[x] = d.cell(n, widths[x], g.ink(y))
			}
		}
		rows = append(rows, d.tableRow(cells, widths, g.all))
		tall = tall || len(rows[y]) > 1
	}
	var out []Line
	for y, lines := range rows {
		switch {
		case y == 1:
			out = append(out, d.rule("─", widths))
		case y > 1 && tall:
			out = append(out, d.rule("╌", widths))
		}
		out = append(out, lines...)
	}
	if len(rows) == 1 {
		out = append(out, d.rule("─", widths))
	}
	return out
}

// rule is a line between two rows.
func (d *drawer) rule(sign string, widths []int) Line {
	sign = d.pick(sign, "-")
	var b strings.Builder
	for x, w := range widths {
		if x > 0 {
			b.WriteString(sign + d.pick("┼", "+") + sign)
		}
		b.WriteString(strings.Repeat(sign, w))
	}
	return inked(b.String(), Faint)
}

// tableRow puts the lines of cells into columns of these widths.
func (d *drawer) tableRow(cells [][]Line, widths []int, all []extensions.Alignment) []Line {
	height := 1
	for _, c := range cells {
		height = max(height, len(c))
	}
	out := make([]Line, height)
	for y := range out {
		var line Line
		for x, c := range cells {
			if x > 0 {
				line = append(line, Span{Text: " " + d.pick("│", "|") + " ", Ink: Faint})
			}
			var cell Line
			if y < len(c) {
				cell = c[y]
			}
			left, right := aligned(cell, widths[x], all, x)
			if x == len(cells)-1 {
				right = 0
			}
			line = append(padded(line, left), cell...)
			line = padded(line, right)
		}
		out[y] = line
	}
	return out
}

// padded is a line with so many blanks at its end.
func padded(line Line, cells int) Line {
	if cells <= 0 {
		return line
	}
	return append(line, Span{Text: blanks(cells)})
}

// aligned is the room beside a cell in its column.
func aligned(cell Line, w int, all []extensions.Alignment, x int) (left, right int) {
	room := max(w-mathtext.Width(cell.String()), 0)
	if x < len(all) {
		switch all[x] {
		case extensions.AlignRight:
			left = room
		case extensions.AlignCenter:
			left = room / 2
		case extensions.AlignLeft, extensions.AlignNone:
		}
	}
	return left, room - left
}

// records draws a table row by row.
func (d *drawer) records(g grid, w int) []Line {
	var out []Line
	for y, nodes := range g.nodes {
		if y == 0 && len(g.nodes) > 1 {
			continue // it stands before every cell
		}
		if y > 1 {
			out = append(out, inked(strings.Repeat(d.pick("╌", "-"), min(w, maxRule)), Faint))
		}
		for x, n := range nodes {
			f := &filler{w: max(w-2, 1)}
			if y > 0 && x < len(g.nodes[0]) && len(g.drawn[0][x]) > 0 {
				d.inline(f, g.nodes[0][x], Strong, false)
				f.text(": ", Plain)
			}
			d.fillCell(f, n, g.ink(y))
			out = append(out, prefixed(nil, inked("  ", Plain), f.lines)...)
		}
	}
	return out
}
