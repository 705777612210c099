package resilience

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// queue are the requests that wait for their turn, the first one first.
type queue struct {
	waiting []*waiter
	timer   *time.Timer // wakes them when a breaker's time is over; nil before it was needed
}

// waiter is a request that waits.
type waiter struct {
	model    string
	window   int        // asked for, in tokens
	admitted chan *pass // takes one
}

// enter waits until a request may go to the server. The error is that ctx ended.
// Leave is as in stream.
func (g *Guard) enter(ctx context.Context, ask engine.Ask, say func(engine.Piece), leave func() bool) (*pass, error) {
	if ctx.Err() != nil {
		return nil, notAdmitted(ctx)
	}
	w := &waiter{ask.Model, ask.Options.NumCtx, make(chan *pass, 1)}
	g.mu.Lock()
	g.refit(w.model, w.window)
	g.queue.waiting = append(g.queue.waiting, w)
	g.admit()
	g.mu.Unlock()
	select {
	case p := <-w.admitted:
		return p, nil
	default:
	}
	say(engine.Piece{Phase: engine.Queued})
	for {
		turned := g.turns.next()
		if leave != nil && leave() {
			g.giveUp(w)
			return nil, errHeld
		}
		select {
		case p := <-w.admitted:
			return p, nil
		case <-turned:
		case <-ctx.Done():
			g.giveUp(w)
			return nil, notAdmitted(ctx)
		}
	}
}

func notAdmitted(ctx context.Context) error {
	return fmt.Errorf("wait for a turn at the server: %w", context.Cause(ctx))
}

// giveUp takes a request out of the queue, or its place back if it has just got one.
func (g *Guard) giveUp(w *waiter) {
	g.mu.Lock()
	i := slices.Index(g.queue.waiting, w)
	if i >= 0 {
		g.queue.waiting = slices.Delete(g.queue.waiting, i, i+1)
		g.admit()
	}
	g.mu.Unlock()
	if i < 0 {
		g.leave(<-w.admitted, errExcluded)
	}
}

// admit lets those in that may go, in order, and tells who watches. It is called
// after every change, with the lock held.
func (g *Guard) admit() {
	began := g.with.Now()
	kept := g.queue.waiting[:0]
	for _, w := range g.queue.waiting {
		if p := g.tryAdmit(w); p != nil {
			w.admitted <- p
		} else {
			kept = append(kept, w)
		}
	}
	clear(g.queue.waiting[len(kept):])
	g.queue.waiting = kept
	g.wakeLater(began)
	g.changes.tell()
}

// tryAdmit lets one request in, or returns nil.
func (g *Guard) tryAdmit(w *waiter) *pass {
	if g.limiter.full(g.running) {
		return nil
	}
	p := &pass{halved: g.limiter.halved, window: w.window}
	for i, b := range []*breaker{g.breaker(""), g.breaker(w.model)} {
		var ok bool
		if p.permits[i], ok = b.allow(p); !ok {
			if i > 0 {
				p.permits[0].end(errExcluded)
			}
			return nil
		}
	}
	g.running++
	g.budget.began(g.with.Now())
	return p
}

// wakeLater has the queue looked at again when the next breaker may be tried. One whose time
// was over when the queue was last looked at holds nobody back: what still waits is let in by
// the end of a request. One whose time was over since is looked at again at once.
func (g *Guard) wakeLater(looked time.Time) {
	if len(g.queue.waiting) == 0 {
		if g.queue.timer != nil {
			g.queue.timer.Stop()
		}
		return
	}
	var next time.Time
	for _, b := range g.breakers {
		if until := b.shown.Until; b.shown.StateAt(looked) == engine.BreakerOpen && (next.IsZero() || until.Before(next)) {
			next = until
		}
	}
	if next.IsZero() {
		return
	}
	wait := max(next.Sub(g.with.Now()), 0)
	if g.queue.timer == nil {
		g.queue.timer = time.AfterFunc(wait, g.wake)
	} else {
		g.queue.timer.Reset(wait)
	}
}

func (g *Guard) wake() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.admit()
}
