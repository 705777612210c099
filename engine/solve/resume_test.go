package solve_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/enginetest"
	"github.com/aimo3/aimo3/engine/solve"
)

// TestResume: an attempt that was cut off after any of its events goes on from
// there. It ends as the whole one did, and asks only for samples that had not
// ended.
func TestResume(t *testing.T) {
	for _, plan := range []engine.Plan{
		{Samples: 5, Parallel: 1, Stop: engine.StopNone},
		{Samples: 6, Parallel: 1, Stop: "four-agree"},
		{Samples: 3, Parallel: 1, Stop: engine.StopNone, Choose: []string{"judge"}},
	} {
		t.Run(fmt.Sprint(plan.Stop, plan.Choose), func(t *testing.T) {
			solver := func() (*solve.Solver, *scripted) {
				b := judging(boxes("1", "2", "1", "1", "1", "1", "3"), func(_ int, answers []string) string { return placeOf("2", answers) })
				return &solve.Solver{Backend: b, Strategy: ways}, b
			}
			var whole log
			s, _ := solver()
			want, err := s.Attempt(t.Context(), "a1", problem, plan, whole.put)
			if err != nil {
				t.Fatal(err)
			}
			last := slices.IndexFunc(whole.events, func(e engine.Event) bool { return e.Kind() == "sample_stopped" || e.Kind() == "attempt_finished" })
			for cut := 1; cut <= last; cut++ {
				events := slices.Clone(whole.events[:cut])
				from := enginetest.Fold(events)
				ended := 0
				for i := range from.Samples {
					if !from.Samples[i].Open() {
						ended++
					}
				}
				s, b := solver()
				got, err := s.Resume(t.Context(), enginetest.Fold(events), func(e engine.Event) error {
					events = append(events, e)
					return nil
				})
				p := enginetest.Fold(events)
				if err != nil || got.Answer != want.Answer || got.Chosen != want.Chosen || plan.Stop == engine.StopNone && !reflect.DeepEqual(got, want) || p.Verdict == nil || p.Verdict.Answer != want.Answer {
					t.Errorf("after %d events: %+v, %v; want %+v", cut, got, err, want)
				}
				if most := len(p.Samples) - ended; len(b.asked) > most && plan.Choose == nil {
					t.Errorf("after %d events, %d samples were asked for, of %d that had not ended", cut, len(b.asked), most)
				}
				for i, e := range events {
					if e.Seq != uint64(i+1) {
						t.Fatalf("after %d events, the %d-th is numbered %d", cut, i+1, e.Seq)
					}
				}
			}
		})
	}
}

// TestSampleByItself: one sample says what it says within an attempt.
func TestSampleByItself(t *testing.T) {
	plan := engine.Plan{Samples: 4, Parallel: 1, Stop: engine.StopNone, Tools: engine.ToolsPython}
	solver := func() *solve.Solver {
		return &solve.Solver{Backend: coding("1", "2"), Notebook: python().notebook}
	}
	var l log
	if _, err := solver().Attempt(t.Context(), "a1", problem, plan, l.put); err != nil {
		t.Fatal(err)
	}
	var alone engine.Progress
	alone.Apply(engine.Event{Attempt: "a1", Fact: engine.AttemptStarted{Problem: problem, Plan: plan}})
	solver().Sample(t.Context(), problem, plan, 2, func(f engine.Fact) { alone.Apply(engine.Event{Attempt: "a1", Fact: f}) })
	want, got := &enginetest.Fold(l.events).Samples[2], &alone.Samples[2]
	if got.State != engine.Finished || got.Answer != want.Answer || got.Seed != want.Seed || got.Reply.String() != want.Reply.String() || len(got.Cells) != len(want.Cells) || len(got.Cells) == 0 {
		t.Errorf("by itself %s with seed %d: %q, %q, %d cells; want %q with seed %d, %d cells",
			got.State, got.Seed, got.Answer, got.Reply.String(), len(got.Cells), want.Answer, want.Seed, len(want.Cells))
	}
}
