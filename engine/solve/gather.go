package solve

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/answer/asked"
	"github.com/aimo3/aimo3/engine/confidence"
)

// attempt is one call of Engine.Attempt.
type attempt struct {
	solver  *Solver
	id      engine.AttemptID
	problem engine.Problem
	plan    engine.Plan
	asked   asked.Asked
	sink    engine.Sink
	outer   context.Context // the caller's; it alone makes the attempt an error when it ends
	ctx     context.Context
	cancel  context.CancelCauseFunc
	samples []context.Context
	stops   []context.CancelCauseFunc
	taken   atomic.Int64 // samples begun or given up
	limit   atomic.Int64 // samples to take; more once a strategy wants them
	box     *mailbox
	count   count

	unsure atomic.Uint64 // bits of the least confidence that a sample may have; 0 at first

	once     sync.Once // guards what prepare finds out
	brief    engine.Brief
	notebook engine.Notebook

	seen  *engine.Progress                 // what strategies choose from; nil without any
	again func(engine.Brief) []engine.Turn // what the samples of a second round are asked
}

// count is what gather learns; only its goroutine touches it.
type count struct {
	seq      uint64
	tally    engine.Tally
	left     int // samples that may still vote
	tokens   int // heard from all samples, a frame counted as one
	finished int
	fault    error // of the first sample that failed
	sinkErr  error
	why      engine.Reason
	chosen   chosen
	online   *confidence.Online // nil unless the stop rule weighs votes
}

func newAttempt(outer context.Context, s *Solver, id engine.AttemptID, problem engine.Problem, plan engine.Plan, sink engine.Sink) *attempt {
	a := &attempt{solver: s, id: id, problem: problem, plan: plan, sink: sink, outer: outer, box: newMailbox(plan.Samples)}
	a.asked = wantedOf(problem, plan)
	a.count.left = plan.Samples
	a.ctx, a.cancel = context.WithCancelCause(outer)
	if plan.Budget.Wall > 0 {
		ctx, free := context.WithTimeoutCause(a.ctx, plan.Budget.Wall, engine.ErrBudget)
		cancel := a.cancel
		a.ctx, a.cancel = ctx, func(cause error) { cancel(cause); free() }
	}
	a.limit.Store(int64(plan.Samples))
	if len(plan.Choose) > 0 {
		a.seen = new(engine.Progress)
	}
	for range plan.Samples + a.extra() {
		ctx, stop := context.WithCancelCause(a.ctx)
		a.samples, a.stops = append(a.samples, ctx), append(a.stops, stop)
	}
	return a
}

// extra is how many samples strategies may want beyond the plan's.
func (a *attempt) extra() int {
	n := 0
	for _, name := range a.plan.Choose {
		if s, ok := a.solver.strategy(name); ok {
			if again, ok := s.How.(engine.Resample); ok {
				n += again.Samples
			}
		}
	}
	return min(n, engine.MaxSamples-a.plan.Samples)
}

// take takes samples in the order of their numbers until none is left; as many
// goroutines run it as streams may be open.
func (a *attempt) take() {
	for {
		i := int(a.taken.Add(1)) - 1
		if i >= int(a.limit.Load()) {
			return
		}
		a.sample(i)
	}
}

// gather numbers the samples' facts and keeps the vote until all have ended.
func (a *attempt) gather() {
	for more := true; more; {
		var events []engine.Event
		events, more = a.box.next()
		for _, e := range events {
			a.emit(e.At, e.Fact)
			a.learn(e.At, e.Fact)
		}
	}
}

func (a *attempt) learn(at time.Time, f engine.Fact) {
	c := &a.count
	switch f := f.(type) {
	case engine.Delta:
		c.tokens += f.Frames
		if most := a.plan.Budget.Tokens; most > 0 && c.tokens > most {
			a.cancel(engine.ErrTokens)
		}
		return
	case engine.SampleFinished:
		c.left--
		c.finished++
		c.tally = c.tally.Cast(a.ballot(f), sameAnswer)
		a.emit(at, engine.TallyChanged{Tally: c.tally, Left: c.left})
	case engine.SampleFailed:
		c.left--
		if c.fault == nil {
			c.fault = &engine.Fault{Class: f.Class, What: f.Cause, Todo: f.Todo}
		}
	case engine.SampleStopped:
		c.left--
	default:
		return
	}
	if why, met := a.plan.Stop.Met(c.tally, c.left); met && c.why == "" {
		c.why = why
		a.cancel(engine.ErrDecided)
	}
}

func (a *attempt) emit(at time.Time, f engine.Fact) {
	if a.count.sinkErr != nil {
		return
	}
	a.count.seq++
	e := engine.Event{Attempt: a.id, Seq: a.count.seq, At: at, Fact: f}
	if a.seen != nil {
		a.seen.Apply(e)
	}
	if err := a.sink(e); err != nil {
		a.count.sinkErr = err
		a.cancel(err)
	}
}

func (a *attempt) finish() (engine.Verdict, error) {
	c := &a.count
	var err error
	switch cause := context.Cause(a.ctx); {
	case c.why != "":
	case a.outer.Err() != nil:
		c.why, err = engine.Cancelled, fmt.Errorf("%w: %w", engine.ErrCancelled, context.Cause(a.outer))
	case errors.Is(cause, engine.ErrBudget), errors.Is(cause, engine.ErrTokens):
		c.why = engine.OutOfBudget
	case errors.Is(cause, engine.ErrStopped):
		c.why = engine.Cancelled
	case c.finished == 0 && c.fault != nil:
		c.why, err = engine.AllFailed, c.fault
	default:
		c.why = engine.AllEnded
	}
	v := c.chosen.over(c.tally.Verdict(a.problem.Key, c.why, sameAnswer), c.tally, a.problem.Key)
	a.emit(a.solver.now(), engine.AttemptFinished{Verdict: v})
	return v, errors.Join(c.sinkErr, err)
}
