package rescore_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/dataset"
	"github.com/aimo3/aimo3/engine/figures"
	"github.com/aimo3/aimo3/engine/rescore"
)

// reader is that of a name.
func reader(t *testing.T, name string) rescore.Reader {
	t.Helper()
	r, err := rescore.ParseReader(name)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// filled is a set of samples.
func filled(t *testing.T, how rescore.Reading, all ...dataset.Sample) *rescore.Set {
	t.Helper()
	set := rescore.New("test", how)
	for _, s := range all {
		if err := set.Add(s); err != nil {
			t.Fatal(err)
		}
	}
	return set
}

// run is what a set comes to.
func run(t *testing.T, set *rescore.Set, v rescore.Voting) figures.Run {
	t.Helper()
	r, err := set.Run(v)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// answered are samples of one problem that gave these answers, and cost 10 tokens each.
func answered(expected string, answers ...string) []dataset.Sample {
	var all []dataset.Sample
	for _, a := range answers {
		all = append(all, dataset.Sample{ID: "p", Expected: expected, Answer: a, Answered: true, Tokens: 10})
	}
	return all
}

func TestReaders(t *testing.T) {
	const text = "First \\boxed{3}.\nThe answer is 5.\nA: 7 apples\nB: 9"
	for name, want := range map[string]string{"boxed": "3", "after:A:": "7 apples", "after:B: ": "9", "after:C:": ""} {
		r := run(t, filled(t, rescore.Reading{Reader: reader(t, name)}, dataset.Sample{ID: "p", Text: text, Answer: "4", Answered: true}), rescore.Voting{})
		if got := r.Problems[0].Samples[0].Answer; got != want {
			t.Errorf("%s reads %q, want %q", name, got, want)
		}
	}
	for name, want := range map[string]string{"recorded": "4", "stated": "", "guessed": "12"} {
		r := run(t, filled(t, rescore.Reading{Reader: reader(t, name)}, dataset.Sample{ID: "p", Text: "There are 12 of them", Answer: "4", Answered: true}), rescore.Voting{})
		if got := r.Problems[0].Samples[0].Answer; got != want {
			t.Errorf("%s reads %q, want %q", name, got, want)
		}
	}
	for _, name := range []string{"", "after:", "boxed:x", "last"} {
		if _, err := rescore.ParseReader(name); engine.ClassOf(err) != engine.Invalid {
			t.Errorf("%q is taken: %v", name, err)
		}
	}
}

// TestReadersReadWorkedSolutions of what is expected as they read samples.
func TestReadersReadWorkedSolutions(t *testing.T) {
	r := run(t, filled(t, rescore.Reading{Reader: reader(t, "after:A:")}, dataset.Sample{ID: "p", Text: "A: 1,000", Expected: "2 + 998\nA: 1000"}), rescore.Voting{})
	if p := r.Problems[0]; p.Expected != "1000" || p.Verdict.Mark != figures.Right {
		t.Errorf("%+v", p)
	}
}

func TestVoters(t *testing.T) {
	for _, row := range []struct {
		name    string
		answers []string
		voting  rescore.Voting
		want    figures.Verdict
		used    int
	}{
		{"the majority", []string{"1", "2", "0.5", `\frac12`}, rescore.Voting{}, figures.Verdict{Answer: "0.5", Mark: figures.Right, Votes: 2, Of: 4}, 4},
		{"a tie", []string{"1", "2"}, rescore.Voting{Voter: rescore.Count}, figures.Verdict{Answer: "1", Mark: figures.Wrong, Votes: 1, Of: 2, Tie: true}, 2},
		{"the first one", []string{"", "2", "0.5", "0.5"}, rescore.Voting{Voter: rescore.First}, figures.Verdict{Answer: "2", Mark: figures.Wrong, Votes: 1, Of: 2}, 2},
		{"no first one", []string{"", ""}, rescore.Voting{Voter: rescore.First}, figures.Verdict{Mark: figures.Wrong, Of: 2}, 2},
		{"four agree", []string{"3", "1/2", "0.5", "0.50", `\frac{1}{2}`, "3", "3"}, rescore.Voting{Stop: "four-agree"}, figures.Verdict{Answer: "1/2", Mark: figures.Right, Votes: 4, Of: 5}, 5},
		{"no stop", []string{"3", "3", "3", "3", "1/2"}, rescore.Voting{Stop: "none"}, figures.Verdict{Answer: "3", Mark: figures.Wrong, Votes: 4, Of: 5}, 5},
	} {
		p := run(t, filled(t, rescore.Reading{}, answered("1/2", row.answers...)...), row.voting).Problems[0]
		if p.Verdict != row.want || len(p.Samples) != row.used {
			t.Errorf("%s: %+v by %d samples, want %+v by %d", row.name, p.Verdict, len(p.Samples), row.want, row.used)
		}
	}
	if _, err := filled(t, rescore.Reading{}, answered("1", "1")...).Run(rescore.Voting{Voter: rescore.Confidence}); engine.ClassOf(err) != engine.Invalid || !strings.Contains(err.Error(), "no sample of it has a confidence") {
		t.Errorf("votes are weighed by nothing: %v", err)
	}
}

// TestSamplesOfOneClass have one answer, and are right together.
func TestSamplesOfOneClass(t *testing.T) {
	p := run(t, filled(t, rescore.Reading{}, answered("0.5", "1/2", "", "2", `\frac12`)...), rescore.Voting{}).Problems[0]
	var got []string
	for _, s := range p.Samples {
		got = append(got, s.Answer+" "+string(s.Mark))
	}
	if want := []string{"1/2 right", " wrong", "2 wrong", "1/2 right"}; !reflect.DeepEqual(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if p := run(t, filled(t, rescore.Reading{}, answered("", "1")...), rescore.Voting{}).Problems[0]; p.Verdict.Mark != figures.Unscored || p.Samples[0].Mark != figures.Unscored {
		t.Errorf("without an expected answer: %+v", p)
	}
}

// TestAnswersAreChecked as the solver does, where that is wished for: reduced by the modulus
// that the statement names, or left out.
func TestAnswersAreChecked(t *testing.T) {
	all := answered("21818", "121818", "21818", "-3")
	for i := range all {
		all[i].Statement = "Find the remainder when N is divided by 100000."
	}
	p := run(t, filled(t, rescore.Reading{Check: true}, all...), rescore.Voting{}).Problems[0]
	if s := p.Samples; !s[0].Repaired || s[0].Mark != figures.Right || s[1].Repaired || s[1].Mark != figures.Right || p.Verdict.Votes < 2 {
		t.Errorf("%+v", p)
	}
	p = run(t, filled(t, rescore.Reading{}, all...), rescore.Voting{}).Problems[0]
	if s := p.Samples; s[0].Repaired || s[0].Mark != figures.Wrong {
		t.Errorf("nothing is to be checked: %+v", p)
	}
	for i := range all {
		all[i].Statement = "How many are there?"
	}
	rng := rescore.Reading{Check: true, Range: between(t, "integer:0..99999")}
	p = run(t, filled(t, rng, all...), rescore.Voting{}).Problems[0]
	if s := p.Samples; !s[0].OutOfRange || s[0].Mark != figures.Wrong || s[0].Answer != "121818" || p.Verdict.Answer != "21818" || p.Verdict.Votes != 1 {
		t.Errorf("%+v", p)
	}
}

// TestProblemsAreFoundByNameOrStatement: a mere number is no name.
func TestProblemsAreFoundByNameOrStatement(t *testing.T) {
	set := filled(t, rescore.Reading{}, dataset.Sample{ID: "1", Statement: "What is 1?", Answer: "1", Answered: true}, dataset.Sample{ID: "2", Statement: "What is 1?", Answer: "1", Answered: true}, dataset.Sample{ID: "a1", Statement: "What is 1?", Answer: "1", Answered: true})
	if set.Problems() != 2 {
		t.Errorf("%d problems", set.Problems())
	}
	if err := set.Add(dataset.Sample{ID: "a1", Expected: "1"}); err != nil {
		t.Error(err)
	}
	if err := set.Add(dataset.Sample{ID: "a1", Expected: "2"}); err == nil || !strings.Contains(err.Error(), `two answers are expected of one problem, "1" and "2"`) {
		t.Errorf("expected twice: %v", err)
	}
}

// TestProblemsAreDescribed by a file of problems, where samples do not say it: by name or by
// statement.
func TestProblemsAreDescribed(t *testing.T) {
	set := rescore.New("test", rescore.Reading{Check: true})
	for _, e := range []dataset.Entry{
		{Problem: engine.Problem{ID: "p", Statement: "Find the remainder when N is divided by 100.", Key: "7"}, Subject: "Algebra", Level: "3"},
		{Problem: engine.Problem{ID: "2", Statement: "What is 1 + 1?", Key: "2"}, Subject: "Sums"},
	} {
		set.Describe(e)
	}
	for _, one := range []dataset.Sample{
		{ID: "p", Answer: "107", Answered: true}, {Statement: "What is 1 + 1?", Answer: "2", Answered: true}, {ID: "2", Answer: "3", Answered: true, Subject: "Other"}, {ID: "q", Answer: "3", Answered: true},
	} {
		if err := set.Add(one); err != nil {
			t.Fatal(err)
		}
	}
	all := run(t, set, rescore.Voting{}).Problems
	if len(all) != 3 || all[0].Subject != "Algebra" || all[0].Level != "3" || !all[0].Samples[0].Repaired || all[0].Verdict.Mark != figures.Right {
		t.Errorf("%+v", all)
	}
	if len(all[1].Samples) != 2 || all[1].Subject != "Sums" || all[1].Expected != "2" || all[2].Expected != "" {
		t.Errorf("%+v", all[1:])
	}
}
