package live

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/phrase"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// Below these sizes the screen gives up panes, widest first.
const (
	wideFrom  = 96 // columns for a side column
	tallFrom  = 18 // lines for boxes of problem, votes and machine under another
	roomyFrom = 28 // lines for a list of all samples beside the votes
	sideWidth = 38
)

// places is where everything stands for one size.
type places struct {
	problem, transcript, machine, votes, samples, strip pane.Rect
}

// layout divides the screen; a pane with no room has no height. There is a strip where no
// pane lists the samples.
func (s *Screen) layout() places {
	height := s.free()
	if p := s.divide(pane.Rect{W: s.width, H: height}, height); p.samples.H > 0 {
		return p
	}
	rows := pane.Rect{W: s.width, H: height}.SplitV(pane.Share{Weight: 1}, pane.Share{Min: 1})
	p := s.divide(rows[0], height)
	p.samples, p.strip = pane.Rect{}, rows[1]
	return p
}

// divide divides what a strip leaves of a height.
func (s *Screen) divide(main pane.Rect, height int) places {
	var p places
	switch {
	case s.width >= wideFrom && height >= tallFrom:
		side := min(max(s.width/4, sideWidth), 52)
		cols := main.SplitH(pane.Share{Weight: 1}, pane.Share{Min: side})
		left := cols[0].SplitV(pane.Share{Min: s.problemHeight(cols[0].W, main.H)}, pane.Share{Weight: 1})
		p.problem, p.transcript = left[0], left[1]
		machine, votes := min(s.sideHeight(side-4), main.H-6), s.voteLines(side-4)+2
		if height < roomyFrom || main.H-machine-votes < 4 {
			right := cols[1].SplitV(pane.Share{Min: machine}, pane.Share{Weight: 1})
			p.machine, p.votes = right[0], right[1]
			break
		}
		right := cols[1].SplitV(pane.Share{Min: machine}, pane.Share{Min: votes}, pane.Share{Weight: 1})
		p.machine, p.votes, p.samples = right[0], right[1], right[2]
	case height >= tallFrom:
		maxFoot := main.H / 3
		if s.progress.Verdict != nil { // which says more than a vote that goes on
			maxFoot = main.H / 2
		}
		foot := max(6, min(s.voteLines(main.W/2-4)+2, maxFoot))
		if len(s.machine.now.GPUs) > 1 && s.player == nil && !s.machine.hidden {
			foot = max(foot, min(8, main.H*2/5)) // a line for all of them, without which others would go
		}
		parts := main.SplitV(pane.Share{Min: s.problemHeight(main.W, main.H)}, pane.Share{Weight: 1}, pane.Share{Min: foot})
		halves := parts[2].SplitH(pane.Share{Weight: 1}, s.sideShare())
		p.problem, p.transcript, p.votes, p.machine = parts[0], parts[1], halves[0], halves[1]
	default:
		title := 1
		if s.reading.whole {
			title = min(len(s.statement(s.width-2, max(main.H/2, 1))), max(main.H/2, 1))
		}
		parts := main.SplitV(pane.Share{Min: title}, pane.Share{Weight: 1}, pane.Share{Min: 1})
		p.problem, p.transcript, p.votes = parts[0], parts[1], parts[2]
	}
	return p
}

// problemHeight is the height of the problem's box: its text up to a quarter of
// the screen, or up to half when a person wants it whole.
func (s *Screen) problemHeight(width, height int) int {
	maxLines := max(height/8, 1)
	if s.reading.whole {
		maxLines = height / 2
	}
	w, _ := pane.Inner(width, 3)
	return min(len(s.statement(w, maxLines)), maxLines) + 2
}

// Resize sets the room for View.
func (s *Screen) Resize(width, height int) {
	s.width, s.height = width, height
	clear(s.grid.kept)
	s.grid.work.divided = false
	if s.many() { // which gives each its room
		return
	}
	w, h := pane.Inner(s.layout().transcript.W, s.layout().transcript.H)
	for _, t := range s.samples {
		t.Resize(w, h)
	}
}

// View draws all panes.
func (s *Screen) View() string {
	if s.width <= 0 || s.height <= 0 {
		return ""
	}
	above := ""
	switch free := s.free(); {
	case free >= minAbove && s.many():
		above = s.drawGrid()
	case free >= minAbove:
		above = s.draw(s.layout())
	case free > 0: // no room for a box: the vote is what matters most
		above = s.voteLine(s.width)
	}
	if s.ask == nil {
		return stack(above, s.hintLine())
	}
	return stack(above, s.dialogBox(), s.hintLine())
}

