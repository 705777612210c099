package solve_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/enginetest"
	"github.com/aimo3/aimo3/engine/solve"
)

// sampled is what samples say that are taken by themselves, a second each, with their times
// from 2026-11-28 12:00 UTC on.
func sampled(t *testing.T, s *solve.Solver, p engine.Problem, plan engine.Plan, samples ...int) (said []engine.Event) {
	t.Helper()
	at := time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)
	for _, i := range samples {
		s.Sample(t.Context(), p, plan, i, func(f engine.Fact) {
			at = at.Add(time.Millisecond)
			said = append(said, engine.Event{At: at, Fact: f})
		})
		at = at.Add(time.Second)
	}
	return said
}

// TestAssembled: samples that were taken by themselves, in any order, become an attempt like
// any other, whose times are theirs.
func TestAssembled(t *testing.T) {
	asked := problem
	asked.Key = "7"
	for _, tt := range []struct {
		name    string
		backend func() *scripted
		plan    engine.Plan
		samples []int
		want    string
	}{
		{"all", func() *scripted { return boxes("7", "8", "7", "7") }, engine.Plan{Samples: 4, Stop: engine.StopNone}, []int{2, 0, 3, 1}, "7 3/4 margin 0.500 correct true, all_ended"},
		{"decided before the last began", func() *scripted { return boxes("7") }, engine.Plan{Samples: 8}, []int{6, 0, 1, 2}, "7 4/4 margin 1.000 correct true, four_agree"},
		{"one came late", func() *scripted { return boxes("7", "7", "7", "7", "8") }, engine.Plan{Samples: 8}, []int{0, 1, 2, 3, 4}, "7 4/5 margin 0.600 correct true, four_agree"},
		{"a strategy settles it", func() *scripted { return boxes("7", "8", "7") }, engine.Plan{Samples: 2, Choose: []string{"second"}, Stop: engine.StopNone}, []int{0, 1}, "7 2/3 margin 0.333 correct true, all_ended"},
		{"none began", func() *scripted { return boxes("7") }, engine.Plan{Samples: 2}, nil, " 0/0 margin 0.000 correct false, all_ended"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := &solve.Solver{Backend: tt.backend(), Strategy: func(name string) (engine.Strategy, bool) {
				second := engine.Resample{Samples: 1, Turns: func(engine.Brief, []engine.Candidate) []engine.Turn { return nil }}
				return engine.Strategy{When: func(engine.Tally) bool { return true }, How: second}, name == "second"
			}}
			said := sampled(t, s, asked, tt.plan, tt.samples...)
			var l log
			v, err := s.Assemble(t.Context(), "a1", asked, tt.plan, said, l.put)
			if err != nil || show(v) != tt.want {
				t.Errorf("%s, %v; want %s", show(v), err, tt.want)
			}
			checkStory(t, l.events)
			for i, e := range l.events[1:] {
				if e.At.Before(l.events[i].At) {
					t.Errorf("event %d, %s, is of a time before the one ahead of it", e.Seq, e.Kind())
				}
			}
			if n := len(l.events); len(said) > 0 && (!l.events[0].At.Equal(said[0].At) || l.events[n-1].At.Sub(said[len(said)-1].At) > time.Hour) {
				t.Errorf("it went from %s to %s; its samples from %s on", l.events[0].At, l.events[n-1].At, said[0].At)
			}
		})
	}
}

