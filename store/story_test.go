package store

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
)

var start = time.Date(2026, 3, 1, 12, 0, 0, 123456789, time.UTC)

// story is a whole attempt of some samples and at least n events, as an engine
// would tell it; the same seed tells the same one.
func story(id engine.AttemptID, seed uint64, n int) []engine.Event {
	r := rand.New(rand.NewPCG(seed, 1))
	texts := []string{"so ", "\\frac{1}{2} ", "答え", "<b>&", "\x1b[31m", "\n", "\u2028", "e\u0301", "\U0001F600", `"{}"`, "\x00"}
	var all []engine.Event
	tell := func(f engine.Fact) {
		seq := uint64(len(all) + 1)
		all = append(all, engine.Event{Attempt: id, Seq: seq, At: start.Add(time.Duration(seq) * time.Millisecond), Fact: f})
	}
	plan := engine.Plan{Model: "qwen3:8b", Samples: 1 + r.IntN(4), Seed: int64(seed)}.WithDefaults()
	tell(engine.AttemptStarted{Problem: engine.Problem{Source: "typed", Statement: "What is \\frac{1}{2}+\\frac{1}{2}?", Key: "1"}, Plan: plan})
	for i := range plan.Samples {
		tell(engine.SampleStarted{Sample: i, Seed: plan.Seed + int64(i)})
	}
	for len(all) < n {
		i := r.IntN(plan.Samples)
		switch k := r.IntN(40); {
		case k == 0:
			tell(engine.PhaseChanged{Sample: i, Phase: engine.Reasoning})
		case k == 1:
			tell(engine.ReplyWasThinking{Sample: i})
		case k == 39:
			tell(rare(r, i))
		case k < 10:
			tell(engine.Delta{Sample: i, Channel: engine.Thinking, Text: texts[r.IntN(len(texts))], Frames: 1})
		default:
			tell(engine.Delta{Sample: i, Channel: engine.Reply, Text: texts[r.IntN(len(texts))], Frames: 1})
		}
	}
	var tally engine.Tally
	for i := range plan.Samples {
		if i == 1 {
			tell(engine.SampleFailed{Sample: i, Class: engine.Crashed, Cause: "the runner died", Todo: "try again"})
			continue
		}
		tell(engine.SampleFinished{Sample: i, Answer: "1", Ending: engine.Ending{Tokens: 10 + i, Generate: time.Second}})
		tally = tally.Add(i, "1")
		tell(engine.TallyChanged{Tally: tally, Left: plan.Samples - i - 1})
	}
	right := true
	tell(engine.AttemptFinished{Verdict: engine.Verdict{Answer: "1", Votes: tally.Ended(), Of: tally.Ended(), Margin: 1, Correct: &right, Why: engine.AllEnded}})
	return all
}

// rare is a fact that is told now and then, of sample i if it is of one.
func rare(r *rand.Rand, i int) engine.Fact {
	all := []engine.Fact{
		engine.CodeChosen{Code: engine.Code{Engine: "python", Calls: true}},
		engine.CodeStarted{Sample: i, Number: 1, Code: "print('\x00é')"},
		engine.CodeFinished{Sample: i, Number: 1, Cell: engine.Cell{Output: "\x00é\n", Took: 3, Kept: true}},
		engine.SampleMeasured{Sample: i, Tokens: 256, Confidence: r.Float64()},
		engine.SampleRetried{Sample: i, Try: 2, Class: engine.Looped, Why: "the same again", Seed: 9, Wait: time.Second},
		engine.SampleStopped{Sample: i, Why: "stopped by the user"},
		engine.ChoiceStarted{Choice: "select", Candidates: []engine.Answer{"1", "2"}, Draws: 8},
		engine.ChoiceFinished{Choice: "select", Answer: "1", Scores: []float64{5, 1}},
		engine.BreakerChanged{Host: "127.0.0.1:11434", State: engine.BreakerOpen, Until: start, Why: "no server answers"},
		engine.FallbackUsed{Sample: -1, Rung: engine.RungModel, From: "qwen3:8b", To: "small:1b", NumCtx: 4096, Class: engine.Memory, Why: "out of memory"},
		engine.FallbackUsed{Sample: i, Rung: engine.RungHost, From: "here", To: "there", Class: engine.Unreachable, Why: "no server answers"},
		engine.HintGiven{Sample: i, Text: "mind the sign"},
		engine.AttemptResumed{},
		engine.RuleChanged{Stop: "none"},
		engine.SamplesAdded{Samples: 1},
		engine.NotKept{From: 7, Why: "its disk is full"},
		engine.Warning{Text: "the disk is nearly full"},
	}
	return all[r.IntN(len(all))]
}

// told is what a fold over events knows, in a form that can be compared.
func told(events []engine.Event) string {
	var p engine.Progress
	for _, e := range events {
		p.Apply(e)
	}
	s := fmt.Sprintln(p.ID, p.Problem, p.Plan, p.Begun, p.Latest, p.Seq, p.Tally, p.Warnings, p.Code, p.Fallbacks)
	for _, c := range p.Choices {
		s += fmt.Sprintln(c.ChoiceStarted, c.Ended)
	}
	if p.Verdict != nil {
		s += fmt.Sprintln(p.Verdict.Answer, p.Verdict.Votes, p.Verdict.Margin, *p.Verdict.Correct, p.Verdict.Why)
	}
	for i := range p.Samples {
		q := &p.Samples[i]
		s += fmt.Sprintf("%v %v %v %q %q %v %v %v %v %v %v %v %v\n", q.State, q.Phase, q.Seed, q.Thinking.String(), q.Reply.String(),
			q.Frames, q.Begun, q.First, q.Latest, q.Answer, q.Ending, q.Cause, q.Todo)
		s += fmt.Sprintln(q.Confidences, q.Retries)
		for _, c := range q.Cells {
			s += fmt.Sprintf("%q at %d, %d: %+v\n", c.Code, c.Thinking, c.Reply, c.Cell)
		}
	}
	return s
}

func opened(t testing.TB) *DB {
	t.Helper()
	return openedAt(t, filepath.Join(t.TempDir(), "aimo3.db"))
}

func openedAt(t testing.TB, path string) *DB {
	t.Helper()
	d, err := Open(t.Context(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return d
}

// record puts a story and returns what was handed on.
func record(t testing.TB, d *DB, events []engine.Event) []engine.Event {
	t.Helper()
	var handed []engine.Event
	r := d.Record(func(e engine.Event) error { handed = append(handed, e); return nil })
	for _, e := range events {
		if err := r.Put(e); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	return handed
}

// stored reads all events of an attempt, page by page.
func stored(t testing.TB, d *DB, id engine.AttemptID) []engine.Event {
	t.Helper()
	var all []engine.Event
	for after := uint64(0); ; {
		page, err := d.Events(context.Background(), id, after, 7)
		if err != nil {
			t.Fatal(err)
		}
		if len(page) == 0 {
			return all
		}
		all = append(all, page...)
		after = page[len(page)-1].Seq
	}
}

func equal(t testing.TB, what string, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s:\n got %v\nwant %v", what, got, want)
	}
}
