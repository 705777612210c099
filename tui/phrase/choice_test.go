package phrase

import (
	"testing"

	"github.com/aimo3/aimo3/engine"
)

func TestChoice(t *testing.T) {
	three := []engine.Answer{"1", "2", "3"}
	ended := func(answer engine.Answer, scores ...float64) *engine.ChoiceFinished {
		return &engine.ChoiceFinished{Answer: answer, Scores: scores}
	}
	for _, row := range []struct {
		choice engine.ChoiceStarted
		ended  *engine.ChoiceFinished
		want   string
	}{
		{engine.ChoiceStarted{Choice: "select", Draws: 8}, nil, "choosing by select among 3 answers"},
		{engine.ChoiceStarted{Choice: "select", Draws: 8}, ended("2", 1, 5, 1), "chosen by select: judge votes 5 to 2"},
		{engine.ChoiceStarted{Choice: "select", Draws: 8}, ended("", 4, 4), "select undecided: judge votes 4 to 4"},
		{engine.ChoiceStarted{Choice: "select", Draws: 8}, ended("", 0, 1, 0), "select undecided: judge votes 1 to 0"},
		{engine.ChoiceStarted{Choice: "verify"}, ended("2", 2.25, 6, 1), "chosen by verify: weight 6 to 2.25"},
		{engine.ChoiceStarted{Choice: "verify"}, ended(""), "verify undecided"},
		{engine.ChoiceStarted{Choice: "second-round", Samples: 4}, nil, "choosing by second-round among 3 answers: 4 more samples"},
		{engine.ChoiceStarted{Choice: "second-round", Samples: 1}, ended(""), "second-round took 1 more sample"},
		{engine.ChoiceStarted{Choice: evil}, ended(""), "a␛[2J b⟨U+202E⟩ undecided"},
	} {
		row.choice.Candidates = three
		if got := Choice(&engine.Choosing{ChoiceStarted: row.choice, Ended: row.ended}); got != row.want {
			t.Errorf("got %q, want %q", got, row.want)
		}
	}
}