// TestAssembledAsAttempted: a fold over the events has of every sample what it has of one
// that was taken within an attempt, its code too, which is told to be chosen once.
func TestAssembledAsAttempted(t *testing.T) {
	plan := engine.Plan{Samples: 3, Parallel: 1, Stop: engine.StopNone, Tools: engine.ToolsPython}
	solver := func() *solve.Solver { return &solve.Solver{Backend: coding("1", "2"), Notebook: python().notebook} }
	var within, alone log
	if _, err := solver().Attempt(t.Context(), "a1", problem, plan, within.put); err != nil {
		t.Fatal(err)
	}
	said := sampled(t, solver(), problem, plan, 1, 2, 0)
	if _, err := solver().Assemble(t.Context(), "a1", problem, plan, said, alone.put); err != nil {
		t.Fatal(err)
	}
	want, got := enginetest.Fold(within.events), enginetest.Fold(alone.events)
	for i := range want.Samples {
		w, g := &want.Samples[i], &got.Samples[i]
		if g.State != w.State || g.Answer != w.Answer || g.Seed != w.Seed || g.Reply.String() != w.Reply.String() || len(g.Cells) != len(w.Cells) {
			t.Errorf("sample %d: %s, %q, seed %d, %d cells; want %s, %q, seed %d, %d cells", i, g.State, g.Answer, g.Seed, len(g.Cells), w.State, w.Answer, w.Seed, len(w.Cells))
		}
	}
	chosen := slices.DeleteFunc(slices.Clone(alone.events), func(e engine.Event) bool { return e.Kind() != "code_chosen" })
	if len(chosen) != 1 {
		t.Errorf("it is told %d times what runs the code", len(chosen))
	}
}

// TestAssembledOutOfBudget: samples that the budget of time ended make it why the attempt ended.
func TestAssembledOutOfBudget(t *testing.T) {
	plan := engine.Plan{Samples: 2, Stop: engine.StopNone}
	s := &solve.Solver{Backend: boxes("7")}
	said := sampled(t, s, problem, plan, 0)
	said = append(said, engine.Event{At: said[len(said)-1].At, Fact: engine.SampleStopped{Sample: 1, Why: engine.ErrBudget.Error()}})
	v, err := s.Assemble(t.Context(), "a1", problem, plan, said, new(log).put)
	if err != nil || v.Why != engine.OutOfBudget || v.Answer != "7" {
		t.Errorf("%s, %v", show(v), err)
	}
}

// TestAssembledAllFailed: the fault of samples that all failed is the attempt's.
func TestAssembledAllFailed(t *testing.T) {
	s := &solve.Solver{Backend: &scripted{play: func(context.Context, engine.Ask, func(engine.Piece)) (engine.Ending, error) {
		return engine.Ending{}, &engine.Fault{Class: engine.Crashed, What: "it crashed"}
	}}}
	plan := engine.Plan{Samples: 2}
	v, err := s.Assemble(t.Context(), "a1", problem, plan, sampled(t, s, problem, plan, 0, 1), new(log).put)
	if v.Why != engine.AllFailed || !errors.Is(err, &engine.Fault{Class: engine.Crashed}) {
		t.Errorf("%s, %v", show(v), err)
	}
}

// TestDecided: samples are called off when an attempt would have ended them, and not before.
func TestDecided(t *testing.T) {
	finished := func(answers ...engine.Answer) (all []engine.Event) {
		for i, a := range answers {
			all = append(all, engine.Event{Fact: engine.SampleFinished{Sample: i, Answer: a, Ending: engine.Ending{Tokens: 100}}})
		}
		return all
	}
	for _, tt := range []struct {
		name    string
		plan    engine.Plan
		endings []engine.Event
		want    error
	}{
		{"none ended", engine.Plan{}, nil, nil},
		{"three agree", engine.Plan{}, finished("1", "1", "1"), nil},
		{"four agree", engine.Plan{}, finished("1", "1", "2", "1", "1"), engine.ErrDecided},
		{"no rule", engine.Plan{Stop: engine.StopNone}, finished("1", "1", "1", "1"), nil},
		{"nobody can catch up", engine.Plan{Samples: 3, Stop: engine.StopUncatchable}, finished("1", "1"), engine.ErrDecided},
		{"tokens", engine.Plan{Budget: engine.Budget{Tokens: 150}}, finished("1", "2"), engine.ErrTokens},
		{"tokens of one that failed", engine.Plan{Budget: engine.Budget{Tokens: 150}}, []engine.Event{{Fact: engine.SampleFailed{Tokens: 151}}}, engine.ErrTokens},
	} {
		if got := new(solve.Solver).Decided(problem, tt.plan, tt.endings); !errors.Is(got, tt.want) || got == nil != (tt.want == nil) {
			t.Errorf("%s: %v; want %v", tt.name, got, tt.want)
		}
	}
}
