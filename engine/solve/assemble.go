package solve

import (
	"context"
	"slices"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// Assemble puts an attempt together from samples that were taken by themselves: said are
// their facts, as Sample told them, each with its time. They are numbered in the order of
// their times, and votes are cast as samples end, so that the events are those of an
// attempt whose samples ran side by side. Samples of the plan of which nothing is said are
// told as stopped. The strategies of the plan settle a split vote now, within a budget of
// their own; their events follow on the latest of what was said. Else it is as Attempt.
func (s *Solver) Assemble(ctx context.Context, id engine.AttemptID, problem engine.Problem, plan engine.Plan, said []engine.Event, sink engine.Sink) (engine.Verdict, error) {
	said = inOrder(said)
	begun, latest := s.now(), s.now()
	if n := len(said); n > 0 {
		begun, latest = said[0].At, said[n-1].At
	}
	a := newAttempt(ctx, s.at(latest).sampling(problem, plan), id, sink)
	defer a.cancel(nil)
	a.count.left = a.plan.Samples
	a.emit(begun, engine.AttemptStarted{Problem: problem, Plan: a.plan})
	ended := map[int]bool{}
	for _, e := range said {
		if i, ok := engine.SampleOf(e.Fact); ok && ends(e.Fact) {
			ended[i] = true
		}
		a.emit(e.At, e.Fact)
		a.learn(e.At, e.Fact)
	}
	for i := range a.plan.Samples {
		if !ended[i] {
			a.emit(latest, engine.SampleStopped{Sample: i, Why: whyStopped(a.ctx)})
			a.count.left--
		}
	}
	if outOfTime(said) {
		a.cancel(engine.ErrBudget)
	}
	if a.split() {
		a.box.settle()
		a.begin(nil)
		a.run() // of no sample: it finds out what they had
		a.joinBySymPy()
		a.choose()
	}
	return a.finish()
}

// Decided is why no more samples of a plan need be taken, going by the facts that others
// ended with, in order: ErrDecided or ErrTokens; nil if there is no reason. It asks nobody.
func (s *Solver) Decided(problem engine.Problem, plan engine.Plan, endings []engine.Event) error {
	a := newAttempt(context.Background(), s.sampling(problem, plan), "", func(engine.Event) error { return nil })
	defer a.cancel(nil)
	a.count.left = a.plan.Samples
	for _, e := range endings {
		sample, _ := engine.SampleOf(e.Fact)
		a.learn(e.At, engine.Delta{Sample: sample, Frames: generated(e.Fact)})
		a.learn(e.At, e.Fact)
	}
	return context.Cause(a.ctx)
}

// generated is how many tokens a sample generated that ended so.
func generated(f engine.Fact) int {
	switch f := f.(type) {
	case engine.SampleFinished:
		return f.Ending.Tokens
	case engine.SampleFailed:
		return f.Tokens
	case engine.SampleStopped:
		return f.Tokens
	}
	return 0
}

// inOrder are facts by their times, without those about no sample that were told before,
// as each sample tells what runs its code.
func inOrder(said []engine.Event) []engine.Event {
	all := slices.Clone(said)
	slices.SortStableFunc(all, func(a, b engine.Event) int { return a.At.Compare(b.At) })
	told := map[string]bool{}
	return slices.DeleteFunc(all, func(e engine.Event) bool {
		if _, of := engine.SampleOf(e.Fact); of {
			return false
		}
		text, err := e.FactJSON()
		key := e.Kind() + string(text)
		again := err == nil && told[key]
		told[key] = true
		return again
	})
}

// outOfTime says whether the budget of time ended a sample.
func outOfTime(said []engine.Event) bool {
	return slices.ContainsFunc(said, func(e engine.Event) bool {
		f, stopped := e.Fact.(engine.SampleStopped)
		return stopped && f.Why == engine.ErrBudget.Error()
	})
}

// at is the solver with a clock that shows t now and goes on from there.
func (s *Solver) at(t time.Time) *Solver {
	begun := s.now()
	return &Solver{
		Backend: s.Backend, Prompt: s.Prompt, Output: s.Output, Describe: s.Describe, Notebook: s.Notebook,
		Line: s.Line, Window: s.Window, Strategy: s.Strategy,
		Now: func() time.Time { return t.Add(s.now().Sub(begun)) },
	}
}
