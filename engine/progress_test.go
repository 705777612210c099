package engine_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/enginetest"
)

// portrait is a Progress as text, for comparing.
func portrait(p *engine.Progress) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %q %+v %+v %v %v %+v %v\n", p.ID, p.Parent, p.Problem, p.Tally, p.Warnings, p.Seq, p.Code, p.Resumed.UTC())
	for i := range p.Samples {
		s := &p.Samples[i]
		fmt.Fprintf(&b, "%d %s %s %d %q %q %d %s %s %s %+v %v %+v\n", i, s.State, s.Phase, s.Seed, s.Thinking.String(), s.Reply.String(), s.Frames, s.Answer, s.Cause, s.Todo, s.Ending, s.Confidences, s.Retries)
		fmt.Fprintf(&b, "%+v %q\n", s.Hints, s.From)
		for _, c := range s.Cells {
			fmt.Fprintf(&b, "  %q at %d, %d: %+v\n", c.Code, c.Thinking, c.Reply, c.Cell)
		}
		fmt.Fprintf(&b, "  writing %q\n", s.Writing.String())
	}
	fmt.Fprintf(&b, "%+v\n%+v\n%+v\n", p.Breakers, p.Plan, p.Fallbacks)
	for _, c := range p.Choices {
		fmt.Fprintf(&b, "%+v", c.ChoiceStarted)
		if c.Ended != nil {
			fmt.Fprintf(&b, " %+v", *c.Ended)
		}
	}
	if p.Verdict != nil {
		fmt.Fprintf(&b, "%+v", *p.Verdict)
	}
	return b.String()
}

// randomLog makes a log with every kind of fact in it.
func randomLog(r *rand.Rand) []engine.Event {
	var events []engine.Event
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	add := func(f engine.Fact) {
		at = at.Add(time.Duration(r.IntN(50)) * time.Millisecond)
		events = append(events, engine.Event{Attempt: "a1", Seq: uint64(len(events) + 1), At: at, Fact: f})
	}
	add(engine.AttemptStarted{Problem: engine.Problem{Statement: "?"}, Plan: engine.Plan{Samples: 3}.WithDefaults()})
	for i := range 60 {
		s := r.IntN(5) // more than there are, until a choice takes some: a stranger must be ignored
		switch r.IntN(29) {
		case 0:
			add(engine.SampleStarted{Sample: s, Seed: int64(i)})
		case 1:
			add(engine.PhaseChanged{Sample: s, Phase: engine.Reasoning})
		case 2:
			add(engine.ReplyWasThinking{Sample: s})
		case 3:
			add(engine.SampleFinished{Sample: s, Answer: "4", Ending: engine.Ending{Tokens: i, Generate: time.Second}})
			add(engine.TallyChanged{Tally: engine.Tally{}.Add(s, "4"), Left: 2})
		case 4:
			add(engine.SampleFailed{Sample: s, Class: engine.Stalled, Cause: "no bytes", Todo: "wait"})
		case 5:
			add(engine.SampleStopped{Sample: s, Why: "decided"})
		case 6:
			add(engine.NotKept{From: uint64(i), Until: uint64(i % 2 * i), Why: "its disk is full"})
			add(engine.Warning{Text: "hot"})
		case 7:
			add(engine.CodeChosen{Code: engine.Code{Engine: "python", Calls: true}})
		case 8:
			add(engine.CodeStarted{Sample: s, Number: i, Code: "x = 1\nx"})
		case 9:
			add(engine.CodeFinished{Sample: s, Number: i, Cell: engine.Cell{Output: "1\x00", Err: "oh", Took: 3, Kept: true}})
		case 10:
			add(engine.ChoiceStarted{Choice: "judge", Candidates: []engine.Answer{"4", "5"}, Samples: r.IntN(2), Draws: 8})
		case 11:
			add(engine.ChoiceFinished{Choice: "judge", Answer: "4", Scores: []float64{5, 2.5}})
		case 12:
			add(engine.SampleMeasured{Sample: s, Tokens: 256, Confidence: float64(i)})
		case 13:
			add(engine.SampleRetried{Sample: s, Try: 2, Class: engine.Looped, Why: "the same again", Seed: int64(i), Wait: time.Second})
		case 14:
			state := []engine.BreakerState{engine.BreakerClosed, engine.BreakerOpen, engine.BreakerHalfOpen}[r.IntN(3)]
			add(engine.BreakerChanged{Host: "there", Model: []string{"", "m"}[r.IntN(2)], State: state, Until: at.Add(time.Second).UTC(), Why: "no server"})
		case 15:
			add([]engine.FallbackUsed{
				{Sample: s, Rung: engine.RungHost, From: "here", To: "there", Class: engine.Unreachable, Why: "no server"},
				{Sample: -1, Rung: engine.RungWindow, From: "32768", To: "16384", NumCtx: 16384, Class: engine.Memory, Why: "out of memory"},
				{Sample: -1, Rung: engine.RungModel, From: "m", To: "small", NumCtx: 32768, Class: engine.Crashed, Why: "it died"},
			}[r.IntN(3)])
		case 16:
			add(engine.HintGiven{Sample: s, Text: "mind the sign"})
		case 17:
			add(engine.RuleChanged{Stop: "none"})
		case 18:
			add(engine.SamplesAdded{Samples: r.IntN(2)})
		case 19:
			add(engine.AttemptResumed{})
		default:
			add(engine.Delta{Sample: s, Channel: []engine.Channel{engine.Thinking, engine.Reply, engine.Writing}[r.IntN(3)], Text: string(rune('a' + i%26)), Frames: 1})
		}
	}
	add(engine.AttemptFinished{Verdict: engine.Verdict{Answer: "4", Votes: 1, Of: 1}})
	return events
}

