package live

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine/timing"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/phrase"
)

// waterfall shows, in place of a transcript, where the time of the attempt goes.
type waterfall struct {
	times timing.Profile
	shown bool
	top   int // the first line in view
	rows  int // in view, when it was last drawn
	lines int // in all, likewise
}

// draw draws those lines that are in view.
func (f *waterfall) draw(s *Screen, r pane.Rect) string {
	w, h := pane.Inner(r.W, r.H)
	all := phrase.NewWaterfall(f.times.SpansAt(s.now), w)
	f.rows, f.lines = h, all.Len()
	f.scroll(0)
	b := pane.Box{Styles: s.env.Styles.Pane, Title: "Where the time went", Focused: true}
	if s.progress.Verdict == nil && s.player == nil {
		b.Title = "Where the time goes"
	}
	if f.lines == 0 {
		return b.Render(s.waitingIn(r), r.W, r.H)
	}
	var lines []string
	for i := f.top; i < min(f.top+h, f.lines); i++ {
		lines = append(lines, all.Line(i))
	}
	if below := f.lines - f.top - len(lines); below > 0 {
		b.Right = fmt.Sprintf("%s more ↓", pane.Count(below))
	}
	return b.Render(s.env.Styles.Text.Body.Render(strings.Join(lines, "\n")), r.W, r.H)
}

func (f *waterfall) scroll(by int) { f.top = max(min(f.top+by, f.lines-f.rows), 0) }

// key takes the keys that scroll.
func (f *waterfall) key(msg tea.KeyMsg, s *Screen) {
	page := max(f.rows-1, 1)
	switch g := s.env.Keys; {
	case key.Matches(msg, g.Up):
		f.scroll(-1)
	case key.Matches(msg, g.Down):
		f.scroll(1)
	case key.Matches(msg, g.PageUp):
		f.scroll(-page)
	case key.Matches(msg, g.PageDn):
		f.scroll(page)
	case key.Matches(msg, s.keys.grid.top):
		f.scroll(-f.lines)
	case key.Matches(msg, g.End):
		f.scroll(f.lines)
	}
}
