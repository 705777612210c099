package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/resilience"
	"github.com/aimo3/aimo3/engine/solve"
)

// hosts are the servers of a desk, and what is known of them.
type hosts struct {
	*resilience.Hosts // the guards between the solver and the servers
	servers           []Server

	mu     sync.Mutex
	latest []engine.Server         // as they were last seen
	joined int                     // attempts that run
	unread map[string]error        // why the cards of models could not be read
	models map[string]engine.Model // what each full name stands for
}

func newHosts(servers []Server, changed func(engine.BreakerChanged)) *hosts {
	backends := make([]engine.Backend, 0, len(servers))
	for _, s := range servers {
		backends = append(backends, s)
	}
	return &hosts{Hosts: resilience.NewHosts(backends, resilience.Options{Changed: changed}), servers: servers}
}

// Join is resilience.Hosts.Join. While anybody has joined, a name goes on to stand for
// the model that it stood for, as long as a host has that.
func (h *hosts) Join(parallel int) (leave func()) {
	h.mu.Lock()
	h.joined++
	h.mu.Unlock()
	left := h.Hosts.Join(parallel)
	return func() {
		left()
		h.mu.Lock()
		h.joined--
		h.mu.Unlock()
	}
}

// Look asks every server at once how it is.
func Look(ctx context.Context, servers []Server) []engine.Server {
	all := make([]engine.Server, len(servers))
	var wg sync.WaitGroup
	for i, s := range servers {
		wg.Go(func() { all[i] = s.Server(ctx) })
	}
	wg.Wait()
	distinguish(all)
	return all
}

// look asks every server how it is, and tells the guards which models may be asked
// where: of one name, those that are what the name stands for. So no attempt is moved to
// another model of its model's name.
func (h *hosts) look(ctx context.Context) engine.Server { return h.lookFor(ctx, nil) }

// lookFor is look for an attempt that was begun with models of these digests, by their full
// names: those are what the names stand for if no other attempt runs and a host has them.
func (h *hosts) lookFor(ctx context.Context, digests map[string]string) engine.Server {
	all := Look(ctx, h.servers)
	h.mu.Lock()
	defer h.mu.Unlock()
	before, hold := h.models, h.joined > 0
	if !hold && digests != nil {
		before, hold = map[string]engine.Model{}, true
		for full, digest := range digests {
			before[full] = engine.Model{Digest: digest}
		}
	}
	h.models = meaning(all, before, hold)
	for i, s := range all {
		if len(all) == 1 && s.Fault != nil { // it may be about to start, at another address
			break
		}
		var names []string
		for _, m := range usable(s) {
			if means := h.models[engine.FullName(m.Name)]; means.Digest == m.Digest {
				names = append(names, means.Name)
			}
		}
		h.Meet(i, s.Host, s.Seats, names)
	}
	h.latest = all
	seen := Together(all)
	for i, m := range seen.Models {
		if means := h.models[engine.FullName(m.Name)]; means.Digest != m.Digest {
			seen.Models[i] = means
		}
	}
	return seen
}

// usable are the models of a server that answers.
func usable(s engine.Server) []engine.Model {
	if s.Fault != nil {
		return nil
	}
	return s.Models
}

// distinguish gives servers of the same address numbers: what sets them apart may be a
// path, which is not shown.
func distinguish(all []engine.Server) {
	times := map[string]int{}
	for i := range all {
		if times[all[i].Host]++; times[all[i].Host] > 1 {
			all[i].Host += fmt.Sprintf(" (%d)", times[all[i].Host])
		}
	}
}

// Together is what several servers are as one: the first that answers, with the models
// of all.
func Together(all []engine.Server) engine.Server {
	if len(all) == 0 {
		return engine.Server{Fault: &engine.Fault{Class: engine.Unreachable, What: "no model server is known"}}
	}
	i := slices.IndexFunc(all, func(s engine.Server) bool { return s.Fault == nil })
	if i < 0 {
		one := all[0]
		one.Fault = silent(all)
		return one
	}
	one := all[i]
	if len(all) > 1 {
		one.Models, one.Seats = slices.Clone(one.Models), 0
	}
	for _, other := range all[i+1:] {
		for _, m := range usable(other) {
			if !slices.ContainsFunc(one.Models, func(has engine.Model) bool { return engine.FullName(has.Name) == engine.FullName(m.Name) }) {
				one.Models = append(one.Models, m)
			}
		}
		if top := other.MaxTopLogprobs; other.Fault == nil && top > 0 && (one.MaxTopLogprobs == 0 || top < one.MaxTopLogprobs) {
			one.MaxTopLogprobs = top
		}
	}
	return one
}

// silent is why none of the servers can be used.
func silent(all []engine.Server) *engine.Fault {
	if len(all) == 1 {
		return all[0].Fault
	}
	var whys []string
	for _, s := range all {
		whys = append(whys, s.Fault.Error())
	}
	return &engine.Fault{
		Class: all[0].Fault.Class, What: fmt.Sprintf("none of the %d hosts can be used: %s", len(all), strings.Join(whys, "; ")), Todo: all[0].Fault.Todo,
	}
}

// absent says, a line each, which hosts are not asked for these models, though a person
// named them: they do not answer, or have another model of that name.
func (h *hosts) absent(models []string) []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	var notes []string
	first := map[string]engine.Server{}
	digests := map[string]string{}
	for _, s := range h.latest {
		if s.Fault != nil {
			notes = append(notes, "going on without "+s.Host+": "+s.Fault.Error())
		}
		for _, m := range usable(s) {
			full := engine.FullName(m.Name)
			if had, known := digests[full]; !known {
				first[full], digests[full] = s, m.Digest
			} else if had != m.Digest && slices.Contains(models, m.Name) {
				notes = append(notes, fmt.Sprintf("%s at %s is not the one at %s, and is not asked", m.Name, s.Host, first[full].Host))
			}
		}
	}
	return notes
}

// at is the first server that has a model; the first of all if none has.
func (h *hosts) at(model string) Server {
	h.mu.Lock()
	defer h.mu.Unlock()
	for i, s := range h.latest {
		if slices.ContainsFunc(usable(s), func(m engine.Model) bool { return m.Name == model }) {
			return h.servers[i]
		}
	}
	return h.servers[0]
}

// show tells all that is known of an installed model.
func (h *hosts) show(ctx context.Context, model string) (engine.Model, error) {
	m, err := h.at(model).Show(ctx, model)
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.unread == nil {
		h.unread = map[string]error{}
	}
	if h.unread[model] = err; err == nil {
		delete(h.unread, model)
	}
	return m, err
}

// unknown says, a line each, of which of these models the server did not tell what they can
// do when it was asked last.
func (h *hosts) unknown(models []string) (notes []string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, model := range models {
		if err := h.unread[model]; err != nil {
			notes = append(notes, fmt.Sprintf("what %s can do is not known: %s; going on without its tools", model, engine.HideSecrets(err.Error())))
		}
	}
	return notes
}

// line is a resilience.Line as a solver needs it.
type line struct{ *resilience.Line }

func (l line) Tries() solve.Recovery { return l.Line.Tries() }

func (h *hosts) line(model string, moved func(engine.FallbackUsed)) solve.Line {
	return line{h.Line(model, moved)}
}
