package store

import (
	"fmt"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
)

func TestSplits(t *testing.T) {
	d := opened(t)
	yes, no := true, false
	for i, v := range []engine.Verdict{
		{Votes: 4, Of: 5, Correct: &yes},
		{Votes: 4, Of: 5, Correct: &no},
		{Votes: 4, Of: 5, Correct: &yes},
		{Votes: 2, Of: 8, Correct: &no},
		{Votes: 4, Of: 5},               // its problem has no key
		{Votes: 0, Of: 5, Correct: &no}, // no answer
		{Votes: 8, Of: 8, Correct: &yes},
		{Votes: 2, Of: 8, Correct: &yes, Chosen: "judge"}, // not by its votes
		{Votes: 2, Of: 8, Correct: &yes, Carried: 7},      // most of which another attempt counts
	} {
		id := engine.AttemptID(fmt.Sprint("a", i))
		err := d.commit([]engine.Event{
			{Attempt: id, Seq: 1, At: start, Fact: engine.AttemptStarted{Problem: engine.Problem{Statement: "?"}}},
			{Attempt: id, Seq: 2, At: start.Add(time.Second), Fact: engine.AttemptFinished{Verdict: v}},
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	attempt(t, d, "killed", "?", "m", "")
	if err := d.Delete(t.Context(), "a6"); err != nil {
		t.Fatal(err)
	}
	got, err := d.Splits(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "splits", got, []engine.Split{{Votes: 4, Of: 5, Right: 2, Scored: 3}, {Votes: 2, Of: 8, Right: 0, Scored: 1}})
}
