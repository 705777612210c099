package engine_test

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
)

func tally(answers ...engine.Answer) engine.Tally {
	var t engine.Tally
	for i, a := range answers {
		t = t.Add(i, a)
	}
	return t
}

// split is a tally of so many votes for each of several answers.
func split(counts ...int) engine.Tally {
	var t engine.Tally
	for i, n := range counts {
		for range n {
			t = t.Add(t.Ended(), engine.Answer(fmt.Sprint(i)))
		}
	}
	return t
}

// sure is a tally whose samples are measured, each answer with its weight.
func sure(weights map[engine.Answer][]float64) engine.Tally {
	var t engine.Tally
	for a, ws := range weights {
		for _, w := range ws {
			t = t.Cast(engine.Ballot{Sample: t.Ended(), Answer: a, Measured: true, Weight: w}, nil)
		}
	}
	return t
}

func TestStopRules(t *testing.T) {
	tests := []struct {
		name  string
		rule  engine.StopRule
		tally engine.Tally
		left  int
		want  engine.Reason
	}{
		{"three is not four", engine.StopFourAgree, tally("1", "1", "1"), 5, ""},
		{"four", engine.StopFourAgree, tally("1", "2", "1", "1", "1"), 3, engine.FourAgree},
		{"no answer does not agree", engine.StopFourAgree, tally("", "", "", ""), 4, ""},
		{"all in: nobody to stop", engine.StopFourAgree, tally("1", "1", "1", "1"), 0, ""},
		{"a tie is still possible", engine.StopUncatchable, tally("1", "1", "2"), 1, ""},
		{"not even a tie", engine.StopUncatchable, tally("1", "1", "1", "2"), 1, engine.Uncatchable},
		{"a single sample", engine.StopUncatchable, tally("1"), 0, ""},
		{"weights have no bound", engine.StopUncatchable, sure(map[engine.Answer][]float64{"1": {9, 9, 9}}), 1, ""},
		{"none", engine.StopNone, tally("1", "1", "1", "1", "1"), 1, ""},
		{"either", engine.DefaultStop, tally("1", "1", "1"), 2, engine.Uncatchable},
		{"none beside another", "none,four-agree", split(4), 2, engine.FourAgree},

		{"no votes, no lead", "asc:0.5", tally("", ""), 6, ""},
		{"even", "asc:0.5", split(2, 2), 4, ""},
		{"as usual", "asc", split(4), 4, engine.LikelyLead},
		{"not as usual", "asc", split(3), 5, ""},

		{"half a window", "esc:4", split(3), 5, ""},
		{"a window", "esc:4", split(4), 4, engine.WindowAgrees},
		{"not across windows", "esc:4", tally("2", "1", "1", "1", "1"), 3, ""},
		{"the second window", "esc:4", tally("2", "1", "1", "1", "1", "1", "1", "1"), 3, engine.WindowAgrees},
		{"the second window, not the leader", "esc:2", tally("1", "2", "3", "3", "1", "1"), 3, engine.WindowAgrees},
		{"a window with one silent", "esc:4", tally("1", "1", "", "1", "1"), 3, ""},
		{"a silent window", "esc:2", tally("", ""), 3, ""},
		{"a window and a half", "esc:2", split(3), 3, engine.WindowAgrees},

		{"too few to trust", "deepconf:0.95:4", split(3), 5, ""},
		{"enough, of one mind", "deepconf:0.95:4", split(4), 4, engine.Consensus},
		{"usually after 16", "deepconf", split(15), 9, ""},
		{"after 16", "deepconf", split(16), 9, engine.Consensus},
		{"silence is no consensus", "deepconf:0.95:2", tally("", "", ""), 9, ""},
		{"counts are not enough", "deepconf:0.9:5", split(4, 1), 3, ""},
		{"weights are", "deepconf:0.9:5", sure(map[engine.Answer][]float64{"1": {9, 9, 9, 9}, "2": {3}}), 3, engine.Consensus},
		{"weights are not", "deepconf:0.9:5", sure(map[engine.Answer][]float64{"1": {9, 9, 9, 9}, "2": {5}}), 3, ""},
	}
	for _, tt := range tests {
		if got, _ := tt.rule.Met(tt.tally, tt.left); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// TestLikelyLead holds asc to the table that its authors' formula gives, and to
// the formula itself, in exact fractions.
func TestLikelyLead(t *testing.T) {
	for _, tt := range []struct {
		a, b int
		p    float64
	}{{4, 0, .969}, {3, 0, .938}, {6, 1, .965}, {5, 1, .938}, {8, 2, .967}, {7, 2, .945}} {
		if got := lead(tt.a, tt.b); math.Abs(got-tt.p) > .0005 {
			t.Errorf("P(%d, %d) = %.4f by the formula, want %.3f", tt.a, tt.b, got, tt.p)
		}
	}
	for a := 1; a <= 40; a++ {
		for b := range a {
			p, votes := lead(a, b), split(a, b)
			for _, d := range []float64{-1e-9, 1e-9} {
				rule := engine.StopRule(fmt.Sprintf("asc:%.17g", p+d))
				if _, met := rule.Met(votes, 1); met != (d < 0) {
					t.Errorf("(%d, %d): %s met is %v; P is %v", a, b, rule, met, p)
				}
			}
		}
	}
	if _, met := engine.StopRule("asc:0.95").Met(split(300, 200), 1); !met {
		t.Error("300 to 200 is not likely to stay")
	}
}

// lead is 2^-(a+b+1) * sum of C(a+b+1, j) for j = 0..a.
func lead(a, b int) float64 {
	n, sum := int64(a+b+1), new(big.Int)
	for j := range int64(a + 1) {
		sum.Add(sum, new(big.Int).Binomial(n, j))
	}
	p, _ := new(big.Rat).SetFrac(sum, new(big.Int).Lsh(big.NewInt(1), uint(n))).Float64()
	return p
}

// TestUncatchableLosesNothing: whenever the rule stops a vote, no vote still to
// come could have changed its winner.
func TestUncatchableLosesNothing(t *testing.T) {
	stopped := 0
	for seed := range uint64(2000) {
		r := rand.New(rand.NewPCG(seed, 2))
		answers := make([]engine.Answer, 8)
		for i := range answers {
			answers[i] = []engine.Answer{"1", "1", "2", "3", ""}[r.IntN(5)]
		}
		full, _, _ := tally(answers...).Leader()
		for n := range answers {
			early := tally(answers[:n]...)
			if _, met := engine.StopUncatchable.Met(early, len(answers)-n); met {
				stopped++
				if a, _, _ := early.Leader(); a != full {
					t.Fatalf("%v stopped after %d with %s; in full %s", answers, n, a, full)
				}
				break
			}
		}
	}
	if stopped < 500 {
		t.Errorf("the rule stopped %d votes of 2000: the test shows little", stopped)
	}
}

// TestWindows: esc stops at the first window, cut from the samples in the order
// they ended, that holds one answer and nothing else.
func TestWindows(t *testing.T) {
	stopped := 0
	for seed := range uint64(500) {
		r := rand.New(rand.NewPCG(seed, 3))
		w := 2 + r.IntN(3)
		rule := engine.StopRule(fmt.Sprintf("esc:%d", w))
		var votes engine.Tally
		var said []engine.Answer
		for range 24 {
			said = append(said, []engine.Answer{"1", "1", "1", "2", ""}[r.IntN(5)])
			votes = votes.Add(99-len(said), said[len(said)-1])
			want := false
			if n := len(said) / w * w; n > 0 {
				window := said[n-w : n]
				want = window[0] != "" && len(slices.Compact(slices.Clone(window))) == 1
			}
			_, met := rule.Met(votes, 1)
			if met != want {
				t.Fatalf("%s after %q: %v, want %v", rule, said, met, want)
			}
			if met {
				stopped++
				break
			}
		}
	}
	if stopped < 100 {
		t.Errorf("the rule stopped %d of 500: the test shows little", stopped)
	}
}

func TestParseStop(t *testing.T) {
	for in, want := range map[string]engine.StopRule{
		"": engine.DefaultStop, "None": engine.StopNone, "four-agree, uncatchable": engine.DefaultStop,
		"asc:0.9,esc:5": "asc:0.9,esc:5", "ASC": "asc", "deepconf:0.9:12": "deepconf:0.9:12",
	} {
		if got, err := engine.ParseStop(in); err != nil || got != want {
			t.Errorf("ParseStop(%q) = %q, %v", in, got, err)
		}
	}
	for _, in := range []string{
		"five-agree", "none:1", "asc:", "asc:x", "asc:0.2", "asc:1.1", "asc:nan", "asc:0.9:1", "esc:1", "esc:2.5", "esc:4:", "deepconf:0.9:0", "deepconf:0.9:8:8", "four-agree,", ":", "none,four-agree", "asc,none",
	} {
		_, err := engine.ParseStop(in)
		if engine.ClassOf(err) != engine.Invalid {
			t.Errorf("ParseStop(%q): %v", in, err)
			continue
		}
		for _, name := range []string{"none", "four-agree", "uncatchable", "asc:P", "esc:W", "deepconf:TAU:N"} {
			if !strings.Contains(engine.Hint(err), name) {
				t.Errorf("ParseStop(%q) does not name %s: %s", in, name, engine.Hint(err))
			}
		}
	}
}

func TestStopWords(t *testing.T) {
	for rule, want := range map[engine.StopRule]string{
		engine.StopNone:    "runs every sample to the end",
		engine.DefaultStop: "stops when 4 agree or the lead cannot be caught",
		"asc,esc:5":        "stops when the lead is likely to hold (asc 0.95) or 5 in a row agree",
		"deepconf":         "stops when 16 have ended and one answer has 0.95 of the confidence",
	} {
		if got := rule.Words(); got != want {
			t.Errorf("%s: %q, want %q", rule, got, want)
		}
	}
	for _, why := range []engine.Reason{engine.LikelyLead, engine.WindowAgrees, engine.Consensus} {
		if !strings.HasPrefix(why.Words(), "stopped early: ") {
			t.Errorf("%s is %q to a person", why, why.Words())
		}
	}
}

// TestRulesThatCannotEnd: of so few samples a rule that only all of them can meet ends
// nothing early, and is not announced.
func TestRulesThatCannotEnd(t *testing.T) {
	for _, row := range []struct {
		rule    engine.StopRule
		samples int
		want    engine.StopRule
	}{
		{engine.DefaultStop, 1, "none"},
		{engine.DefaultStop, 2, "none"},
		{engine.DefaultStop, 3, "uncatchable"},
		{engine.DefaultStop, 4, "uncatchable"},
		{engine.DefaultStop, 5, engine.DefaultStop},
		{"none", 8, "none"},
		{"four-agree", 3, "none"},
		{"esc:4", 4, "none"},
		{"esc:4", 5, "esc:4"},
		{"asc", 4, "none"},
		{"asc,four-agree", 5, "asc,four-agree"},
		{"deepconf", 16, "none"},
		{"deepconf", 17, "deepconf"},
		{"a rule of a newer program", 2, "a rule of a newer program"},
	} {
		if got := row.rule.Within(row.samples); got != row.want {
			t.Errorf("%s of %d samples: %s, want %s", row.rule, row.samples, got, row.want)
		}
	}
}

func BenchmarkMet(b *testing.B) {
	for _, n := range []int{8, 512} {
		votes := split(n/2, n/2-1, 1)
		for _, rule := range []engine.StopRule{engine.StopFourAgree, engine.StopUncatchable, "asc:0.95", "esc:4", "deepconf:0.95:4"} {
			b.Run(fmt.Sprintf("%s/%d", rule, n), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					rule.Met(votes, 1)
				}
			})
		}
	}
}
