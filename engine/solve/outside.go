package solve

import (
	"sync"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// outside are facts about an attempt that come from elsewhere.
type outside struct {
	sync.Mutex
	facts []engine.Fact
}

// Tell has a running attempt tell a fact that came about elsewhere, before the next of
// its own; the first and the last fact stay what they are.
func (s *Solver) Tell(id engine.AttemptID, f engine.Fact) {
	s.mu.Lock()
	a := s.running[id]
	s.mu.Unlock()
	if a == nil {
		return
	}
	a.outside.Lock()
	defer a.outside.Unlock()
	a.outside.facts = append(a.outside.facts, f)
}

// emit tells a fact, and before it what came from elsewhere.
func (a *attempt) emit(at time.Time, f engine.Fact) {
	a.outside.Lock()
	facts := a.outside.facts
	a.outside.facts = nil
	a.outside.Unlock()
	for _, other := range facts {
		a.put(at, other)
	}
	a.put(at, f)
}
