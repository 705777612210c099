package starlark

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/compute"
	"github.com/aimo3/aimo3/engine/compute/launcher"
)

// session is a worker, and another one when that is lost.
type session struct {
	limits compute.Limits
	level  launcher.Level

	running sync.Mutex // held by Run

	mu     sync.Mutex
	worker *process // nil when it was lost and no other could be started
	closed bool
}

// Run implements engine.Session.
func (s *session) Run(ctx context.Context, code string) (engine.Cell, error) {
	s.running.Lock()
	defer s.running.Unlock()
	if n := len(code); n > s.limits.Code {
		return engine.Cell{Kept: true, Err: fmt.Sprintf("TooLong: the cell has %d bytes; no more than %d are run at once. Nothing of it was run.\n", n, s.limits.Code)}, nil
	}
	w, err := s.live()
	if err != nil {
		return engine.Cell{}, err
	}
	began := time.Now()
	cell, err := s.watch(ctx, w, code)
	cell.Took = time.Since(began)
	if err != nil || !cell.Kept {
		s.lose(w)
	}
	if err != nil && s.isClosed() {
		err = compute.ErrClosed
	}
	return cell, err
}

// watch hands a cell over and waits for what comes of it, within its time.
func (s *session) watch(ctx context.Context, w *process, code string) (engine.Cell, error) {
	if err := w.send(code); err != nil {
		return s.gone(w)
	}
	clock := time.NewTimer(s.limits.Cell)
	defer clock.Stop()
	interrupted := false
	for {
		select {
		case r, ok := <-w.replies:
			if !ok {
				return s.gone(w)
			}
			if r.ID == w.id {
				return s.cell(r), nil
			}
		case <-ctx.Done():
			return engine.Cell{}, context.Cause(ctx)
		case <-clock.C:
			if interrupted {
				return engine.Cell{TimedOut: true, Err: fmt.Sprintf(
					"[TIMEOUT] The cell ran for %s and did not stop when it was interrupted. %s", s.limits.Cell, lost)}, nil
			}
			interrupted = true
			w.child.Interrupt()
			clock.Reset(compute.Grace)
		}
	}
}

// lost is what a model must know when its session was restarted.
const lost = "The session was restarted: every name that was defined before is gone.\n"

func (s *session) cell(r reply) engine.Cell {
	c := engine.Cell{Output: r.Out, Err: r.Err, Kept: true, Memory: r.Peak, Truncated: r.Dropped, TimedOut: r.Stopped}
	if r.Stopped {
		c.Err += fmt.Sprintf("[TIMEOUT] Execution interrupted after %s. Names that were defined before are still there.\n", s.limits.Cell)
	}
	return c
}

// gone is the cell during which the worker ended.
func (s *session) gone(w *process) (engine.Cell, error) {
	if s.isClosed() {
		return engine.Cell{}, compute.ErrClosed
	}
	return engine.Cell{Err: "[CRASHED] The interpreter ended: " + w.why() + ". " + lost}, nil
}

func (s *session) isClosed() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.closed
}

// live is the worker, a new one if the last was lost.
func (s *session) live() (*process, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, compute.ErrClosed
	}
	if s.worker != nil {
		return s.worker, nil
	}
	w, err := s.start()
	s.worker = w
	return w, err
}

// lose ends the worker and starts another, so that it is ready when it is needed.
func (s *session) lose(w *process) {
	w.end()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.worker != w {
		return
	}
	s.worker = nil
	if !s.closed {
		s.worker, _ = s.start() // live tries again, and says why
	}
}

// Close implements engine.Session.
func (s *session) Close() error {
	s.mu.Lock()
	w := s.worker
	s.worker, s.closed = nil, true
	s.mu.Unlock()
	if w != nil {
		w.end()
	}
	return nil
}
