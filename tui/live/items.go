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
	n := len(s.samples)
	if n == 0 {
		return pane.Fit("", width)
	}
	number := len(pane.Count(n))
	least := number + 4 // a number and a sign, with space around them and between
	each := min(max(width/n, least), least+1+maxStripWord)
	from, to := 0, n
	if each*n > width {
		shown := max((width-2)/each, 1) // the ends say that there are more
		from = min(max(s.chosen-shown/2, 0), n-min(shown, n))
		to = min(from+shown, n)
	}
	var line strings.Builder
	if from > 0 {
		line.WriteString("‹")
	}
	for i := from; i < to; i++ {
		line.WriteString(s.stripItem(i, number, each))
	}
	if to < n {
		line.WriteString("›")
	}
	return pane.Fit(line.String(), width)
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
