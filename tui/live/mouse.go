package live

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/screen"
)

// mouse takes a click, which chooses the sample it is on, or shows the problem whole and
// cut again; and the wheel, which moves what is under it and nothing else.
func (s *Screen) mouse(msg tea.MouseMsg) {
	if s.free() < minAbove {
		return
	}
	if s.many() {
		s.gridMouse(msg)
		return
	}
	p := s.layout()
	if by := screen.Turned(msg); by != 0 {
		s.turn(p, msg.X, msg.Y, by)
		return
	}
	x, y, clicked := screen.Click(msg)
	switch {
	case !clicked:
	case p.problem.Has(x, y):
		s.reading.turn()
		s.Resize(s.width, s.height)
	default:
		if i := s.sampleAt(p, x, y); i >= 0 {
			s.choose(i - s.chosen)
		}
	}
}

// wheelLines is how far one step of the wheel moves a text.
const wheelLines = 3

// turn takes the wheel at a place.
func (s *Screen) turn(p places, x, y, by int) {
	switch {
	case p.samples.Has(x, y), p.strip.Has(x, y):
		if i := s.chosen + by; i >= 0 && i < len(s.samples) {
			s.choose(by)
		}
	case !p.transcript.Has(x, y):
	case s.fall.shown:
		s.fall.scroll(by * wheelLines)
	default:
		s.transcript(s.chosen).Scroll(by * wheelLines)
	}
}

// sampleAt is the sample whose line or place in the strip is at a cell; -1 if there is none.
func (s *Screen) sampleAt(p places, x, y int) int {
	at := -1
	switch {
	case p.samples.Has(x, y):
		_, h := pane.Inner(p.samples.W, p.samples.H)
		if line := y - p.samples.Y - 1; line >= 0 && line < h {
			at = s.firstRow(h) + line
			if per := s.linesEach(h); per > 1 {
				at = line / per
			}
		}
	case p.strip.Has(x, y):
		st := s.stripOf(p.strip.W)
		if x -= p.strip.X + st.indent(); x >= 0 && x/st.each < st.to-st.from {
			at = st.from + x/st.each
		}
	}
	if at >= len(s.samples) {
		return -1
	}
	return at
}
