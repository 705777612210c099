package machine

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/tui/pane"
)

// beside puts columns of panes side by side, which end together.
func (s *Screen) beside(columns ...[]content) []string {
	tall := s.room()
	for _, c := range columns {
		need := 0
		for _, one := range c {
			need += one.least + 2
		}
		tall = max(tall, need)
	}
	lines := make([]string, tall)
	for i, c := range columns {
		w := s.width*(i+1)/len(columns) - s.width*i/len(columns)
		for y, line := range s.stack(c, w, tall) {
			lines[y] += line
		}
	}
	return lines
}

// stack draws panes one under the other, w wide and h high, which is not less than they
// take at the least.
func (s *Screen) stack(all []content, w, h int) []string {
	var lines []string
	for i, rows := range heights(all, h) {
		c := all[i]
		inner, _ := pane.Inner(w, rows)
		title, right := titles(c, w, rows-2)
		box := pane.Box{Styles: s.env.Styles.Pane, Title: title, Right: right}
		lines = append(lines, strings.Split(box.Render(strings.Join(s.inside(c, inner, rows-2), "\n"), w, rows), "\n")...)
	}
	return lines
}

// titles are the two ends of a pane's top line, where its body has so many lines: figures
// that no chart tells come before a name, and a name before the other figures.
func titles(c content, w, rows int) (title, right string) {
	const around = 7 // corners, blanks, and something between
	figures := func(title string) string {
		return pane.Shed(strings.Join(some(c.right), " · "), w-ansi.StringWidth(title)-around)
	}
	right = figures(c.title)
	if short, _, _ := strings.Cut(c.title, " · "); c.named && (rows < len(c.charts) || ansi.StringWidth(c.title+right)+around > w) {
		return short, figures(short)
	}
	return c.title, right
}

// some are the texts that say something.
func some(texts []string) (out []string) {
	for _, t := range texts {
		if t != "" {
			out = append(out, t)
		}
	}
	return out
}

// inside is what a pane shows in w by h cells: its charts, and below them its lines.
func (s *Screen) inside(c content, w, h int) []string {
	charts := h
	if c.lines != nil {
		switch {
		case len(c.charts) == 0:
			charts = 0
		case h >= c.wants+minRows:
			charts = h - c.wants
		default:
			charts = max(h-1, 1)
		}
	}
	now := "now"
	if s.paused {
		now = s.now().Local().Format("15:04:05")
	}
	g := pane.Graph{Styles: s.env.Styles.Graph}
	lines := g.Charts(s.env.Styles.Text, c.charts, s.stretch().ago, now, w, charts)
	if c.lines != nil && h > len(lines) {
		lines = append(lines, c.lines(w, h-len(lines))...)
	}
	return lines
}

// heights divides h among panes: each gets what it takes at the least, then what it
// wants, and what is left by weight.
func heights(all []content, h int) []int {
	sizes, rest := make([]int, len(all)), h
	for i, c := range all {
		sizes[i] = c.least + 2
		rest -= sizes[i]
	}
	for grown := true; grown && rest > 0; {
		grown = false
		for i, c := range all {
			if rest > 0 && sizes[i] < c.want()+2 {
				sizes[i]++
				rest--
				grown = true
			}
		}
	}
	shares := make([]pane.Share, len(all))
	for i, c := range all {
		shares[i].Weight = c.weight
	}
	for i, r := range (pane.Rect{H: max(rest, 0)}).SplitV(shares...) {
		sizes[i] += r.H
	}
	return sizes
}

// want is how many lines a pane needs to show everything.
func (c content) want() int { return len(c.charts) + c.wants }
