package rescore_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/dataset"
	"github.com/aimo3/aimo3/engine/enginetest"
	"github.com/aimo3/aimo3/engine/figures"
	"github.com/aimo3/aimo3/engine/rescore"
)

// recorded reads a source of recorded samples.
func recorded(t *testing.T, how rescore.Reading, fields map[dataset.Field]string, parts ...string) *rescore.Set {
	t.Helper()
	path := enginetest.Shared(t, parts...)
	if enginetest.UnderRace {
		t.Skip("this is about what pure functions make of much text")
	}
	set := rescore.New(parts[len(parts)-1], how)
	if _, err := dataset.Samples(t.Context(), dataset.Options{Path: path, Fields: fields}, set.Add); err != nil {
		t.Fatal(err)
	}
	return set
}

// TestRecordedAnswers reads from every trace the answer that was recorded of it, and marks it
// as it was marked.
func TestRecordedAnswers(t *testing.T) {
	set := recorded(t, rescore.Reading{Reader: reader(t, "boxed")}, nil, "traces", "traces.jsonl.gz")
	r := figures.Of(run(t, set, rescore.Voting{}), 1)
	if a := set.Agreement; a != (rescore.Agreement{Answers: 322, SameAnswers: 322, Marks: 322, SameMarks: 322}) {
		t.Errorf("%+v", a)
	}
	if r.Problems != 46 || r.Samples != 322 || r.Cost.Tokens == 0 || r.Cost.Cells == 0 {
		t.Errorf("%+v", r)
	}
}

// TestReplayVotes lets votes of eight recorded answers be decided by each stop rule: what they
// cost, and how often they are right. The samples and accuracies that are wanted were worked
// out by a program of Python's that shares nothing with this one, from 2,000 other votes of
// each problem.
func TestReplayVotes(t *testing.T) {
	set := recorded(t, rescore.Reading{}, nil, "traces", "votes.csv")
	rules := []engine.StopRule{engine.StopNone, engine.StopFourAgree, engine.StopUncatchable, engine.DefaultStop, "asc:0.95", "asc:0.95,uncatchable", "esc:4", "deepconf:0.95:4"}
	all, problems := set.Replay(rescore.Replaying{Rules: rules, Samples: 8, Orders: 400, Seed: 17})
	t.Logf("%d problems\n%s", problems, tableOf(all))
	if problems != 21 {
		t.Errorf("%d problems have eight samples, want 21", problems)
	}
	want := map[engine.StopRule]float64{engine.StopNone: 8, engine.StopFourAgree: 5.05, engine.StopUncatchable: 5.90, "asc:0.95": 6.03, "esc:4": 6.21}
	best := 0.
	for i, r := range all {
		o := r.OneByOne
		if samples, is := want[r.Rule]; is && (math.Abs(o.Share(o.Samples)-samples) > .05 || math.Abs(o.Share(o.Right)-.690) > .01) {
			t.Errorf("%s: right %.3f with %.2f samples, want .690 with %.2f", r.Rule, o.Share(o.Right), o.Share(o.Samples), samples)
		}
		if off := o.Share(o.Right) - all[0].OneByOne.Share(all[0].OneByOne.Right); math.Abs(off) <= .005 {
			best = max(best, o.Saved())
		} else {
			t.Logf("%s changes the accuracy by %+.4f", r.Rule, off)
		}
		if saves := o.Saved() > 0 && r.AtOnce.Saved() > 0; saves != (i > 0) {
			t.Errorf("%s saves %v and %v", r.Rule, o.Saved(), r.AtOnce.Saved())
		}
		if r.Rule == engine.StopUncatchable && o.Changed+r.AtOnce.Changed > 0 {
			t.Errorf("uncatchable changed %d verdicts", o.Changed+r.AtOnce.Changed)
		}
	}
	if best < .28 {
		t.Errorf("the best rule of equal accuracy saves %.1f %% of the tokens, want 28 %%", 100*best)
	}
}

