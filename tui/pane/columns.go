package pane

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/termsafe"
)

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
