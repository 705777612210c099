package serve

import (
	"context"
	"errors"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/wire"
)

// State says where an attempt is.
type State string

// The states of an attempt.
const (
	Queued     State = "queued"     // it waits for its turn, and is not kept yet
	Running    State = "running"    // in this server
	Ended      State = "ended"      // it has a verdict
	Unfinished State = "unfinished" // it has none, and does not run in this server
	Failed     State = "failed"     // it never began
)

// Standing is an attempt as `history show --json` prints it, and where it is.
type Standing struct {
	wire.Attempt
	State State `json:"state" enum:"queued,running,ended,unfinished,failed"`
}

// pageEvents is how many events are read from the store at once.
const pageEvents = 256

// page reads the events after a number; only so many do at a time.
func (s *API) page(ctx context.Context, id engine.AttemptID, after uint64) ([]engine.Event, error) {
	leave, err := enter(ctx, s.reads)
	if err != nil {
		return nil, err
	}
	defer leave()
	return s.with.Store.Events(ctx, id, after, pageEvents)
}

// enter waits for a place among those that a channel holds.
func enter(ctx context.Context, places chan struct{}) (leave func(), err error) {
	select {
	case places <- struct{}{}:
		return func() { <-places }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// eachEvent calls do with every stored event of an attempt.
func (s *API) eachEvent(ctx context.Context, id engine.AttemptID, do engine.Sink) error {
	return wire.EachEvent(pageEvents, func(after uint64) ([]engine.Event, error) { return s.page(ctx, id, after) }, do)
}

// stored is the attempt of that whole ID; errUnknown if none is stored.
func (s *API) stored(ctx context.Context, id engine.AttemptID) (engine.Summary, error) {
	here, deleted, err := s.with.Store.Stored(ctx, id)
	if err != nil || !here || deleted {
		if err == nil {
			err = errUnknown
		}
		return engine.Summary{}, err
	}
	return s.with.Store.Attempt(ctx, string(id))
}

// kept is the attempt of that whole ID, of which something is to be had; errUnkept of one that
// waits or never began.
func (s *API) kept(ctx context.Context, id engine.AttemptID) (engine.Summary, error) {
	a, err := s.stored(ctx, id)
	if errors.Is(err, errUnknown) && s.hub.find(id) != nil {
		err = errUnkept
	}
	return a, err
}

// progress is all that is kept of an attempt.
func (s *API) progress(ctx context.Context, id engine.AttemptID) (*engine.Progress, error) {
	a, err := s.stored(ctx, id)
	if err != nil {
		return nil, err
	}
	leave, err := enter(ctx, s.folds)
	if err != nil {
		return nil, err
	}
	defer leave()
	return wire.ProgressOf(a, pageEvents, func(after uint64) ([]engine.Event, error) { return s.page(ctx, id, after) })
}

// attempt is an attempt as it is now, with what its samples said if words is true.
func (s *API) attempt(ctx context.Context, id engine.AttemptID, words bool) (Standing, error) {
	r := s.hub.find(id)
	p, err := s.progress(ctx, id)
	switch {
	case errors.Is(err, errUnknown) && r != nil:
		return unbegun(r), nil
	case err != nil:
		return Standing{}, err
	}
	out := Standing{wire.Of(p, words), Unfinished}
	switch {
	case p.Verdict != nil:
		out.State = Ended
	case r != nil:
		out.State = Running
	}
	return out, nil
}

// unbegun is an attempt of which nothing is kept yet.
func unbegun(r *run) Standing {
	p := engine.Progress{ID: r.id, Problem: r.problem, Plan: r.plan}
	out := Standing{wire.Of(&p, false), Queued}
	select {
	case <-r.over:
		out.State, out.Error = Failed, failure(r.err)
	default:
	}
	return out
}

// failure is why an attempt never began.
func failure(err error) *wire.Failure {
	if errors.Is(err, engine.ErrStopped) || errors.Is(err, engine.ErrCancelled) || errors.Is(err, context.Canceled) || errors.Is(err, errDraining) {
		return &wire.Failure{Class: "interrupted", What: "it was stopped before it began"}
	}
	return &wire.Failure{Class: engine.ClassOf(err), What: said(err)}
}
