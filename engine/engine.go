// Package engine attempts problems: it samples a language model N times,
// streams what the model says, votes, and stops early when the vote is decided.
//
// An attempt is told as a sequence of numbered events, each holding one fact.
// Whatever a screen, a log line, the store or a report shows is a fold over
// those events ([Progress]) and comes from nowhere else. The package knows
// nothing of screens, databases or a particular model server: the server is a
// [Backend], and everyone who listens is a [Sink].
package engine

import (
	"context"
	"sync"
	"time"
)

// Engine attempts problems with a Backend. Its methods may be called from many
// goroutines; its fields must not change once it is in use.
type Engine struct {
	Backend Backend
	Prompt  func(Brief) []Turn // if nil, the bare statement
	Now     func() time.Time   // if nil, time.Now

	// Output is the user's turn that brings an output to a model that writes its
	// code in its reply; if nil, the output as it is.
	Output func(b Brief, output string) string

	// Describe says what a model can do. If it is nil or fails, only the model's
	// name is known.
	Describe func(ctx context.Context, model string) (Model, error)

	// Notebook finds what runs the code of an attempt; it is not called for
	// ToolsOff. If it is nil or fails, the samples reason in words alone.
	Notebook func(ctx context.Context, tools Tools) (Notebook, error)

	// Strategy finds a way of choosing by its name; nil if there is none.
	Strategy func(name string) (Strategy, bool)

	mu      sync.Mutex
	running map[AttemptID]*attempt
}

// Attempt runs plan on problem and puts every event into sink, in order, from
// this goroutine. The first event holds AttemptStarted and the last one always
// AttemptFinished, also when ctx ends or the vote is decided early; only after
// an error from sink is nothing more put. Every goroutine that it starts has
// ended when it returns.
//
// The error is sink's; or wraps ErrCancelled and ctx's cause; or, when no
// sample at all ended properly, is the first sample's fault. An attempt that
// found no answer, or ran out of budget, is not an error.
func (e *Engine) Attempt(ctx context.Context, id AttemptID, problem Problem, plan Plan, sink Sink) (Verdict, error) {
	named := plan.Tools
	if named.Retired() {
		plan.Tools = ToolsAuto
	}
	plan = plan.WithDefaults()
	a := newAttempt(ctx, e, id, problem, plan, sink)
	defer a.cancel(nil)
	e.enter(a)
	defer e.leave(a)

	a.emit(e.now(), AttemptStarted{problem, plan})
	if named.Retired() {
		a.emit(e.now(), Warning{string(named) + " is no longer part of this program: auto chooses what runs the code"})
	}
	run := func() {
		var wg sync.WaitGroup
		for range plan.Parallel {
			wg.Go(a.take)
		}
		a.gather()
		wg.Wait()
	}
	run()
	a.decide()
	a.choose(run)
	return a.finish()
}

// Stop ends one sample of a running attempt, or all of them if sample is
// negative, and says whether the attempt was running. It closes the streams
// and does not wait.
func (e *Engine) Stop(id AttemptID, sample int) bool {
	e.mu.Lock()
	a := e.running[id]
	e.mu.Unlock()
	switch {
	case a == nil:
		return false
	case sample < 0:
		a.cancel(ErrStopped)
	case sample < len(a.stops):
		a.stops[sample](ErrStopped)
	}
	return true
}

func (e *Engine) enter(a *attempt) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.running == nil {
		e.running = map[AttemptID]*attempt{}
	}
	e.running[a.id] = a
}

func (e *Engine) leave(a *attempt) {
	e.mu.Lock()
	defer e.mu.Unlock()
	delete(e.running, a.id)
}

func (e *Engine) now() time.Time {
	if e.Now != nil {
		return e.Now().UTC()
	}
	return time.Now().UTC()
}

func (e *Engine) turns(b Brief) []Turn {
	if e.Prompt != nil {
		return e.Prompt(b)
	}
	return []Turn{{Role: "user", Text: b.Problem.Statement}}
}

// Sink receives the events of an attempt in order, from one goroutine. An
// error from a sink ends the attempt; nothing more is put to it then.
type Sink func(Event) error

// Tee is a Sink that passes each event to every sink in turn, stopping at the
// first error.
func Tee(sinks ...Sink) Sink {
	return func(e Event) error {
		for _, put := range sinks {
			if err := put(e); err != nil {
				return err
			}
		}
		return nil
	}
}
