package figures

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"
)

// scored is a problem of which a vote for the first sample's answer was the verdict.
func scored(id string, v Verdict, samples ...Sample) Problem {
	return Problem{ID: id, Subject: "Algebra", Level: id[:1], Expected: "7", Verdict: v, Samples: samples, Seconds: 10}
}

func right(tokens int) Sample { return Sample{Answer: "7", Mark: Right, Tokens: tokens, Seconds: 3} }

func wrong(a string) Sample {
	return Sample{Answer: a, Mark: Wrong, Tokens: 100, Cells: 2, CellErrors: 1}
}

// small is a run in which everything that is counted happens, each a number of times of its
// own.
func small() Run {
	outside := wrong("123456")
	outside.OutOfRange = true
	repaired := right(50)
	repaired.Repaired = true
	cut := Sample{Mark: Wrong, Truncated: true, Retries: 3}
	unscored := Problem{ID: "z", Verdict: Verdict{Answer: "1", Votes: 1, Of: 1}, Samples: []Sample{{Answer: "1", Tokens: 1}}}
	return Run{Name: "small", Problems: []Problem{
		scored("1a", Verdict{Answer: "7", Mark: Right, Votes: 3, Of: 4}, right(10), right(20), repaired, cut),
		scored("1b", Verdict{Answer: "8", Mark: Wrong, Votes: 2, Of: 4}, wrong("8"), wrong("8"), right(30), outside),
		scored("2a", Verdict{Answer: "9", Mark: Wrong, Votes: 3, Of: 3}, wrong("9"), wrong("9"), wrong("9")),
		scored("2b", Verdict{Mark: Wrong, Of: 2}, cut, cut),
		scored("2c", Verdict{Answer: "8", Mark: Wrong, Votes: 1, Of: 2, Tie: true}, wrong("8"), right(5)),
		unscored,
	}}
}

func TestReportCounts(t *testing.T) {
	r := Of(small(), 1)
	if r.Problems != 6 || r.Scored != 5 || r.Samples != 16 || r.MinSamples != 1 || r.MaxSamples != 4 || r.Orders != 0 {
		t.Errorf("%+v", r)
	}
	want := Outcomes{NoVerdict: 1, Ties: 1, SelectionLoss: 2, NeverRight: 2, UnanimousWrong: 1, NoAnswer: 3, Truncated: 3, OutOfRange: 1, Repaired: 1}
	if r.Outcomes != want {
		t.Errorf("outcomes %+v\nwant     %+v", r.Outcomes, want)
	}
	if c := r.Cost; c != (Cost{Tokens: 816, Seconds: 50, Cells: 14, CellErrors: 7, Retries: 9}) {
		t.Errorf("cost %+v", c)
	}
	if r.Accuracy.Value != .2 || r.Accuracy.Of != 5 {
		t.Errorf("accuracy %+v", r.Accuracy)
	}
}

// TestReportAtK holds what the samples of the small run give to fractions by hand: of
// 3/4, 1/4, 0, 0 and 1/2 right.
func TestReportAtK(t *testing.T) {
	r := Of(small(), 1)
	if !near(r.Avg.Value, .3) || r.Avg.Of != 5 {
		t.Errorf("avg %+v", r.Avg)
	}
	for _, row := range []struct {
		k, of          int
		avg, maj, pass float64
	}{
		{1, 5, .3, .3, .3},
		{2, 5, .3, (1 + (1./6 + 2*.5/6) + .5) / 5, (1 + .5 + 1) / 5},
		{3, 3, 1. / 3, (1 + 2*.5/4) / 3, (1 + .75) / 3},
		{4, 2, .5, (1. + 0) / 2, 1},
	} {
		at := r.AtK[row.k-1]
		if at.K != row.k || at.Pass.Of != row.of || !near(at.Avg.Value, row.avg) || !near(at.Maj.Value, row.maj) || !near(at.Pass.Value, row.pass) {
			t.Errorf("k %d: %+v\nwant %+v", row.k, at, row)
		}
	}
}

func TestReportByNameAndShare(t *testing.T) {
	r := Of(small(), 1)
	if len(r.Subjects) != 1 || r.Subjects[0].Name != "Algebra" || r.Subjects[0].Problems != 5 || !near(r.Subjects[0].Tokens, 163) {
		t.Errorf("subjects %+v", r.Subjects)
	}
	if len(r.Levels) != 2 || r.Levels[0].Name != "1" || r.Levels[0].Accuracy.Value != .5 || r.Levels[1].Avg.Of != 3 {
		t.Errorf("levels %+v", r.Levels)
	}
	var got [][3]float64
	for _, s := range r.Shares {
		got = append(got, [3]float64{s.Mean, s.Right.Value, float64(s.Right.Of)})
	}
	if want := [][3]float64{{.5, 0, 2}, {.75, 1, 1}, {1, 0, 1}}; !reflect.DeepEqual(got, want) {
		t.Errorf("shares %v, want %v", got, want)
	}
	if want := (2*.5 + .25 + 1) / 4; !near(r.ShareError, want) {
		t.Errorf("share error %v, want %v", r.ShareError, want)
	}
}

