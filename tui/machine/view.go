package machine

import (
	"fmt"
	"slices"
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

// room is how many lines are in view, above the line of keys.
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
	shown := slices.Clone(lines[from:to])
	for len(shown) < s.room() {
		shown = append(shown, "")
	}
	return strings.Join(append(shown, s.hints(len(lines)-to)), "\n")
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
	room := s.width - ansi.StringWidth(says) - 1
	if room < 1 {
		return pane.Fit(" "+says, s.width)
	}
	return pane.HintLine(st.Bar, s.Keys(), room) + says + " "
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
		return []string{s.env.Styles.Text.Faint.Render(pane.Fit(" every pane is hidden: its key in "+s.env.Keys.Help.Help().Key+" brings one back", s.width))}
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
