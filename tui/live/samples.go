package live

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/phrase"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// all draws every sample in a line, with the last words of those that run.
func (s *Screen) all(r pane.Rect) string {
	if r.H <= 0 {
		return ""
	}
	w, h := pane.Inner(r.W, r.H)
	rows := s.detailed(w, h)
	if rows == nil {
		rows = s.rows(w, h)
	}
	b := pane.Box{Styles: s.env.Styles.Pane, Title: "Samples", Right: "← → choose"}
	return b.Render(strings.Join(rows, "\n"), r.W, r.H)
}

// rows are the samples in a line each, around the chosen one if they do not all fit.
func (s *Screen) rows(w, h int) []string {
	var rows []string
	var u strips
	if s.hasConfidence() {
		u = s.strips(min(max(w/5, minStripWidth), maxStripWidth))
	}
	for i := range s.progress.Samples {
		rows = append(rows, s.row(i, w, u))
	}
	from := s.firstRow(h)
	return rows[from:min(from+max(h, 0), len(rows))]
}

// firstRow is the first sample in view of so many lines, among which is the chosen one.
func (s *Screen) firstRow(h int) int {
	return max(min(s.chosen-h/2, len(s.progress.Samples)-h), 0)
}

// turnPause is how long a sample may wait between two turns before it counts as queued:
// after each cell it asks again, and mostly has its turn at once.
const turnPause = time.Second

// queued says whether a sample waits for its turn, at first or for longer between turns.
func (s *Screen) queued(p *engine.SampleProgress) bool {
	return p.Phase == engine.Queued && (silent(p) || s.now.Sub(p.Latest) >= turnPause)
}

// inFlight is how many samples are at work, and how many wait for their turn, here or at
// the server.
func (s *Screen) inFlight() (working, queued int) {
	for i := range s.progress.Samples {
		switch p := &s.progress.Samples[i]; {
		case !p.Open():
		case p.State == engine.Waiting, s.queued(p):
			queued++
		default:
			working++
		}
	}
	return working, queued
}

// silence says which sample the server has sent nothing for too long, and how long;
// "" if there is none.
func (s *Screen) silence() string {
	for i := range s.progress.Samples {
		if text := phrase.Silence(&s.progress.Samples[i], s.now); text != "" {
			return fmt.Sprintf("◌ sample %d %s", i+1, text)
		}
	}
	return ""
}

// row is a sample in a line; u is zero if nothing is known of how sure it was.
func (s *Screen) row(i, width int, u strips) string {
	text, p := s.env.Styles.Text, &s.progress.Samples[i]
	sign, style := s.sign(p)
	number := fmt.Sprintf("%2d", i+1)
	if i == s.chosen {
		number = text.Accent.Render(number)
	} else {
		number = text.Faint.Render(number)
	}
	n, _ := p.Tokens()
	head := number + " " + style.Render(sign) + text.Faint.Render(fmt.Sprintf(" %6s ", pane.Count(n)))
	tail := ""
	if u.width > 0 {
		tail = s.column(p, u)
	}
	room := max(width-ansi.StringWidth(head)-ansi.StringWidth(tail), 1)
	words := text.Faint.Render(ansi.Truncate(s.stateWord(p), room, "…"))
	switch {
	case p.State == engine.Finished && p.Answer != "":
		words = style.Render(ansi.Truncate(s.answered(string(p.Answer)), room, "…"))
	case p.Open() && !silent(p) && !s.cut():
		words = text.Thinking.Render(s.wordsOf(i, p, room))
	}
	if tail == "" {
		return head + words
	}
	return head + pane.Fit(words, room) + tail
}

// headline is what a sample does and how much it has said and run; where there
// is little room, without its speed. How sure the model was is said in spare room.
func (s *Screen) headline(p *engine.SampleProgress, width int) string {
	rate := speedOf(p)
	all := nonEmpty(fmt.Sprintf("Sample %d of %d", s.chosen+1, len(s.samples)), s.stateWord(p), tokensOf(p), rate, phrase.Cells(len(p.Cells)))
	line := strings.Join(all, " · ")
	if ansi.StringWidth(line) > width {
		line = pane.Shed(strings.Join(slices.DeleteFunc(all, func(part string) bool { return part == rate }), " · "), width)
	}
	if u := s.confidenceOf(p, width-ansi.StringWidth(line)-3); u != "" {
		line += " · " + u
	}
	return line
}

// tokensOf is how many tokens a sample has generated, and speedOf how many a second on
// average; "" where there are none. About what was not counted by the server.
func tokensOf(p *engine.SampleProgress) string {
	switch n, counted := p.Tokens(); {
	case counted:
		return pane.Count(n) + " tok"
	case n > 0:
		return "≈" + pane.Count(n) + " tok"
	}
	return ""
}

func speedOf(p *engine.SampleProgress) string {
	n, counted := p.Tokens()
	if rate := p.Ending.Rate(); rate > 0 {
		return fmt.Sprintf("%.0f tok/s", rate)
	}
	if took := p.Latest.Sub(p.First); !counted && n > 0 && took > time.Second {
		return fmt.Sprintf("≈%.0f tok/s", float64(n)/took.Seconds())
	}
	return ""
}

// lastWords is the end of what a sample has said, or what it runs, in at most
// width cells.
func (s *Screen) lastWords(p *engine.SampleProgress, width int) string {
	if c := running(p); c != nil {
		first, _, _ := strings.Cut(strings.TrimSpace(c.Code[:min(len(c.Code), 4*width)]), "\n")
		return ansi.Truncate(fmt.Sprintf("In [%d]: %s", len(p.Cells), termsafe.Line(first)), width, "…")
	}
	said := latest(p)
	if said == "" {
		return ansi.Truncate(s.stateWord(p), width, "…")
	}
	from := max(len(said)-4*width, 0)
	for from < len(said) && !utf8.RuneStart(said[from]) {
		from++
	}
	line := termsafe.Line(said[from:])
	if over := ansi.StringWidth(line) - width; over > 0 {
		line = ansi.TruncateLeft(line, over+1, "…")
	}
	return line
}

// latest is what a sample wrote since its last cell, as far as it is of one kind.
func latest(p *engine.SampleProgress) string {
	thinking, reply := p.Thinking.String(), p.Reply.String()
	if n := len(p.Cells); n > 0 {
		thinking, reply = thinking[p.Cells[n-1].Thinking:], reply[p.Cells[n-1].Reply:]
	}
	switch {
	case p.Writing.Len() > 0:
		return p.Writing.String()
	case reply != "" && (p.Phase != engine.Reasoning || thinking == ""):
		return reply
	}
	return thinking
}
