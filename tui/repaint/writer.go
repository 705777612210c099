package repaint

import (
	"io"
	"slices"
	"strconv"
	"sync"
)

// Writer writes frames by what changed in them.
type Writer struct {
	mu   sync.Mutex
	out  io.Writer
	rows []row // what the terminal shows, from the top
	buf  []byte
	pen  string // the sequences that what is written next is dressed in
}

// New returns one that writes to out, which may show anything now.
func New(out io.Writer) *Writer { return &Writer{out: out} }

// Forget says that the terminal may show anything, as after its size changed.
func (w *Writer) Forget() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.rows = nil
}

// Write writes what Bubble Tea wrote: a frame, or anything else. What it returns does
// not count what was saved.
func (w *Writer) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	f, ok := parse(p)
	if !ok || f.below && !w.known(len(f.lines)) {
		w.rows = nil
		return w.out.Write(p)
	}
	w.buf, w.pen = w.buf[:0], ""
	w.paint(f)
	if len(w.buf) > 0 {
		if _, err := w.out.Write(w.buf); err != nil {
			w.rows = nil
			return 0, err
		}
	}
	return len(p), nil
}

// known says that it is known what the first n rows show.
func (w *Writer) known(n int) bool {
	return n > 0 && n <= len(w.rows) && !slices.ContainsFunc(w.rows[:n], func(r row) bool { return !r.known })
}

// paint brings the terminal to what f shows.
func (w *Writer) paint(f frame) {
	if n := len(f.lines); f.below { // row n is erased with what is below it, and written again
		w.move(n-1, 0)
		w.put("\x1b[J")
		if f.lines[n-1].skipped {
			f.lines[n-1] = line{row: w.rows[n-1]}
		}
		w.rows = append(w.rows[:n-1], row{known: true})
	}
	for len(w.rows) < len(f.lines) {
		w.rows = append(w.rows, row{})
	}
	w.scroll(f)
	for y, l := range f.lines {
		if !l.skipped {
			w.line(y, l.row)
			w.rows[y] = l.row
		}
	}
	w.dress("")
}

// move puts the cursor somewhere, counted from 0.
func (w *Writer) move(y, x int) {
	if x == 0 {
		w.control("\x1b[", y+1, "H")
		return
	}
	w.control("\x1b[", y+1, ";", x+1, "H")
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

// dress sets what the text that follows is dressed in.
func (w *Writer) dress(style string) {
	if style == w.pen {
		return
	}
	if w.pen != "" {
		w.put("\x1b[m")
	}
	w.put(style)
	w.pen = style
}
