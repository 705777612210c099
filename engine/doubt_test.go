package engine_test

import (
	"testing"

	"github.com/aimo3/aimo3/engine"
)

// TestDoubt: an answer that its votes hardly hold up is one of which to say so.
func TestDoubt(t *testing.T) {
	for _, row := range []struct {
		name    string
		v       engine.Verdict
		samples int
		want    engine.Doubt
	}{
		{"four of four, the others stopped", engine.Verdict{Votes: 4, Of: 4, Why: engine.FourAgree}, 8, ""},
		{"five of eight", engine.Verdict{Votes: 5, Of: 8, Why: engine.AllEnded}, 8, ""},
		{"half of eight", engine.Verdict{Votes: 4, Of: 8, Why: engine.AllEnded}, 8, engine.DoubtMinority},
		{"a tie", engine.Verdict{Votes: 4, Of: 8, Tie: engine.TiePrinted}, 8, engine.DoubtTie},
		{"a tie that a strategy settled", engine.Verdict{Votes: 4, Of: 8, Tie: engine.TiePrinted, Chosen: "verify"}, 8, ""},
		{"one of eight", engine.Verdict{Votes: 1, Of: 8, Why: engine.AllEnded}, 8, engine.DoubtOneVote},
		{"one of one", engine.Verdict{Votes: 1, Of: 1, Why: engine.AllEnded}, 1, engine.DoubtOneVote},
		{"one that a strategy chose", engine.Verdict{Votes: 1, Of: 8, Chosen: "select"}, 8, engine.DoubtOneVote},
		{"two of two, stopped by hand", engine.Verdict{Votes: 2, Of: 2, Why: engine.Cancelled}, 8, engine.DoubtCut},
		{"two of two, out of time", engine.Verdict{Votes: 2, Of: 2, Why: engine.OutOfBudget}, 8, engine.DoubtCut},
		{"five of eight, stopped by hand", engine.Verdict{Votes: 5, Of: 5, Why: engine.Cancelled}, 8, ""},
		{"all of them weak", engine.Verdict{Votes: 4, Of: 4, Thinking: 4, Why: engine.FourAgree}, 8, engine.DoubtThinking},
		{"some of them weak", engine.Verdict{Votes: 4, Of: 4, Thinking: 3, Why: engine.FourAgree}, 8, ""},
	} {
		row.v.Answer = "42"
		if got := row.v.Doubt(row.samples); got != row.want {
			t.Errorf("%s: %q, want %q", row.name, got, row.want)
		}
	}
	if none := (&engine.Verdict{Of: 8}); none.Doubt(8) != "" {
		t.Error("of no answer there is no doubt")
	}
}
