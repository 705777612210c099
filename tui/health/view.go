package health

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/tui/pane"
)

// twoFrom is how many columns it takes to have checks, cache and store beside the servers.
const twoFrom = 116

// Resize sets the room.
func (s *Screen) Resize(width, height int) {
	s.width, s.height = width, height
	s.scroll(0)
}

// room is how many lines of the boxes are in view, above the line of keys.
func (s *Screen) room() int { return max(s.height-1, 0) }

func (s *Screen) lines() int { return len(s.boxes()) }

func (s *Screen) scroll(by int) { s.top = max(min(s.top+by, s.lines()-s.room()), 0) }

// View draws the screen.
func (s *Screen) View() string {
	if s.width <= 0 || s.height <= 0 {
		return ""
	}
	lines := s.boxes()
	from := max(min(s.top, len(lines)-s.room()), 0) // what is told may have become less
	to := min(from+s.room(), len(lines))
	shown := lines[from:to:to]
	for len(shown) < s.room() {
		shown = append(shown, "")
	}
	return strings.Join(append(shown, s.hints(len(lines)-to)), "\n")
}

// hints name keys, and say how much is below what is in view.
func (s *Screen) hints(below int) string {
	more := ""
	if below > 0 {
		more = fmt.Sprintf("%d more ↓ ", below)
	}
	return pane.HintLine(s.env.Styles.Bar, s.Keys(), max(s.width-ansi.StringWidth(more), 0)) +
		s.env.Styles.Text.Faint.Render(ansi.Truncate(more, s.width, ""))
}

// boxes are the lines of all boxes: in one column, or in two that end together.
func (s *Screen) boxes() []string {
	servers := func(w int) []box { return append(s.servers(w-4), s.retries(w-4)) }
	own := func(w int) []box { return []box{s.checks(w - 4), s.cache(w - 4), s.store(w - 4)} }
	if s.width < twoFrom {
		return s.stack(append(servers(s.width), own(s.width)...), s.width, 0)
	}
	w := s.width / 2
	left, right := servers(w), own(s.width-w)
	h := max(height(left), height(right))
	lines := s.stack(left, w, h)
	for i, line := range s.stack(right, s.width-w, h) {
		lines[i] += line
	}
	return lines
}

// box is a frame with lines in it.
type box struct {
	title, right string
	lines        []string
}

func height(boxes []box) int {
	n := 0
	for _, b := range boxes {
		n += len(b.lines) + 2
	}
	return n
}

// stack draws boxes one under the other, w wide and at least h high: the last one takes
// what is left.
func (s *Screen) stack(boxes []box, w, h int) []string {
	var lines []string
	left := h - height(boxes)
	for i, b := range boxes {
		rows := len(b.lines) + 2
		if i == len(boxes)-1 {
			rows += max(left, 0)
		}
		frame := pane.Box{Styles: s.env.Styles.Pane, Title: b.title, Right: b.right}
		lines = append(lines, strings.Split(frame.Render(strings.Join(b.lines, "\n"), w, rows), "\n")...)
	}
	return lines
}
