package engine

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/aimo3/aimo3/engine/answer/asked"
	"github.com/aimo3/aimo3/engine/confidence"
)

// attempt is one call of Engine.Attempt.
type attempt struct {
	engine  *Engine
	id      AttemptID
	problem Problem
	plan    Plan
	asked   asked.Asked
	sink    Sink
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
	brief    Brief
	notebook Notebook

	seen  *Progress          // what strategies choose from; nil without any
	again func(Brief) []Turn // what the samples of a second round are asked
}

// count is what gather learns; only its goroutine touches it.
type count struct {
	seq      uint64
	tally    Tally
	left     int // samples that may still vote
	tokens   int // heard from all samples, a frame counted as one
	finished int
	fault    error // of the first sample that failed
	sinkErr  error
	why      Reason
	chosen   chosen
	online   *confidence.Online // nil unless the stop rule weighs votes
}

func newAttempt(outer context.Context, e *Engine, id AttemptID, problem Problem, plan Plan, sink Sink) *attempt {
	a := &attempt{engine: e, id: id, problem: problem, plan: plan, sink: sink, outer: outer, box: newMailbox(plan.Samples)}
	a.asked = wantedOf(problem, plan)
	a.count.left = plan.Samples
	a.ctx, a.cancel = context.WithCancelCause(outer)
	if plan.Budget.Wall > 0 {
		ctx, free := context.WithTimeoutCause(a.ctx, plan.Budget.Wall, ErrBudget)
		cancel := a.cancel
		a.ctx, a.cancel = ctx, func(cause error) { cancel(cause); free() }
	}
	a.limit.Store(int64(plan.Samples))
	if len(plan.Choose) > 0 {
		a.seen = new(Progress)
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
		if s, ok := a.engine.strategy(name); ok && s.Turns != nil && s.Pick == nil {
			n += s.Draws
		}
	}
	return min(n, MaxSamples-a.plan.Samples)
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
		var events []Event
		events, more = a.box.next()
		for _, e := range events {
			a.emit(e.At, e.Fact)
			a.learn(e.At, e.Fact)
		}
	}
}

func (a *attempt) learn(at time.Time, f Fact) {
	c := &a.count
	switch f := f.(type) {
	case Delta:
		c.tokens += f.Frames
		if most := a.plan.Budget.Tokens; most > 0 && c.tokens > most {
			a.cancel(ErrTokens)
		}
		return
	case SampleFinished:
		c.left--
		c.finished++
		c.tally = c.tally.Cast(a.ballot(f), sameAnswer)
		a.emit(at, TallyChanged{c.tally, c.left})
	case SampleFailed:
		c.left--
		if c.fault == nil {
			c.fault = &Fault{Class: f.Class, What: f.Cause, Todo: f.Todo}
		}
	case SampleStopped:
		c.left--
	default:
		return
	}
	if why, met := a.plan.Stop.Met(c.tally, c.left); met && c.why == "" {
		c.why = why
		a.cancel(ErrDecided)
	}
}

func (a *attempt) emit(at time.Time, f Fact) {
	if a.count.sinkErr != nil {
		return
	}
	a.count.seq++
	e := Event{Attempt: a.id, Seq: a.count.seq, At: at, Fact: f}
	if a.seen != nil {
		a.seen.Apply(e)
	}
	if err := a.sink(e); err != nil {
		a.count.sinkErr = err
		a.cancel(err)
	}
}

func (a *attempt) finish() (Verdict, error) {
	c := &a.count
	var err error
	switch cause := context.Cause(a.ctx); {
	case c.why != "":
	case a.outer.Err() != nil:
		c.why, err = Cancelled, fmt.Errorf("%w: %w", ErrCancelled, context.Cause(a.outer))
	case errors.Is(cause, ErrBudget), errors.Is(cause, ErrTokens):
		c.why = OutOfBudget
	case errors.Is(cause, ErrStopped):
		c.why = Cancelled
	case c.finished == 0 && c.fault != nil:
		c.why, err = AllFailed, c.fault
	default:
		c.why = AllEnded
	}
	v := c.chosen.over(c.tally.Verdict(a.problem.Key, c.why, sameAnswer), c.tally, a.problem.Key)
	a.emit(a.engine.now(), AttemptFinished{v})
	return v, errors.Join(c.sinkErr, err)
}

// mailbox carries facts from many samplers to one gatherer. put never blocks:
// deltas are joined while they wait, so a slow sink costs memory only for text
// that has to be kept anyway.
type mailbox struct {
	mu      sync.Mutex
	queue   []Event
	senders int
	ready   chan struct{}
}

func newMailbox(senders int) *mailbox {
	return &mailbox{senders: senders, ready: make(chan struct{}, 1)}
}

func (m *mailbox) put(e Event) {
	m.mu.Lock()
	m.queue = Append(m.queue, e)
	m.mu.Unlock()
	m.signal()
}

// join says that more senders will put something.
func (m *mailbox) join(senders int) {
	m.mu.Lock()
	m.senders += senders
	m.mu.Unlock()
}

// leave says that one sender will put nothing more.
func (m *mailbox) leave() {
	m.mu.Lock()
	m.senders--
	m.mu.Unlock()
	m.signal()
}

// next waits for events and takes them all; more is false once every sender
// has left and these are the last.
func (m *mailbox) next() (events []Event, more bool) {
	for {
		m.mu.Lock()
		events, m.queue, more = m.queue, nil, m.senders > 0
		m.mu.Unlock()
		if len(events) > 0 || !more {
			return events, more
		}
		<-m.ready
	}
}

func (m *mailbox) signal() {
	select {
	case m.ready <- struct{}{}:
	default:
	}
}
