package ollama

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"sync"
	"syscall"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// Finder is an engine.Backend over whichever server is there: the one at Host
// or, when nothing listens there and nobody chose that address, one of our own.
// Our own serves for as long as it runs. The fields must not change once a
// Finder is in use; Close it in the end.
type Finder struct {
	Host     string       // as OLLAMA_HOST is written; if empty, DefaultHost
	Explicit bool         // a person chose Host: no server of our own stands in for it
	Own      *Local       // how to run one of our own; if nil, none is
	Logger   *slog.Logger // of servers that come and go; if nil, none

	mu      sync.Mutex
	closed  bool
	outside *Client // of the server at Host
	own     *Client // of our own server, once it has answered
	current *Client // the one that answered last, until it cannot be reached for a reply; nil if none did
	latest  string  // what the latest look found, as it was logged
	found   bool    // it was a server

	starting chan struct{} // closed when the start under way is over; nil if none is
	cancel   context.CancelFunc
	why      *engine.Fault // why our own is being started
	failed   error         // why the latest start failed
	begun    time.Time     // when the latest start began
	delay    time.Duration // until another may begin
	wg       sync.WaitGroup
}

// Server says how the server is, within two seconds, and begins to start one of
// our own where that is called for: then Busy says so. It is cheap enough to
// be asked again every other second.
func (f *Finder) Server(ctx context.Context) engine.Server {
	s := f.look(ctx)
	f.seen(ctx, s)
	return s
}

func (f *Finder) look(ctx context.Context) engine.Server {
	c, starting, err := f.choose()
	switch {
	case err != nil:
		s := serverAt(unread(f.Host))
		s.Fault = asOwnFault(err)
		return s
	case starting != nil:
		s := serverAt(c.Host())
		s.Local, s.Own, s.Busy, s.Fault = true, true, "starting ollama", starting
		return s
	}
	s := c.Server(ctx)
	f.mu.Lock()
	if s.Own = c == f.own; s.Own {
		s.Seats = f.Own.Parallel
	}
	if s.Fault == nil { // else its replies may come all the same: see Stream
		f.current = c
	}
	f.mu.Unlock()
	if s.Fault == nil || s.Own || !f.mayStart(ctx, c) {
		return s
	}
	var begun bool
	if s.Fault, begun = f.begin(s.Fault); begun {
		s.Own, s.Busy = true, "starting ollama"
	}
	return s
}

// choose is the client to ask now: of our own server while that runs, else of
// the one at Host. Starting is why our own is being started, nil if it is not.
func (f *Finder) choose() (c *Client, starting *engine.Fault, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.outside == nil {
		if f.outside, err = New(f.Host); err != nil {
			return nil, nil, err
		}
	}
	if f.starting != nil {
		return f.outside, f.why, nil
	}
	if f.own != nil && f.Own.running() {
		return f.own, nil, nil
	}
	return f.outside, nil, nil
}

// mayStart says whether a server of our own may stand in for c's: not when a
// person chose the address, nor when anything at all listens there.
func (f *Finder) mayStart(ctx context.Context, c *Client) bool {
	if f.Own == nil || f.Explicit || !IsLocal(c.base) {
		return false
	}
	d := net.Dialer{Timeout: answerTimeout}
	conn, err := d.DialContext(ctx, "tcp", c.base.Host)
	if err == nil {
		_ = conn.Close() // nothing was sent
	}
	return errors.Is(err, syscall.ECONNREFUSED)
}

// begin starts our own server in the background, unless one is on its way. It
// returns why the server cannot be used now, and whether one is being started:
// after a failure it waits a while before it tries again.
func (f *Finder) begin(why *engine.Fault) (*engine.Fault, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.starting != nil {
		return f.why, true
	}
	if died := f.Own.Fault(); died != nil {
		why = died
	}
	now := time.Now()
	switch {
	case f.closed:
		return why, false
	case now.Sub(f.begun) < f.delay && f.failed != nil:
		return asOwnFault(f.failed), false
	case now.Sub(f.begun) < f.delay:
		return why, false
	case now.Sub(f.begun) > time.Minute:
		f.delay = 0 // the last one lived a while
	}
	f.why = why
	f.begun, f.delay = now, min(max(2*f.delay, time.Second), 30*time.Second)
	ctx, cancel := context.WithCancel(context.Background())
	over := make(chan struct{})
	f.starting, f.cancel = over, cancel
	f.wg.Go(func() {
		defer cancel()
		client, err := f.startOwn(ctx)
		f.mu.Lock()
		defer f.mu.Unlock()
		f.failed, f.starting = err, nil
		if err == nil {
			f.own, f.current = client, client // the one before is dead, and so are its connections
		}
		close(over)
	})
	return why, true
}

func (f *Finder) startOwn(ctx context.Context) (*Client, error) {
	host, err := f.Own.Start(ctx)
	if err != nil {
		return nil, err
	}
	return New(host)
}

// Ensure is a client of a server that answers. It waits while our own starts.
func (f *Finder) Ensure(ctx context.Context) (*Client, error) {
	for {
		s := f.Server(ctx)
		if s.Fault != nil && s.Busy == "" {
			return nil, s.Fault
		}
		f.mu.Lock()
		current, starting := f.current, f.starting
		f.mu.Unlock()
		if starting == nil {
			if current != nil {
				return current, nil
			}
			continue // the start is over: ask how it went
		}
		select {
		case <-starting:
		case <-ctx.Done():
			return nil, fmt.Errorf("wait for ollama to start: %w", context.Cause(ctx))
		}
	}
}

// Stream implements engine.Backend with the current server, also while that does not say
// how it is. If it has gone away, it asks once more of the one that is there then.
func (f *Finder) Stream(ctx context.Context, ask engine.Ask, say func(engine.Piece)) (engine.Ending, error) {
	for again := false; ; again = true {
		f.mu.Lock()
		c := f.current
		f.mu.Unlock()
		if c == nil {
			var err error
			if c, err = f.Ensure(ctx); err != nil {
				return engine.Ending{}, err
			}
		}
		end, err := c.Stream(ctx, ask, say)
		if again || !errors.Is(err, &engine.Fault{Class: engine.Unreachable}) {
			return end, err
		}
		f.lose(c) // no text came: another server may answer
	}
}

// lose makes the next one who needs a server look for it.
func (f *Finder) lose(c *Client) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.current == c {
		f.current = nil
	}
}

// Close ends our own server, if there is one, and waits until it is gone.
func (f *Finder) Close() error {
	f.mu.Lock()
	f.closed = true
	cancel := f.cancel
	f.mu.Unlock()
	if cancel != nil {
		cancel()
	}
	f.wg.Wait()
	for _, c := range []*Client{f.outside, f.own} {
		if c != nil {
			c.Close()
		}
	}
	if f.Own == nil {
		return nil
	}
	return f.Own.Close()
}

func asOwnFault(err error) *engine.Fault {
	var fault *engine.Fault
	if errors.As(err, &fault) {
		return fault
	}
	return &engine.Fault{Class: engine.Unreachable, What: "cannot start ollama", Err: err}
}
