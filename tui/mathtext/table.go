package mathtext

import (
	"strings"

	"github.com/aimo3/aimo3/engine/formula"
)

// table draws cells in columns.
func (d *drawer) table(t formula.Table) Box {
	boxes, widths := d.tableCells(t)
	var lines []Box
	tall := 0 // lines of the row before that are below its base
	spread := (t.Left == "{" || t.Right == "}") && len(boxes) == 2
	for y, r := range boxes {
		line := d.tableRow(t, r, widths)
		if t.Lines != nil && t.Lines[y] {
			lines = append(lines, rule(d.pick("─", "-"), line.Width))
		}
		if y > 0 && (spread || t.Equations && tall+line.above() > 0) {
			lines = append(lines, Box{Lines: []string{blanks(line.Width)}, Width: line.Width})
		}
		tall = line.below()
		if tag := t.Tags[y]; tag != nil {
			line = d.tagged(line, tag)
		}
		lines = append(lines, line)
	}
	if t.Lines != nil && t.Lines[len(t.Rows)] {
		lines = append(lines, rule(d.pick("─", "-"), lines[0].Width))
	}
	b := beneath(0, flushLeft, lines...)
	if len(t.Rows) == 1 {
		b.Baseline = lines[0].Baseline
	} else {
		b.Baseline = (len(b.Lines) - 1) / 2
	}
	return d.padded(t, b)
}

// tableCells are those of a table, row by row, and how wide each column is.
func (d *drawer) tableCells(t formula.Table) (boxes [][]Box, widths []int) {
	boxes = make([][]Box, len(t.Rows))
	for y, r := range t.Rows {
		for x, c := range r {
			b := d.box(c)
			boxes[y] = append(boxes[y], b)
			if x == len(widths) {
				widths = append(widths, 0)
			}
			widths[x] = max(widths[x], b.Width)
		}
	}
	return boxes, widths
}

// padded puts a table into its brackets, with room where these are tall.
func (d *drawer) padded(t formula.Table, b Box) Box {
	if t.Left+t.Right == "" {
		return b
	}
	left, right := 0, 0
	if t.Left != "" {
		left = 1
	}
	if t.Right != "" {
		right = 1
	}
	return d.around(t.Left, b.widened(left, right), t.Right)
}

// tableRow draws the cells of one row in columns of the widths given.
func (d *drawer) tableRow(t formula.Table, cells []Box, widths []int) Box {
	boxes, gaps := []Box{}, []int{}
	up, down := 0, 0
	for _, c := range cells {
		up, down = max(up, c.above()), max(down, c.below())
	}
	bar := func(x int) {
		if t.Bars != nil && x < len(t.Bars) && t.Bars[x] {
			boxes = append(boxes, column(up, strings.Split(strings.Repeat(d.pick("│", "|")+"\n", up+down)+d.pick("│", "|"), "\n")...))
			gaps = append(gaps, min(x, 1))
		}
	}
	for x, w := range widths {
		bar(x)
		cell := Box{Lines: []string{""}}
		if x < len(cells) {
			cell = cells[x]
		}
		left := alignment(t, x)(w - cell.Width)
		boxes, gaps = append(boxes, cell.widened(left, w-cell.Width-left)), append(gaps, gapBefore(t, x))
	}
	bar(len(widths))
	return beside(boxes, gaps)
}

// alignment is where cells of column x stand.
func alignment(t formula.Table, x int) func(int) int {
	align := formula.Center
	switch {
	case t.Equations && x%2 == 0:
		align = formula.Right
	case t.Equations:
		align = formula.Left
	case len(t.Columns) > 0:
		align = t.Columns[min(x, len(t.Columns)-1)]
	}
	switch align {
	case formula.Left:
		return flushLeft
	case formula.Right:
		return flushRight
	case formula.Center:
	}
	return centered
}

// gapBefore is the room before column x.
func gapBefore(t formula.Table, x int) int {
	switch {
	case x == 0 && t.Bars != nil && t.Bars[0]:
		return 1
	case x == 0:
		return 0
	case t.Equations && x%2 == 1:
		return 1
	case t.Equations:
		return 4
	case len(t.Columns) == 3 && t.Columns[0] == formula.Right && t.Columns[2] == formula.Left:
		return 1
	}
	return 2
}
