package cli

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/enginetest"
	"github.com/aimo3/aimo3/tui/cli/form"
)

// toldToPeople are facts that a person has to be told of, and what is said.
var toldToPeople = []struct {
	fact   engine.Fact
	live   string // while it runs
	report string // afterwards
}{
	{engine.SampleRetried{Sample: 1, Try: 2, Of: 3, Class: engine.Truncated, Why: "the connection broke"}, "sample 2: try 2 of 3: the connection broke", "sample 2, try 2 of 3: the connection broke"},
	{engine.SampleRetried{Try: 2, Class: engine.Looped, Why: "it repeated itself"}, "sample 1: try 2: it repeated itself", "sample 1, try 2: it repeated itself"},
	{engine.FallbackUsed{Sample: -1, Rung: engine.RungModel, From: "a", To: "b", Class: engine.NoModel, Why: "a is gone"}, "a is gone", "a is gone"},
	{engine.BreakerChanged{Host: "there", State: engine.BreakerOpen, Why: "no server"}, "there", "there"},
	{engine.HintGiven{Sample: 1, Text: "mind the sign"}, "sample 2 was told: mind the sign", "sample 2 was told: mind the sign"},
	{engine.RuleChanged{Stop: "four-agree"}, "it runs every sample to the end now", "stop four-agree"}, // of two samples 4 never agree,
	{engine.SamplesAdded{Samples: 3}, "3 samples added", "5 samples"},
	{engine.NotKept{From: 7, Why: "its disk is full"}, "its disk is full", "its disk is full"},
	{engine.Warning{Text: "hot"}, "warning: hot", "warning: hot"},
	{engine.SampleFailed{Sample: 1, Cause: "it broke", Todo: "mend it"}, "sample 2: failed: it broke · mend it", "failed: it broke · mend it"},
}

// TestWhatPeopleAreTold of an attempt: on standard error while it runs, and by `history
// show` afterwards.
func TestWhatPeopleAreTold(t *testing.T) {
	at := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	for _, row := range toldToPeople {
		facts := []engine.Fact{
			engine.AttemptStarted{Problem: engine.Problem{Statement: "?"}, Plan: engine.Plan{Model: "a", Samples: 2}.WithDefaults()},
			engine.SampleStarted{},
			engine.SampleStarted{Sample: 1},
			row.fact,
		}
		var said, report bytes.Buffer
		s := newStatus(&said, false, func() time.Time { return at })
		var events []engine.Event
		for i, f := range facts {
			e := engine.Event{Attempt: "a1", Seq: uint64(i + 1), At: at, Fact: f}
			events = append(events, e)
			_ = s.put(e)
		}
		s.stop()
		if !strings.Contains(said.String(), row.live) {
			t.Errorf("%T: no %q in\n%s", row.fact, row.live, said.String())
		}
		if err := form.WriteAttempt(&report, enginetest.Fold(events), nil); err != nil || !strings.Contains(report.String(), row.report) {
			t.Errorf("%T: %v: no %q in\n%s", row.fact, err, row.report, report.String())
		}
	}
}
