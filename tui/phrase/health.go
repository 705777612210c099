package phrase

import (
	"fmt"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// Breaker says what became of a breaker at a time, in one line.
func Breaker(b engine.Breaker, at time.Time) string {
	whom := termsafe.Line(b.Host)
	if b.Model != "" {
		whom = termsafe.Line(b.Model) + " on " + whom
	}
	switch b.State {
	case engine.BreakerOpen:
		return fmt.Sprintf("breaker open: requests to %s wait %s: %s", whom, seconds(b.Until.Sub(at)), termsafe.Line(b.Why))
	case engine.BreakerHalfOpen:
		return "breaker half-open: one request tries " + whom
	case engine.BreakerClosed:
	}
	return "breaker closed: requests to " + whom + " go on"
}

// BreakerState says in a few words how a breaker is at a time; "" if it is closed.
func BreakerState(b engine.Breaker, now time.Time) string {
	name := "breaker"
	if b.Model != "" {
		name += " of " + termsafe.Line(b.Model)
	}
	switch b.StateAt(now) {
	case engine.BreakerOpen:
		return fmt.Sprintf("%s open, half-open in %.0f s", name, max(b.Until.Sub(now).Seconds(), 1))
	case engine.BreakerHalfOpen:
		if b.State == engine.BreakerHalfOpen {
			return name + " half-open, probing"
		}
		return name + " half-open"
	case engine.BreakerClosed:
	}
	return ""
}

// Retry says in a few words when a reply is asked for again, and why.
func Retry(r engine.PendingRetry, now time.Time) string {
	which := fmt.Sprintf("retry %d", r.Try)
	if r.Of > 0 {
		which += fmt.Sprintf(" of %d", r.Of)
	}
	return fmt.Sprintf("%s in %s: %s", which, seconds(max(r.At.Sub(now), 0)), Fault(r.Class))
}

// Fault is a class of faults in two or three words.
func Fault(c engine.Class) string {
	switch c {
	case engine.Unreachable:
		return "no server"
	case engine.Busy:
		return "server busy"
	case engine.Crashed:
		return "model crashed"
	case engine.Stalled:
		return "server silent"
	case engine.Truncated:
		return "reply cut"
	case engine.Garbled:
		return "reply garbled"
	case engine.Looped:
		return "model loops"
	case engine.Memory:
		return "out of memory"
	case engine.NoModel:
		return "no model"
	case engine.NoTools:
		return "no tools"
	case engine.TooLong:
		return "prompt too long"
	case engine.Oversize:
		return "reply too large"
	case engine.Storage:
		return "store failed"
	case engine.Internal:
		return "internal error"
	case engine.Invalid, engine.Unknown:
	}
	return "server error"
}

// How long a sample may say nothing before it is told: while a reply streams, and
// while the server loads the model or reads the prompt, which takes long by itself.
const (
	minSilence        = 20 * time.Second
	minReadingSilence = 2 * time.Minute
)

// Silence says for how long the server has sent a sample nothing; "" where that is
// as it should be.
func Silence(s *engine.SampleProgress, now time.Time) string {
	silent, bound := now.Sub(s.Latest), minSilence
	switch {
	case s.State != engine.Running:
		return ""
	case s.Phase == engine.Reading, s.Phase == engine.Loading:
		bound = minReadingSilence
	case s.Phase != engine.Reasoning && s.Phase != engine.Answering:
		return ""
	}
	switch {
	case silent < bound:
		return ""
	case silent < 2*time.Minute:
		return fmt.Sprintf("silent for %.0f s", silent.Truncate(time.Second).Seconds())
	}
	return fmt.Sprintf("silent for %d m %02d s", int(silent.Minutes()), int(silent.Seconds())%60)
}
