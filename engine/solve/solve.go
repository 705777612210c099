package solve

import (
	"context"
	"sync"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/confidence"
)

// Solver attempts problems with a Backend. Its methods may be called from many
// goroutines; its fields must not change once it is in use.
type Solver struct {
	Backend engine.Backend                   // asked where there is no Line, and no reply twice
	Prompt  func(engine.Brief) []engine.Turn // if nil, the bare statement
	Now     func() time.Time                 // if nil, time.Now

	// Output is the user's turn that brings an output to a model that writes its
	// code in its reply; if nil, the output as it is.
	Output func(b engine.Brief, output string) string

	// Describe says what a model can do. If it is nil or fails, only the model's
	// name is known.
	Describe func(ctx context.Context, model string) (engine.Model, error)

	// Notebook finds what runs the code of an attempt; it is not called for
	// ToolsOff. If it is nil or fails, the samples reason in words alone.
	Notebook func(ctx context.Context, tools engine.Tools) (engine.Notebook, error)

	// Line is a way to a server that has a model; moved is told, without a sample,
	// each time it goes on at another host. If nil, Backend is asked.
	Line func(model string, moved func(engine.FallbackUsed)) Line

	// Window is the context window, in tokens, to ask a fallback model for, where so
	// much is wished; if nil or 0, what is wished.
	Window func(ctx context.Context, model string, wished int) int

	// Strategy finds a way of choosing by its name; nil if there is none.
	Strategy func(name string) (engine.Strategy, bool)

	mu      sync.Mutex
	running map[engine.AttemptID]*attempt
}

// Attempt runs plan on problem and puts every event into sink, in order, from
// this goroutine. The first event holds AttemptStarted and the last one always
// AttemptFinished, also when ctx ends or the vote is decided early; only after
// an error from sink is nothing more put. Every goroutine that it starts has
// ended when it returns. Notes on the plan are told as warnings, at once after the
// first event.
//
// The error is sink's; or wraps ErrCancelled and ctx's cause; or, when no
// sample at all ended properly, is the first sample's fault. An attempt that
// found no answer is not an error, nor is one that ran out of budget, unless no sample
// ended properly and none was speaking: then it is the latest fault of a reply.
func (s *Solver) Attempt(ctx context.Context, id engine.AttemptID, problem engine.Problem, plan engine.Plan, sink engine.Sink, notes ...string) (engine.Verdict, error) {
	a := newAttempt(ctx, s.sampling(problem, plan), id, sink)
	defer a.cancel(nil)
	s.enter(a)
	defer s.leave(a)

	a.emit(s.now(), engine.AttemptStarted{Problem: problem, Plan: a.plan})
	for _, note := range notes {
		a.emit(s.now(), engine.Warning{Text: note})
	}
	a.begin(numbers(0, a.plan.Samples))
	return a.complete()
}

// Resume goes on with an attempt that never ended, of which from is all that was
// kept: samples that had not ended are taken, and the votes of the others stand.
// Events are numbered on from the last one. The budget begins anew. Else it is as
// Attempt.
func (s *Solver) Resume(ctx context.Context, from *engine.Progress, sink engine.Sink) (engine.Verdict, error) {
	a := newAttempt(ctx, s.sampling(from.Problem, from.Plan), from.ID, sink)
	defer a.cancel(nil)
	s.enter(a)
	defer s.leave(a)
	a.recall(from)
	return a.complete()
}

// Sample takes one sample of a plan by itself and tells its facts, in order and
// one at a time. It returns when the sample has ended; ctx ends it.
func (s *Solver) Sample(ctx context.Context, problem engine.Problem, plan engine.Plan, number int, tell func(engine.Fact)) {
	var mu sync.Mutex
	c := s.sampling(problem, plan)
	c.takeSample(ctx, number, func(f engine.Fact) {
		mu.Lock()
		defer mu.Unlock()
		tell(f)
	}, hooks{prepare: ctx, checkConfidence: func(*confidence.Meter) {}})
}

// numbers are n numbers from the first on.
func numbers(first, n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = first + i
	}
	return all
}

// Stop ends one sample of a running attempt, or all of them if sample is
// negative, and says whether the attempt was running. It closes the streams
// and does not wait.
func (s *Solver) Stop(id engine.AttemptID, sample int) bool {
	s.mu.Lock()
	a := s.running[id]
	s.mu.Unlock()
	switch {
	case a == nil:
		return false
	case sample < 0:
		a.cancel(engine.ErrStopped)
	case sample < engine.MaxSamples:
		a.slots.at(sample).stop(engine.ErrStopped)
	}
	return true
}

// Tell has a running attempt tell a fact that came about elsewhere. It does not wait
// for anyone.
func (s *Solver) Tell(id engine.AttemptID, f engine.Fact) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if a := s.running[id]; a != nil {
		a.teller()(f)
	}
}

// TellBreaker tells of a breaker in every running attempt that asks the model it is
// for. It does not wait for anyone.
func (s *Solver) TellBreaker(f engine.BreakerChanged) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, a := range s.running {
		if plan := a.box.latest().plan; f.Model == "" || f.Model == plan.Model || f.Model == plan.Judge {
			a.teller()(f)
		}
	}
}

func (s *Solver) enter(a *attempt) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.running == nil {
		s.running = map[engine.AttemptID]*attempt{}
	}
	s.running[a.id] = a
}

func (s *Solver) leave(a *attempt) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.running, a.id)
}

func (s *Solver) now() time.Time {
	if s.Now != nil {
		return s.Now().UTC()
	}
	return time.Now().UTC()
}

func (s *Solver) turns(b engine.Brief) []engine.Turn {
	if s.Prompt != nil {
		return s.Prompt(b)
	}
	return []engine.Turn{{Role: "user", Text: b.Problem.Statement}}
}
