package compare

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/phrase"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// nameWidth is how wide the names of the lines are, in cells.
const nameWidth = 24

// draw puts what is compared into lines of the width there is.
func (s *Screen) draw() {
	w, _ := pane.Inner(s.width, max(s.height-1, 1))
	st := s.env.Styles.Text
	switch {
	case s.fault != nil:
		s.lines = []string{st.Bad.Render("✗ " + termsafe.Line(engine.Hint(s.fault)))}
	case s.found == nil:
		s.lines = []string{st.Faint.Render("reading…")}
	default:
		s.lines = append(s.pairs(w), s.parting(w)...)
	}
	s.Move(0)
}

// pairs are the lines of what differs, and of what both are.
func (s *Screen) pairs(w int) (lines []string) {
	st := s.env.Styles.Text
	as := phrase.Forms{Statement: s.titles.Title, Answer: func(answer string) string { return pane.Answer(answer, s.source) }}
	name := min(nameWidth, w/4)
	half := max((w-name-2)/2, 1)
	for _, p := range phrase.Contrast(*s.found, as) {
		style := st.Body
		if p.A != p.B {
			style = st.Strong
		}
		for _, row := range beside(wrapped(p.Name, name), shortened(wrapped(p.A, half), half), shortened(wrapped(p.B, half), half)) {
			lines = append(lines, st.Faint.Render(pane.Fit(row[0], name))+" "+style.Render(pane.Fit(row[1], half))+" "+style.Render(pane.Fit(row[2], half)))
		}
	}
	return lines
}

// parting are the lines of where the reasoning of two samples parts; none if there is nothing
// to compare.
func (s *Screen) parting(w int) (lines []string) {
	st := s.env.Styles.Text
	where, a, b := phrase.Parting(s.found.Parting)
	if where == "" {
		return nil
	}
	lines = append(lines, "")
	for _, l := range wrapped(where, w) {
		lines = append(lines, st.Accent.Render(l))
	}
	if a == "" && b == "" {
		return lines
	}
	half := max((w-1)/2, 1)
	for _, row := range beside(s.sentence(a, half), s.sentence(b, half)) {
		lines = append(lines, pane.Fit(row[0], half)+" "+pane.Fit(row[1], half))
	}
	return lines
}

// sentence is what a sample said, in lines of a width, with every formula on one.
func (s *Screen) sentence(text string, w int) []string {
	form := pane.Inline
	if s.source {
		form = pane.Source
	}
	return pane.NewProse(s.env.Styles.Text, s.env.Styles.Text.Body).Lines(text, w, form)
}

// wrapped is a line in lines of a width.
func wrapped(text string, width int) []string {
	return strings.Split(ansi.Wrap(text, max(width, 1), ""), "\n")
}

// maxPairLines is how many lines one figure of an attempt takes.
const maxPairLines = 4

// shortened are lines of a width without those beyond maxPairLines.
func shortened(lines []string, width int) []string {
	if len(lines) <= maxPairLines {
		return lines
	}
	last := ansi.Truncate(lines[maxPairLines-1], max(width-1, 0), "") + "…"
	return append(lines[:maxPairLines-1], last)
}

// beside puts columns of lines beside each other.
func beside(columns ...[]string) [][]string {
	n := 0
	for _, c := range columns {
		n = max(n, len(c))
	}
	rows := make([][]string, n)
	for y := range rows {
		rows[y] = make([]string, len(columns))
		for x, c := range columns {
			if y < len(c) {
				rows[y][x] = c[y]
			}
		}
	}
	return rows
}

// Resize sets the room.
func (s *Screen) Resize(width, height int) {
	s.width, s.height = width, height
	s.draw()
}

// rows is how many lines are in view.
func (s *Screen) rows() int {
	_, h := pane.Inner(s.width, max(s.height-1, 1))
	return max(h, 1)
}

// Move scrolls by lines.
func (s *Screen) Move(n int) { s.top = max(min(s.top+n, len(s.lines)-s.rows()), 0) }

// Page scrolls by screenfuls.
func (s *Screen) Page(n int) { s.Move(n * s.rows()) }

// Top shows the first line.
func (s *Screen) Top() { s.Move(-len(s.lines)) }

// End shows the last line.
func (s *Screen) End() { s.Move(len(s.lines)) }

// The room that the pane needs, in cells.
const (
	minHeight = 4
	minWidth  = 12
)

// View is a pane of lines, with a line of keys below.
func (s *Screen) View() string {
	if s.height < minHeight || s.width < minWidth {
		return pane.Fit("two attempts", s.width)
	}
	box := pane.Box{Styles: s.env.Styles.Pane, Title: "Two attempts", Focused: true}
	to := min(s.top+s.rows(), len(s.lines))
	body := box.Render(strings.Join(s.lines[min(s.top, to):to], "\n"), s.width, max(s.height-1, 1))
	return body + "\n" + pane.HintLine(s.env.Styles.Bar, s.Keys(), s.width)
}
