package live_test

import (
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// TestARuleThatCannotEndIsNotAnnounced: of two or three samples 4 never agree, and of eight
// they do not once five have failed.
func TestARuleThatCannotEndIsNotAnnounced(t *testing.T) {
	failed := func(n int) (facts []engine.Fact) {
		for i := range n {
			facts = append(facts, engine.SampleFailed{Sample: i, Cause: "cut"})
		}
		return facts
	}
	for _, row := range []struct {
		samples int
		facts   []engine.Fact
		want    string
		never   string
	}{
		{8, nil, "stops when 4 agree or the lead cannot be caught", "runs every"},
		{3, nil, "stops when the lead cannot be caught", "4 agree"},
		{2, nil, "runs every sample to the end", "agree"},
		{8, failed(5), "stops when the lead cannot be caught", "4 agree"},
	} {
		s := live.New(env(theme.Palettes()[0]), "a1", problem)
		s.Resize(160, 47)
		events := story(row.facts...)
		events[0].Fact = engine.AttemptStarted{Problem: problem, Plan: engine.Plan{Samples: row.samples}.WithDefaults()}
		s.Update(screen.Arrived{Events: events})
		if got := strings.Join(strings.Fields(strings.ReplaceAll(shown(s), "│", " ")), " "); !strings.Contains(unwrapped(s), row.want) || strings.Contains(got, row.never) {
			t.Errorf("%d samples: no %q, or %q, in\n%s", row.samples, row.want, row.never, shown(s))
		}
	}
}

// TestAReplaySaysTheTokensOfAllSamples: the total is the sum of what its rows say, also where
// the list counted only samples that answered, as older programs did.
func TestAReplaySaysTheTokensOfAllSamples(t *testing.T) {
	for _, listed := range []int{0, 2400, 2502} {
		g := &growing{events: story(append(midRun(),
			engine.Delta{Sample: 3, Channel: engine.Thinking, Text: "x", Frames: 102}, engine.SampleStopped{Sample: 3, Why: "the vote is decided"},
			engine.AttemptFinished{Verdict: engine.Verdict{Answer: "32951", Votes: 1, Of: 2, Why: engine.FourAgree}})...)}
		e := env(theme.Palettes()[0])
		e.Library = g
		d := tuitest.Drive(t, live.Replay(e, engine.Summary{ID: "a1", Problem: problem, Begun: begun, Samples: 8, Tokens: listed, Verdict: &engine.Verdict{}}, 0), 160, 47)
		d.UntilShown("8, 2,502 tokens total")
	}
}
