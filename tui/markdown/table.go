package markdown

import (
	"strings"

	extensions "github.com/yuin/goldmark/extension/ast"

	"github.com/aimo3/aimo3/tui/mathtext"
)

// table draws a table with columns as wide as they need to be.
func (d *drawer) table(n *extensions.Table) []Line {
	inline := d.Inline
	d.Inline = true
	defer func() { d.Inline = inline }()
	const endless = 1 << 16
	var rows [][]Line
	var widths []int
	for r := n.FirstChild(); r != nil; r = r.NextSibling() {
		var row []Line
		for c := r.FirstChild(); c != nil; c = c.NextSibling() {
			ink := Plain
			if len(rows) == 0 {
				ink = Strong
			}
			cell := d.flow(c, endless, ink)[0]
			if len(row) == len(widths) {
				widths = append(widths, 0)
			}
			widths[len(row)] = max(widths[len(row)], mathtext.Width(cell.String()))
			row = append(row, cell)
		}
		rows = append(rows, row)
	}
	var out []Line
	for y, row := range rows {
		out = append(out, tableRow(row, widths, n.Alignments))
		if y == 0 {
			total := 2 * (len(widths) - 1)
			for _, one := range widths {
				total += one
			}
			out = append(out, Line{{strings.Repeat(d.pick("─", "-"), max(total, 0)), Faint}})
		}
	}
	return out
}

// tableRow puts cells into columns of these widths.
func tableRow(cells []Line, widths []int, all []extensions.Alignment) Line {
	var line Line
	room := 0 // that is to be put before the next text
	for x, cell := range cells {
		left, right := aligned(cell, widths[x], all, x)
		if room += left; len(cell) > 0 {
			if room > 0 {
				line = append(line, Span{blanks(room), Plain})
			}
			line, room = append(line, cell...), 0
		} else {
			room += widths[x] - left - right
		}
		room += right + 2
	}
	return line
}

// aligned is the room beside a cell in its column.
func aligned(cell Line, w int, all []extensions.Alignment, x int) (left, right int) {
	room := w - mathtext.Width(cell.String())
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
