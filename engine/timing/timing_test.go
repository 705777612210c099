package timing

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/aimo3/aimo3/engine"
)

func profiled(events []engine.Event) []Span {
	var p Profile
	for _, e := range events {
		p.Apply(e)
	}
	return p.Spans()
}

var start = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// each is events of facts, a second apart.
func each(facts ...engine.Fact) (all []engine.Event) {
	for i, f := range facts {
		all = append(all, engine.Event{Attempt: "a", Seq: uint64(i + 1), At: start.Add(time.Duration(i) * time.Second), Fact: f})
	}
	return all
}

// drawn says spans in short: name, sample, when it begins and how long it is.
func drawn(spans []Span) string {
	var all []string
	for _, s := range spans {
		open := map[bool]string{true: "…"}[s.Open]
		all = append(all, strings.TrimSpace(fmt.Sprintf("%d<%s %v+%v%s %s", s.Parent, s.Title(), s.Begun.Sub(start).Seconds(), s.Took.Seconds(), open, s.What)))
	}
	return strings.Join(all, "\n")
}

func TestTheSpansOfAnAttempt(t *testing.T) {
	events := each(
		engine.AttemptStarted{Plan: engine.Plan{Model: "m", Samples: 2}},
		engine.CodeChosen{},
		engine.SampleStarted{Sample: 0}, // 2
		engine.PhaseChanged{Sample: 0, Phase: engine.Loading},
		engine.PhaseChanged{Sample: 0, Phase: engine.Reasoning},
		engine.Delta{Sample: 0, Channel: engine.Thinking, Text: "so"},
		engine.PhaseChanged{Sample: 0, Phase: engine.Computing}, // 6
		engine.CodeStarted{Sample: 0, Number: 1},
		engine.CodeFinished{Sample: 0, Number: 1, Cell: engine.Cell{TimedOut: true}},
		engine.PhaseChanged{Sample: 0, Phase: engine.Queued},
		engine.SampleRetried{Sample: 0, Class: engine.Crashed}, // 10
		engine.PhaseChanged{Sample: 0, Phase: engine.Answering},
		engine.SampleFinished{Sample: 0},
		engine.SampleStarted{Sample: 1}, // 13
		engine.SampleFailed{Sample: 1, Class: engine.Busy},
		engine.ChoiceStarted{Choice: "select"},
		engine.ChoiceFinished{Choice: "select", Answer: "4"}, // 16
		engine.AttemptFinished{Verdict: engine.Verdict{Why: engine.AllEnded}},
	)
	want := `-1<attempt 0+17 all_ended
0<prepare 0+2
0<sample 1 2+10 finished
2<queued 2+1
2<loading 3+1
2<thinking 4+2
2<cell 1 6+2 timeout
2<queued 9+1 crashed
2<queued 10+1
2<answering 11+1
0<sample 2 13+1 busy
10<queued 13+1
0<vote 14+1
0<select 15+1 settled`
	if got := drawn(profiled(events)); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

// An attempt that was cut short and goes on has the sample twice, and the gap between is
// nobody's; one that was not ended is open.
func TestSpansOfAnAttemptThatWasCutShort(t *testing.T) {
	events := each(engine.AttemptStarted{}, engine.SampleStarted{Sample: 0}, engine.PhaseChanged{Sample: 0, Phase: engine.Reading})
	if got := drawn(profiled(events)); !strings.Contains(got, "2<reading 2+0…") {
		t.Errorf("got:\n%s", got)
	}
	again := each(engine.SampleStarted{Sample: 0}, engine.SampleFinished{Sample: 0}, engine.AttemptFinished{})
	for i := range again {
		again[i].At = again[i].At.Add(time.Hour)
	}
	got := drawn(profiled(append(events, again...)))
	if !strings.Contains(got, "0<sample 1 1+1 cut short") || !strings.Contains(got, "0<sample 1 3600+1 finished") {
		t.Errorf("got:\n%s", got)
	}
}

// A way of choosing that a log names as we name a stage is a stage as any other.
func TestAChoiceOfAnyNameIsAStage(t *testing.T) {
	got := drawn(profiled(each(engine.AttemptStarted{}, engine.SampleStarted{Sample: 0}, engine.SampleStarted{Sample: 1}, engine.ChoiceStarted{Choice: "vote"},
		engine.SampleFinished{Sample: 0}, engine.SampleStarted{Sample: 0}, engine.SampleStarted{Sample: 2}, engine.AttemptFinished{})))
	if !strings.Contains(got, "0<vote 3+4") || strings.Count(got, "0<sample") != 4 {
		t.Errorf("got:\n%s", got)
	}
}

// facts draws any facts of samples in any order, as no program would write them too.
func facts(t *rapid.T) []engine.Event {
	n := rapid.IntRange(0, 60).Draw(t, "events")
	at, all := start, []engine.Event{}
	for i := range n {
		s := rapid.IntRange(-1, 3).Draw(t, "sample")
		fact := rapid.SampledFrom([]engine.Fact{
			engine.SampleStarted{Sample: s},
			engine.PhaseChanged{Sample: s, Phase: rapid.SampledFrom([]engine.Phase{engine.Queued, engine.Loading, engine.Reasoning, engine.Computing}).Draw(t, "phase")},
			engine.Delta{Sample: s, Channel: engine.Reply, Text: "x", Frames: 1},
			engine.CodeStarted{Sample: s, Number: 1},
			engine.CodeFinished{Sample: s},
			engine.SampleFinished{Sample: s},
			engine.SampleFailed{Sample: s, Class: engine.Busy},
			engine.SampleStopped{Sample: s},
			engine.SampleRetried{Sample: s, Class: engine.Busy},
			engine.ChoiceStarted{Choice: rapid.SampledFrom([]string{"select", "vote"}).Draw(t, "choice")},
			engine.ChoiceFinished{Choice: "select"},
			engine.AttemptFinished{},
			engine.Warning{Text: "x"},
			engine.AttemptStarted{},
		}).Draw(t, "fact")
		if i == 0 {
			fact = engine.AttemptStarted{}
		}
		at = at.Add(time.Duration(rapid.IntRange(-1, 50).Draw(t, "later")) * time.Millisecond)
		all = append(all, engine.Event{Attempt: "a", Seq: uint64(i + 1), At: at, Fact: fact})
	}
	return all
}

// A replay, whose text was joined and which was written as JSON, has the spans of the
// attempt as it went.
func TestSpansOfAReplayAreThoseOfTheAttempt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		live := facts(t)
		var joined, read []engine.Event
		for _, e := range live {
			joined = engine.Append(joined, e)
		}
		text, err := json.Marshal(joined)
		if err == nil {
			err = json.Unmarshal(text, &read)
		}
		if err != nil {
			t.Fatal(err)
		}
		if got, want := drawn(profiled(read)), drawn(profiled(live)); got != want {
			t.Fatalf("replay:\n%s\nlive:\n%s", got, want)
		}
	})
}

