package form

import (
	"io"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/tui/phrase"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// Line makes text from outside safe for a terminal and puts it on one line.
func Line(s string) string {
	return strings.Join(strings.Fields(termsafe.Clean(s)), " ")
}

// Short cuts a line to width cells.
func Short(s string, width int) string { return phrase.Short(s, width) }

// Middle leaves the middle out of a line of more than so many runes: what happened is said
// first, and what to do about it last.
func Middle(s string, maxRunes int) string {
	runes := []rune(s)
	if len(runes) <= maxRunes {
		return s
	}
	head := maxRunes * 2 / 3
	return string(runes[:head]) + " … " + string(runes[len(runes)-(maxRunes-head):])
}

// WriteTable writes rows in aligned columns, two spaces apart. Cells are made
// safe for terminals.
func WriteTable(w io.Writer, indent string, rows [][]string) error {
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			row[i] = Line(cell)
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], ansi.StringWidth(row[i]))
		}
	}
	var b strings.Builder
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			line.WriteString(cell)
			line.WriteString(strings.Repeat(" ", widths[i]-ansi.StringWidth(cell)+2))
		}
		b.WriteString(indent + strings.TrimRight(line.String(), " ") + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}
