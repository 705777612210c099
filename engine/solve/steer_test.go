package solve_test

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/enginetest"
	"github.com/aimo3/aimo3/engine/solve"
)

// steered attempts the problem with a sample a second at most, and meanwhile does what do
// does after that many seconds and a half.
func steered(t *testing.T, e *solve.Solver, plan engine.Plan, after int, do func()) (engine.Verdict, *engine.Progress) {
	t.Helper()
	var l log
	go func() {
		time.Sleep(time.Duration(after)*time.Second + time.Second/2)
		do()
	}()
	v, err := e.Attempt(t.Context(), "a1", problem, plan, l.put)
	if err != nil {
		t.Fatal(err)
	}
	checkStory(t, l.events)
	synctest.Wait()
	return v, enginetest.Fold(l.events)
}

// TestRuleChanged: a rule that is met already ends the attempt at once, and one that was
// taken away ends nothing.
func TestRuleChanged(t *testing.T) {
	for rule, want := range map[[2]engine.StopRule]int{
		{"none", "four-agree"}: 5, {"four-agree", "none"}: 8, {"none", "uncatchable"}: 5, {"uncatchable", "four-agree"}: 4,
	} {
		synctest.Test(t, func(t *testing.T) {
			after := 5 // by then five have voted
			if want < 5 || rule[1] == "none" {
				after = 2
			}
			e := &solve.Solver{Backend: slow(boxes("42"))}
			var err error
			v, p := steered(t, e, engine.Plan{Samples: 8, Parallel: 1, Stop: rule[0]}, after, func() { err = e.ChangeRule("a1", rule[1]) })
			if err != nil || v.Votes != want || p.Plan.Stop != rule[1] {
				t.Errorf("%s and then %s: %d votes, want %d; the plan says %s; %v", rule[0], rule[1], v.Votes, want, p.Plan.Stop, err)
			}
		})
	}
}

// TestSamplesAdded to an attempt that runs: they are taken as its others, as many at once,
// and have votes. Then nothing can be added any more.
func TestSamplesAdded(t *testing.T) {
	for _, parallel := range []int{1, 2, 4, 8} {
		synctest.Test(t, func(t *testing.T) {
			b := slow(boxes("42"))
			e := &solve.Solver{Backend: b}
			var err, most error
			v, p := steered(t, e, engine.Plan{Samples: 4, Parallel: parallel, Stop: "none"}, 0, func() {
				err, most = e.AddSamples("a1", 3), e.AddSamples("a1", engine.MaxSamples-6)
			})
			if err != nil || engine.ClassOf(most) != engine.Invalid || v.Votes != 7 || v.Of != 7 || p.Plan.Samples != 7 || len(p.Samples) != 7 {
				t.Errorf("%d at once: %d of %d votes, %d samples planned; %v, %v", parallel, v.Votes, v.Of, p.Plan.Samples, err, most)
			}
			if b.widest > parallel {
				t.Errorf("%d streams were open at once, of %d", b.widest, parallel)
			}
			seeds := map[int64]bool{}
			for _, ask := range b.asked {
				seeds[ask.Seed] = true
			}
			if len(seeds) != 7 {
				t.Errorf("the seeds are %v", seeds)
			}
			if err := e.AddSamples("a1", 1); engine.ClassOf(err) != engine.Invalid {
				t.Errorf("to an attempt that is over: %v", err)
			}
		})
	}
}

// TestNothingIsChangedTooLate: once the samples have ended, a wish is refused, and never
// lost in silence; also while a strategy settles the vote.
func TestNothingIsChangedTooLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := judging(boxes("1", "2"), func(_ int, answers []string) string { return placeOf("2", answers) })
		e := &solve.Solver{Backend: slow(b), Strategy: ways}
		var errs []error
		v, p := steered(t, e, engine.Plan{Samples: 2, Stop: "none", Choose: []string{"judge"}}, 1, func() {
			errs = append(errs, e.AddSamples("a1", 1), e.ChangeRule("a1", "four-agree"))
		})
		for _, err := range append(errs, e.Hint("a1", 0, "?"), e.Hint("a2", 0, "?"), e.AddSamples("a1", 0)) {
			if engine.ClassOf(err) != engine.Invalid {
				t.Errorf("a late wish: %v", err)
			}
		}
		if len(p.Samples) != 2 || v.Chosen != "judge" {
			t.Errorf("%d samples, %+v", len(p.Samples), v)
		}
	})
}