// A span lies within its parent, and stages of one sample, and of the attempt itself,
// follow each other: so together they last no longer than what they are stages of.
func TestStagesNeverOverlap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		spans := profiled(facts(t))
		for i, s := range spans {
			if s.Parent >= i || s.Took < 0 || i == 0 != (s.Parent < 0) {
				t.Fatalf("span %d of\n%s", i, drawn(spans))
			}
			if i > 0 && (s.Begun.Before(spans[s.Parent].Begun) || s.Ended().After(spans[s.Parent].Ended())) {
				t.Fatalf("span %d leaves its parent:\n%s", i, drawn(spans))
			}
			var inside time.Duration
			last := s.Begun
			for _, c := range spans {
				if c.Parent != i || c.Name == "sample" {
					continue
				}
				if c.Begun.Before(last) {
					t.Fatalf("stages of span %d overlap:\n%s", i, drawn(spans))
				}
				last = c.Ended()
				inside += c.Took
			}
			if inside > s.Took {
				t.Fatalf("stages of span %d last %v of %v", i, inside, s.Took)
			}
		}
	})
}

// TestOpenSpansGrow: what is open lasts until the time that is asked about.
func TestOpenSpansGrow(t *testing.T) {
	var p Profile
	for _, e := range each(engine.AttemptStarted{}, engine.SampleStarted{}, engine.PhaseChanged{Phase: engine.Reasoning}) {
		p.Apply(e)
	}
	now := start.Add(10 * time.Minute)
	for _, s := range p.SpansAt(now) {
		if s.Open && !s.Ended().Equal(now) {
			t.Errorf("%s ends at %v", s.Title(), s.Ended().Sub(start))
		}
	}
	if all := p.SpansAt(start); all[0].Took != 2*time.Second {
		t.Errorf("before its latest event it took %v", all[0].Took)
	}
}
