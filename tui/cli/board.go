package cli

import (
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/aimo3/aimo3/tui/cli/form"
)

// How often the status line is drawn again, and how often lines are appended
// where it cannot be.
const (
	redrawEvery = 250 * time.Millisecond
	heartbeat   = 30 * time.Second
)

// board tells a person on standard error how something goes: lines that stay and, on a
// terminal, one below them that is drawn over.
type board struct {
	to     io.Writer
	redraw bool
	text   func() string // the status line; "" for none. The board is locked.
	over   chan struct{}
	wg     sync.WaitGroup

	mu    sync.Mutex
	drawn bool // the status line stands on the last row
}

// start starts the goroutine that keeps the line moving; stop ends it.
func (b *board) start() {
	b.over = make(chan struct{})
	b.wg.Go(b.beat)
}

func (b *board) beat() {
	every := heartbeat
	if b.redraw {
		every = redrawEvery
	}
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-b.over:
			return
		case <-tick.C:
			b.mu.Lock()
			b.draw()
			b.mu.Unlock()
		}
	}
}

// stop removes the status line.
func (b *board) stop() {
	close(b.over)
	b.wg.Wait()
	b.clear()
}

// say appends a line that a person should read; it may be called from any
// goroutine.
func (b *board) say(text string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.line("%s", text)
}

// line appends a line, above the status line.
func (b *board) line(format string, args ...any) {
	b.clear()
	fmt.Fprintln(b.to, form.Line(fmt.Sprintf(format, args...)))
	if b.redraw {
		b.draw()
	}
}

func (b *board) clear() {
	if b.drawn {
		fmt.Fprint(b.to, "\r\x1b[K")
		b.drawn = false
	}
}

func (b *board) draw() {
	text := form.Line(b.text())
	switch {
	case text == "":
	case b.redraw:
		b.clear()
		fmt.Fprint(b.to, oneRow(text))
		b.drawn = true
	default:
		fmt.Fprintln(b.to, text)
	}
}

// oneRow is text that a terminal cuts at its edge: of text that went on in the
// next row, the first would be left behind when it is drawn over.
func oneRow(text string) string { return "\x1b[?7l" + text + "\x1b[?7h" }