// TestLaws: whole, joined and decoded logs fold to the same progress.
func TestLaws(t *testing.T) {
	for seed := range uint64(200) {
		events := randomLog(rand.New(rand.NewPCG(seed, 1)))
		want := portrait(enginetest.Fold(events))
		var joined, decoded []engine.Event
		for _, e := range events {
			joined = engine.Append(joined, e)
			b, err := json.Marshal(e)
			if err != nil {
				t.Fatal(err)
			}
			var back engine.Event
			if err := json.Unmarshal(b, &back); err != nil {
				t.Fatal(err)
			}
			decoded = append(decoded, back)
		}
		if got := portrait(enginetest.Fold(joined)); got != want {
			t.Fatalf("seed %d: joined log folds to\n%s\nwant\n%s", seed, got, want)
		}
		if got := portrait(enginetest.Fold(decoded)); got != want {
			t.Fatalf("seed %d: decoded log folds to\n%s\nwant\n%s", seed, got, want)
		}
	}
}

func TestUnknownKindSurvives(t *testing.T) {
	line := `{"attempt":"a1","seq":7,"at":"2026-01-02T03:04:05Z","kind":"moon_rose","fact":{"phase":"full"}}`
	var e engine.Event
	if err := json.Unmarshal([]byte(line), &e); err != nil {
		t.Fatal(err)
	}
	back, err := json.Marshal(e)
	if err != nil || string(back) != line {
		t.Errorf("wrote back %s, %v; want %s", back, err, line)
	}
	enginetest.Fold([]engine.Event{e}) // must be ignored
}

func TestAppendBounds(t *testing.T) {
	var queue []engine.Event
	for range 10_000 {
		queue = engine.Append(queue, engine.Event{Fact: engine.Delta{Channel: engine.Reply, Text: "abcdefgh", Frames: 1}})
	}
	total, frames := 0, 0
	for _, e := range queue {
		d := e.Fact.(engine.Delta)
		total, frames = total+len(d.Text), frames+d.Frames
		if len(d.Text) > 4096 {
			t.Fatalf("joined to %d bytes", len(d.Text))
		}
	}
	if total != 80_000 || frames != 10_000 || len(queue) > 20 {
		t.Errorf("%d bytes and %d frames in %d events", total, frames, len(queue))
	}
}

// A tally that a damaged or strange log tells is ignored where it counts votes of
// no sample, or of one that is not there: screens look them up.
func TestATallyOfSamplesThatAreNotThere(t *testing.T) {
	for name, samples := range map[string][]int{"none": {}, "before the first": {0, -1}, "past the last": {1, 2}} {
		var p engine.Progress
		p.Apply(engine.Event{Fact: engine.AttemptStarted{Plan: engine.Plan{Samples: 2}}})
		p.Apply(engine.Event{Fact: engine.TallyChanged{Tally: engine.Tally{}.Add(1, "7")}})
		p.Apply(engine.Event{Fact: engine.TallyChanged{Tally: engine.Tally{Votes: []engine.Vote{{Answer: "8", Samples: samples}}}}})
		if a, n, _ := p.Tally.Leader(); a != "7" || n != 1 {
			t.Errorf("%s: the leader is %q with %d votes, want 7 with 1", name, a, n)
		}
	}
}
