package phrase

import (
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func TestBreakers(t *testing.T) {
	at := func(seconds float64) time.Time { return noon.Add(time.Duration(seconds * float64(time.Second))) }
	for _, row := range []struct {
		b           engine.Breaker
		line, short string
	}{
		{engine.Breaker{Host: "there", State: engine.BreakerClosed}, "breaker closed: requests to there go on", ""},
		{
			engine.Breaker{Host: "there", State: engine.BreakerOpen, Until: at(11.6), Why: "no server answers"},
			"breaker open: requests to there wait 11.6 s: no server answers", "breaker open, half-open in 12 s",
		},
		{
			engine.Breaker{Host: "there", Model: "qwen3:8b", State: engine.BreakerOpen, Until: at(0.1), Why: evil},
			"breaker open: requests to qwen3:8b on there wait 0.1 s: a␛[2J b⟨U+202E⟩", "breaker of qwen3:8b open, half-open in 1 s",
		},
		{engine.Breaker{Host: evil, State: engine.BreakerOpen, Until: noon}, "breaker open: requests to a␛[2J b⟨U+202E⟩ wait 0.0 s: ", "breaker half-open"},
		{engine.Breaker{Host: "there", Model: evil, State: engine.BreakerHalfOpen}, "breaker half-open: one request tries a␛[2J b⟨U+202E⟩ on there", "breaker of a␛[2J b⟨U+202E⟩ half-open, probing"},
	} {
		if got := Breaker(row.b, noon); got != row.line {
			t.Errorf("got  %q\nwant %q", got, row.line)
		}
		if got := BreakerState(row.b, noon); got != row.short {
			t.Errorf("got  %q\nwant %q", got, row.short)
		}
	}
}

func TestRetries(t *testing.T) {
	for want, r := range map[string]engine.PendingRetry{
		"retry 2 of 4 in 1.4 s: reply cut":    {Try: 2, Of: 4, Class: engine.Truncated, At: noon.Add(1400 * time.Millisecond)},
		"retry 7 in 0.0 s: server busy":       {Try: 7, Class: engine.Busy, At: noon.Add(-time.Second)},
		"retry 2 of 2 in 0.3 s: server error": {Try: 2, Of: 2, Class: engine.Unknown, At: noon.Add(300 * time.Millisecond)},
	} {
		if got := Retry(r, noon); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	for want, r := range map[string]engine.SampleRetried{
		"try 2 of 3: the runner died, after a wait of 0.2 s": {Try: 2, Of: 3, Why: "the runner died", Wait: 200 * time.Millisecond},
		"try 2: the model repeated itself":                   {Try: 2, Why: "the model repeated itself"},
	} {
		if got := Retried(r); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// TestSilence: of a stream it is told after 20 seconds, of a model that loads and of a prompt
// that is read after two minutes, and of what waits or computes never.
func TestSilence(t *testing.T) {
	for _, row := range []struct {
		state engine.SampleState
		phase engine.Phase
		after time.Duration
		want  string
	}{
		{engine.Running, engine.Reasoning, 19 * time.Second, ""},
		{engine.Running, engine.Reasoning, 20 * time.Second, "silent for 20 s"},
		{engine.Running, engine.Answering, 59900 * time.Millisecond, "silent for 59 s"},
		{engine.Running, engine.Answering, 125 * time.Second, "silent for 2 m 05 s"},
		{engine.Running, engine.Reading, 119 * time.Second, ""},
		{engine.Running, engine.Reading, 2 * time.Minute, "silent for 2 m 00 s"},
		{engine.Running, engine.Loading, 119 * time.Second, ""},
		{engine.Running, engine.Loading, 10 * time.Minute, "silent for 10 m 00 s"},
		{engine.Running, engine.Queued, time.Hour, ""},
		{engine.Running, engine.Computing, time.Hour, ""},
		{engine.Finished, engine.Answering, time.Hour, ""},
	} {
		s := engine.SampleProgress{State: row.state, Phase: row.phase, Latest: noon}
		if got := Silence(&s, noon.Add(row.after)); got != row.want {
			t.Errorf("%s, %s after %s: got %q, want %q", row.state, row.phase, row.after, got, row.want)
		}
	}
}
