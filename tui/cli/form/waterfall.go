package form

import (
	"io"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/engine/observe"
)

const (
	minBar      = 10 // columns of a bar; where there is less room, there are none
	maxTitle    = 24
	minTitle    = 8
	tookColumns = 9
)

// WriteWaterfall writes spans, children below their parents, each with a bar of when it
// was, so that no line is wider than width.
func WriteWaterfall(w io.Writer, spans []observe.Span, width int) error {
	if len(spans) == 0 {
		return nil
	}
	below := make([][]int, len(spans))
	for i, s := range spans[1:] {
		below[s.Parent] = append(below[s.Parent], i+1)
	}
	f := fall{spans: spans, below: below, title: min(maxTitle, max(minTitle, width-tookColumns-minBar-3))}
	if f.bar = width - f.title - tookColumns - 2; f.bar < minBar {
		f.bar, f.title = 0, max(width-tookColumns-1, 1)
	}
	f.write(0, 0)
	_, err := io.WriteString(w, f.out.String())
	return err
}

// fall is a waterfall that is being written.
type fall struct {
	spans      []observe.Span
	below      [][]int
	title, bar int // columns
	out        strings.Builder
}

func (f *fall) write(i, depth int) {
	s := f.spans[i]
	title := Line(strings.TrimSpace(s.Title() + map[bool]string{true: " " + s.What}[shows(s)]))
	title = Short(strings.Repeat(" ", depth)+title, f.title)
	took := Quantity(s.Took.Seconds(), "s")
	if s.Open {
		took += "…"
	}
	line := title + strings.Repeat(" ", f.title-ansi.StringWidth(title)+1)
	if f.bar > 0 {
		line += f.drawn(s) + " "
	}
	took = Short(took, tookColumns)
	line += strings.Repeat(" ", tookColumns-ansi.StringWidth(took)) + took
	f.out.WriteString(line + "\n")
	for _, c := range f.below[i] {
		f.write(c, depth+1)
	}
}

// shows says whether how a span ended is worth the room: where it went as it should, not.
func shows(s observe.Span) bool {
	switch s.What {
	case "", "finished", "ok", "settled":
		return false
	}
	return s.Parent >= 0
}

// drawn is the bar of a span, at least one column wide.
func (f *fall) drawn(s observe.Span) string {
	all := f.spans[0]
	column := func(t time.Time) int {
		return int(float64(f.bar) * float64(t.Sub(all.Begun)) / float64(max(all.Took, 1)))
	}
	from := min(column(s.Begun), f.bar-1)
	to := min(max(column(s.Ended()), from+1), f.bar)
	return strings.Repeat("·", from) + strings.Repeat("█", to-from) + strings.Repeat("·", f.bar-to)
}
