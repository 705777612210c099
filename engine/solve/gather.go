package solve

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/confidence"
)

// attempt is one call of Solver.Attempt or Solver.Resume.
type attempt struct {
	sampling // fixed at the start, as are the next

	id     engine.AttemptID
	sink   engine.Sink
	outer  context.Context // the caller's; it alone makes the attempt an error when it ends
	ctx    context.Context
	cancel context.CancelCauseFunc
	slots  slots
	box    *mailbox

	falling sync.Mutex // one sample at a time decides whether the attempt goes on otherwise

	count  count // of the gatherer alone
	round  round // of samples; a strategy may want a second one
	takers sync.WaitGroup

	minConfidenceBits atomic.Uint64 // of a float64: see minConfidence
}

// count is what gather learns; only its goroutine touches it.
type count struct {
	seq      uint64
	numbered int // samples that have a number: the plan's, and those of later rounds
	tally    engine.Tally
	left     int // samples that may still vote
	tokens   int // heard from all samples, a frame counted as one
	finished int
	fault    error           // of the first sample that failed
	latest   error           // fault of a reply, whether or not that is asked for again
	spent    spent           // by the samples that have not ended
	speaking map[int]bool    // samples that have said something since they last failed
	stop     engine.StopRule // a person may choose another one meanwhile
	sinkErr  error
	why      engine.Reason
	carried  int // samples whose votes were carried over
	chosen   chosen
	online   *confidence.Online // nil unless the stop rule weighs votes
	seen     *engine.Progress   // what strategies choose from; nil without any
}

func newAttempt(outer context.Context, c sampling, id engine.AttemptID, sink engine.Sink) *attempt {
	a := &attempt{sampling: c, id: id, sink: sink, outer: outer, box: newMailbox(newEra(c))}
	a.ctx, a.cancel = context.WithCancelCause(outer)
	if wall := a.plan.Budget.Wall; wall > 0 {
		ctx, free := context.WithTimeoutCause(a.ctx, wall, engine.ErrBudget)
		cancel := a.cancel
		a.ctx, a.cancel = ctx, func(cause error) { cancel(cause); free() }
	}
	a.count.numbered, a.count.speaking, a.count.spent, a.count.stop = a.plan.Samples, map[int]bool{}, spent{}, a.plan.Stop
	if len(a.plan.Choose) > 0 {
		a.count.seen = new(engine.Progress)
	}
	a.slots.within = a.ctx
	return a
}

// begin makes samples those that are to be taken next.
func (a *attempt) begin(samples []int) {
	a.count.left += len(samples)
	a.box.join(max(len(samples), 1)) // see run
	a.round.open = samples
}

// run takes the samples that were begun and gathers what they say.
func (a *attempt) run() {
	if len(a.round.open) == 0 { // all have ended, and it may be that nobody found out yet what they had
		a.takers.Go(func() {
			defer a.box.leave()
			a.resources.once.Do(func() { a.prepare(a.ctx, a.teller()) })
		})
	}
	a.takeMore(nil)
	a.gather()
	a.takers.Wait()
	last := a.box.latest()
	a.plan, a.resources = last.plan, last.resources
}

// takeMore has samples taken beside those that are, in the order of their numbers, as many
// at once as streams may be open.
func (a *attempt) takeMore(samples []int) {
	for range a.round.add(samples, a.plan.Parallel) {
		a.takers.Go(func() {
			for i, ok := a.round.next(); ok; i, ok = a.round.next() {
				a.sample(i)
			}
		})
	}
}

// teller puts facts into the mailbox.
func (a *attempt) teller() func(engine.Fact) {
	return func(f engine.Fact) { a.box.put(engine.Event{Attempt: a.id, At: a.solver.now(), Fact: f}) }
}

// gather numbers the samples' facts and keeps the vote until all have ended.
func (a *attempt) gather() {
	for events := a.box.next(); len(events) > 0; events = a.box.next() {
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
		c.speaking[f.Sample] = true
		if maxTokens := a.plan.Budget.Tokens; maxTokens > 0 && c.tokens > maxTokens {
			a.cancel(engine.ErrTokens)
		}
		return
	case engine.SampleFinished:
		c.left--
		a.cast(at, f)
	case engine.SampleFailed:
		c.left--
		c.latest = &engine.Fault{Class: f.Class, What: f.Cause, Todo: f.Todo}
		c.fault = cmp.Or(c.fault, c.latest)
		delete(c.speaking, f.Sample)
	case engine.SampleStopped:
		c.left--
	case engine.RuleChanged:
		c.stop = f.Stop
	case engine.SamplesAdded:
		added := numbers(c.numbered, f.Samples)
		c.numbered += f.Samples
		c.left += f.Samples
		a.box.join(f.Samples)
		a.takeMore(added)
		return
	case engine.SampleRetried:
		c.latest = &engine.Fault{Class: f.Class, What: f.Why}
		delete(c.speaking, f.Sample)
		return
	default:
		return
	}
	a.stopEarly()
}

// cast counts the vote of a sample.
func (a *attempt) cast(at time.Time, f engine.SampleFinished) {
	c := &a.count
	c.finished++
	c.tally = c.tally.Cast(a.ballot(f), sameAnswer)
	a.emit(at, engine.TallyChanged{Tally: c.tally, Left: c.left})
}

// stopEarly ends the samples that run once the vote is decided. Of an attempt that was ended
// otherwise, by a person or by its budget, no rule says that it was decided: the samples that
// end then would have voted.
func (a *attempt) stopEarly() {
	c := &a.count
	if a.ctx.Err() != nil {
		return
	}
	if why, met := c.stop.Met(c.tally, c.left); met && c.why == "" {
		c.why = why
		a.cancel(engine.ErrDecided)
	}
}

func (a *attempt) emit(at time.Time, f engine.Fact) {
	if a.count.sinkErr != nil {
		return
	}
	a.count.seq++
	e := engine.Event{Attempt: a.id, Seq: a.count.seq, At: at, Fact: a.count.spent.take(f)}
	if a.count.seen != nil {
		a.count.seen.Apply(e)
	}
	if err := a.sink(e); err != nil {
		a.count.sinkErr = err
		a.cancel(err)
	}
}

// complete takes the samples that were begun, has a split vote settled, and ends
// the attempt.
func (a *attempt) complete() (engine.Verdict, error) {
	a.run()
	a.joinBySymPy()
	a.choose()
	return a.finish()
}

func (a *attempt) finish() (v engine.Verdict, err error) {
	a.gather() // what came when no sample ran any more
	c := &a.count
	switch cause := context.Cause(a.ctx); {
	case c.why != "":
	case a.outer.Err() != nil:
		c.why, err = engine.Cancelled, fmt.Errorf("%w: %w", engine.ErrCancelled, context.Cause(a.outer))
	case errors.Is(cause, engine.ErrBudget), errors.Is(cause, engine.ErrTokens):
		c.why = engine.OutOfBudget
		if c.finished == 0 && len(c.speaking) == 0 { // it went by while a fault lasted
			err = c.latest
		}
	case errors.Is(cause, engine.ErrStopped):
		c.why = engine.Cancelled
	case c.finished == 0 && c.fault != nil:
		c.why, err = engine.AllFailed, c.fault
	default:
		c.why = engine.AllEnded
	}
	v = c.chosen.applyTo(c.tally.Verdict(a.problem.Key, c.why, sameAnswer), c.tally, a.problem.Key)
	v.Carried = c.carried
	a.emit(a.solver.now(), engine.AttemptFinished{Verdict: v})
	return v, errors.Join(c.sinkErr, err)
}