// TestHint: what runs is cut off, and goes on with what it has said and the hint; what is
// still to begin begins with it; what has ended does not hear it.
func TestHint(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &scripted{play: func(ctx context.Context, ask engine.Ask, say func(engine.Piece)) (engine.Ending, error) {
			last := ask.Turns[len(ask.Turns)-1]
			if ask.Seed == 0 || strings.Contains(last.Text, "think of 7") {
				say(engine.Piece{Frames: 1, Channel: engine.Reply, Text: `\boxed{7}`})
				return engine.Ending{Tokens: 4}, nil
			}
			say(engine.Piece{Frames: 1, Channel: engine.Thinking, Text: "hm "})
			say(engine.Piece{Frames: 1, Channel: engine.Reply, Text: `half \boxed{13}`})
			return stall(ctx)
		}}
		e := &solve.Solver{Backend: b}
		var errs []error
		v, p := steered(t, e, engine.Plan{Samples: 3, Parallel: 2, Stop: "none"}, 0, func() {
			errs = append(errs, e.Hint("a1", -1, " think of 7 "), e.Hint("a1", 0, ""), e.Hint("a1", 0, strings.Repeat("x", 2001)))
		})
		if errs[0] != nil || engine.ClassOf(errs[1]) != engine.Invalid || engine.ClassOf(errs[2]) != engine.Invalid || v.Answer != "7" || v.Votes != 3 {
			t.Fatalf("%v; %+v", errs, v)
		}
		if none, long := engine.Hint(errs[1]), engine.Hint(errs[2]); strings.Contains(none, "shorter") || !strings.Contains(long, "shorter") {
			t.Errorf("of no hint it says %q, of a long one %q", none, long)
		}
		running := b.asked[len(b.asked)-2]
		want := []engine.Turn{{Role: "user", Text: problem.Statement}, {Role: "assistant", Text: "hm \n\nhalf \\boxed{13}"}, {Role: "user", Text: "The user adds:\nthink of 7\n\nGo on from where you were, with this in mind."}}
		if running.Seed != 1 {
			running = b.asked[len(b.asked)-1]
		}
		if len(running.Turns) != 3 || running.Turns[1].Text != want[1].Text || running.Turns[2].Text != want[2].Text {
			t.Errorf("the model is shown %+v", running.Turns)
		}
		for i, hints := range []int{0, 1, 1} {
			s := &p.Samples[i]
			if len(s.Hints) != hints || s.Answer != "7" {
				t.Errorf("sample %d heard %d hints and says %s", i+1, len(s.Hints), s.Answer)
			}
		}
		if s := &p.Samples[1]; s.Reply.String() != `half \boxed{13}\boxed{7}` || s.Hints[0].Text != "think of 7" || s.Hints[0].Reply != len(`half \boxed{13}`) || s.Ending.Tokens != 6 {
			t.Errorf("%q, %+v, %+v", s.Reply.String(), s.Hints, s.Ending)
		}
	})
}

