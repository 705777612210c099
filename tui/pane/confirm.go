package pane

import (
	"strings"

	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// Confirm is a box with a question in the middle of w by h, exactly. The
// question is plain text, and cleaned.
func Confirm(s theme.Styles, question string, w, h int) string {
	const widest = 64
	inner := min(widest, w) - 4
	strong := newPaint(s.Text.Strong)
	lines, _ := wrap(nil, termsafe.Line(question), inner)
	for i, line := range lines {
		lines[i] = strong.over(line)
	}
	box := Box{Styles: s.Pane, Focused: true}
	return Center(box.Render(strings.Join(lines, "\n"), inner+4, len(lines)+2), w, h)
}
