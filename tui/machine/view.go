package machine

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/tui/pane"
)

// From these sizes on there are panes side by side; below, there is a list.
const (
	twoFrom   = 76  // columns
	threeFrom = 132 // columns, where there is a GPU
	tallFrom  = 16  // lines
)

// scroller moves what is in view, by the keys and the wheel that move lists.
type scroller struct{ *Screen }

// Move moves by lines.
func (s scroller) Move(rows int) { s.scroll(rows) }

// Page moves by screenfuls.
func (s scroller) Page(screenfuls int) { s.scroll(screenfuls * max(s.room()-1, 1)) }

// Top moves to the first line.
func (s scroller) Top() { s.scroll(-s.lines()) }

// End moves to the last line.
func (s scroller) End() { s.scroll(s.lines()) }

// Resize sets the room.
func (s *Screen) Resize(width, height int) {
	s.width, s.height, s.drawn = width, height, ""
	s.scroll(0)
}

// room is how many lines are in view, below the line of keys.
func (s *Screen) room() int { return max(s.height-1, 0) }

func (s *Screen) lines() int { return len(s.body()) }

func (s *Screen) scroll(by int) {
	s.top, s.drawn = max(min(s.top+by, s.lines()-s.room()), 0), ""
}

// View draws the screen, once for each thing that changes it.
func (s *Screen) View() string {
	if s.width <= 0 || s.height <= 0 {
		return ""
	}
	if s.drawn == "" {
		s.drawn = s.draw()
	}
	return s.drawn
}

func (s *Screen) draw() string {
	if s.asking.Name != "" {
		return pane.Confirm(s.env.Styles, s.question(), s.width, s.height)
	}
	lines := s.body()
	s.count = len(lines)
	from := max(min(s.top, len(lines)-s.room()), 0)
	to := min(from+s.room(), len(lines))
	return strings.Join(append([]string{s.hints(len(lines) - to)}, lines[from:to]...), "\n")
}

// hints name keys, and say which time is in view and how much is below it.
func (s *Screen) hints(below int) string {
	st := s.env.Styles
	says := st.Text.Faint.Render(s.stretch().name)
	if s.paused {
		says = st.Text.Warn.Render("‖ paused at "+s.now().Local().Format("15:04:05")) + st.Text.Faint.Render(" · "+s.stretch().name)
	}
	if below > 0 {
		says = st.Text.Faint.Render(fmt.Sprintf("%d more ↓ · ", below)) + says
	}
	room := s.width - ansi.StringWidth(says) - 3
	if room < 1 {
		return pane.Fit(" "+says, s.width)
	}
	return pane.Fit(" "+pane.KeyHints(st.Bar, s.firstKeys(), room), room+1) + " " + says + " "
}

// body are the lines of all panes.
func (s *Screen) body() []string {
	columns := 2
	if s.width >= threeFrom && len(s.shown.GPUs) > 0 {
		columns = 3
	}
	machine, gpus, work := s.contents(s.width/columns - 4)
	all := append(append(append([]content(nil), machine...), gpus...), work...)
	if len(all) == 0 {
		return []string{s.env.Styles.Text.Faint.Render(pane.Fit(" every pane is hidden: its letter in ? brings one back", s.width))}
	}
	if s.unread {
		return []string{s.env.Styles.Text.Faint.Render(pane.Fit(" the machine is not read here", s.width))}
	}
	switch {
	case s.width < twoFrom || s.height < tallFrom:
		return s.list(all)
	case columns == 3:
		return s.beside(filled(machine, gpus, work)...)
	}
	return s.beside(filled(machine, append(gpus, work...))...)
}

// filled are the columns that have something in them.
func filled(columns ...[]content) (some [][]content) {
	for _, c := range columns {
		if len(c) > 0 {
			some = append(some, c)
		}
	}
	return some
}

// list is what panes show in brief, for small terminals.
func (s *Screen) list(all []content) []string {
	w := s.width - 2
	var charts []pane.Chart
	var below []string
	for _, c := range all {
		charts = append(charts, c.brief...)
	}
	for _, c := range all {
		if len(c.brief) == 0 && c.lines != nil {
			below = append(below, s.env.Styles.Text.Strong.Render(c.title)+s.env.Styles.Text.Faint.Render(" · "+strings.Join(c.right, " · ")))
			below = append(below, c.lines(w-2, c.wants)...)
		}
	}
	g := pane.Graph{Styles: s.env.Styles.Graph}
	lines := append(g.Charts(s.env.Styles.Text, charts, "", "", w, len(charts)), below...)
	for i, l := range lines {
		lines[i] = pane.Fit(" "+l, s.width)
	}
	return lines
}

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