func (s *Screen) draw(p places) string {
	if w, h := pane.Inner(p.transcript.W, p.transcript.H); len(s.samples) > 0 {
		s.transcript(s.chosen).Resize(w, max(h-len(s.above(w, h)), 1))
	}
	strip := ""
	if p.strip.H > 0 {
		strip = s.strip(p.strip.W)
	}
	switch {
	case p.machine.X > 0 && p.machine.Y == 0:
		left := stack(s.problem(p.problem), s.sample(p.transcript))
		right := stack(s.side(p.machine), s.votes(p.votes), s.all(p.samples))
		return stack(beside(left, right), strip)
	case p.machine.X > 0:
		return stack(s.problem(p.problem), s.sample(p.transcript), beside(s.votes(p.votes), s.side(p.machine)), strip)
	}
	return stack(s.title(p.problem), s.sample(p.transcript), s.voteLine(p.votes.W), strip)
}

// title is the problem where there is no room for its box: as many of its lines
// as there are in r, or what one line holds of it.
func (s *Screen) title(r pane.Rect) string {
	if !s.reading.whole || r.H <= 0 {
		text, from := s.env.Styles.Text, s.addsTo()
		if ansi.StringWidth(from) > r.W/2 || from == "" {
			return text.Strong.Render(pane.Fit(" "+s.problems.title(s), r.W))
		}
		return text.Strong.Render(pane.Fit(" "+s.problems.title(s), r.W-ansi.StringWidth(from)-3)) + text.Faint.Render(" · "+from)
	}
	lines := slices.Clone(s.page(r.W-2, r.H))
	if n := len(lines); n > 0 && s.reading.rest > 0 {
		lines[n-1] = ansi.Truncate(lines[n-1], max(r.W-4, 0), "") + " …"
	}
	for len(lines) < r.H {
		lines = append(lines, "")
	}
	for i := range lines {
		lines[i] = pane.Fit(" "+lines[i], r.W)
	}
	return strings.Join(lines, "\n")
}

func (s *Screen) problem(r pane.Rect) string {
	w, h := pane.Inner(r.W, r.H)
	lines := s.page(w, h)
	right := nonEmpty(s.addsTo(), s.tooFew())
	if code := phrase.Code(&s.progress); code != "" && s.player == nil && (len(right) == 0 || r.W >= wideFrom) { // a replay has it among its figures
		right = append(right, code)
	}
	right = append(right, nonEmpty(s.restOf())...)
	b := pane.Box{Styles: s.env.Styles.Pane, Title: "Problem", Right: strings.Join(right, " · ")}
	return b.Render(strings.Join(lines, "\n"), r.W, r.H)
}

// sample draws the chosen sample's transcript with what it is doing above it.
func (s *Screen) sample(r pane.Rect) string {
	if s.fall.shown {
		return s.fall.draw(s, r)
	}
	b := pane.Box{Styles: s.env.Styles.Pane, Title: "Sample", Focused: s.ask == nil}
	if s.chosen >= len(s.samples) {
		return b.Render(s.waitingIn(r), r.W, r.H)
	}
	p, t := &s.progress.Samples[s.chosen], s.transcript(s.chosen)
	room := r.W - 5
	if b.Right = s.position(t, room/2); b.Right != "" {
		room -= ansi.StringWidth(b.Right) + 2
	}
	b.Title = s.headline(p, room)
	return b.Render(strings.Join(append(s.above(pane.Inner(r.W, r.H)), s.body(s.chosen)), "\n"), r.W, r.H)
}

// body is what a sample has said, or why there is nothing yet.
func (s *Screen) body(i int) string {
	p, faint := &s.progress.Samples[i], s.env.Styles.Text.Faint
	switch {
	case p.From != "":
		return faint.Render(carried(p) + ", which has its text")
	case silent(p) && p.Open():
		return faint.Render(s.doing(p))
	}
	return s.transcript(i).View()
}

// waitingIn is what is shown before the first event, in a pane of that place.
func (s *Screen) waitingIn(r pane.Rect) string {
	w, h := pane.Inner(r.W, r.H)
	lines := firstLines(s.waiting(), w, h)
	for i, line := range lines {
		lines[i] = s.env.Styles.Text.Faint.Render(line)
	}
	return strings.Join(lines, "\n")
}

// waiting is what is shown before the first event.
func (s *Screen) waiting() string {
	switch {
	case s.fault != nil && s.player != nil && !s.player.follows():
		return termsafe.Line(engine.Hint(s.fault)) + " · " + s.keys.restart.Help().Key + " reads it again"
	case s.fault != nil:
		return termsafe.Line(engine.Hint(s.fault))
	case s.player != nil:
		return "reading the attempt…"
	case s.waits():
		return "waits for its turn at the server · " + s.keys.stopAll.Help().Key + " takes it back"
	}
	return "starting…"
}

// nonEmpty are those texts that say something.
func nonEmpty(texts ...string) []string {
	return slices.DeleteFunc(texts, func(t string) bool { return t == "" })
}
