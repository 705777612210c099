package pane

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// Box frames a body. Titles are plain text, and cleaned.
type Box struct {
	Styles  theme.PaneStyles
	Title   string // set into the top line
	Right   string // at the right end of the top line; gives way to Title
	Focused bool
}

// Inner is the room for a body in a box of w by h.
func Inner(w, h int) (int, int) { return max(w-4, 0), max(h-2, 0) }

// Render draws the box, exactly w by h; body is clipped or filled to fit.
func (b Box) Render(body string, w, h int) string {
	if w < 2 || h < 2 {
		return Center("", w, h)
	}
	frame := newPaint(b.Styles.Frame)
	if b.Focused {
		frame = newPaint(b.Styles.Focused)
	}
	var out strings.Builder
	out.Grow(h * (w + 32))
	b.top(&out, frame, w)
	left, right := frame.over("│")+" ", " "+frame.over("│")
	if w < 4 {
		left, right = frame.over("│")+spaces(w-2), frame.over("│")
	}
	for range h - 2 {
		var line string
		line, body, _ = strings.Cut(body, "\n")
		text, n := clip(line, w-4)
		out.WriteString(left)
		out.WriteString(text)
		out.WriteString(spaces(w - 4 - n))
		out.WriteString(right)
		out.WriteByte('\n')
	}
	out.WriteString(frame.over("╰" + strings.Repeat("─", w-2) + "╯"))
	return out.String()
}

// top draws ╭ Title ──── Right ╮, leaving out what has no room.
func (b Box) top(out *strings.Builder, frame paint, w int) {
	dressed := newPaint(b.Styles.Title)
	if b.Focused {
		dressed = newPaint(b.Styles.FocusedTitle)
	}
	room := w - 2
	title, n := titled(b.Title, room-1)
	room -= n
	right, n := titled(b.Right, room-1)
	if ansi.StringWidth(termsafe.Line(b.Right))+2 > n {
		right, n = "", 0 // half a figure would be a wrong one
	}
	room -= n
	out.WriteString(frame.over("╭"))
	out.WriteString(dressed.over(title))
	out.WriteString(frame.over(strings.Repeat("─", room)))
	out.WriteString(newPaint(b.Styles.Title).over(right))
	out.WriteString(frame.over("╮"))
	out.WriteByte('\n')
}

// titled is s with a space on both sides, in at most w cells, and their number.
func titled(s string, w int) (string, int) {
	if s == "" || w < 3 {
		return "", 0
	}
	s, n := clip(termsafe.Line(s), w-2)
	return " " + s + " ", n + 2
}

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
