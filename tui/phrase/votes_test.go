package phrase_test

import (
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/phrase"
)

// TestVotes: every sample of an attempt is one of those that its verdict counts.
func TestVotes(t *testing.T) {
	states := func(finished, stopped, failed int) (all []engine.SampleProgress) {
		for s, n := range map[engine.SampleState]int{engine.Finished: finished, engine.Stopped: stopped, engine.Failed: failed} {
			for range n {
				all = append(all, engine.SampleProgress{State: s})
			}
		}
		return all
	}
	for want, p := range map[string]*engine.Progress{
		"4 votes, 0 against, 4 stopped": {Verdict: &engine.Verdict{Votes: 4, Of: 4}, Samples: states(4, 4, 0)},
		"1 vote, 0 against, 7 stopped":  {Verdict: &engine.Verdict{Votes: 1, Of: 1}, Samples: states(1, 7, 0)},
		"3 votes, 2 against, 1 without an answer, 1 stopped, 1 failed": {
			Verdict: &engine.Verdict{Votes: 3, Of: 6}, Tally: engine.Tally{NoAnswer: 1}, Samples: states(6, 1, 1),
		},
		"": {},
	} {
		if got := phrase.Votes(p); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
