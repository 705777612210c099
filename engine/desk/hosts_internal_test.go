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
	wanted       string // the digest asked for latest
}

func (h *host) Stream(_ context.Context, ask engine.Ask, _ func(engine.Piece)) (engine.Ending, error) {
	h.asked++
	h.wanted = ask.Digest
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
		h.look(t.Context())
		a.asked, b.asked = 0, 0
		l := h.line("m:latest", func(engine.FallbackUsed) {})
		defer l.Close()
		if _, err := l.Stream(t.Context(), engine.Ask{Model: "m:latest"}, func(engine.Piece) {}); err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(a.asked, b.asked); got != want {
			t.Errorf("%s the hosts got %s requests, want %s", when, got, want)
		}
		for _, x := range []*host{a, b} {
			if x.asked > 0 && x.wanted != x.digest {
				t.Errorf("%s %s was asked for the model %q, and has %q", when, x.name, x.wanted, x.digest)
			}
		}
	}
	check("at first", "1 0")
	leave := h.Join(1)
	a.fault = &engine.Fault{Class: engine.Unreachable, What: "no server answers"}
	check("while an attempt runs whose host is away", "1 0")
	leave()
	check("when it is over", "0 1")
}
