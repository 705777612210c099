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

// wholeSteps are the steps down the ladder that an attempt took as a whole, sorted.
func wholeSteps(p *engine.Progress) string {
	var all []string
	for _, f := range p.Fallbacks {
		if f.Rung == engine.RungHost {
			continue
		}
		all = append(all, fmt.Sprintf("%s %s>%s %s", f.Rung, f.From, f.To, f.Class))
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}

// TestAHostThatDies: of two hosts one is killed while half of eight samples are there.
// All end, on the other one, no half reply has a vote, and nothing is left running.
func TestAHostThatDies(t *testing.T) {
	before := goroutines()
	a := fake.NewServer(t, []fake.Step{fake.Say(`Perhaps \boxed{13}. `), fake.Stall()})
	met := make(chan struct{}) // else, on a busy machine, b is free again before all samples have chosen
	b := fake.NewServer(t, []fake.Step{fake.Gate(met), fake.Say(`So \boxed{4}.`), fake.Done()})
	go func() {
		a.AwaitAsked(t, 4)
		close(met)
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
	awaitGone(t, before)
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

// failsIf is how a model fails, if it does.
func failsIf(does func(fake.Request) bool, status int, text string) func(fake.Request) (int, string) {
	return func(ask fake.Request) (int, string) {
		if does(ask) {
			return status, text
		}
		return 0, ""
	}
}

// TestLadder: what a server that lacks memory, or whose model dies, says leads to a
// smaller window and then to another model, for all samples.
func TestLadder(t *testing.T) {
	always := func(fake.Request) bool { return true }
	above := func(tokens float64) func(fake.Request) bool {
		return func(ask fake.Request) bool { n, ok := ask.Options["num_ctx"].(float64); return !ok || n > tokens }
	}
	const noMemory, died = "model requires more system memory (9.1 GiB) than is available (7.2 GiB)", "model runner has unexpectedly stopped"
	for _, row := range []struct {
		name   string
		refuse func(fake.Request) (int, string)
		hosts  int
		steps  string
		model  string
	}{
		{"memory for half a window", failsIf(above(16384), 500, noMemory), 1, "window 32768>16384 memory", "big:latest"},
		{"no memory", failsIf(always, 500, noMemory), 1, "model big:latest>small:latest memory, window 16384>8192 memory, window 32768>16384 memory, window 8192>4096 memory", "small:latest"},
		{"a model that dies", failsIf(always, 500, died), 1, "model big:latest>small:latest crashed", "small:latest"},
		{"a model that dies everywhere", failsIf(always, 500, died), 2, "model big:latest>small:latest crashed", "small:latest"},
		{"a model that is gone", failsIf(always, 404, "model 'big' not found"), 1, "model big:latest>small:latest no_model", "small:latest"},
	} {
		t.Run(row.name, func(t *testing.T) {
			before := goroutines()
			var hosts []*fake.Server
			for range row.hosts {
				h := fake.NewServer(t, []fake.Step{fake.Say(`\boxed{4}`), fake.Done()})
				h.Install(fake.Model{Name: "big", Refuse: row.refuse}, fake.Model{Name: "small"})
				hosts = append(hosts, h)
			}
			plan := engine.Plan{Model: "big", Fallback: []string{"small"}, Samples: 8, Options: engine.Options{NumCtx: 32768}}
			p, err := attempted(t, plan, hosts...)
			if err != nil || p.Verdict.Votes != 8 || p.Plan.Model != row.model {
				t.Fatalf("%v, %+v by %s", err, p.Verdict, p.Plan.Model)
			}
			if got := wholeSteps(p); got != row.steps {
				t.Errorf("steps %s\nwant  %s", got, row.steps)
			}
			awaitGone(t, before)
		})
	}
}
