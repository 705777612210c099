package repaint

import (
	"bytes"
	"io"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

const (
	home       = "\x1b[H"
	eraseRight = "\x1b[K"
	eraseBelow = "\x1b[J"
	eraseRow   = "\x1b[2K"
	wrapOff    = "\x1b[?7l"
	wrapOn     = "\x1b[?7h"
	beginFrame = "\x1b[?2026h"
	endFrame   = "\x1b[?2026l"
	eraseAll   = "\x1b[2J"
	leave      = "\x1b[?1049l"
)

// Writer writes frames by what changed in them. New makes one.
type Writer struct {
	mu    sync.Mutex
	out   io.Writer
	lines []string // the last frame
	width int      // of the terminal, then
	rows  []row    // what the last frame shows, from the top
	stale bool     // the terminal may show anything else

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

// Show has a terminal of that many cells show a frame, a line for each row. What is wider
// or higher is cut, at the right and at the top. An error is the terminal's.
func (w *Writer) Show(text string, width, height int) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	lines := strings.Split(text, "\n")
	lines = lines[max(0, len(lines)-height):]
	if width != w.width {
		w.lost()
	}
	rows := make([]row, len(lines))
	for y, l := range lines {
		if !w.stale && y < len(w.lines) && w.lines[y] == l {
			rows[y] = w.rows[y]
		} else {
			rows[y] = rowOf(l, width)
		}
	}
	w.lines, w.width = lines, width
	w.buf, w.y = append(w.buf[:0], beginFrame...), -1
	w.paint(rows)
	if len(w.buf) == len(beginFrame) {
		return nil
	}
	w.put(endFrame)
	if _, err := w.out.Write(w.buf); err != nil {
		w.lost()
		return err
	}
	return nil
}

// Write passes on what Bubble Tea writes, but for its frames. A screen that is left is erased
// first: if the window was smaller when it was entered, tmux would put the lines that do not
// fit there on the shell's screen.
func (w *Writer) Write(p []byte) (int, error) {
	if len(p) > len(home) && bytes.HasPrefix(p, []byte(home)) {
		return len(p), nil
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if !aside.Match(p) {
		w.lost()
	}
	if _, err := w.out.Write(bytes.ReplaceAll(p, []byte(leave), []byte(eraseAll+leave))); err != nil {
		return 0, err
	}
	return len(p), nil
}

// aside is what neither shows anything nor moves the cursor: bells, titles, and what is sent to
// a clipboard or a desktop, to tmux for its terminal too.
var aside = regexp.MustCompile(`^(?:\x07|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1bP(?:[^\x1b]|\x1b[^\\])*\x1b\\|\x1b\[2[23];0t)+$`)

// paint brings the terminal to what rows show.
func (w *Writer) paint(rows []row) {
	old, last := make([]row, len(rows)), len(rows)-1
	below := w.stale || len(w.rows) > len(rows)
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
		w.line(y, &rows[y])
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
