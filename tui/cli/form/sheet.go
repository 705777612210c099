package form

import (
	"io"
	"slices"

	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/tui/phrase"
)

// WriteSheets writes tables under their titles, in so many columns of the terminal.
func WriteSheets(w io.Writer, width int, sheets []phrase.Sheet) error {
	for i, s := range sheets {
		title := Short(Line(s.Title), width) + "\n"
		if i > 0 {
			title = "\n" + title
		}
		if _, err := io.WriteString(w, title); err != nil {
			return err
		}
		rows := s.Rows
		if s.Head != nil {
			rows = append([][]string{s.Head}, rows...)
		}
		if err := WriteTable(w, "  ", within(rows, width-2)); err != nil {
			return err
		}
	}
	return nil
}

// minColumn is how many cells of a column are shown at least where not all fit.
const minColumn = 12

// within is rows that fit into a width: the widest columns are cut, each to minColumn at
// least, and if that is not enough the last columns are left out, down to two.
func within(rows [][]string, width int) [][]string {
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], ansi.StringWidth(Line(cell)))
		}
	}
	total := -2
	for _, w := range widths {
		total += 2 + w
	}
	for total > width && slices.Max(widths) > minColumn {
		widest := slices.Index(widths, slices.Max(widths))
		widths[widest]--
		total--
	}
	columns := len(widths)
	for columns > 2 && total > width {
		columns--
		total -= 2 + widths[columns]
	}
	cut := make([][]string, len(rows))
	for i, row := range rows {
		cut[i] = slices.Clone(row[:min(columns, len(row))])
		for k := range cut[i] {
			cut[i][k] = Short(Line(cut[i][k]), widths[k])
		}
	}
	return cut
}
