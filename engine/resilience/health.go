package resilience

import (
	"slices"

	"github.com/aimo3/aimo3/engine"
)

// Health is how requests fare now.
func (g *Guard) Health() engine.Health {
	g.mu.Lock()
	defer g.mu.Unlock()
	h := engine.Health{Host: g.host, Running: g.running, Queued: len(g.queue.waiting), Limit: g.limiter.limit}
	for _, b := range g.breakers {
		h.Breakers = append(h.Breakers, b.shown)
	}
	for _, t := range g.pending {
		h.Retries = append(h.Retries, t.next)
	}
	slices.SortStableFunc(h.Retries, func(a, b engine.PendingRetry) int { return a.At.Compare(b.At) })
	return h
}

// Changed is closed once Health says something else than when Changed was called.
func (g *Guard) Changed() <-chan struct{} { return g.changes.next() }

// TryNow ends the time for which a breaker is open, so that the next request tries at
// once: one that waits, or else the next one to come. The breaker is the one of a model
// at a host; of the host if model is "". It does nothing, and says false, unless that
// breaker is open.
func (g *Guard) TryNow(host, model string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := g.with.Now()
	for _, b := range g.breakers {
		if b.shown.Host == host && b.shown.Model == model && b.shown.StateAt(now) == engine.BreakerOpen {
			b.shown.Until = now
			g.admit()
			return true
		}
	}
	return false
}

// end takes a retry out of those that wait.
func (t *Tries) end() {
	g := t.guard
	g.mu.Lock()
	defer g.mu.Unlock()
	g.pending = slices.DeleteFunc(g.pending, func(p *Tries) bool { return p == t })
	g.admit()
}