// TestOneSampleIsNotUnanimous, nor are two of which one gave no answer.
func TestOneSampleIsNotUnanimous(t *testing.T) {
	r := Of(Run{Problems: []Problem{scored("1", Verdict{Answer: "8", Mark: Wrong}, wrong("8")), scored("2", Verdict{Answer: "8", Mark: Wrong}, wrong("8"), wrong(""))}}, 1)
	if r.Outcomes.UnanimousWrong != 0 || r.Outcomes.NeverRight != 2 {
		t.Errorf("%+v", r.Outcomes)
	}
}

func TestReportOfNothing(t *testing.T) {
	r := Of(Run{}, 1)
	if r.Accuracy.Of != 0 || len(r.AtK) != 0 || r.Avg.Value != 0 {
		t.Errorf("%+v", r)
	}
	Compare(Run{}, Run{}, 1)
	Of(Run{Problems: []Problem{{ID: "a", Verdict: Verdict{Mark: Wrong}}}}, 1)
}

func TestTwoRuns(t *testing.T) {
	verdict := func(id, answer string) Problem {
		m := Wrong
		if answer == "7" {
			m = Right
		}
		return scored(id, Verdict{Answer: answer, Mark: m, Votes: 1, Of: 1}, Sample{Answer: answer, Mark: m, Tokens: 10})
	}
	a := Run{Name: "A", Problems: []Problem{verdict("1", "7"), verdict("2", "7"), verdict("3", "8"), verdict("4", "8"), verdict("5", "9"), verdict("6", "7"), verdict("2", "8")}}
	b := Run{Name: "B", Problems: []Problem{verdict("5", "10"), verdict("4", "8"), verdict("3", "7"), verdict("2", ""), verdict("1", "7"), {ID: "6"}, verdict("9", "7")}}
	p := Compare(a, b, 1)
	want := []Flip{{"2", "7", "7", "", Right, Wrong, 1, 3}, {"3", "7", "8", "7", Wrong, Right, 2, 2}}
	if !reflect.DeepEqual(p.Flips, want) || len(p.Changed) != 1 || p.Changed[0].ID != "5" {
		t.Errorf("flips %+v, changed %+v", p.Flips, p.Changed)
	}
	if p.Both != 5 || p.OnlyA != 2 || p.OnlyB != 2 || p.RightBoth != 1 || p.RightA != 1 || p.RightB != 1 || p.WrongBoth != 2 {
		t.Errorf("%+v", p)
	}
	if p.TwoRuns != 2 || p.Difference.Value != 0 || p.Difference.Of != 5 || p.Test.P != 1 || p.CostA.Tokens != 50 || p.CostB.Tokens != 50 {
		t.Errorf("%+v", p)
	}
}

// large is a run of problems with so many samples each, of which every fourth sample gave
// one of some wrong answers.
func large(problems, samples int) Run {
	r := rand.New(rand.NewPCG(1, 2))
	run := Run{Problems: make([]Problem, problems)}
	for i := range run.Problems {
		p := Problem{ID: fmt.Sprint(i), Subject: []string{"Algebra", "Geometry"}[i%2], Level: fmt.Sprint(i % 5), Expected: "7", Samples: make([]Sample, samples)}
		p.Verdict = Verdict{Answer: "7", Mark: Right, Votes: samples, Of: samples}
		hard := r.Float64()
		for k := range p.Samples {
			p.Samples[k] = Sample{Answer: "7", Mark: Right, Tokens: 1000}
			if r.Float64() < hard {
				p.Samples[k] = Sample{Answer: fmt.Sprint(r.IntN(10) + 10), Mark: Wrong, Tokens: 1000}
			}
		}
		run.Problems[i] = p
	}
	return run
}

// BenchmarkMillion makes the report of a million samples.
func BenchmarkMillion(b *testing.B) {
	for _, samples := range []int{8, 64, 1000} {
		run := large(1_000_000/samples, samples)
		b.Run(fmt.Sprintf("%d-each", samples), func(b *testing.B) {
			for b.Loop() {
				Of(run, 1)
			}
		})
	}
}
