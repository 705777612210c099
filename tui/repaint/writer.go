package repaint

import (
	"io"
	"strconv"
	"sync"
)

// Writer writes frames by what changed in them. New makes one.
type Writer struct {
	mu    sync.Mutex
	out   io.Writer
	rows  []row // what the last frame shows, from the top
	stale bool  // the terminal may show anything else

	buf []byte // the frame that is being written
	pen string // the sequences that the terminal dresses what comes next in
	ink ink    // what these do
	y   int    // the row that the cursor is in; -1 if that is not known
}

// lost says that the terminal may show anything, in any style.
func (w *Writer) lost() { w.stale, w.pen, w.ink = true, "?", ink{more: true} }

// New returns a Writer to a terminal that may show anything now.
func New(out io.Writer) *Writer {
	w := &Writer{out: out}
	w.lost()
	return w
}

// Forget says that the terminal may show anything, so that the next frame is written as
// a whole.
func (w *Writer) Forget() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.lost()
}

// Write writes what Bubble Tea wrote: a frame, or anything else. The number of bytes that
// it returns is that of p, or 0 with the terminal's error.
func (w *Writer) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	f, ok := parse(p)
	if !ok {
		if w.lost(); isFrame(p) {
			w.rows, w.stale = nil, false // it is on the terminal, and we cannot tell what it is
		}
		return w.out.Write(p)
	}
	w.buf, w.y = append(w.buf[:0], beginFrame...), -1
	w.paint(f)
	if len(w.buf) == len(beginFrame) {
		return len(p), nil
	}
	w.put(endFrame)
	if _, err := w.out.Write(w.buf); err != nil {
		w.lost()
		return 0, err
	}
	return len(p), nil
}

// paint brings the terminal to what f shows.
func (w *Writer) paint(f frame) {
	rows, last := f.over(w.rows), len(f.lines)-1
	old := make([]row, len(rows))
	below := f.below || w.stale || len(w.rows) > len(rows)
	if !w.stale {
		copy(old, w.rows)
	}
	w.undress()
	if w.rows = old; below { // no row is below the last one of a terminal, so that one goes too
		w.move(last, 0)
		w.put(eraseBelow)
		w.rows[last] = row{known: true}
	}
	w.scroll(rows)
	for y := range rows {
		if rows[y].known {
			w.line(y, &rows[y])
		}
	}
	w.dress("")
	w.rows, w.stale = rows, false
}

// move puts the cursor somewhere, counted from 0.
func (w *Writer) move(y, x int) {
	switch {
	case y == w.y:
		w.control("\x1b[", x+1, "G")
	case x == 0:
		w.control("\x1b[", y+1, "H")
	default:
		w.control("\x1b[", y+1, ";", x+1, "H")
	}
	w.y = y
}

// control writes a sequence of texts and numbers.
func (w *Writer) control(parts ...any) {
	for _, part := range parts {
		switch part := part.(type) {
		case string:
			w.put(part)
		case int:
			w.buf = strconv.AppendInt(w.buf, int64(part), 10)
		}
	}
}

func (w *Writer) put(s string) { w.buf = append(w.buf, s...) }
