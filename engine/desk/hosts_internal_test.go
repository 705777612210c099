package desk

import (
	"context"
	"fmt"
	"testing"

	"github.com/aimo3/aimo3/engine"
)

// host has a model of a digest, and replies at once.
type host struct {
	name, digest string
	fault        *engine.Fault
	asked        int
}

func (h *host) Stream(_ context.Context, _ engine.Ask, _ func(engine.Piece)) (engine.Ending, error) {
	h.asked++
	return engine.Ending{}, nil
}

func (h *host) Server(context.Context) engine.Server {
	return engine.Server{Host: h.name, Fault: h.fault, Models: []engine.Model{{Name: "m:latest", Digest: h.digest}}}
}

func (h *host) Show(context.Context, string) (engine.Model, error) { return engine.Model{}, nil }
func (h *host) Window(context.Context, string, int, uint64) int    { return 4096 }

// TestANameStaysOneModelWhileAnAttemptRuns: also when its host is away and the servers are
// looked at for another attempt.
func TestANameStaysOneModelWhileAnAttemptRuns(t *testing.T) {
	a, b := &host{name: "a", digest: "1"}, &host{name: "b", digest: "2"}
	h := newHosts([]Server{a, b}, func(engine.BreakerChanged) {})
	check := func(when, want string) {
		t.Helper()
		seen := h.look(t.Context())
		a.asked, b.asked = 0, 0
		l := h.line("m:latest", func(engine.FallbackUsed) {})
		defer l.Close()
		if _, err := l.Stream(t.Context(), engine.Ask{Model: "m:latest"}, func(engine.Piece) {}); err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(a.asked, b.asked) + " " + seen.Models[0].Digest; got != want {
			t.Errorf("%s the hosts got so many requests, and the name stands for: %s, want %s", when, got, want)
		}
	}
	check("at first", "1 0 1")
	leave := h.Join(1)
	a.fault = &engine.Fault{Class: engine.Unreachable, What: "no server answers"}
	check("while an attempt runs whose host is away", "1 0 1")
	a.fault = nil
	check("once that is back", "1 0 1")
	a.digest, b.digest = "3", "1"
	check("once the model is elsewhere", "0 1 1")
	b.digest = "2"
	check("once it is nowhere", "1 0 3")
	a.fault = &engine.Fault{Class: engine.Unreachable, What: "no server answers"}
	leave()
	check("when the attempt is over and its host away", "0 1 2")
}

// TestResumeFindsItsModelAtAnyHost: what an attempt was begun with counts where no other
// attempt runs, and the order of the hosts does not matter.
func TestResumeFindsItsModelAtAnyHost(t *testing.T) {
	for _, order := range [][2]string{{"1", "2"}, {"2", "1"}} {
		a, b := &host{name: "a", digest: order[0]}, &host{name: "b", digest: order[1]}
		h := newHosts([]Server{a, b}, func(engine.BreakerChanged) {})
		h.look(t.Context())
		full := engine.FullName("m")
		for digest, want := range map[string]string{"1": "1", "2": "2", "3": order[0]} {
			plan := engine.Plan{Model: "m:latest", Digests: map[string]string{full: digest}}
			seen := h.lookFor(t.Context(), plan.Digests)
			if got := seen.Models[0].Digest; got != want || (same(seen.Models, &plan) == nil) != (want == digest) {
				t.Errorf("hosts with %v: begun with %s, it goes on with %s", order, digest, got)
			}
		}
		h.look(t.Context())
		leave := h.Join(1)
		if got := h.lookFor(t.Context(), map[string]string{full: order[1]}).Models[0].Digest; got != order[0] {
			t.Errorf("while another attempt runs with %s, the name stands for %s", order[0], got)
		}
		leave()
	}
}
