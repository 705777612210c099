package compute

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// Worker is a process that runs the cells of a session, one after the other.
// End may come at any time and from any goroutine; what else runs then returns.
type Worker interface {
	// Ready waits until it takes cells. After an error it never will.
	Ready(ctx context.Context) error

	// Run runs one cell within its time. Numbers rise from cell to cell, also
	// over the workers of a session. The error says that ctx ended; after one,
	// and after a cell that is not Kept, the worker is of no more use.
	Run(ctx context.Context, number int, code string) (engine.Cell, error)

	// End kills it and waits until nothing of it is left.
	End()
}

// session is a worker, and another one when that is lost.
type session struct {
	limits Limits
	start  func() (Worker, error)

	running sync.Mutex // held by Run
	next    int        // number of the next cell

	mu     sync.Mutex
	worker Worker // nil when it was lost; the next cell starts another
	closed bool
}

// NewSession makes a session of the worker that start gives, and of another one
// each time that it is lost. It does not wait until the worker is ready.
func NewSession(l Limits, start func() (Worker, error)) (engine.Session, error) {
	l = l.OrDefault()
	s := &session{limits: l, start: start, next: l.First}
	if _, err := s.live(); err != nil {
		return nil, err
	}
	return s, nil
}

// Run implements engine.Session.
func (s *session) Run(ctx context.Context, code string) (engine.Cell, error) {
	s.running.Lock()
	defer s.running.Unlock()
	number := s.next
	s.next++
	if n := len(code); n > s.limits.Code {
		return engine.Cell{Kept: true, Err: fmt.Sprintf("TooLong: the cell has %d bytes; no more than %d are run at once. Nothing of it was run.\n", n, s.limits.Code)}, nil
	}
	w, err := s.live()
	if err != nil {
		return engine.Cell{}, err
	}
	if err := w.Ready(ctx); err != nil {
		s.lose(w, false)
		return engine.Cell{}, s.orClosed(err)
	}
	began := time.Now()
	cell, err := w.Run(ctx, number, code)
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
		return ErrClosed
	}
	return err
}

// live is the worker, a new one if the last was lost.
func (s *session) live() (Worker, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, ErrClosed
	}
	if s.worker != nil {
		return s.worker, nil
	}
	w, err := s.start()
	if err != nil {
		return nil, err
	}
	s.worker = w
	return w, nil
}

// lose ends the worker and, if the session goes on, starts another, so that it
// is ready when it is needed.
func (s *session) lose(w Worker, goesOn bool) {
	w.End()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.worker != w {
		return
	}
	s.worker = nil
	if !goesOn || s.closed {
		return
	}
	if next, err := s.start(); err == nil { // else live tries again, and says why
		s.worker = next
	}
}

// Close implements engine.Session.
func (s *session) Close() error {
	s.mu.Lock()
	w := s.worker
	s.worker, s.closed = nil, true
	s.mu.Unlock()
	if w != nil {
		w.End()
	}
	return nil
}
