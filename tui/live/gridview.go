package live

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/phrase"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// focusMark tells the spot with the focus, besides its colours.
const focusMark = "▸"

// drawGrid draws the problem, the panes, the lines of those that have ended, and the votes.
func (s *Screen) drawGrid() string {
	p := s.place()
	s.grid.work.begin()
	blocks, foot := []string{s.gridTitle(p)}, ""
	if p.votes.H > 0 {
		blocks[0] = beside(s.problem(p.problem), s.votes(p.votes))
	} else {
		foot = s.voteLine(s.width)
	}
	for _, l := range p.notes {
		blocks = append(blocks, pane.Fit(" "+l, s.width))
	}
	for i := 0; i < len(p.spots); { // a row of them at a time
		row, y := "", p.spots[i].at.Y
		for ; i < len(p.spots) && p.spots[i].at.Y == y; i++ {
			drawn := s.spot(p.spots[i])
			if row == "" {
				row = drawn
			} else {
				row = beside(row, drawn)
			}
		}
		blocks = append(blocks, row)
	}
	if p.strip {
		blocks = append(blocks, s.strip(s.width))
	}
	return stack(append(blocks, foot)...)
}

// gridTitle is the problem on a line, with what had no room.
func (s *Screen) gridTitle(p gridPlaces) string {
	note := s.tooFew()
	if note == "" || s.reading.whole {
		return s.title(p.problem)
	}
	title := p.problem
	title.W -= ansi.StringWidth(note) + 3
	return s.title(title) + s.env.Styles.Text.Warn.Render("  "+note+" ")
}

// tooFew says that there is room for fewer panes than are wanted; "" if all are there.
func (s *Screen) tooFew() string {
	if !s.many() {
		return ""
	}
	if g := &s.grid; g.shown < g.wanted {
		return fmt.Sprintf("%d of %d fit here", g.shown, g.wanted)
	}
	return ""
}

func (s *Screen) spot(p spot) string {
	if p.folded {
		return s.foldedLine(p)
	}
	return s.keptPane(p)
}

// pane draws a sample's transcript with its head; whole is false if the text is yet to come.
func (s *Screen) pane(spot spot) (drawn string, whole bool) {
	i, r := spot.sample, spot.at
	p, t := &s.progress.Samples[i], s.transcript(i)
	w, h := pane.Inner(r.W, r.H)
	above := s.aboveOf(i, w, h)
	above = above[:min(len(above), max(h-1, 0))]
	if !s.grid.work.takes(t, w) {
		b := pane.Box{Styles: s.env.Styles.Pane, Title: s.paneHead(i, p, r.W-5), Focused: i == s.chosen && s.ask == nil}
		return b.Render(s.env.Styles.Text.Faint.Render("drawing…"), r.W, r.H), false
	}
	t.Resize(w, max(h-len(above), 1))
	body := s.body(i)
	b := pane.Box{Styles: s.env.Styles.Pane, Focused: i == s.chosen && s.ask == nil}
	room := r.W - 5
	if b.Right = s.positionIn(t, i, room/2); b.Right != "" {
		room -= ansi.StringWidth(b.Right) + 2
	}
	b.Title = s.paneHead(i, p, room)
	return b.Render(strings.Join(append(above, body), "\n"), r.W, r.H), true
}

// positionIn says where in a transcript one is; that of a sample without the focus says
// nothing of matches.
func (s *Screen) positionIn(t *pane.Transcript, i, width int) string {
	if i == s.chosen {
		return s.position(t, width)
	}
	if n := t.Below(); n > 0 {
		return pane.Count(n) + " more ↓"
	}
	return ""
}

// paneHead is a sample's number, how it stands, and how much it has said and run.
func (s *Screen) paneHead(i int, p *engine.SampleProgress, width int) string {
	sign, _ := s.sign(p)
	name := fmt.Sprintf("%d %s %s", i+1, sign, s.stands(p))
	if i == s.chosen {
		name = focusMark + " " + name
	}
	line := pane.Shed(strings.Join(nonEmpty(name, tokensOf(p), phrase.Cells(len(p.Cells)), speedOf(p)), " · "), width)
	if u := s.confidenceOf(p, width-ansi.StringWidth(line)-3); u != "" {
		line += " · " + u
	}
	return line
}

// maxFoldedAnswer is how many cells of an answer are shown in a head or on a line.
const maxFoldedAnswer = 24

// gave says whether a sample gave an answer that can be shown for all that it did.
func gave(p *engine.SampleProgress) bool {
	return p.State == engine.Finished && p.Answer != "" && !p.Ending.Cut
}

// stands is a sample's answer, or how it stands in words.
func (s *Screen) stands(p *engine.SampleProgress) string {
	if gave(p) {
		return ansi.Truncate(s.answered(string(p.Answer)), maxFoldedAnswer, "…")
	}
	return s.stateWord(p)
}

// foldedLine is a sample in one line: its answer, or why it has none, and what it took.
func (s *Screen) foldedLine(spot spot) string {
	text, p, i := s.env.Styles.Text, &s.progress.Samples[spot.sample], spot.sample
	sign, style := s.sign(p)
	mark, number := " ", text.Faint
	if i == s.chosen {
		mark, number = focusMark, text.Accent
	}
	line := number.Render(fmt.Sprintf("%s %2d ", mark, i+1)) + style.Render(sign) + " "
	facts := []string{termsafe.Line(p.Cause), tokensOf(p), phrase.Cells(len(p.Cells)), speedOf(p)}
	if gave(p) {
		line += text.Strong.Render(s.stands(p))
		if facts[0] = s.stateWord(p); facts[0] == "answered" {
			facts[0] = ""
		}
	} else {
		line += text.Body.Render(s.stands(p))
	}
	rest := pane.Shed(strings.Join(nonEmpty(facts...), " · "), spot.at.W-ansi.StringWidth(line)-4)
	return pane.Fit(line+text.Faint.Render("  "+rest), spot.at.W)
}
