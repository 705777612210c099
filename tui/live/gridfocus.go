package live

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/screen"
)

// moveFocus moves the focus to the spot that lies that way. Where none does, it goes to the
// sample before or after: to the right of a row comes the next row, and to those that had no
// room.
func (s *Screen) moveFocus(way tea.KeyType) {
	spots := s.place().spots
	on := slices.IndexFunc(spots, func(p spot) bool { return p.sample == s.chosen })
	switch {
	case len(spots) == 0:
		return
	case on < 0:
		s.chosen, s.steered = spots[0].sample, true
		return
	}
	if to := nearest(spots, on, way); to >= 0 {
		s.chosen, s.steered = spots[to].sample, true
		return
	}
	switch sideways, open := way == tea.KeyLeft || way == tea.KeyRight, s.grid.shown < s.openPanes(); {
	case open && (way == tea.KeyRight || way == tea.KeyDown):
		s.stepPane(1)
	case open:
		s.stepPane(-1)
	case sideways:
		n := len(spots)
		by := map[tea.KeyType]int{tea.KeyLeft: n - 1, tea.KeyRight: 1}[way]
		s.chosen, s.steered = spots[(on+by)%n].sample, true
	}
}

// openPanes is how many samples would have a pane if there were room.
func (s *Screen) openPanes() int {
	open, _ := s.parted()
	return len(open)
}

// stepPane goes to the next sample with a pane, or the one before, also of those that
// have no room.
func (s *Screen) stepPane(by int) {
	open, _ := s.parted()
	at := slices.Index(open, s.chosen)
	if at < 0 {
		return
	}
	s.chosen, s.steered = open[(at+by+len(open))%len(open)], true
}

// nearest is the spot that lies that way of spot on, the closest of those beside it; -1 if
// there is none. Above and below it, there may be one that is not quite.
func nearest(spots []spot, on int, way tea.KeyType) int {
	from, found, best := turned(spots[on].at, way), -1, [3]int{}
	for i := range spots {
		to := turned(spots[i].at, way)
		gap := to.X - from.X - from.W
		apart := max(to.Y-from.Y-from.H, from.Y-to.Y-to.H) + 1 // 0 or less: beside it
		if i == on || gap < 0 || apart > 0 && (way == tea.KeyLeft || way == tea.KeyRight) {
			continue
		}
		middle := max(to.Y+to.H/2-from.Y-from.H/2, from.Y+from.H/2-to.Y-to.H/2)
		if is := [3]int{max(apart, 0), gap, middle}; found < 0 || slices.Compare(is[:], best[:]) < 0 {
			found, best = i, is
		}
	}
	return found
}

// turned is a place as it is seen by who looks that way: what lies ahead has a larger X.
func turned(r pane.Rect, way tea.KeyType) pane.Rect {
	switch way {
	case tea.KeyLeft:
		return pane.Rect{X: -r.X - r.W, Y: r.Y, W: r.W, H: r.H}
	case tea.KeyDown:
		return pane.Rect{X: r.Y, Y: r.X, W: r.H, H: r.W}
	case tea.KeyUp:
		return pane.Rect{X: -r.Y - r.H, Y: r.X, W: r.H, H: r.W}
	}
	return r
}

// gridMouse takes the mouse in the grid: the wheel moves the pane under it, a click gives
// it the focus.
func (s *Screen) gridMouse(msg tea.MouseMsg) {
	x, y, clicked := screen.Click(msg)
	for _, p := range s.place().spots {
		switch {
		case !p.at.Has(x, y):
		case clicked:
			s.chosen, s.steered = p.sample, true
		case !p.folded:
			s.transcript(p.sample).Scroll(screen.Turned(msg) * wheelLines)
		}
	}
}
