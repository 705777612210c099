package form

import (
	"io"
	"slices"

	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/tui/phrase"
)

// WriteSheets writes tables under their titles, in so many columns of the terminal: of one
// that is wider the last columns are left out, down to two.
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

// within is rows without the last columns that do not fit into a width.
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
	columns, taken := 0, -2
	for columns < len(widths) && (taken+2+widths[columns] <= width || columns < 2) {
		taken += 2 + widths[columns]
		columns++
	}
	cut := make([][]string, len(rows))
	for i, row := range rows {
		cut[i] = slices.Clone(row[:min(columns, len(row))])
	}
	return cut
}
