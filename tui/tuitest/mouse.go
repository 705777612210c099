package tuitest

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
)

// Click is a press of the left button at a cell.
func Click(x, y int) tea.MouseMsg {
	return tea.MouseMsg{X: x, Y: y, Button: tea.MouseButtonLeft, Action: tea.MouseActionPress}
}

// LineOf is the first line of a frame that holds text; without one the test ends.
func LineOf(t testing.TB, frame, text string) (y int) {
	t.Helper()
	for y, l := range strings.Split(frame, "\n") {
		if strings.Contains(l, text) {
			return y
		}
	}
	t.Fatalf("%q is not in\n%s", text, frame)
	return 0
}
