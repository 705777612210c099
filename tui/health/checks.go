package health

import (
	"fmt"
	"slices"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/pane"
)

// checked is what the checks found, worst first.
type checked struct {
	all   []engine.Finding
	whole bool // all of them were made, not only those that take moments
	at    time.Time
}

// check makes the checks: those that take moments or, for whole, all of them; one call
// at a time.
func (s *Screen) check(whole bool) tea.Cmd {
	if s.env.Check == nil || s.checking {
		return nil
	}
	s.checking, whole = true, whole || s.env.Connect != "" // a server makes them all, for all who ask
	look, now := s.env.Check, s.env.Now
	return func() tea.Msg {
		all := look(whole)
		slices.SortStableFunc(all, func(a, b engine.Finding) int { return rank(a.State) - rank(b.State) })
		return checked{all, whole, now()}
	}
}

func rank(s engine.FindingState) int {
	return slices.Index([]engine.FindingState{engine.Fail, engine.Warn, engine.Pass}, s)
}

// checks are a line for each component, and below it what to do.
func (s *Screen) checks(w int) box {
	st, b := s.env.Styles.Text, box{title: "Checks"}
	switch found := s.found; {
	case s.env.Check == nil:
		b.lines = []string{st.Faint.Render("`aimo3 doctor` makes them")}
		return b
	case s.checking:
		b.right = "checking…"
	case found.whole:
		b.right = "all, at " + found.at.Format("15:04:05")
	default:
		b.right = "the quick ones, at " + found.at.Format("15:04:05")
	}
	if len(s.found.all) == 0 {
		b.lines = []string{st.Faint.Render("checking…")}
	}
	name, longest := 0, ""
	for _, f := range s.found.all {
		name = max(name, ansi.StringWidth(f.Component))
		if took := tookOf(f); len(took) > len(longest) {
			longest = took
		}
	}
	for _, f := range s.found.all {
		b.lines = append(b.lines, s.finding(f, name, len(longest), w)...)
	}
	return b
}

// finding is the sign of a component, its name, what was found and how long that took.
func (s *Screen) finding(f engine.Finding, name, took, w int) []string {
	st := s.env.Styles.Text
	sign, style, said := "●", st.Good, st.Body
	switch f.State {
	case engine.Fail:
		sign, style, said = "▲", st.Bad, st.Bad
	case engine.Warn:
		sign, style, said = "◐", st.Warn, st.Body
	case engine.Pass:
	}
	indent := strings.Repeat(" ", name+4)
	room := max(w-len(indent)-took-2, 1)
	lines := s.wrapped(said, f.What, room, maxReason)
	lines[0] = style.Render(sign) + " " + st.Strong.Render(pane.Fit(f.Component, name)) + "  " + pane.Fit(lines[0], room) + "  " + st.Faint.Render(fmt.Sprintf("%*s", took, tookOf(f)))
	for i := range lines[1:] {
		lines[i+1] = indent + lines[i+1]
	}
	if f.Todo != "" {
		for _, l := range s.wrapped(st.Faint, f.Todo, max(w-len(indent), 1), maxReason) {
			lines = append(lines, indent+l)
		}
	}
	return lines
}

// tookOf is how long a check took, in at most seven cells.
func tookOf(f engine.Finding) string {
	switch took := f.Took; {
	case took < time.Millisecond:
		return "<1 ms"
	case took < time.Second:
		return fmt.Sprintf("%d ms", took.Milliseconds())
	default:
		return fmt.Sprintf("%.1f s", took.Seconds())
	}
}
