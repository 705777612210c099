package solve

import (
	"context"
	"slices"

	"github.com/aimo3/aimo3/engine"
)

// Extend attempts the problem of an attempt that has ended with n samples more: a new
// attempt, since AttemptFinished is the last fact of the other, that names it as its parent
// and begins with its votes. Samples that had failed or were stopped are taken first, by
// their numbers and seeds. A rule that the votes meet already would end it at once: then
// there is none. From is all that was kept of the other attempt, and is taken over. Else it
// is as Attempt; a Fault before the first event says that there would be more than
// [engine.MaxSamples].
func (s *Solver) Extend(ctx context.Context, id engine.AttemptID, from *engine.Progress, n int, sink engine.Sink, notes ...string) (engine.Verdict, error) {
	plan, open, err := extended(from, n)
	if err != nil {
		return engine.Verdict{}, err
	}
	a := newAttempt(ctx, s.sampling(from.Problem, plan), id, sink)
	defer a.cancel(nil)
	s.enter(a)
	defer s.leave(a)

	seen := a.count.seen
	a.count.seen = nil
	a.emit(s.now(), engine.AttemptStarted{Problem: from.Problem, Plan: a.plan, Parent: from.ID})
	for _, note := range notes {
		a.emit(s.now(), engine.Warning{Text: note})
	}
	a.carry(from, open)
	if seen != nil { // strategies choose from what the samples of both said
		from.Apply(engine.Event{Attempt: from.ID, Seq: from.Seq, At: from.Latest, Fact: engine.SamplesAdded{Samples: plan.Samples - len(from.Samples)}})
		a.count.seen = from
	}
	return a.complete()
}

// Extended is the plan that Extend goes by. The error says why n samples cannot be added to
// an attempt, as Extend does before its first event.
func Extended(from *engine.Progress, n int) (engine.Plan, error) {
	plan, _, err := extended(from, n)
	return plan, err
}

// extended is the plan of an attempt with n samples more, and their numbers.
func extended(from *engine.Progress, n int) (engine.Plan, []int, error) {
	plan, voted := from.Plan.WithDefaults(), 0
	if err := whole(from); err != nil {
		return plan, nil, err
	}
	var open []int
	for i := range from.Samples {
		if from.Samples[i].State == engine.Finished {
			voted++
		} else if len(open) < n {
			open = append(open, i)
		}
	}
	if err := checkMore(voted, n); err != nil {
		return plan, nil, err
	}
	for i := len(from.Samples); len(open) < n; i++ {
		open = append(open, i)
	}
	plan.Samples = max(len(from.Samples), slices.Max(open)+1)
	if plan.Samples > engine.MaxSamples {
		return plan, nil, checkMore(plan.Samples, n)
	}
	if plan.Parallel == len(from.Samples) { // all at once
		plan.Parallel = plan.Samples
	}
	if _, met := plan.Stop.Met(from.Tally, n); met {
		plan.Stop = engine.StopNone
	}
	return plan, open, nil
}

// whole fails if what is kept of an attempt does not say how each sample that has a vote
// ended, or that it ended itself: then its votes cannot be told from those to come.
func whole(from *engine.Progress) error {
	counted := 0
	for i := range from.Samples {
		if from.Samples[i].State == engine.Finished && slices.Contains(from.Tally.Order, i) {
			counted++
		}
	}
	switch {
	case len(from.Samples) == 0:
		return &engine.Fault{Class: engine.Storage, What: "what was asked in attempt " + string(from.ID) + " cannot be read", Todo: "solve the problem again"}
	case from.Verdict == nil:
		return &engine.Fault{Class: engine.Invalid, What: "attempt " + string(from.ID) + " has not ended", Todo: "go on with it first: `aimo3 history resume " + string(from.ID) + "`"}
	case counted != len(from.Tally.Order):
		return &engine.Fault{Class: engine.Storage, What: "what is kept of attempt " + string(from.ID) + " is damaged", Todo: "solve the problem again"}
	}
	return nil
}

// carry takes over the votes of another attempt, and begins the samples that are open.
func (a *attempt) carry(from *engine.Progress, open []int) {
	c := &a.count
	for i := range from.Samples {
		switch s := &from.Samples[i]; {
		case s.State == engine.Finished:
			if s.From == "" {
				s.From = from.ID
			}
			a.emit(a.solver.now(), engine.SampleFinished{Sample: i, Answer: s.Answer, Found: s.Found, Confidence: s.Confidence, From: s.From})
			a.countEnded(s)
		case !slices.Contains(open, i):
			a.emit(a.solver.now(), engine.SampleStopped{Sample: i, Why: "it ended in the attempt before"})
		}
	}
	c.tally, c.tokens, c.fault = from.Tally, 0, nil
	a.begin(open)
	if c.finished > 0 {
		a.box.settle()
		a.emit(a.solver.now(), engine.TallyChanged{Tally: c.tally, Left: c.left})
	}
}