func tableOf(all []rescore.Replayed) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-24s %40s %42s\n%-24s", "", "one after the other", "all at once", "rule")
	for range 2 {
		fmt.Fprintf(&b, " %9s %9s %12s %9s", "right", "samples", "tokens saved", "changed")
	}
	for _, r := range all {
		fmt.Fprintf(&b, "\n%-24s", r.Rule)
		for _, o := range []rescore.Outcome{r.OneByOne, r.AtOnce} {
			fmt.Fprintf(&b, " %9.3f %9.2f %10.1f %% %9d", o.Share(o.Right), o.Share(o.Samples), 100*o.Saved(), o.Changed)
		}
	}
	return b.String()
}

// TestStoredSolutions marks the solutions of four models to GSM8K, by what follows the last
// "A:", as their authors did: 21.7, 39.0, 34.7 and 56.3 % are right.
func TestStoredSolutions(t *testing.T) {
	var runs []figures.Run
	for _, row := range []struct {
		model string
		right int
		said  string
	}{{"6b_finetuning", 286, "21.7"}, {"6b_verification", 515, "39.0"}, {"175b_finetuning", 458, "34.7"}, {"175b_verification", 742, "56.3"}} {
		set := recorded(t, rescore.Reading{Reader: reader(t, "after:A:")}, map[dataset.Field]string{dataset.Reply: row.model + ".solution", dataset.Right: row.model + ".is_correct"}, "gsm8k", "example_model_solutions.jsonl")
		one := run(t, set, rescore.Voting{})
		runs = append(runs, one)
		r := figures.Of(one, 1)
		got := int(math.Round(r.Accuracy.Value * 1319))
		if r.Accuracy.Of != 1319 || got != row.right || fmt.Sprintf("%.1f", 100*r.Accuracy.Value) != row.said {
			t.Errorf("%s: %.2f %% of %d, %d right; want %s %%, %d", row.model, 100*r.Accuracy.Value, r.Accuracy.Of, got, row.said, row.right)
		}
		if a := set.Agreement; a.Marks != 1319 || a.SameMarks != 1319 {
			t.Errorf("%s: marked as recorded: %+v", row.model, a)
		}
	}
	p := figures.Compare(runs[0], runs[1], 1)
	if p.Both != 1319 || p.RightB-p.RightA != 515-286 || p.Test.P > 1e-6 || p.Test.Exact {
		t.Errorf("6b: %+v", p.Test)
	}
}

// TestThreeSamplesEach holds what the marks of others give, with three samples of each of
// fifty problems, to fractions: 107 of 150 are right, and for 45 of 50 problems one is.
func TestThreeSamplesEach(t *testing.T) {
	set := recorded(t, rescore.Reading{}, nil, "nemo-skills-rs3")
	r := figures.Of(run(t, set, rescore.Voting{}), 1)
	a := set.Agreement
	t.Logf("%d of %d marks are those of others; avg %.4f, maj@3 %.4f, pass@3 %.4f", a.SameMarks, a.Marks, r.Avg.Value, r.AtK[2].Maj.Value, r.AtK[2].Pass.Value)
	if r.Problems != 50 || r.Samples != 150 || a.Marks != 150 || a.SameMarks < 148 {
		t.Errorf("%+v, %+v", r, a)
	}
	if off := math.Abs(r.Avg.Value - 107./150); off > 2./150 {
		t.Errorf("avg %v, want about %v", r.Avg.Value, 107./150)
	}
	if off := math.Abs(r.AtK[2].Pass.Value - .9); off > .03 {
		t.Errorf("pass@3 %v, want about .9", r.AtK[2].Pass.Value)
	}
	if len(r.Levels) != 5 || len(r.Subjects) != 7 {
		t.Errorf("%d levels, %d subjects", len(r.Levels), len(r.Subjects))
	}
}
