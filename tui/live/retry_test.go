package live_test

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/live"
)

// TestARetriedSampleSaysSo: what the reply that came to nothing had said is gone from the
// transcript, and a line tells which try this is and why.
func TestARetriedSampleSaysSo(t *testing.T) {
	for _, again := range []engine.SampleRetried{
		{Try: 2, Of: 3, Class: engine.Truncated, Why: "the connection broke", Wait: time.Second},
		{Try: 2, Class: engine.Looped, Why: "the model repeated the same 4 bytes 80 times", Seed: 9},
	} {
		s := live.New(env(theme.Palettes()[0]), "a1", problem)
		s.Resize(120, 34)
		fill(s, []engine.Fact{
			engine.SampleStarted{},
			engine.PhaseChanged{Phase: engine.Answering},
			engine.Delta{Channel: engine.Reply, Text: "Half of a reply", Frames: 4},
			again,
		})
		if got := ansi.Strip(s.View()); strings.Contains(got, "Half of") || !strings.Contains(got, "↻ try 2") || !strings.Contains(got, again.Why) {
			t.Errorf("after %+v:\n%s", again, got)
		}
	}
}
