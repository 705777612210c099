package tui

import (
	"sync"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/screen"
)

// frame is the least time between two batches of events: twenty a second is as much as
// an eye follows of words that run past, and each one costs a drawing of the whole
// screen and bytes to the terminal. Keys do not wait for it.
const frame = 50 * time.Millisecond

// Feed brings engine events to the event loop, at most one batch a frame. Put
// never blocks and never drops: events wait, deltas joined, until the loop asks
// again. One Next is outstanding at a time, so order holds.
type Feed struct {
	every  time.Duration
	ready  chan struct{}
	closed chan struct{}
	once   sync.Once
	last   time.Time // of the latest batch; only Next touches it

	mu    sync.Mutex
	queue []engine.Event
}

// NewFeed returns an open Feed.
func NewFeed() *Feed { return newFeed(frame) }

func newFeed(every time.Duration) *Feed {
	return &Feed{every: every, ready: make(chan struct{}, 1), closed: make(chan struct{})}
}

// Put is an engine.Sink; it may be called from many goroutines. After Close it
// keeps nothing, there being nobody left to show it to.
func (f *Feed) Put(e engine.Event) error {
	select {
	case <-f.closed:
		return nil
	default:
	}
	f.mu.Lock()
	f.queue = engine.Append(f.queue, e)
	f.mu.Unlock()
	select {
	case f.ready <- struct{}{}:
	default:
	}
	return nil
}

// Next is a tea.Cmd that waits for the next batch: a screen.Arrived, or nil
// once the Feed is closed.
func (f *Feed) Next() tea.Msg {
	select {
	case <-f.ready:
	case <-f.closed:
		return nil
	}
	if !f.pause(time.Until(f.last.Add(f.every))) {
		return nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	events := f.queue
	f.queue, f.last = nil, time.Now()
	return screen.Arrived{Events: events}
}

// Close ends a waiting Next. It may be called more than once.
func (f *Feed) Close() { f.once.Do(func() { close(f.closed) }) }

func (f *Feed) pause(d time.Duration) bool {
	if d <= 0 {
		return true
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-f.closed:
		return false
	}
}
