package live

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/phrase"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// maxVoteLines is how many lines the votes may take where other panes want some.
const maxVoteLines = 14

// maxFaultLines is how many lines may tell why an attempt ended badly.
const maxFaultLines = 4

// votes draws the answer, once there is one, and the tally: what has been answered how
// often by whom, what is still open, and when or why it stops.
func (s *Screen) votes(r pane.Rect) string {
	w, h := pane.Inner(r.W, r.H)
	b := pane.Box{Styles: s.env.Styles.Pane, Title: "Votes", Right: s.share()}
	head := s.verdictLines(w, h)
	h -= len(head)
	rows := s.voteRows(w, true)
	parts := s.foot(w, h-len(rows)-1)
	if len(rows)+min(len(parts), 2) > h { // who else was voted for says more than how it was written
		rows = s.voteRows(w, false)
	}
	foot := whole(parts, max(h-len(rows), 2))
	if room := max(h-len(foot), 1); len(rows) > room {
		more := fmt.Sprintf("and %d more", len(rows)-room+1)
		rows = append(rows[:room-1], s.env.Styles.Text.Faint.Render(more))
	}
	return b.Render(strings.Join(slices.Concat(head, rows, foot), "\n"), r.W, r.H)
}

// voteLines is how many lines the votes want.
func (s *Screen) voteLines(width int) int {
	head := len(s.verdictLines(width, maxVoteLines))
	return head + min(max(len(s.voteRows(width, true))+len(whole(s.foot(width, maxFaultLines), maxVoteLines)), 4), maxVoteLines)
}

// share is how many samples have ended.
func (s *Screen) share() string {
	if len(s.progress.Samples) == 0 {
		return ""
	}
	return fmt.Sprintf("%d of %d ended", len(s.progress.Samples)-s.stillOpen(), len(s.progress.Samples))
}

func (s *Screen) stillOpen() int {
	n := 0
	for i := range s.progress.Samples {
		if s.progress.Samples[i].Open() {
			n++
		}
	}
	return n
}

// voteRows is a row an answer, the answer, a bar, the count, and who gave it, with
// how else it was written below if spelled is true; then the replies that do not
// count.
func (s *Screen) voteRows(width int, spelled bool) []string {
	text, t := s.env.Styles.Text, s.progress.Tally
	graph := pane.Graph{Styles: s.env.Styles.Graph}
	answerWidth := 1
	for _, v := range t.Votes {
		answerWidth = max(answerWidth, ansi.StringWidth(s.answered(string(v.Answer))))
	}
	answerWidth = min(answerWidth, max(width/3, 4))
	bar := barWidth(width-answerWidth-6, t.Votes)
	var rows []string
	for i, v := range t.Votes {
		style := text.Body
		if i == 0 {
			style = text.Strong
		}
		a := pane.Fit(s.answered(string(v.Answer)), answerWidth)
		row := style.Render(a) + " " + graph.Bar(float64(len(v.Samples))/float64(max(len(s.progress.Samples), 1)), bar) +
			style.Render(fmt.Sprintf(" %2d", len(v.Samples))) + text.Faint.Render("  "+numbers(v.Samples))
		row += text.Warn.Render(weak(&v))
		rows = append(rows, ansi.Truncate(row, width, "…"))
		if !spelled {
			continue
		}
		for _, said := range phrase.Spellings(&t.Votes[i]) {
			rows = append(rows, s.said(said, "  ", text.Body, width))
		}
	}
	if len(rows) == 0 && s.progress.Verdict == nil {
		rows = append(rows, text.Faint.Render("no answers yet"))
	}
	for _, said := range phrase.Outside(&t) {
		rows = append(rows, s.said(said, "", text.Warn, width))
	}
	if n := t.NoAnswer; n > 0 {
		none := phrase.Said{Words: fmt.Sprintf("(no answer) %d", n), Samples: phrase.Silent(&t)}
		rows = append(rows, s.said(none, "", text.Warn, width))
	}
	return rows
}

// barWidth is how wide the bars are that share room with who voted, which must be
// seen.
func barWidth(room int, votes []engine.Vote) int {
	who := 0
	for i := range votes {
		who = max(who, ansi.StringWidth(numbers(votes[i].Samples)+weak(&votes[i])))
	}
	return max(min(room/2-1, room-who, 16), 4)
}

// weak marks how many of a vote's samples gave its answer only in their reasoning,
// after what stands before it; "" if none did.
func weak(v *engine.Vote) string { return marked(phrase.Weak(v.Thinking, len(v.Samples))) }

