package remote

import (
	"context"
	"errors"
	"net/http"
	"reflect"
	"slices"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/wire"
)

// The pauses before a server that does not answer is asked again: the first, and the
// longest; each is twice the one before.
const (
	firstPause = time.Second
	maxPause   = 30 * time.Second
)

// pause is the one before the nth try; 1 is the first.
func pause(n int) time.Duration { return min(firstPause<<min(max(n-1, 0), 10), maxPause) }

// maxTaken is how many attempts a server may say that it takes.
const maxTaken = 1000

// Hello asks the server how it is, and sets the link. That nothing answers is no error:
// Run tries again. It is to be called before Run, if at all.
func (c *Client) Hello(ctx context.Context) error {
	c.look(ctx)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.refused != nil {
		return c.refused
	}
	return ctx.Err()
}

// Run looks after the link until ctx ends or the server refuses for good.
func (c *Client) Run(ctx context.Context) {
	defer c.http.CloseIdleConnections()
	wait, early := c.next()
	for {
		timer := time.NewTimer(wait)
		select {
		case <-timer.C:
		case <-early:
		case <-ctx.Done():
			timer.Stop()
			return
		}
		timer.Stop()
		if c.look(ctx); ctx.Err() != nil {
			return
		}
		if wait, early = c.next(); wait < 0 {
			return
		}
	}
}

// next is how long to wait for the next look, below 0 if there is none, and what ends that
// early: while the link is lost nothing does.
func (c *Client) next() (time.Duration, <-chan struct{}) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch c.link.State {
	case engine.LinkConnecting:
		return 0, nil
	case engine.LinkConnected:
		return c.bounds.look, c.early
	case engine.LinkLost:
		return c.link.Until.Sub(c.with.Now()), nil
	case engine.LinkGone:
	}
	return -1, nil
}

// look asks the server how it is.
func (c *Client) look(ctx context.Context) {
	ctx, cancel := context.WithTimeoutCause(ctx, lookTimeout, &unanswered{errors.New("no answer within " + lookTimeout.String())})
	defer cancel()
	var said wire.Serving
	err := c.ask(ctx, question{method: http.MethodGet, path: "/v1/server"}, &said)
	if err == nil && (said.Version < wire.Version || len(said.Attempts) > maxTaken) {
		err = c.garbled("it does not say what it is")
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	var fault *engine.Fault
	switch {
	case err == nil:
		c.failed, c.answers, c.seen = 0, c.answers+1, said
		c.link = engine.Link{Address: c.at(), State: engine.LinkConnected, Taken: slices.DeleteFunc(said.Attempts, func(id engine.AttemptID) bool { return !validID(id) })}
	case errors.As(err, new(*barred)), engine.ClassOf(err) == engine.Invalid, engine.ClassOf(err) == engine.Garbled && c.answers == 0:
		errors.As(err, &fault)
		c.refused = fault
		c.link = engine.Link{Address: c.at(), State: engine.LinkGone, Why: engine.Hint(fault)}
	case errors.As(err, &fault) && fault.Class == engine.Busy && c.link.State == engine.LinkConnected: // it answers, and is asked too often
		c.answers++
	case ctx.Err() != nil && !errors.As(err, new(*unanswered)): // who asks has gone
		return
	default:
		c.failed++
		c.link.State, c.link.Why, c.link.Until = engine.LinkLost, c.lostBy(err), c.with.Now().Add(pause(c.failed))
	}
	close(c.changed)
	c.changed = make(chan struct{})
}

// lookTimeout is for one look.
const lookTimeout = 10 * time.Second

// lostBy is why no answer came, in words.
func (c *Client) lostBy(err error) string {
	if u := new(unanswered); errors.As(err, &u) {
		return c.cause(u.err)
	}
	return engine.Hint(err)
}

// mended waits until the server has answered again, after the connection broke. The error
// is that the link is gone, or why ctx ended.
func (c *Client) mended(ctx context.Context) error {
	c.mu.Lock()
	after := c.answers
	c.mu.Unlock()
	select {
	case c.early <- struct{}{}:
	default:
	}
	for {
		c.mu.Lock()
		changed, answers, refused := c.changed, c.answers, c.refused
		c.mu.Unlock()
		switch {
		case refused != nil:
			return refused
		case answers > after:
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

// LinkWatch returns a function that waits until the link is another one than when it was
// called before, and returns it; at first it does not wait. False means that ctx has
// ended. Its calls must not overlap. HealthWatch is the same for how requests to the
// model server fare.
func (c *Client) LinkWatch() func(context.Context) (engine.Link, bool) {
	return watching(c, func() engine.Link { return c.link })
}

// HealthWatch is told of at LinkWatch.
func (c *Client) HealthWatch() func(context.Context) ([]engine.Health, bool) {
	return watching(c, func() []engine.Health { return c.seen.Requests })
}

// watching returns a function that waits for another value; get is called under the lock.
func watching[T any](c *Client, get func() T) func(context.Context) (T, bool) {
	var last T
	told := false
	return func(ctx context.Context) (T, bool) {
		for {
			c.mu.Lock()
			now, changed := get(), c.changed
			c.mu.Unlock()
			if !told || !reflect.DeepEqual(now, last) {
				last, told = now, true
				return now, ctx.Err() == nil
			}
			select {
			case <-changed:
			case <-ctx.Done():
				return now, false
			}
		}
	}
}
