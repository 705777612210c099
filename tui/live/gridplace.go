package live

import (
	"slices"

	"github.com/aimo3/aimo3/tui/pane"
)

// The smallest panes that are legible, with their borders, and the narrowest line of a
// sample that has ended.
const (
	minPaneWidth  = 36
	minPaneHeight = 5
	minLineWidth  = 52
)

// From gridTall lines on, the problem and the votes have boxes above the grid.
const gridTall = 34

// spot is where a sample stands: in a pane, or on a line.
type spot struct {
	sample int
	folded bool
	at     pane.Rect
}

// gridPlaces is where everything stands. Boxes of problem and votes have no height where
// there is no room for them; a line of each is then above and below the grid.
type gridPlaces struct {
	problem, votes pane.Rect
	notes          []string // warnings about the attempt, drawn
	spots          []spot
	strip          bool
}

// place divides the screen.
func (s *Screen) place() gridPlaces {
	var p gridPlaces
	room := pane.Rect{W: s.width, H: s.free()}
	boxed := room.H >= gridTall && room.W >= wideFrom
	above := pane.Rect{W: room.W, H: 1}
	if boxed {
		above.H = s.gridTop(room)
		side := min(max(room.W/3, sideWidth), 64)
		cols := above.SplitH(pane.Share{Weight: 1}, pane.Share{Min: side})
		p.problem, p.votes = cols[0], cols[1]
	} else if s.reading.whole {
		above.H = min(len(s.statement(room.W-2, room.H/2)), room.H/2)
	}
	if !boxed {
		p.problem = above
		room.H-- // the votes
	}
	p.notes = s.general(room.W-2, room.H-above.H)
	area := pane.Rect{Y: above.H + len(p.notes), W: room.W, H: room.H - above.H - len(p.notes)}
	if s.arrange(&p, area); len(p.spots) < len(s.samples) { // a strip names all, so that lines would say it again
		area.H--
		p.strip = true
		s.arrange(&p, area)
	}
	return p
}

// gridTop is how high the boxes above the grid are.
func (s *Screen) gridTop(room pane.Rect) int {
	side := min(max(room.W/3, sideWidth), 64)
	most := max(room.H/5, 6)
	if s.progress.Verdict != nil {
		most = max(room.H/4, 9) // for an answer that is large
	}
	height := min(s.voteLines(side-4)+2, most)
	return max(height, s.problemHeight(room.W-side, room.H))
}

// arrange gives the samples their spots in an area: to those that have ended lines at its
// foot, unless there is a strip, and panes to the others, to as many as are legible.
func (s *Screen) arrange(p *gridPlaces, area pane.Rect) {
	open, folded := s.parted()
	want := min(s.grid.want, len(open))
	rows, cols := 0, 1
	if !p.strip || len(open) == 0 {
		rows, cols = foldedRows(len(folded), area, len(open) == 0)
	}
	shown, split := fitPanes(area.W, area.H-rows, want)
	s.grid.shown, s.grid.wanted, p.spots = shown, want, nil
	samples := s.inView(open, shown)
	for i, at := range tiles(pane.Rect{Y: area.Y, W: area.W, H: area.H - rows}, shown, split) {
		p.spots = append(p.spots, spot{sample: samples[i], at: at})
	}
	if rows == 0 {
		return
	}
	from := 0
	if over := len(folded) - rows*cols; over > 0 { // keep the chosen one in view
		from = min(max(slices.Index(folded, s.chosen)/cols-rows/2, 0)*cols, (over+cols-1)/cols*cols)
	}
	for i, n := range folded[from:min(from+rows*cols, len(folded))] {
		row := pane.Rect{Y: area.Y + area.H - rows + i/cols, W: area.W, H: 1}
		p.spots = append(p.spots, spot{n, true, row.SplitH(equal(cols)...)[i%cols]})
	}
}

// foldedRows is how many lines the samples that are lines have, and in how many columns:
// a quarter of the area, unless nothing else wants it.
func foldedRows(n int, area pane.Rect, alone bool) (rows, cols int) {
	if n == 0 {
		return 0, 1
	}
	cols = min(max(area.W/minLineWidth, 1), n)
	rows = (n + cols - 1) / cols
	if alone {
		return min(rows, area.H), cols
	}
	return min(rows, area.H/4), cols
}

// fitPanes is how many of n panes are legible in w by h, and in how many rows; one is
// always shown.
func fitPanes(w, h, n int) (panes, rows int) {
	for panes = n; panes > 1; panes-- {
		if rows = bestRows(w, h, panes); rows > 0 {
			return panes, rows
		}
	}
	return min(n, 1), 1
}

// bestRows is in how many rows n panes are read best; 0 if they are legible in none.
func bestRows(w, h, n int) (rows int) {
	best := 0
	for r := 1; r <= n; r++ {
		across := (n + r - 1) / r
		if w/across < minPaneWidth || h/r < minPaneHeight {
			continue
		}
		if worth := legibility(w/across, h/r); n%r == 0 && worth > best {
			best, rows = worth, r
		} else if worth*9/10 > best { // rows that are not alike
			best, rows = worth*9/10, r
		}
	}
	return rows
}

// legibility says how well a pane is read: by its cells, but what is wider than a page
// of text adds nothing, and in narrow ones formulas do not fit.
func legibility(w, h int) int {
	const narrow, wide = 56, 80
	w, h = pane.Inner(w, h)
	if w < narrow {
		return w * w * h / narrow
	}
	return min(w, wide) * h
}

// tiles are n places in rows that are as full as can be, and tile an area.
func tiles(area pane.Rect, n, rows int) []pane.Rect {
	var all []pane.Rect
	for i, row := range area.SplitV(equal(rows)...) {
		if across := (n - len(all) + rows - i - 1) / (rows - i); across > 0 {
			all = append(all, row.SplitH(equal(across)...)...)
		}
	}
	return all
}

// equal are n shares of the same size.
func equal(n int) []pane.Share {
	all := make([]pane.Share, n)
	for i := range all {
		all[i].Weight = 1
	}
	return all
}
