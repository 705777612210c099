package live_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// TestSilenceIsTold: in the bar, before all else, in the head of the sample, and where
// nothing has come yet in its place; a sample that waits for its turn is queued.
func TestSilenceIsTold(t *testing.T) {
	e := env(theme.Palettes()[0])
	e.Now = func() time.Time { return begun.Add(3 * time.Minute) }
	s := live.New(e, "a1", problem)
	s.Resize(120, 34)
	fill(s, []engine.Fact{
		engine.SampleStarted{Sample: 0},
		engine.SampleStarted{Sample: 1},
		engine.SampleStarted{Sample: 2},
		engine.PhaseChanged{Sample: 0, Phase: engine.Reading},
		engine.PhaseChanged{Sample: 1, Phase: engine.Reasoning},
		engine.Delta{Sample: 1, Channel: engine.Thinking, Text: "so", Frames: 1},
	})
	if got, want := tuitest.Status(s), "◌ sample 1 silent for 2 m 56 s · 2/8 in flight · 6 queued · ctx <1% · 3:00 of 15:00"; got != want {
		t.Errorf("the bar says\n%s, want\n%s", got, want)
	}
	for _, want := range []string{"the server is silent for 2 m 56 s: it may hang", "Sample 1 of 8 · silent for 2 m 56 s"} {
		if frame := s.View(); !strings.Contains(frame, want) {
			t.Errorf("%q is not in\n%s", want, frame)
		}
	}
}

// TestFallbackIsOnTheBar: what an attempt goes on with is told for as long as it goes on.
func TestFallbackIsOnTheBar(t *testing.T) {
	tests := []struct {
		to   engine.FallbackUsed
		want string
	}{
		{engine.FallbackUsed{Sample: -1, Rung: engine.RungModel, From: "big", To: "small\x1b[2J"}, "↓ fallback: small␛[2J"},
		{engine.FallbackUsed{Sample: -1, Rung: engine.RungWindow, From: "32768", To: "16384", NumCtx: 16384}, "↓ fallback: window of 16384"},
		{engine.FallbackUsed{Rung: engine.RungHost, From: "a:1", To: "b:2"}, "↓ fallback: b:2"},
	}
	for _, tt := range tests {
		parts := sized(80, 24, engine.SampleStarted{}, tt.to).Status()
		if !slices.Contains(parts, screen.Part{Text: tt.want, Rank: screen.Warning}) {
			t.Errorf("%v: %v", tt.to, parts)
		}
	}
}

// TestClockBeginsAnew: an attempt that went on has its time limit anew, however long it lay;
// once it has ended, the clock tells from its beginning to its end.
func TestClockBeginsAnew(t *testing.T) {
	e := env(theme.Palettes()[0])
	e.Now = func() time.Time { return begun.Add(time.Hour + 7*time.Second) }
	events := story(engine.SampleStarted{}, engine.AttemptResumed{}, engine.SampleStarted{}, engine.AttemptFinished{Verdict: engine.Verdict{Why: engine.AllEnded}})
	for i := range events[2:] {
		events[2+i].At = begun.Add(time.Hour + time.Duration(i)*time.Second)
	}
	s := live.New(e, "a1", problem)
	s.Resize(120, 34)
	s.Update(screen.Arrived{Events: events[:4]})
	if got := tuitest.Status(s); !strings.HasSuffix(got, " · 0:07 of 15:00") {
		t.Errorf("while it goes on: %q", got)
	}
	s.Update(screen.Arrived{Events: events[4:]})
	if got := tuitest.Status(s); got != "1:00:02" {
		t.Errorf("in the end: %q", got)
	}
}

// TestATurnIsNoQueue: a sample asks again after each cell, and is called queued only once
// that takes a while, and only then loses the sign of one at work; a first turn that has not
// come is queued at once.
func TestATurnIsNoQueue(t *testing.T) {
	facts := []engine.Fact{
		engine.SampleStarted{Sample: 0},
		engine.SampleStarted{Sample: 1},
		engine.PhaseChanged{Sample: 0, Phase: engine.Reasoning},
		engine.Delta{Sample: 0, Channel: engine.Thinking, Text: "so", Frames: 1},
		engine.CodeStarted{Sample: 0, Number: 1, Code: "1"},
		engine.CodeFinished{Sample: 0, Number: 1, Cell: engine.Cell{Output: "1", Kept: true}},
		engine.PhaseChanged{Sample: 0, Phase: engine.Queued},
	}
	asked := begun.Add(time.Duration(len(facts)) * time.Second)
	for after, want := range map[time.Duration][3]string{
		100 * time.Millisecond:  {"Sample 1 of 8 · reading the prompt", "7 queued", "1 ●"},
		1500 * time.Millisecond: {"Sample 1 of 8 · queued", "8 queued", "1 ○"},
	} {
		e := env(theme.Palettes()[0])
		e.Now = func() time.Time { return asked.Add(after) }
		s := live.New(e, "a1", problem)
		s.Resize(120, 34)
		fill(s, facts)
		if got := shown(s); !strings.Contains(got, want[0]) || !strings.Contains(tuitest.Status(s), want[1]) || !strings.Contains(got, want[2]) {
			t.Errorf("%s after it: no %q and %q, or no %q in %q:\n%s", after, want[0], want[2], want[1], tuitest.Status(s), got)
		}
	}
}
