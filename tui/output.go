package tui

import (
	"io"
	"os"
	"sync"
)

// newOutput makes the writes to w whole, so that what is sent to the clipboard
// never lands inside a frame. A terminal stays one in Bubble Tea's eyes.
func newOutput(w io.Writer) io.Writer {
	if w == nil {
		w = os.Stdout
	}
	if f, ok := w.(*os.File); ok {
		return &terminal{File: f}
	}
	return &stream{w: w}
}

type terminal struct {
	*os.File
	mu sync.Mutex
}

func (t *terminal) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.File.Write(p)
}

// WriteString keeps os.File's from going past the lock.
func (t *terminal) WriteString(s string) (int, error) { return t.Write([]byte(s)) }

type stream struct {
	w  io.Writer
	mu sync.Mutex
}

func (s *stream) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.w.Write(p)
}
