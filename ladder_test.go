package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/desk"
	"github.com/aimo3/aimo3/engine/enginetest"
	fake "github.com/aimo3/aimo3/engine/ollama/ollamatest"
)

// attempted is an attempt at servers that may fail, with what was told of it.
func attempted(t *testing.T, plan engine.Plan, hosts ...*fake.Server) (*engine.Progress, error) {
	t.Helper()
	var addresses []string
	for _, h := range hosts {
		addresses = append(addresses, h.URL)
	}
	servers := find(addresses, nil)
	defer func() { _ = closeAll(servers) }()
	plan.Tools, plan.Stop = engine.ToolsOff, engine.StopNone
	var events []engine.Event
	_, err := desk.New(desk.Options{Servers: atDesk(servers)}).Attempt(t.Context(), "a1", engine.Problem{Statement: "What is 2+2?"}, plan, func(e engine.Event) error {
		events = append(events, e)
		return nil
	})
	return enginetest.Fold(events), err
}

// steps are the steps down the ladder that an attempt took.
func steps(p *engine.Progress) string {
	var all []string
	for _, f := range p.Fallbacks {
		all = append(all, fmt.Sprintf("%s %s>%s %s", f.Rung, f.From, f.To, f.Class))
	}
	slices.Sort(all)
	return strings.Join(slices.Compact(all), ", ")
}

// TestAHostThatDies: of two hosts one is killed while half of eight samples are there.
// All end, on the other one, no half reply has a vote, and nothing is left running.
func TestAHostThatDies(t *testing.T) {
	before := goroutines()
	a := fake.NewServer(t, []fake.Step{fake.Say(`Perhaps \boxed{13}. `), fake.Stall()})
	b := fake.NewServer(t, []fake.Step{fake.Say(`So \boxed{4}.`), fake.Done()})
	go func() {
		a.AwaitAsked(t, 4)
		_ = a.Listener.Close()
		a.CloseClientConnections()
	}()
	p, err := attempted(t, engine.Plan{Model: "fake", Samples: 8}, a, b)
	if err != nil || p.Verdict.Votes != 8 || p.Verdict.Answer != "4" || len(b.Asked()) != 8 {
		t.Fatalf("%v, %+v after %d requests", err, p.Verdict, len(b.Asked()))
	}
	moved := map[int]bool{}
	for _, f := range p.Fallbacks {
		if f.Rung != engine.RungHost || f.From == f.To || f.Why == "" {
			t.Errorf("it tells of %+v", f)
		}
		moved[f.Sample] = true
	}
	if len(moved) != 4 || len(p.Fallbacks) != 4 {
		t.Errorf("it tells of %+v", p.Fallbacks)
	}
	if left := goroutines(); left > before {
		t.Errorf("%d goroutines are left", left-before)
	}
}

// TestHostsAtTheStart: one that does not answer is done without and told, and so is
// another model of the same name; where none answers, each is named.
func TestHostsAtTheStart(t *testing.T) {
	up, down, other := fake.NewServer(t), fake.NewServer(t), fake.NewServer(t)
	other.Install(fake.Model{Name: "fake", Digest: "sha256:other"}, fake.Model{Name: "only-here"})
	down.Close()
	p, err := attempted(t, engine.Plan{Model: "fake", Samples: 4}, down, up, other)
	if err != nil || p.Verdict.Votes != 4 || len(other.Asked()) > 0 || len(p.Fallbacks) > 0 {
		t.Fatalf("%v, %+v; the other host got %d requests", err, p, len(other.Asked()))
	}
	notes := strings.Join(p.Warnings, "\n")
	for _, want := range []string{"going on without " + address(down) + ": no server answers at ", "fake:latest at " + address(other) + " is not the one at " + address(up)} {
		if !strings.Contains(notes, want) {
			t.Errorf("no %q in\n%s", want, notes)
		}
	}
	if p, err := attempted(t, engine.Plan{Model: "only-here", Samples: 1}, up, other); err != nil || p.Verdict.Votes != 1 || len(other.Asked()) != 1 {
		t.Errorf("a model of the second host: %v after %d requests", err, len(other.Asked()))
	}
	_, err = attempted(t, engine.Plan{}, down, down)
	if engine.ClassOf(err) != engine.Unreachable || strings.Count(engine.Hint(err), "no server answers at "+address(down)) < 1 {
		t.Errorf("none answers: %v", err)
	}
}

func address(s *fake.Server) string { return strings.TrimPrefix(s.URL, "http://") }
