package live

import (
	"fmt"
	"strings"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/phrase"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// say adds what sample i wrote to its transcript.
func (s *Screen) say(i int, c engine.Channel, text string) {
	t := s.transcript(i)
	switch c {
	case engine.Thinking:
		t.Append(pane.Thinking, "Thinking", text)
	case engine.Writing:
		t.Append(pane.Code, s.nextCell(i), text)
	case engine.Reply:
		t.Append(pane.Reply, "", text)
	}
}

// told adds what a person told sample i to its transcript.
func (s *Screen) told(i int, hint string) { s.transcript(i).Append(pane.Told, "you", hint) }

// nextCell is the title of the cell that sample i writes.
func (s *Screen) nextCell(i int) string {
	if i < 0 || i >= len(s.progress.Samples) {
		return ""
	}
	return fmt.Sprintf("In [%d]", len(s.progress.Samples[i].Cells)+1)
}

// rewrite tells a sample's transcript anew from the progress.
func (s *Screen) rewrite(i int) {
	if i < 0 || i >= len(s.progress.Samples) {
		return
	}
	t := s.transcript(i)
	t.Reset()
	for part := range phrase.Parts(&s.progress.Samples[i]) {
		switch {
		case part.Hint != "":
			s.told(i, part.Hint)
		case part.Cell == nil:
			s.say(i, part.Channel, part.Text)
		case part.Cell.Cell == nil:
			t.Run(part.Number, part.Cell.Code)
		default:
			t.Run(part.Number, part.Cell.Code)
			t.Ran(outcome(part.Cell.Cell))
		}
	}
}

// outcome is what a transcript shows of a cell that has ended.
func outcome(c *engine.Cell) pane.Outcome {
	return pane.Outcome{Output: c.Output, Error: c.Err, Alerts: phrase.Alerts(c), Note: phrase.Figures(c)}
}

// unfinished is what is shown of a cell that never ended.
func unfinished(why string) pane.Outcome { return pane.Outcome{Alerts: []string{why}} }

// running is the cell that a sample runs now, or nil.
func running(p *engine.SampleProgress) *engine.CellProgress {
	if n := len(p.Cells); n > 0 && p.Open() && p.Cells[n-1].Cell == nil {
		return &p.Cells[n-1]
	}
	return nil
}

// elapse tells every cell that runs how long it has, by the screen's clock.
func (s *Screen) elapse() {
	for i := range s.progress.Samples {
		c := running(&s.progress.Samples[i])
		if c == nil {
			continue
		}
		if took := s.now.Sub(c.Begun).Truncate(time.Second); took > 0 {
			s.transcript(i).Elapsed(fmt.Sprintf("%d s", took/time.Second))
		}
	}
}

// abandon says of every cell that runs in a stored attempt that its end was
// never kept.
func (s *Screen) abandon() {
	for _, t := range s.samples {
		t.Ran(unfinished("unfinished: no end was recorded"))
	}
}

// computing is how many samples run code now.
func (s *Screen) computing() int {
	n := 0
	for i := range s.progress.Samples {
		if running(&s.progress.Samples[i]) != nil {
			n++
		}
	}
	return n
}

// above is what stands over the chosen sample's transcript, which has the rest of
// the room.
func (s *Screen) above(w, h int) []string {
	return append(s.general(w, h), s.aboveOf(s.chosen, w, h)...)
}

// general is what there is to say of the whole attempt: the latest warning, and what it goes
// on with in place of what failed.
func (s *Screen) general(w, h int) []string {
	lines := s.warnings(w, h)
	if n := len(s.progress.Fallbacks); n > 0 && h >= 4 && len(s.progress.Samples) > 0 {
		lines = append(lines, s.warn("↓ "+phrase.Fallback(s.progress.Fallbacks[n-1]), w, h)...)
	}
	return lines
}

// aboveOf is what there is to say of one sample: why it was asked again, and why it has no
// reply.
func (s *Screen) aboveOf(i, w, h int) []string {
	p := s.progress.SampleAt(i)
	if p == nil {
		return nil
	}
	var lines []string
	if n := len(p.Retries); n > 0 && h >= 4 {
		lines = append(lines, s.warn("↻ "+phrase.Retried(p.Retries[n-1]), w, h)...)
	}
	if p.State == engine.Failed || p.State == engine.Stopped && silent(p) {
		lines = append(lines, strings.Split(s.ended(p, w), "\n")...)
	}
	return lines
}

// ended tells why a sample has no reply, and what to do.
func (s *Screen) ended(p *engine.SampleProgress, width int) string {
	text := s.env.Styles.Text
	if p.State == engine.Stopped {
		return text.Faint.Render("■ " + termsafe.Line(p.Cause))
	}
	line := text.Bad.Render(wrapped("✗ "+termsafe.Line(p.Cause), width))
	if p.Todo != "" {
		line += "\n" + text.Faint.Render(wrapped(termsafe.Line(p.Todo), width))
	}
	return line
}

// warnings are the latest warning in the lines it takes, at most two, and one
// where there is little room.
func (s *Screen) warnings(w, h int) []string {
	n := len(s.progress.Warnings)
	if n == 0 || h < 4 {
		return nil
	}
	text := "▲ " + termsafe.Line(s.progress.Warnings[n-1])
	if n > 1 {
		text += fmt.Sprintf(" (and %d more)", n-1)
	}
	return s.warn(text, w, h)
}

// warn is a text that warns, in the lines that there is room for.
func (s *Screen) warn(text string, w, h int) []string {
	lines := firstLines(text, w, 1+min(h/16, 1))
	for i := range lines {
		lines[i] = s.env.Styles.Text.Warn.Render(lines[i])
	}
	return lines
}
