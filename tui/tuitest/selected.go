package tuitest

import (
	"strings"
	"testing"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"
)

// CheckSelected fails the test unless the line of a view that is marked as selected is so many
// cells wide and highlighted from the first to the last.
func CheckSelected(t testing.TB, selected lipgloss.Style, view string, width int) {
	t.Helper()
	before, after, _ := strings.Cut(selected.Render("x"), "x")
	for line := range strings.SplitSeq(view, "\n") {
		if !strings.Contains(line, "▸ ") {
			continue
		}
		text, highlighted := strings.CutPrefix(line, before)
		text, whole := strings.CutSuffix(text, after)
		if n := ansi.StringWidth(line); before == "" || !highlighted || !whole || strings.Contains(text, "\x1b") || n != width {
			t.Errorf("the selected row is %d cells wide, of %d, and not highlighted throughout: %q", n, width, line)
		}
		return
	}
	t.Errorf("no row is selected in\n%s", ansi.Strip(view))
}
