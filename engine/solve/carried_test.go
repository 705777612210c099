package solve_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/enginetest"
	"github.com/aimo3/aimo3/engine/solve"
)

// reading is a way of choosing by a judge that is shown what was said for each answer.
func reading(string) (engine.Strategy, bool) {
	turns := func(_ engine.Brief, all []engine.Candidate) []engine.Turn {
		text := "judge"
		for _, c := range all {
			text += "\n" + string(c.Answer) + " for " + c.Text
		}
		return []engine.Turn{{Role: "user", Text: text}}
	}
	pick := func(string, int) (int, bool) { return 0, true }
	return engine.Strategy{Name: "read", When: func(engine.Tally) bool { return true }, How: engine.Judging{Draws: 1, Turns: turns, Pick: pick}}, true
}

// extending has an attempt of so many samples made, and from each one more; one more again
// from what is left of those by lose.
func extending(t *testing.T, lose func(first, second *engine.Progress)) (b *scripted, third *engine.Progress) {
	t.Helper()
	b = replies(`one \boxed{1}`, `two \boxed{2}`, `three \boxed{3}`, `four \boxed{4}`)
	play := b.play
	b.play = func(ctx context.Context, ask engine.Ask, say func(engine.Piece)) (engine.Ending, error) {
		if strings.HasPrefix(ask.Turns[0].Text, "judge") {
			say(engine.Piece{Frames: 1, Channel: engine.Reply, Text: "the first"})
			return engine.Ending{}, nil
		}
		return play(ctx, ask, say)
	}
	s := &solve.Solver{Backend: b, Strategy: reading}
	var first, second, last log
	plan := engine.Plan{Samples: 2, Parallel: 1, Stop: engine.StopNone, Choose: []string{"read"}}
	if _, err := s.Attempt(t.Context(), "a1", problem, plan, first.put); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Extend(t.Context(), "a2", enginetest.Fold(first.events), 1, second.put); err != nil {
		t.Fatal(err)
	}
	from := enginetest.Fold(second.events)
	lose(enginetest.Fold(first.events), from)
	b.asked = nil
	if _, err := s.Extend(t.Context(), "a3", from, 1, last.put); err != nil {
		t.Fatal(err)
	}
	checkStory(t, last.events)
	return b, enginetest.Fold(last.events)
}

// TestCarriedIsJudgedByWhatItSaid: of each answer a judge reads what a sample said for it,
// also where that was said two attempts before; where it cannot be read, no judge is asked,
// and that is told.
func TestCarriedIsJudgedByWhatItSaid(t *testing.T) {
	b, p := extending(t, func(first, second *engine.Progress) { second.Lend(first) })
	want := "judge\n1 for one \\boxed{1}\n2 for two \\boxed{2}\n3 for three \\boxed{3}\n4 for four \\boxed{4}"
	if got := b.asked[len(b.asked)-1].Turns[0].Text; got != want || len(p.Choices) != 1 {
		t.Errorf("a judge was asked %q, of %d; want %q", got, len(p.Choices), want)
	}
	b, p = extending(t, func(_, _ *engine.Progress) {})
	if len(b.asked) != 1 || len(p.Choices) != 0 || !slices.ContainsFunc(p.Warnings, func(w string) bool { return strings.HasPrefix(w, "read is not tried: what was said for 1 ") }) {
		t.Errorf("without what was said %d were asked, and %d choices made; told is %q", len(b.asked), len(p.Choices), p.Warnings)
	}
}

// TestResumeCarried: an attempt that adds to another one counts as carried over what was,
// after whichever of its events it was cut short.
func TestResumeCarried(t *testing.T) {
	solver := func() *solve.Solver { return &solve.Solver{Backend: boxes("1", "2", "1", "3")} }
	var first, second log
	plan := engine.Plan{Samples: 2, Parallel: 1, Stop: engine.StopNone}
	if _, err := solver().Attempt(t.Context(), "a1", problem, plan, first.put); err != nil {
		t.Fatal(err)
	}
	want, err := solver().Extend(t.Context(), "a2", enginetest.Fold(first.events), 2, second.put)
	if err != nil {
		t.Fatal(err)
	}
	carried := slices.IndexFunc(second.events, func(e engine.Event) bool { return e.Kind() == "tally_changed" })
	for cut := carried; cut < len(second.events); cut++ {
		got, err := solver().Resume(t.Context(), enginetest.Fold(second.events[:cut]), func(engine.Event) error { return nil })
		if err != nil || got.Carried != 2 || got.Of != want.Of || got.Answer != want.Answer {
			t.Errorf("after %d events: %+v, %v; want %+v", cut, got, err, want)
		}
	}
}

// TestAddedSamplesRunAllAtOnce where those of the attempt that they are added to did, and else
// as many at once as there.
func TestAddedSamplesRunAllAtOnce(t *testing.T) {
	for _, row := range []struct{ parallel, want int }{{0, 5}, {2, 5}, {1, 1}} {
		s, first := &solve.Solver{Backend: replies(`\boxed{1}`, `\boxed{2}`)}, log{}
		if _, err := s.Attempt(t.Context(), "a1", problem, engine.Plan{Samples: 2, Parallel: row.parallel, Stop: engine.StopNone}, first.put); err != nil {
			t.Fatal(err)
		}
		plan, err := solve.Extended(enginetest.Fold(first.events), 3)
		if err != nil || plan.Samples != 5 || plan.Parallel != row.want {
			t.Errorf("3 more of 2, %d at once: %d samples, %d at once, %v; want %d at once", row.parallel, plan.Samples, plan.Parallel, err, row.want)
		}
	}
}
