package solve_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/enginetest"
	"github.com/aimo3/aimo3/engine/solve"
)

// TestStoppedSamplesSayWhatTheyGenerated: whoever adds up the facts that end samples has the
// tokens of all of them, as whoever heard all that was said has.
func TestStoppedSamplesSayWhatTheyGenerated(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &scripted{play: func(ctx context.Context, ask engine.Ask, say func(engine.Piece)) (engine.Ending, error) {
			for range 100 * (ask.Seed + 1) {
				say(engine.Piece{Frames: 1, Channel: engine.Thinking, Text: "x"})
			}
			switch ask.Seed {
			case 0, 1, 2, 3:
				time.Sleep(time.Second)
				say(engine.Piece{Frames: 1, Channel: engine.Reply, Text: "\\boxed{42}"})
				return engine.Ending{Tokens: 1000}, nil
			case 4:
				return engine.Ending{}, &engine.Fault{Class: engine.Invalid, What: "refused", Err: errors.New("400")}
			}
			return stall(ctx)
		}}
		var l log
		v, err := (&solve.Solver{Backend: b}).Attempt(t.Context(), "a1", problem, engine.Plan{Samples: 8, Stop: engine.StopFourAgree}, l.put)
		if err != nil || v.Votes != 4 {
			t.Fatal(v, err)
		}
		sum, want := 0, 4*1000+500+600+700+800
		for _, e := range l.events {
			switch f := e.Fact.(type) {
			case engine.SampleFinished:
				sum += f.Ending.Tokens
			case engine.SampleFailed:
				sum += f.Tokens
			case engine.SampleStopped:
				sum += f.Tokens
			}
		}
		if folded := enginetest.Fold(l.events).Tokens(); sum != want || folded != want {
			t.Errorf("the facts that end samples say %d, all facts %d, want %d", sum, folded, want)
		}
	})
}