func marked(weak string) string {
	if weak == "" {
		return ""
	}
	return " " + weakSign + " " + weak
}

// said is a row about how samples wrote an answer, and which.
func (s *Screen) said(said phrase.Said, indent string, style lipgloss.Style, width int) string {
	who := numbers(said.Samples)
	words := ansi.Truncate(said.Words, max(width-len(indent)-len(who)-1, width/2), "…") // who said so must be seen
	return ansi.Truncate(indent+style.Render(words)+s.env.Styles.Text.Faint.Render(" "+who), width, "…")
}

// foot is the state of the vote in parts of one or more lines, those that say
// most first; a fault has room lines of it.
func (s *Screen) foot(width, room int) []string {
	text := s.env.Styles.Text
	var parts []string
	add := func(line string) { parts = append(parts, ansi.Truncate(line, width, "…")) }
	if s.fault != nil {
		lines := firstLines("✗ "+termsafe.Line(engine.Hint(s.fault)), width, min(room, maxFaultLines))
		parts = append(parts, text.Bad.Render(strings.Join(lines, "\n")))
	}
	switch v := s.progress.Verdict; {
	case v != nil:
		if p := phrase.Precedent(s.splits, v); p != "" {
			parts = append(parts, text.Body.Render(wrapped(p, width)))
		}
		for _, l := range flow(s.reasons(v), width) {
			parts = append(parts, text.Faint.Render(wrapped(l, width)))
		}
	case s.cut():
		add(text.Warn.Render("◌ " + isCut))
		parts = append(parts, text.Faint.Render(wrapped(s.cutTodo(), width)))
	case s.player != nil && s.player.over() && s.progress.Seq > 0:
		add(text.Warn.Render("unfinished: no end was recorded"))
	default:
		parts = append(parts, text.Faint.Render(wrapped(s.aim(), width)))
		for _, l := range flow(s.changes, width) {
			parts = append(parts, text.Body.Render(wrapped(l, width)))
		}
	}
	if s.countAlike() {
		add(text.Faint.Render("unweighted: no log-probabilities"))
	}
	return parts
}

// whole is as many lines of parts as there is room for, without the parts that
// do not fit: half a figure would be a wrong one.
func whole(parts []string, room int) []string {
	var lines []string
	for _, p := range parts {
		if more := strings.Split(p, "\n"); len(lines)+len(more) <= room {
			lines = append(lines, more...)
		}
	}
	return lines
}

// reasons are why the attempt ended and its winner won, and what that saved.
func (s *Screen) reasons(v *engine.Verdict) []string {
	var all []string
	for i := range s.progress.Choices {
		all = append(all, phrase.Choice(&s.progress.Choices[i]))
	}
	all = append(all, termsafe.Line(v.Why.Words()))
	if n := s.progress.Saved(); n > 0 {
		all = append(all, "saved about "+pane.Count(n)+" tokens")
	}
	if v.Tie != "" {
		all = append(all, termsafe.Line(v.Tie.Words()))
	}
	return append(all, s.changes...)
}

// aim is what an attempt that goes on waits for: its stop rule or, once the vote
// was split, what is to settle it.
func (s *Screen) aim() string {
	if n := len(s.progress.Choices); n > 0 {
		return phrase.Choice(&s.progress.Choices[n-1])
	}
	return s.progress.Plan.WithDefaults().Stop.Within(s.electorate()).Words()
}

// electorate is how many samples have ended with a reply, or still may.
func (s *Screen) electorate() int {
	if len(s.progress.Samples) == 0 { // it has not begun
		return s.progress.Plan.WithDefaults().Samples
	}
	n := 0
	for i := range s.progress.Samples {
		if state := s.progress.Samples[i].State; state != engine.Failed && state != engine.Stopped {
			n++
		}
	}
	return n
}

// flow puts items on as few lines as they fit on, in order.
func flow(items []string, width int) []string {
	var lines []string
	for _, item := range items {
		if n := len(lines); n > 0 && ansi.StringWidth(lines[n-1])+3+ansi.StringWidth(item) <= width {
			lines[n-1] += " · " + item
		} else {
			lines = append(lines, item)
		}
	}
	return lines
}

// numbers lists samples as people count them.
func numbers(samples []int) string {
	var parts []string
	for _, n := range samples {
		parts = append(parts, "#"+strconv.Itoa(n+1))
	}
	return strings.Join(parts, " ")
}
