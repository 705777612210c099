package engine_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/enginetest"
)

// TestFallbackBeginsAgain: a log with steps down the ladder folds to what the log of
// an attempt does that began with the last step's window and model, but for times,
// counts and what tells of the steps.
func TestFallbackBeginsAgain(t *testing.T) {
	for seed := range uint64(500) {
		r := rand.New(rand.NewPCG(seed, 9))
		plan := engine.Plan{Model: "a", Fallback: []string{"b", "c"}, Samples: 3}.WithDefaults()
		ended := []engine.Fact{engine.SampleFailed{Sample: 2, Class: engine.Garbled, Cause: "no JSON"}}
		fell, last := slices.Clone(ended), plan
		for range 1 + r.IntN(3) {
			f := engine.FallbackUsed{Sample: -1, Rung: engine.RungWindow, From: "1", To: "2", NumCtx: last.Options.NumCtx / 2}
			if len(last.Fallback) > 0 && r.IntN(2) == 0 {
				f = engine.FallbackUsed{Sample: -1, Rung: engine.RungModel, From: last.Model, To: last.Fallback[0], NumCtx: plan.Options.NumCtx}
			}
			fell = append(append(append(fell, engine.CodeChosen{Code: engine.Code{Engine: "python"}}, engine.SampleStarted{}), said(r)...), between(r, 1)...)
			fell, last = append(fell, engine.SampleRetried{Try: 2}, f), last.After(f)
		}
		rest := append(append([]engine.Fact{engine.SampleStarted{Seed: 5}, engine.SampleStarted{Sample: 1}}, said(r)...), between(r, 1)...)
		want := foldFrom(last, append(slices.Clone(ended), rest...))
		got := foldFrom(plan, append(fell, rest...))
		got.Seq, got.Fallbacks = want.Seq, nil
		if portrait(got) != portrait(want) {
			t.Fatalf("seed %d: %v\nfolds to\n%s\nwant\n%s", seed, fell, portrait(got), portrait(want))
		}
	}
}

// TestFallbackOfASampleChangesNothingElse: its host is told, and what others said stays.
func TestFallbackOfASampleChangesNothingElse(t *testing.T) {
	facts := append([]engine.Fact{engine.SampleStarted{}}, said(rand.New(rand.NewPCG(1, 1)))...)
	plan := engine.Plan{Model: "a", Samples: 2}.WithDefaults()
	want := foldFrom(plan, facts)
	got := foldFrom(plan, append(slices.Clone(facts), engine.FallbackUsed{Sample: 1, Rung: engine.RungHost, From: "here", To: "there"}))
	if len(got.Fallbacks) != 1 {
		t.Errorf("it tells of %v", got.Fallbacks)
	}
	got.Seq, got.Fallbacks = want.Seq, nil
	if portrait(got) != portrait(want) {
		t.Errorf("it folds to\n%s\nwant\n%s", portrait(got), portrait(want))
	}
}

func foldFrom(plan engine.Plan, facts []engine.Fact) *engine.Progress {
	var events []engine.Event
	for i, f := range append([]engine.Fact{engine.AttemptStarted{Plan: plan}}, facts...) {
		events = append(events, engine.Event{Attempt: "a1", Seq: uint64(i + 1), Fact: f})
	}
	return enginetest.Fold(events)
}
