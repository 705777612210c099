package solve

import (
	"slices"

	"github.com/aimo3/aimo3/engine"
)

// recall takes over what is known of an attempt, and begins the samples that had
// not ended. Those of a later round are given up: the votes without them stand.
func (a *attempt) recall(from *engine.Progress) {
	c := &a.count
	c.seq, c.tally = from.Seq, from.Tally
	if c.seen != nil {
		c.seen = from
	}
	if a.ctx.Err() == nil { // else it is closed, and does not go on
		a.emit(a.solver.now(), engine.AttemptResumed{})
	}
	var open, uncounted []int
	for i := range from.Samples {
		s := &from.Samples[i]
		if s.Open() {
			c.spent[i] = s.Frames
		}
		switch {
		case s.Open() && i < a.plan.Samples:
			open = append(open, i)
		case s.Open():
			a.emit(a.solver.now(), engine.SampleStopped{Sample: i, Why: "the program was stopped"})
		case s.State == engine.Finished && !slices.Contains(c.tally.Order, i):
			uncounted = append(uncounted, i)
		default:
			a.countEnded(s)
		}
	}
	if c.finished+len(uncounted) > 0 {
		a.box.settle()
	}
	c.numbered = max(c.numbered, len(from.Samples))
	a.box.samples = c.numbered
	a.begin(open)
	for _, i := range uncounted { // the program was ended between its end and its vote
		s := &from.Samples[i]
		if s.From != "" {
			c.carried++
		}
		a.cast(a.solver.now(), engine.SampleFinished{Sample: i, Answer: s.Answer, Found: s.Found, Confidence: s.Confidence})
	}
	a.stopEarly()
}

// countEnded takes in a sample that had ended and whose vote, if it has one, is
// in the tally already.
func (a *attempt) countEnded(s *engine.SampleProgress) {
	c := &a.count
	c.tokens += s.Frames
	switch {
	case s.State == engine.Finished:
		c.finished++
		if s.From != "" {
			c.carried++
		}
		if s.Confidence != nil && a.plan.Stop.Weighs() {
			c.learnThreshold(a, *s.Confidence)
		}
	case s.State == engine.Failed && c.fault == nil:
		c.fault = &engine.Fault{Class: engine.Unknown, What: s.Cause, Todo: s.Todo}
	}
}
