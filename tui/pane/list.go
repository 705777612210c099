package pane

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// List shows rows to choose from. It asks for the rows in view only, so that a
// list of any length costs the same.
type List struct {
	row      func(i, width int) string
	selected paint
	plain    paint
	header   string
	w, h     int
	n        int // rows
	on       int // the selected one
	top      int // the first in view
	drawn    string
}

// The selected row is told by a sign too, and not by colour alone.
const (
	mark   = "▸ "
	unmark = "  "
)

// NewList returns an empty list; SetLen fills it. row gives row i for the width
// it has; it may be styled, and what is untrusted in it must be clean.
func NewList(s theme.ListStyles, row func(i, width int) string) *List {
	return &List{row: row, selected: newPaint(s.Selected), plain: newPaint(s.Row)}
}

// SetLen says how many rows there are, keeping the selection where it can.
func (l *List) SetLen(n int) { l.n = max(n, 0); l.Select(l.on) }

// SetHeader sets a line above the rows; "" for none.
func (l *List) SetHeader(header string) { l.header = header; l.Select(l.on) }

// Redraw says that rows have changed.
func (l *List) Redraw() { l.drawn = "" }

// Resize sets the room in cells.
func (l *List) Resize(w, h int) { l.w, l.h = max(w, 0), max(h, 0); l.Select(l.on) }

// Selected is the selected row, -1 if the list is empty.
func (l *List) Selected() int {
	if l.n == 0 {
		return -1
	}
	return l.on
}

// Select selects row i, or the nearest there is, and brings it into view.
func (l *List) Select(i int) {
	l.on = max(min(i, l.n-1), 0)
	rows := max(l.rows(), 1)
	l.top = max(min(l.top, l.on, l.n-rows), l.on-rows+1, 0)
	l.drawn = ""
}

// At is the row that stands on line y of the view; -1 if none does.
func (l *List) At(y int) int {
	if l.header != "" {
		y--
	}
	if i := l.top + y; y >= 0 && y < l.rows() && i < l.n {
		return i
	}
	return -1
}

// Move moves the selection by n rows.
func (l *List) Move(n int) { l.Select(l.on + n) }

// Page moves the selection by n screenfuls.
func (l *List) Page(n int) { l.Move(n * max(l.rows()-1, 1)) }

// Top selects the first row.
func (l *List) Top() { l.Select(0) }

// End selects the last row.
func (l *List) End() { l.Select(l.n - 1) }

// View is at most h lines, none wider than w.
func (l *List) View() string {
	if l.drawn == "" {
		l.drawn = l.draw()
	}
	return l.drawn
}

// Below is how many rows are below those in view.
func (l *List) Below() int { return max(l.n-l.top-l.rows(), 0) }

// rows is how many rows are in view.
func (l *List) rows() int {
	if l.header != "" {
		return max(l.h-1, 0)
	}
	return l.h
}

func (l *List) draw() string {
	if l.h == 0 || l.w == 0 {
		return ""
	}
	lines := make([]string, 0, l.h)
	if l.header != "" {
		lines = append(lines, Fit(unmark+l.header, l.w))
	}
	for i := l.top; i < min(l.n, l.top+l.rows()); i++ {
		row := l.row(i, max(l.w-len(unmark), 0))
		switch {
		case i == l.on:
			lines = append(lines, l.selected.over(Fit(mark+ansi.Strip(row), l.w)))
		case strings.IndexByte(row, '\x1b') >= 0:
			lines = append(lines, Fit(unmark+row, l.w))
		default:
			lines = append(lines, l.plain.over(Fit(unmark+row, l.w)))
		}
	}
	return strings.Join(lines, "\n")
}

// Column is one column of a table: at least Min cells, and its Weight's share
// of the whole.
type Column struct {
	Title       string
	Min, Weight int
	Right       bool // aligned to the right, as numbers are
}

// Columns lays cells out in columns: the rows of a List that is a table.
type Columns []Column

const between = 2 // cells between two columns

// Line lays out one row in exactly width cells. Cells are plain text, and
// cleaned; missing ones are empty.
func (c Columns) Line(width int, cells ...string) string {
	var out strings.Builder
	for i, w := range c.widths(width) {
		if i > 0 {
			out.WriteString(spaces(min(between, w)))
			w -= between
		}
		cell := ""
		if i < len(cells) {
			cell = termsafe.Line(cells[i])
		}
		if n := ansi.StringWidth(cell); c[i].Right && n < w {
			out.WriteString(spaces(w - n))
			w = n
		}
		out.WriteString(Fit(cell, w))
	}
	return out.String()
}

// Header lays out the titles.
func (c Columns) Header(s theme.ListStyles, width int) string {
	titles := make([]string, len(c))
	for i := range c {
		titles[i] = c[i].Title
	}
	return newPaint(s.Column).over(c.Line(width, titles...))
}

// Room is the width of column i in a row of a width.
func (c Columns) Room(width, i int) int {
	w := c.widths(width)[i]
	if i > 0 {
		w -= between
	}
	return max(w, 0)
}

// widths is the width of each column with the space before it.
func (c Columns) widths(width int) []int {
	shares := make([]Share, len(c))
	for i := range c {
		shares[i] = Share{Weight: c[i].Weight, Min: c[i].Min}
		if i > 0 {
			shares[i].Min += between
		}
	}
	return divide(width, shares)
}
