package tui

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"

	"github.com/aymanbagabas/go-osc52/v2"

	"github.com/aimo3/aimo3/tui/repaint"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// copyTo asks the terminal, by OSC 52, to take text for its clipboard. That
// works over SSH as well; whether the terminal did so cannot be known, so the
// words claim no more than was done. What is copied is what was seen: control
// characters of a model would be obeyed where the text is pasted.
func copyTo(out io.Writer, getenv func(string) string, text string) (how string, err error) {
	seq, how := osc52.New(termsafe.Clean(text)), "was sent to the terminal's clipboard"
	bytes := seq.String()
	switch {
	case getenv("TMUX") != "": // which form tmux lets through depends on its settings
		bytes, how = bytes+seq.Tmux().String(), how+" through tmux"
	case strings.HasPrefix(getenv("TERM"), "screen"):
		bytes, how = seq.Screen().String(), how+" through screen"
	}
	if _, err := io.WriteString(out, bytes); err != nil {
		return "", fmt.Errorf("send to the clipboard: %w", err)
	}
	return how, nil
}

// output is where frames go, and what is sent to the clipboard.
type output interface {
	io.Writer
	// Forget says that the terminal may show anything now.
	Forget()
}

// newOutput makes the writes to w whole, so that what is sent to the clipboard
// never lands inside a frame. A terminal stays one in Bubble Tea's eyes, and gets of
// frames what changed.
func newOutput(w io.Writer) output {
	if w == nil {
		w = os.Stdout
	}
	if f, ok := w.(*os.File); ok {
		return &terminal{File: f, frames: repaint.New(f)}
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

type stream struct {
	w  io.Writer
	mu sync.Mutex
}

func (s *stream) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.w.Write(p)
}

func (s *stream) Forget() {}
