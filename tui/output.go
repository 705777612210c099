package tui

import (
	"io"
	"os"
	"sync"

	"github.com/aimo3/aimo3/tui/repaint"
)

// output is where frames go, and what is sent to the clipboard. Each write reaches it whole,
// so that the one never lands inside the other.
type output interface {
	io.Writer
	// Forget says that the terminal may show anything now.
	Forget()
}

// newOutput is the output to w. A terminal stays one in Bubble Tea's eyes, and is sent of
// frames what changed.
func newOutput(w io.Writer) output {
	if w == nil {
		w = os.Stdout
	}
	if f, ok := w.(*os.File); ok {
		return &terminal{f, repaint.New(f)}
	}
	return &stream{w: w}
}

type terminal struct {
	*os.File
	frames *repaint.Writer
}

func (t *terminal) Write(p []byte) (int, error) { return t.frames.Write(p) }

// WriteString keeps os.File's from going past the frames.
func (t *terminal) WriteString(s string) (int, error) { return t.Write([]byte(s)) }

func (t *terminal) Forget() { t.frames.Forget() }

// stream is sent frames as they are.
type stream struct {
	w  io.Writer
	mu sync.Mutex
}

func (s *stream) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.w.Write(p)
}

func (*stream) Forget() {}
