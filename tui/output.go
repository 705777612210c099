package tui

import (
	"io"
	"os"
	"sync"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/tui/repaint"
)

// output is where frames go, and what is sent to the clipboard. Each write reaches it whole,
// so that the one never lands inside the other.
type output interface {
	io.Writer
	// Forget says that the terminal may show anything now.
	Forget()
	// model is what Bubble Tea is to run so that what m shows reaches the output.
	model(m tea.Model) tea.Model
	// fps is how often in a second Bubble Tea looks for a frame to write.
	fps() int
}

// newOutput is the output to w. A terminal stays one in Bubble Tea's eyes, and is sent of
// frames what changed, past Bubble Tea.
func newOutput(w io.Writer) output {
	w = standard(w)
	if f, ok := w.(*os.File); ok {
		return &terminal{f, repaint.New(f)}
	}
	return &stream{w: w}
}

// standard is w, or the standard output.
func standard(w io.Writer) io.Writer {
	if w == nil {
		return os.Stdout
	}
	return w
}

type terminal struct {
	*os.File
	frames *repaint.Writer
}

func (t *terminal) Write(p []byte) (int, error) { return t.frames.Write(p) }

// WriteString keeps os.File's from going past the frames.
func (t *terminal) WriteString(s string) (int, error) { return t.Write([]byte(s)) }

func (t *terminal) Forget() { t.frames.Forget() }

func (t *terminal) model(m tea.Model) tea.Model {
	return &paced{model: m, show: func(frame string, width, height int) { _ = t.frames.Show(frame, width, height) }} // a terminal that is gone ends the app by keyboard.ErrGone
}

func (*terminal) fps() int { return 1 }

// stream is sent frames as Bubble Tea writes them.
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

func (*stream) model(m tea.Model) tea.Model { return m }

func (*stream) fps() int { return 60 }
