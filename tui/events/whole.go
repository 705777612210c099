package events

import (
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// whole is the selected event with all that it says, in place of the list.
type whole struct {
	open      bool
	lines     []string
	top, rows int // the first line in view, and how many there is room for
}

// Move scrolls by lines.
func (w *whole) Move(n int) { w.top = max(min(w.top+n, len(w.lines)-w.rows), 0) }

// Page scrolls by screenfuls.
func (w *whole) Page(n int) { w.Move(n * max(w.rows, 1)) }

// Top shows the first line.
func (w *whole) Top() { w.Move(-len(w.lines)) }

// End shows the last line.
func (w *whole) End() { w.Move(len(w.lines)) }

// openWhole shows all of the selected event.
func (s *Screen) openWhole() {
	if s.list.Selected() >= 0 && len(s.shown) > 0 {
		s.whole = whole{open: true}
		s.layWhole()
	}
}

// layWhole puts the event into lines of the width there is.
func (s *Screen) layWhole() {
	if !s.whole.open {
		return
	}
	w, h := pane.Inner(s.width, max(s.height-1, 1))
	s.whole.lines, s.whole.rows = s.said(w), max(h, 1)
	s.whole.Move(0)
}

func (s *Screen) wholeKey(msg tea.KeyMsg) {
	k := s.env.Keys
	if key.Matches(msg, k.Back, k.Open) {
		s.whole.open = false
		return
	}
	k.Move(msg, &s.whole)
}

// viewWhole is the event, with a line of keys below.
func (s *Screen) viewWhole() string {
	w := &s.whole
	to := min(w.top+w.rows, len(w.lines))
	box := pane.Box{Styles: s.env.Styles.Pane, Title: "Event", Right: s.heading(), Focused: true}
	return box.Render(strings.Join(w.lines[min(w.top, to):to], "\n"), s.width, s.height-1) + "\n" + s.lastLine()
}

// heading is what the selected event is, whose and when.
func (s *Screen) heading() string {
	f := s.all[s.shown[s.list.Selected()]]
	parts := []string{strings.ReplaceAll(termsafe.Line(f.kind), "_", " "), pane.Duration(f.at)}
	if of := f.of(); of != "" {
		parts = append(parts, of)
	}
	return strings.Join(parts, " · ")
}

// said is all that the selected event says, in lines of a width.
func (s *Screen) said(width int) (lines []string) {
	i := s.list.Selected()
	if i < 0 || i >= len(s.shown) {
		return nil
	}
	for _, f := range s.all[s.shown[i]].fields {
		text := termsafe.Line(f.Name) + "  " + termsafe.Line(f.Value)
		for l := range strings.SplitSeq(ansi.Wrap(text, max(width, 1), ""), "\n") {
			lines = append(lines, s.env.Styles.Text.Body.Render(l))
		}
	}
	return lines
}

// detail is the beginning of what the selected event says, and by what key the rest is shown.
func (s *Screen) detail(width int) []string {
	lines := s.said(width)
	if len(lines) > belowLines {
		lines = append(lines[:belowLines-1], s.env.Styles.Text.Faint.Render("… "+s.env.Keys.Open.Help().Key+" shows all"))
	}
	return lines
}

// wholeKeys are what may be pressed while an event is shown whole.
func (s *Screen) wholeKeys() []key.Binding {
	k := s.env.Keys
	return []key.Binding{k.Back, k.Up, k.Down, k.PageUp, k.PageDn, k.Top, k.End}
}

// opening is the key that shows an event whole.
func (s *Screen) opening() key.Binding {
	open := s.env.Keys.Open
	open.SetHelp(open.Help().Key, "whole event")
	return open
}

var _ screen.List = (*whole)(nil)
