package phrase

import (
	"fmt"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// Load says how many requests a server has, and how many it may have.
func Load(h engine.Health) string {
	line := fmt.Sprintf("requests: %d running · %d queued", h.Running, h.Queued)
	if h.Limit > 0 {
		line += fmt.Sprintf(" · at most %d at once", h.Limit)
	}
	return line
}

// BreakerOf says whose a breaker is.
func BreakerOf(b engine.Breaker) string {
	if b.Model == "" {
		return "all models"
	}
	return termsafe.Line(b.Model)
}

// BreakerNow says what a breaker does at a time.
func BreakerNow(b engine.Breaker, now time.Time) string {
	switch b.StateAt(now) {
	case engine.BreakerOpen:
		return fmt.Sprintf("open, tries again in %.0f s", max(b.Until.Sub(now).Seconds(), 1))
	case engine.BreakerHalfOpen:
		if b.State == engine.BreakerHalfOpen {
			return "half-open, one request is trying"
		}
		return "half-open, the next request tries"
	case engine.BreakerClosed:
	}
	return "closed"
}

// BreakerCounts say what counts against a breaker, and the latest reason; none if
// nothing does.
func BreakerCounts(b engine.Breaker) (lines []string) {
	line := ""
	switch {
	case b.Failures == 1:
		line = "1 failure"
	case b.Failures > 1:
		line = fmt.Sprintf("%d failures in a row", b.Failures)
	}
	if b.Openings > 0 {
		if line != "" {
			line += " · "
		}
		line += "opened " + times(b.Openings)
	}
	if line == "" {
		return nil
	}
	if lines = append(lines, line); b.Why != "" {
		lines = append(lines, "last: "+termsafe.Line(b.Why))
	}
	return lines
}

func times(n int) string {
	if n == 1 {
		return "once"
	}
	return fmt.Sprintf("%d times", n)
}

// RetryIn says which try follows, when, and after which class of faults.
func RetryIn(r engine.PendingRetry, now time.Time) string {
	which := fmt.Sprintf("try %d", r.Try)
	if r.Of > 0 {
		which += fmt.Sprintf(" of %d", r.Of)
	}
	return fmt.Sprintf("%s in %s · %s", which, seconds(max(r.At.Sub(now), 0)), Fault(r.Class))
}

// TryingNow says what came of telling open breakers to let a request try, n of which
// were open.
func TryingNow(n int) string {
	switch n {
	case 0:
		return "no breaker is open: nothing to try"
	case 1:
		return "the next request tries now"
	}
	return fmt.Sprintf("the next request tries now at each of %d breakers", n)
}
