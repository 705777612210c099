package engine_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/enginetest"
)

// said is what a sample says in a part of a turn.
func said(r *rand.Rand) []engine.Fact {
	var facts []engine.Fact
	for range r.IntN(8) {
		switch r.IntN(5) {
		case 0:
			facts = append(facts, engine.PhaseChanged{Phase: engine.Reasoning})
		case 1:
			facts = append(facts, engine.ReplyWasThinking{})
		case 2:
			facts = append(facts, engine.SampleMeasured{Tokens: 256, Confidence: r.Float64()})
		default:
			channel := []engine.Channel{engine.Thinking, engine.Reply, engine.Writing}[r.IntN(3)]
			facts = append(facts, engine.Delta{Channel: channel, Text: fmt.Sprint(r.IntN(1000)), Frames: 1})
		}
	}
	return facts
}

// between is how a turn ends and the next one begins: with a cell or two, or as
// the model is told to answer.
func between(r *rand.Rand, n int) []engine.Fact {
	if r.IntN(3) == 0 {
		return []engine.Fact{engine.PhaseChanged{Phase: engine.Queued}}
	}
	var facts []engine.Fact
	for i := range 1 + r.IntN(2) {
		facts = append(facts, engine.CodeStarted{Number: n + i, Code: "1"}, engine.CodeFinished{Number: n + i, Cell: engine.Cell{Output: "1"}})
	}
	return facts
}

// TestRetriedIsVoid: a log in which half replies were retried folds to what the
// log without them does, but for counts, seeds, retries and times.
func TestRetriedIsVoid(t *testing.T) {
	for seed := range uint64(500) {
		r := rand.New(rand.NewPCG(seed, 7))
		plain, retried := []engine.Fact{engine.SampleStarted{}}, []engine.Fact{engine.SampleStarted{}}
		for turn := range 1 + r.IntN(4) {
			for try := range r.IntN(3) {
				retried = append(append(retried, said(r)...), engine.SampleRetried{Try: try + 2, Class: engine.Looped})
			}
			whole := append([]engine.Fact{engine.PhaseChanged{Phase: engine.Reading}}, said(r)...)
			whole = append(whole, between(r, turn)...)
			plain, retried = append(plain, whole...), append(retried, whole...)
		}
		want, got := foldOf(plain), foldOf(retried)
		n := 0
		for _, f := range retried {
			if d, ok := f.(engine.Delta); ok {
				n += d.Frames
			}
		}
		if s := &got.Samples[0]; s.Frames != n {
			t.Errorf("seed %d: %d frames count, want all %d that came", seed, s.Frames, n)
		}
		for _, p := range []*engine.Progress{want, got} {
			p.Seq, p.Samples[0].Frames, p.Samples[0].Retries = 0, 0, nil
		}
		if portrait(got) != portrait(want) {
			t.Fatalf("seed %d: %v\nfolds to\n%s\nwant\n%s", seed, retried, portrait(got), portrait(want))
		}
	}
}

// foldOf is the fold over facts of one sample.
func foldOf(facts []engine.Fact) *engine.Progress {
	all := append([]engine.Fact{engine.AttemptStarted{Plan: engine.Plan{Samples: 1}}}, facts...)
	events := make([]engine.Event, len(all))
	for i, f := range all {
		events[i] = engine.Event{Attempt: "a1", Seq: uint64(i + 1), At: time.Unix(int64(i), 0), Fact: f}
	}
	return enginetest.Fold(events)
}

// TestRetriedWaitsAgain: a sample that is asked again waits, with the seed of its next try.
func TestRetriedWaitsAgain(t *testing.T) {
	p := foldOf([]engine.Fact{
		engine.SampleStarted{Seed: 3},
		engine.PhaseChanged{Phase: engine.Answering},
		engine.Delta{Channel: engine.Writing, Text: "1+", Frames: 1},
		engine.SampleRetried{Try: 2, Class: engine.Looped, Seed: 9},
	})
	if s := &p.Samples[0]; s.Phase != engine.Queued || s.Seed != 9 || s.Writing.Len() > 0 || !s.Open() {
		t.Errorf("it is %s, with seed %d, and writes %q", s.Phase, s.Seed, s.Writing.String())
	}
}
