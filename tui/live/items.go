package live

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/tui/pane"
)

// The widest word that the strip has of a sample, in cells.
const maxStripWord = 12

// strip is one line with every sample in it, each in a place that stays where it is while
// the samples go on; around the chosen one if they do not all fit.
func (s *Screen) strip(width int) string {
	if len(s.samples) == 0 {
		return pane.Fit("", width)
	}
	st := s.stripOf(width)
	var line strings.Builder
	if st.from > 0 {
		line.WriteString("‹")
	}
	for i := st.from; i < st.to; i++ {
		line.WriteString(s.stripItem(i, st.number, st.each))
	}
	if st.to < len(s.samples) {
		line.WriteString("›")
	}
	return pane.Fit(line.String(), width)
}

// stripLayout says where the samples stand in a strip: those in view, in so many cells
// each, of which a number takes some.
type stripLayout struct{ from, to, each, number int }

// indent is where the first one begins.
func (st stripLayout) indent() int { return min(st.from, 1) }

func (s *Screen) stripOf(width int) stripLayout {
	n := len(s.samples)
	number := len(pane.Count(n))
	least := number + 4 // a number and a sign, with space around them and between
	st := stripLayout{to: n, each: min(max(width/max(n, 1), least), least+1+maxStripWord), number: number}
	if st.each*n > width {
		shown := max((width-2)/st.each, 1) // the ends say that there are more
		st.from = min(max(s.chosen-shown/2, 0), n-min(shown, n))
		st.to = min(st.from+shown, n)
	}
	return st
}

// stripItem is sample i in so many cells: its number, its sign and, where there is room,
// its answer or its state: whole, or not at all.
func (s *Screen) stripItem(i, number, width int) string {
	p := &s.progress.Samples[i]
	sign, style := s.sign(p)
	label := " " + strings.Repeat(" ", number-len(pane.Count(i+1))) + pane.Count(i+1) + " " + sign
	word := s.short(p)
	if word == "" {
		word = s.stateWord(p)
	}
	if ansi.StringWidth(label)+1+ansi.StringWidth(word) <= width {
		label += " " + word
	}
	if i == s.chosen {
		style = style.Reverse(true)
	}
	return style.Render(pane.Fit(label, width))
}
