package resilience

import (
	"context"
	"fmt"
	"time"

	"github.com/cenkalti/backoff/v5"

	"github.com/aimo3/aimo3/engine"
)

// The waits between tries: the first is up to firstWait, each later one up to twice
// as long, and none longer than maxWait.
const (
	firstWait = 250 * time.Millisecond
	maxWait   = 10 * time.Second
)

// RetryExhausted is the end of a reply that was asked for as often as its fault
// allows. Its class is that of the last fault.
type RetryExhausted struct {
	Tries int
	Over  time.Duration // from the first failure to the last
	Last  error
}

func (e *RetryExhausted) Error() string {
	return fmt.Sprintf("%v (tried %d times over %.1f s)", e.Last, e.Tries, e.Over.Seconds())
}

func (e *RetryExhausted) Unwrap() error { return e.Last }

// Tries counts the tries at one reply. It belongs to one goroutine.
type Tries struct {
	guard    *Guard
	line     *Line    // that goes on elsewhere if it has to; nil for none
	tried    []*Guard // hosts at which the reply cannot be had
	schedule backoff.ExponentialBackOff
	failed   int       // that are counted, in all
	atHost   int       // of those, where they count against one host's tries
	first    time.Time // when the first one failed
	waits    bool      // the server was busy: the next try draws on no budget
	next     engine.PendingRetry
}

// Tries begins the count of the tries at a reply of a model.
func (g *Guard) Tries(model string) *Tries {
	return &Tries{
		guard:    g,
		schedule: backoff.ExponentialBackOff{InitialInterval: firstWait, Multiplier: 2, MaxInterval: maxWait}, // the jitter is ours
		next:     engine.PendingRetry{Model: model, Try: 1},
	}
}

// Failed is told why a try failed. It says how long Wait will wait before the next
// one and how many there are at most, 0 if they are not counted; or, if there is to
// be none, the error that the reply ends with. At another host the next one is made at
// once. A host at which a reply was asked for as often as its fault allows is left for
// another one, where tries are counted anew.
func (t *Tries) Failed(err error) (wait time.Duration, of int, end error) {
	r := ruleOf(err)
	end = t.count(err, r)
	moved := t.leave(err, r, end != nil)
	if end != nil && !moved {
		return 0, 0, end
	}
	t.next.Class, t.next.Why = engine.ClassOf(err), engine.HideSecrets(err.Error())
	uncounted := t.next.Try - t.atHost // while the server was busy, or at another host
	if t.next.Of = 0; !t.waits && !r.elsewhere {
		t.next.Of = r.tries + uncounted
	}
	t.next.Try++
	g := t.guard
	g.mu.Lock()
	defer g.mu.Unlock()
	now := g.with.Now()
	if t.next.At = now; !moved {
		t.next.At = now.Add(time.Duration(g.with.Rand() * float64(t.schedule.NextBackOff())))
	}
	if !t.waits {
		t.next.At = later(t.next.At, g.budget.free(now, g.limiter.max()))
	}
	return t.next.At.Sub(now), t.next.Of, nil
}

// Held says whether requests for the model are held back now at the host that is asked
// next, after too many failures in a row that were the model's own.
func (t *Tries) Held() bool {
	g := t.guard
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.breaker(t.next.Model).shown.StateAt(g.with.Now()) == engine.BreakerOpen
}

// count counts a try that failed. The error is that it was the last one.
func (t *Tries) count(err error, r rule) error {
	now := t.guard.with.Now()
	if t.first.IsZero() {
		t.first = now
	}
	if t.waits = r.waits; t.waits {
		return nil
	}
	t.failed++
	switch t.atHost++; {
	case r.tries <= 1 && t.failed <= 1:
		return err
	case t.atHost >= r.tries:
		return &RetryExhausted{t.failed, now.Sub(t.first), err}
	}
	return nil
}

// Wait waits as long as Failed said, and longer while the budget has no retry left.
// It returns at once when ctx ends.
func (t *Tries) Wait(ctx context.Context) {
	g := t.guard
	g.mu.Lock()
	g.pending = append(g.pending, t)
	g.admit()
	at := t.next.At
	g.mu.Unlock()
	defer t.end()
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		timer.Reset(at.Sub(g.with.Now()))
		select {
		case <-timer.C:
		case <-ctx.Done():
			return
		}
		if at = t.take(); at.IsZero() {
			return
		}
	}
}

// take makes the retry if it may be made now, and else says when; zero if it was.
func (t *Tries) take() time.Time {
	g := t.guard
	g.mu.Lock()
	defer g.mu.Unlock()
	now := g.with.Now()
	if t.waits {
		return time.Time{}
	}
	at := g.budget.take(now, g.limiter.max())
	if !at.After(now) {
		return time.Time{}
	}
	t.next.At = at
	g.admit()
	return at
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
