package python

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/compute"
	"github.com/aimo3/aimo3/engine/compute/launcher"
)

// session is a worker, and another one when that is lost.
type session struct {
	host   Host
	limits compute.Limits
	level  launcher.Level

	running sync.Mutex // held by Run

	mu     sync.Mutex
	worker *process // nil when it was lost; the next cell starts another
	closed bool
}

// patience is how long a worker may take to get ready, and to answer once a
// cell was interrupted and did end: for a machine that is very busy.
const patience = 60 * time.Second

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
	if err := w.ready(ctx); err != nil {
		s.lose(w, false)
		return engine.Cell{}, s.orClosed(err)
	}
	began := time.Now()
	cell, err := s.watch(ctx, w, code)
	cell.Took = time.Since(began)
	if err != nil || !cell.Kept {
		s.lose(w, err == nil)
		err = s.orClosed(err)
	}
	return cell, err
}

// orClosed is err, or that the session was closed meanwhile.
func (s *session) orClosed(err error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return compute.ErrClosed
	}
	return err
}

// watch hands a cell over and waits for what comes of it, within its time.
func (s *session) watch(ctx context.Context, w *process, code string) (engine.Cell, error) {
	reply, err := w.send(code)
	if err != nil {
		return s.gone(w), nil
	}
	clock := time.NewTimer(s.limits.Cell)
	defer clock.Stop()
	end := time.Time{} // when an interrupted cell is killed
	for {
		select {
		case r := <-reply:
			return s.cell(r, !end.IsZero()), nil
		case <-w.lost:
			return s.gone(w), nil
		case <-ctx.Done():
			return engine.Cell{}, context.Cause(ctx)
		case <-clock.C:
			if end.IsZero() {
				end = time.Now().Add(compute.Grace)
			}
			if !time.Now().Before(end) {
				return engine.Cell{TimedOut: true, Err: fmt.Sprintf(
					"[TIMEOUT] The cell ran for %s and did not stop when it was interrupted. %s", s.limits.Cell, lost)}, nil
			}
			// Again and again: the code may catch the first interrupt.
			w.child.Interrupt()
			clock.Reset(compute.Grace / 8)
		}
	}
}

// lost is what a model must know when its session was restarted.
const lost = "The session was restarted: every name that was defined before is gone, imports too.\n"

func (s *session) cell(r reply, interrupted bool) engine.Cell {
	c := engine.Cell{Output: r.Out, Err: r.Err, Kept: true, Memory: r.Peak << 10, Truncated: r.Dropped}
	if interrupted && strings.HasSuffix(r.Err, "KeyboardInterrupt\n") {
		c.TimedOut = true
		c.Err += fmt.Sprintf("[TIMEOUT] Execution interrupted after %s. Names that were defined before are still there.\n", s.limits.Cell)
	}
	return c
}

// gone is the cell during which the worker ended.
func (s *session) gone(w *process) engine.Cell {
	return engine.Cell{Err: "[CRASHED] Python ended: " + w.why() + ". " + lost}
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

// lose ends the worker and, if the session goes on, starts another, so that it
// is ready when it is needed.
func (s *session) lose(w *process, goesOn bool) {
	w.end()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.worker != w {
		return
	}
	s.worker = nil
	if goesOn && !s.closed {
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
