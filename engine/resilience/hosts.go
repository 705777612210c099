package resilience

import (
	"slices"
	"sync"

	"github.com/aimo3/aimo3/engine"
)

// Hosts are the guards of all servers that may be asked, the first one first. Each
// sample gets a Line to one of them.
type Hosts struct {
	guards []*Guard
	mu     sync.Mutex // orders the choice of hosts; a guard's may be locked within, never the other way round
}

// NewHosts returns a guard around each backend.
func NewHosts(backends []engine.Backend, o Options) *Hosts {
	h, changes, turns := new(Hosts), newSignal(), newSignal()
	tell := o.Changed
	o.Changed = func(f engine.BreakerChanged) {
		if tell != nil {
			tell(f)
		}
		turns.tell()
	}
	for _, b := range backends {
		g := New(b, o)
		g.changes, g.turns = changes, turns
		h.guards = append(h.guards, g)
	}
	return h
}

// Meet says which server the i-th backend speaks to, as Guard.Meet, and which models
// may be asked there. Where there is but one host, that is asked for any.
func (h *Hosts) Meet(i int, host string, seats int, models []string) {
	g := h.guards[i]
	g.Meet(host, seats)
	h.mu.Lock()
	defer h.mu.Unlock()
	g.models = models
}

// Join is Guard.Join at every host.
func (h *Hosts) Join(parallel int) (leave func()) {
	leaves := make([]func(), len(h.guards))
	for i, g := range h.guards {
		leaves[i] = g.Join(parallel)
	}
	return func() {
		for _, leave := range leaves {
			leave()
		}
	}
}

// Health is how requests to each host fare now.
func (h *Hosts) Health() []engine.Health {
	all := make([]engine.Health, 0, len(h.guards))
	for _, g := range h.guards {
		all = append(all, g.Health())
	}
	return all
}

// TryNow is Guard.TryNow at the host of that name.
func (h *Hosts) TryNow(host, model string) bool {
	return slices.ContainsFunc(h.guards, func(g *Guard) bool { return g.TryNow(host, model) })
}

// Changed is closed once Health says something else than when Changed was called.
func (h *Hosts) Changed() <-chan struct{} {
	if len(h.guards) == 0 {
		return nil
	}
	return h.guards[0].changes.next()
}

// How requests for a model fare at a host, the better the lower.
const (
	passing = iota // they go through
	due            // they were held back for long enough: the next one tries
	trying         // one tries
	held           // they are held back
)

// standing is that of a model, and the failure that it is for.
func (g *Guard) standing(model string) (standing int, why error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, b := range g.breakers {
		if b.shown.Model != "" && b.shown.Model != model {
			continue
		}
		is := passing
		switch state := b.shown.StateAt(g.with.Now()); {
		case state == engine.BreakerOpen:
			is = held
		case state == b.shown.State && state == engine.BreakerHalfOpen:
			is = trying
		case state == engine.BreakerHalfOpen:
			is = due
		}
		if is > standing {
			standing, why = is, b.latest
		}
	}
	return standing, why
}

// load is how many lines there are to a host for each request that may be there at
// once. Lines, and not requests, since a sample that runs code comes back.
func (g *Guard) load() float64 {
	g.mu.Lock()
	defer g.mu.Unlock()
	return float64(g.lines) / float64(max(g.limiter.limit, 1))
}

// best is the host to ask for a model, of those that have it and at which it stands no
// worse: where it stands best and, of these, the load is least; nil if there is none. A host
// that nobody tries though it is due is as good as one that answers, or it would be left
// alone for as long as another does. It is called with the lock held.
func (h *Hosts) best(model string, worst int, not []*Guard) *Guard {
	var best *Guard
	var standing int
	var load float64
	for _, g := range h.guards {
		if slices.Contains(not, g) || !slices.Contains(g.models, model) {
			continue
		}
		s, _ := g.standing(model)
		if s == due && g.lines == 0 {
			s = passing
		}
		if l := g.load(); s <= worst && (best == nil || s < standing || s == standing && l < load) {
			best, standing, load = g, s, l
		}
	}
	return best
}
