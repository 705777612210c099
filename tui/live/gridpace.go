package live

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/screen"
)

// paneEvery is how often the pane of a sample that streams is drawn anew for each pane that is
// shown, unless it has the focus: nobody reads eight of them at once, and each time is work,
// and bytes to the terminal.
const paneEvery = 60 * time.Millisecond

// keptPane is a pane as it was drawn last.
type keptPane struct {
	at      time.Time // of the event that it was drawn after
	place   pane.Rect
	focused bool
	phase   engine.Phase
	cells   int
	drawn   string
}

// keptPane draws a pane, or gives what was drawn of it up to paneEvery for each pane ago.
func (s *Screen) keptPane(spot spot) string {
	p := &s.progress.Samples[spot.sample]
	is := keptPane{p.Latest, spot.at, spot.sample == s.chosen, p.Phase, len(p.Cells), ""}
	known := s.grid.kept[spot.sample]
	since, every := is.at.Sub(known.at), time.Duration(s.grid.shown)*paneEvery
	known.at, is.drawn = is.at, known.drawn
	if known == is && !is.focused && p.Open() && 0 < since && since < every && s.now.Sub(p.Latest) < every {
		return known.drawn
	}
	drawn, whole := s.pane(spot)
	if is.drawn = drawn; !whole {
		return drawn
	}
	if s.grid.kept == nil {
		s.grid.kept = map[int]keptPane{}
	}
	s.grid.kept[spot.sample] = is
	return is.drawn
}

// maxDrawnBytes is how much text one frame wraps and draws for another width, but for that
// of one transcript: the rest comes in the frames after it, so that no key waits for all.
const maxDrawnBytes = 20_000

// drawing divides the work of drawing transcripts for another width among frames.
type drawing struct {
	divided bool // another frame follows
	left    int  // bytes that this frame may still draw
	late    bool // some are yet to be drawn
	moved   bool // panes are others than in the last frame
}

// drawOn asks for a frame after this one.
type drawOn struct{}

// goOn asks for a frame after the next one if that is to leave some work to it.
func (s *Screen) goOn() tea.Cmd {
	w := &s.grid.work
	if w.divided = s.many() && (w.late || w.moved); !w.divided {
		return nil
	}
	w.moved = false
	return screen.Send(drawOn{})
}

// begin begins a frame.
func (w *drawing) begin() { w.left, w.late = maxDrawnBytes, false }

// takes says whether a transcript is drawn in this frame.
func (w *drawing) takes(t *pane.Transcript, width int) bool {
	n := t.Unwrapped(width)
	if n == 0 || !w.divided || n <= w.left || w.left == maxDrawnBytes {
		w.left -= n
		return true
	}
	w.late = true
	return false
}
