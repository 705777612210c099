package ollama

import (
	"context"
	"sync"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// voice passes on what one stream says, so that no phase is said once the text
// has begun, and no two calls overlap.
type voice struct {
	say   func(engine.Piece)
	begin func() // called once, before the first text
	stop  func() // ends the watch over the phase

	mu    sync.Mutex
	begun bool // written by the stream's own goroutine, under mu
	phase engine.Phase
}

// text says text. It is called by the stream's own goroutine only.
func (v *voice) text(p engine.Piece) {
	if !v.begun {
		v.mu.Lock()
		v.begun = true
		v.mu.Unlock()
		v.stop()
		v.begin()
	}
	v.say(p)
}

// enter says a new phase, unless the text has begun.
func (v *voice) enter(p engine.Phase) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if !v.begun && p != v.phase {
		v.phase = p
		v.say(engine.Piece{Phase: p})
	}
}

func (v *voice) waiting() bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return !v.begun
}

// watchPhase says what the server does until the first text comes or ctx ends.
func (c *Client) watchPhase(ctx context.Context, model string, v *voice) {
	const every, soon = 500 * time.Millisecond, 20 * time.Millisecond
	for ctx.Err() == nil {
		pause := every
		loaded, known := c.holds(ctx, model)
		switch {
		case !known:
			pause = soon
		case !loaded:
			v.enter(engine.Loading)
		case c.speaking.Load() > 0:
			v.enter(engine.Queued)
		default:
			v.enter(engine.Reading)
		}
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
	}
}

// running is what the server held in memory a moment ago. Streams share it, so
// that many waiting ones do not pester the server.
type running struct {
	asking sync.Mutex
	mu     sync.Mutex
	at     time.Time
	names  []string
	failed bool
}

// holds says whether the server has the model in memory. It is not known while
// another stream asks, and loaded is true when the server does not say.
func (c *Client) holds(ctx context.Context, model string) (loaded, known bool) {
	r := &c.running
	if names, failed, fresh := r.recent(); fresh {
		return failed || has(names, model), true
	}
	if !r.asking.TryLock() {
		return false, false
	}
	defer r.asking.Unlock()
	ctx, cancel := context.WithTimeout(ctx, answerTimeout)
	defer cancel()
	list, err := c.list(ctx, "/api/ps")
	if ctx.Err() != nil {
		return false, false
	}
	var names []string
	for _, m := range list {
		names = append(names, m.Name)
	}
	r.keep(names, err != nil)
	return err != nil || has(names, model), true
}

func (r *running) recent() (names []string, failed, fresh bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.names, r.failed, time.Since(r.at) < 300*time.Millisecond
}

func (r *running) keep(names []string, failed bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.at, r.names, r.failed = time.Now(), names, failed
}

func has(names []string, model string) bool {
	for _, n := range names {
		if sameModel(n, model) {
			return true
		}
	}
	return false
}
