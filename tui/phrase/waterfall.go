package phrase

import (
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/engine/timing"
	"github.com/aimo3/aimo3/tui/termsafe"
)

const (
	minBar      = 10 // columns of a bar; where there is less room, there are none
	maxTitle    = 24
	minTitle    = 8
	tookColumns = 9
)

// Waterfall is the spans of an attempt as lines, children below their parents, each with
// a bar of when it was. A line is made when it is asked for, so that of many only those
// in view cost.
type Waterfall struct {
	spans      []timing.Span
	order      []row
	title, bar int // columns
}

// row is one span, by its index, and how many parents it has.
type row struct{ span, depth int }

// NewWaterfall lays spans out for lines that are no wider than width.
func NewWaterfall(spans []timing.Span, width int) *Waterfall {
	f := &Waterfall{spans: spans, title: min(maxTitle, max(minTitle, width-tookColumns-minBar-3))}
	if f.bar = width - f.title - tookColumns - 2; f.bar < minBar {
		f.bar, f.title = 0, max(width-tookColumns-1, 1)
	}
	if len(spans) == 0 {
		return f
	}
	below := make([][]int, len(spans))
	for i, s := range spans[1:] {
		below[s.Parent] = append(below[s.Parent], i+1)
	}
	f.lay(below, 0, 0)
	return f
}

func (f *Waterfall) lay(below [][]int, i, depth int) {
	f.order = append(f.order, row{i, depth})
	for _, c := range below[i] {
		f.lay(below, c, depth+1)
	}
}

// Len is how many lines there are.
func (f *Waterfall) Len() int { return len(f.order) }

// Line is one of them.
func (f *Waterfall) Line(i int) string {
	at := f.order[i]
	s := f.spans[at.span]
	title := s.Title()
	if shows(s) {
		title += " " + s.What
	}
	title = ansi.Truncate(strings.Repeat(" ", at.depth)+termsafe.Line(title), f.title, "…")
	took := Quantity(s.Took.Seconds(), "s")
	if s.Open {
		took += "…"
	}
	line := title + strings.Repeat(" ", f.title-ansi.StringWidth(title)+1)
	if f.bar > 0 {
		line += f.drawn(s) + " "
	}
	took = ansi.Truncate(took, tookColumns, "…")
	return line + strings.Repeat(" ", tookColumns-ansi.StringWidth(took)) + took
}

// shows says whether how a span ended is worth the room: where it went as it should, not.
func shows(s timing.Span) bool {
	switch s.What {
	case "", "finished", "ok", "settled":
		return false
	}
	return s.Parent >= 0
}

// drawn is the bar of a span, at least one column wide.
func (f *Waterfall) drawn(s timing.Span) string {
	all := f.spans[0]
	column := func(t time.Time) int {
		return int(float64(f.bar) * float64(t.Sub(all.Begun)) / float64(max(all.Took, 1)))
	}
	from := min(column(s.Begun), f.bar-1)
	to := min(max(column(s.Ended()), from+1), f.bar)
	return strings.Repeat("·", from) + strings.Repeat("█", to-from) + strings.Repeat("·", f.bar-to)
}
