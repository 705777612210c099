package engine_test

import (
	"math/rand/v2"
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
		{"a tie is still possible", engine.StopUncatchable, tally("1", "1", "2"), 1, ""},
		{"not even a tie", engine.StopUncatchable, tally("1", "1", "1", "2"), 1, engine.Uncatchable},
		{"all in: nothing to stop", engine.StopUncatchable, tally("1"), 0, ""},
		{"none", engine.StopNone, tally("1", "1", "1", "1", "1"), 1, ""},
		{"either", engine.DefaultStop, tally("1", "1", "1"), 2, engine.Uncatchable},
	}
	for _, tt := range tests {
		if got, _ := tt.rule.Met(tt.tally, tt.left); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
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

func TestTies(t *testing.T) {
	a, first, second := tally("2", "1", "1", "2").Leader()
	if a != "1" || first != 2 || second != 2 {
		t.Errorf("leader %s with %d to %d; want 1, which reached two first", a, first, second)
	}
}

func TestParseStop(t *testing.T) {
	for in, want := range map[string]engine.StopRule{"": engine.DefaultStop, "None": engine.StopNone, "four-agree, uncatchable": engine.DefaultStop} {
		if got, err := engine.ParseStop(in); err != nil || got != want {
			t.Errorf("ParseStop(%q) = %q, %v", in, got, err)
		}
	}
	if _, err := engine.ParseStop("five-agree"); engine.ClassOf(err) != engine.Invalid {
		t.Errorf("err = %v", err)
	}
}