// TestHintBesideCode: a hint that comes when the code of a reply is whole is heard with the
// output, and no cell is lost; with and without calls of tools.
func TestHintBesideCode(t *testing.T) {
	for _, tools := range []bool{false, true} {
		b, d := coding("1+1"), python()
		e := &solve.Solver{Backend: b, Notebook: d.notebook, Describe: func(context.Context, string) (engine.Model, error) {
			return engine.Model{Name: "m", Capabilities: map[bool][]string{true: {"tools"}}[tools]}, nil
		}}
		play, given := b.play, false
		b.play = func(ctx context.Context, ask engine.Ask, say func(engine.Piece)) (engine.Ending, error) {
			return play(ctx, ask, func(p engine.Piece) {
				say(p)
				if !given && (p.Call != nil || strings.Contains(p.Text, "```")) {
					given = true
					if err := e.Hint("a1", 0, "mind the sign"); err != nil {
						t.Error(err)
					}
				}
			})
		}
		var l log
		_, err := e.Attempt(t.Context(), "a1", problem, engine.Plan{Samples: 1}, l.put)
		s := &enginetest.Fold(l.events).Samples[0]
		if err != nil || !given || len(s.Cells) != 1 || len(s.Hints) != 1 || s.Answer != "7" || len(b.asked) != 2 {
			t.Fatalf("with tools %v: %v; %d cells, hints %+v, %d requests", tools, err, len(s.Cells), s.Hints, len(b.asked))
		}
		turns := b.asked[1].Turns
		if last := turns[len(turns)-1]; last.Role != "user" || !strings.Contains(last.Text, "mind the sign") {
			t.Errorf("the model is told %+v", last)
		}
	}
}

// TestExtend: a new attempt has the votes of the one that ended, takes those that had none
// first, and no seed twice.
func TestExtend(t *testing.T) {
	for _, choose := range [][]string{nil, {"judge"}} {
		b := judging(boxes("1", "1", "1", "1", "2", "3", "3"), func(_ int, answers []string) string { return placeOf("3", answers) })
		e := &solve.Solver{Backend: b, Strategy: ways}
		var first, second log
		plan := engine.Plan{Samples: 5, Parallel: 1, Stop: "four-agree", Choose: choose}
		if _, err := e.Attempt(t.Context(), "a1", problem, plan, first.put); err != nil {
			t.Fatal(err)
		}
		from, asked := enginetest.Fold(first.events), len(b.asked)
		taken := 0
		for i := range from.Samples {
			if from.Samples[i].State == engine.Finished {
				taken++
			}
		}
		v, err := e.Extend(t.Context(), "a2", enginetest.Fold(first.events), 3, second.put)
		p := enginetest.Fold(second.events)
		if err != nil || p.Parent != "a1" || v.Of != taken+3 || v.Carried != taken || p.Plan.Stop != engine.StopNone {
			t.Fatalf("%v: %+v of %d, child of %q, %s", err, v, taken+3, p.Parent, p.Plan.Stop)
		}
		checkStory(t, second.events)
		seeds := map[int64]int{}
		for _, ask := range b.asked[asked:] {
			seeds[ask.Seed]++
		}
		for i := range from.Samples {
			was, is := &from.Samples[i], &p.Samples[i]
			if was.State == engine.Finished && (is.Answer != was.Answer || is.From != "a1" || is.Ending.Tokens != 0 || seeds[was.Seed] > 0) {
				t.Errorf("sample %d: %+v became %+v", i+1, was.Answer, is.Answer)
			}
		}
		third, err := e.Extend(t.Context(), "a3", p, 1, func(engine.Event) error { return nil })
		if err != nil || third.Of != v.Of+1 {
			t.Errorf("extended twice: %v, %+v", err, third)
		}
		var damaged []engine.Event
		for _, ev := range first.events {
			if f, ok := ev.Fact.(engine.SampleFinished); !ok || f.Sample != 1 {
				damaged = append(damaged, ev)
			}
		}
		for _, no := range []struct {
			name   string
			events []engine.Event
			class  engine.Class
		}{
			{"of which an end is missing", damaged, engine.Storage},
			{"of which the beginning is missing", first.events[len(first.events)-1:], engine.Storage},
			{"that has not ended", first.events[:len(first.events)-1], engine.Invalid},
		} {
			if _, err := e.Extend(t.Context(), "a5", enginetest.Fold(no.events), 1, second.put); engine.ClassOf(err) != no.class {
				t.Errorf("one %s is extended: %v", no.name, err)
			}
		}
		if _, err := e.Extend(t.Context(), "a4", enginetest.Fold(first.events), engine.MaxSamples, second.put); engine.ClassOf(err) != engine.Invalid {
			t.Errorf("by too many: %v", err)
		}
	}
}
