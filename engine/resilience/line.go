package resilience

import (
	"context"
	"errors"
	"slices"

	"github.com/aimo3/aimo3/engine"
)

// Line is one sample's way to a server: an engine.Backend that stays with one host for
// as long as that lets its requests through. It belongs to one goroutine.
type Line struct {
	hosts *Hosts
	guard *Guard // of the host that it is to
	model string
	moved func(engine.FallbackUsed)
}

// Line is a line to the least loaded of the hosts that have the model and let
// requests for it through. Moved is told, without a sample, each time it goes on to
// another host. Close it in the end.
func (h *Hosts) Line(model string, moved func(engine.FallbackUsed)) *Line {
	h.mu.Lock()
	defer h.mu.Unlock()
	g := h.guards[0]
	if len(h.guards) > 1 {
		if best := h.best(model, held, nil); best != nil { // else the first one says what is wrong
			g = best
		}
	}
	g.lines++
	return &Line{h, g, model, moved}
}

// Close says that nothing more is asked.
func (l *Line) Close() {
	l.hosts.mu.Lock()
	defer l.hosts.mu.Unlock()
	l.guard.lines--
}

// errHeld says that a request left the queue of its host for another one.
var errHeld = errors.New("requests to this host are held back")

// Stream implements engine.Backend. A request that is held back goes to another host
// if one lets it through.
func (l *Line) Stream(ctx context.Context, ask engine.Ask, say func(engine.Piece)) (engine.Ending, error) {
	var leave func() bool
	if len(l.hosts.guards) > 1 {
		leave = func() bool {
			standing, why := l.guard.standing(l.model)
			return standing != passing && l.move(passing, nil, why)
		}
	}
	for {
		end, err := l.guard.stream(ctx, ask, say, leave)
		if !errors.Is(err, errHeld) {
			return end, err
		}
	}
}

// Tries begins to count the tries at the next reply. They go on at another host if
// theirs holds requests back after a failure.
func (l *Line) Tries() *Tries {
	t := l.guard.Tries(l.model)
	t.line = l
	return t
}

// move goes on to another host, where the model stands no worse than that, and says
// whether there was one.
func (l *Line) move(worst int, not []*Guard, why error) bool {
	l.hosts.mu.Lock()
	from, to := l.guard, l.hosts.best(l.model, worst, append(slices.Clone(not), l.guard))
	if to != nil {
		from.lines--
		to.lines++
		l.guard = to
	}
	l.hosts.mu.Unlock()
	if to == nil {
		return false
	}
	f := engine.FallbackUsed{Rung: engine.RungHost, From: from.name(), To: to.name(), Class: engine.ClassOf(why)}
	if why != nil {
		f.Why = engine.HideSecrets(why.Error())
	}
	l.moved(f)
	return true
}

func (g *Guard) name() string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.host
}

// leave goes on to another host after a failure, and says whether it did: if the host
// lets no request through any more, if what failed may be otherwise elsewhere, or if it
// was the last try here and not the request's own fault.
func (t *Tries) leave(err error, r rule, last bool) bool {
	l := t.line
	if l == nil || len(l.hosts.guards) == 1 {
		return false
	}
	if last && r.blames == nobody && !r.elsewhere {
		return false
	}
	if last || r.elsewhere {
		t.tried = append(t.tried, l.guard)
	} else if standing, _ := l.guard.standing(l.model); standing != held {
		return false
	}
	if !l.move(trying, t.tried, err) {
		return false
	}
	t.guard = l.guard
	if last {
		t.atHost = 0
	}
	return true
}
