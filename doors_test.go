package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/compute"
	"github.com/aimo3/aimo3/engine/desk"
	fake "github.com/aimo3/aimo3/engine/ollama/ollamatest"
	"github.com/aimo3/aimo3/tui"
	"github.com/aimo3/aimo3/tui/ask"
	"github.com/aimo3/aimo3/tui/cli"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// heard is what one front end made of a problem: the events but for times and
// names, and why there are no more.
type heard struct{ events, fault string }

func hearAll(events []engine.Event, err error) heard {
	var b strings.Builder
	var all []engine.Event
	for _, e := range events { // joined, as what waits for a screen is, and without what hangs on the moment
		if e.Kind() == "phase_changed" {
			continue
		}
		e.Attempt, e.At = "", time.Time{}
		all = engine.Append(all, e)
	}
	for _, e := range all {
		text, _ := json.Marshal(e.Fact)
		fmt.Fprintln(&b, e.Kind(), string(text))
	}
	what, _, _ := strings.Cut(engine.Hint(err), " · ")
	return heard{b.String(), what}
}

// doors are the ways to have a problem attempted.
var doors = map[string]func(t *testing.T, host, statement string, plan engine.Plan, flags []string) heard{
	"desk": func(t *testing.T, host, statement string, plan engine.Plan, _ []string) heard {
		servers := find(strings.Split(host, ","), nil)
		defer func() { _ = closeAll(servers) }()
		var events []engine.Event
		notebooks := &compute.Notebooks{Engines: engines(false, nil)}
		problem, _ := engine.NewProblem("typed", statement)
		_, err := desk.New(desk.Options{Servers: atDesk(servers), Notebook: notebooks.For}).Attempt(t.Context(), "a1", problem, plan, func(e engine.Event) error {
			events = append(events, e)
			return nil
		})
		return hearAll(events, err)
	},
	"solve": func(t *testing.T, host, statement string, _ engine.Plan, flags []string) heard {
		var out, errs bytes.Buffer
		p := program()
		p.Getenv, p.Environ = func(string) string { return "" }, func() []string { return nil }
		cli.Run(t.Context(), p, append([]string{"solve", "--events", "--no-save", "--host", host, statement}, flags...), strings.NewReader(""), &out, &errs)
		var events []engine.Event
		for line := range strings.Lines(out.String()) {
			var e engine.Event
			if err := json.Unmarshal([]byte(line), &e); err != nil {
				t.Fatal(err)
			}
			events = append(events, e)
		}
		h := hearAll(events, nil)
		if len(events) == 0 {
			_, hint, _ := strings.Cut(strings.TrimSpace(errs.String()), "aimo3: ")
			h.fault, _, _ = strings.Cut(hint, " · ")
		}
		return h
	},
	"app": func(t *testing.T, host, statement string, plan engine.Plan, _ []string) heard {
		servers, notebooks := find(strings.Split(host, ","), nil), &compute.Notebooks{Engines: engines(false, nil)}
		defer func() { _ = closeAll(servers) }()
		o := screens(cli.Screen{Settings: cli.Settings{Plan: plan}}, servers, notebooks, new(atomic.Uint64))
		env := tuitest.Env(t, tuitest.Palette(t))
		env.Plan, env.Now = o.Env.Plan, o.Env.Now
		ended := make(chan error, 1)
		env.Solve = func(id engine.AttemptID, p engine.Problem, plan engine.Plan) error {
			err := o.Solve(t.Context(), id, p, plan)
			ended <- err
			return err
		}
		d := tuitest.Drive(t, ask.New(env), 200, 40)
		d.Send(screen.ServerSeen{Server: o.Server(context.Background())})
		d.Type(statement)
		d.Press("enter")
		var h heard
		d.Until("the end of the attempt", func() bool {
			select {
			case err := <-ended:
				var events []engine.Event
				if err == nil {
					events = o.Feed.Next().(screen.Arrived).Events
				}
				h = hearAll(events, err)
				return true
			default: // or it is refused before it begins
				_, line, refused := strings.Cut(d.Frame(), "▲ ")
				h.fault = strings.TrimSpace(strings.Split(line, "  ")[0])
				return refused
			}
		})
		return h
	},
	"text": func(t *testing.T, host, statement string, plan engine.Plan, _ []string) heard {
		servers, notebooks := find(strings.Split(host, ","), nil), &compute.Notebooks{Engines: engines(false, nil)}
		defer func() { _ = closeAll(servers) }()
		var events []engine.Event
		put := func(e engine.Event) error { events = append(events, e); return nil }
		o := screens(cli.Screen{Settings: cli.Settings{Plan: plan}, Listen: func() engine.Sink { return put }}, servers, notebooks, new(atomic.Uint64))
		var out bytes.Buffer
		o.Input, o.Output = strings.NewReader(statement+"\n.\n"), &out
		if err := tui.RunPlain(t.Context(), o); err != nil {
			t.Fatal(err)
		}
		h := hearAll(events, nil)
		if _, fault, refused := strings.Cut(out.String(), "not done: "); len(events) == 0 && refused {
			h.fault = strings.FieldsFunc(fault, func(r rune) bool { return r == '\n' || r == '·' })[0]
			h.fault = strings.TrimSpace(h.fault)
		}
		return h
	},
	"served": func(t *testing.T, host, statement string, plan engine.Plan, _ []string) heard {
		server, address := served(t, "127.0.0.1:0", host, filepath.Join(t.TempDir(), "aimo3.db"), "--model", "")
		defer func() { _ = server.Process.Signal(os.Interrupt); _ = server.Wait() }()
		c, _ := clientOf(t, address)
		looksAfter(t, c)
		var events []engine.Event
		id, _, err := c.Create(t.Context(), engine.Problem{Statement: statement}, plan, true)
		if err == nil {
			_, err = c.Watch(t.Context(), id, func(e engine.Event) error { events = append(events, e); return nil })
		}
		return hearAll(events, err)
	},
}

// sources are where a problem came from, which each door says of itself.
var sources = regexp.MustCompile(`"source":"[a-z]*"`)

// TestEveryDoorLeadsToTheSameRoom: the app, the command and a call of the desk
// make the same plan, the same faults and the same events of the same wish.
func TestEveryDoorLeadsToTheSameRoom(t *testing.T) {
	tests := []struct {
		name  string
		plan  engine.Plan
		flags []string
		want  string // in the fault, or in the events
	}{
		{"plain", engine.Plan{Samples: 1, Tools: engine.ToolsOff}, []string{"--samples", "1", "--tools", "off"}, `"answer":"4"`},
		{
			"a window too large",
			engine.Plan{Samples: 1, Tools: engine.ToolsOff, Options: engine.Options{NumCtx: 1 << 20}},
			[]string{"--samples", "1", "--tools", "off", "--num-ctx", "1048576"},
			"context window of",
		},
		{"no such model", engine.Plan{Model: "nobody"}, []string{"--model", "nobody"}, `no model "nobody" is installed`},
		{"no such judge", engine.Plan{Judge: "nobody"}, []string{"--judge", "nobody"}, `no model "nobody" is installed`},
		{"no such fallback", engine.Plan{Fallback: []string{"nobody"}}, []string{"--fallback", "nobody"}, `no model "nobody" is installed`},
		{
			"a fallback",
			engine.Plan{Samples: 1, Tools: engine.ToolsOff, Model: "dying", Fallback: []string{"fake", "able:1b"}},
			[]string{"--samples", "1", "--tools", "off", "--model", "dying", "--fallback", "fake", "--fallback", "able:1b"},
			`fallback_used {"sample":-1,"rung":"model","from":"dying:latest","to":"fake:latest"`,
		},
		{"a model of the second host", engine.Plan{Samples: 1, Tools: engine.ToolsOff, Model: "second"}, []string{"--samples", "1", "--tools", "off", "--model", "second"}, `"answer":"4"`},
		{"nothing to run code", engine.Plan{Tools: engine.ToolsEmbedded}, []string{"--tools", "embedded"}, "no Python in it"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := (&compute.Notebooks{Engines: engines(false, nil)}).Engine(t.Context(), engine.ToolsEmbedded); err == nil && tt.plan.Tools == engine.ToolsEmbedded {
				t.Skip("SKIPPED: this build has a Python inside, so nothing is missing")
			}
			all := map[string]heard{}
			for name, door := range doors {
				srv := fake.NewServer(t, []fake.Step{fake.Say(`\boxed{4}`), fake.Done()})
				srv.Install(fake.Model{Name: "able:1b", Shape: map[string]any{"general.architecture": "able", "able.context_length": 40960}}, fake.Model{Name: "dying", Refuse: func(fake.Request) (int, string) { return 500, "CUDA error: out of memory" }})
				other := fake.NewServer(t)
				other.Install(fake.Model{Name: "second"})
				all[name] = door(t, srv.URL+","+other.URL, "What is 2+2?", tt.plan, tt.flags)
			}
			want := all["desk"]
			if !strings.Contains(want.events+want.fault, tt.want) {
				t.Errorf("desk: %+v, want %q", want, tt.want)
			}
			for name, got := range all {
				if sources.ReplaceAllString(got.events, `"source":"typed"`) != want.events || got.fault != want.fault {
					t.Errorf("%s:\n%s%s\nthe desk:\n%s%s", name, got.events, got.fault, want.events, want.fault)
				}
			}
		})
	}
}

// TestTheAppFitsTheMemory: a window is no larger than what the machine was last seen to
// have room for.
func TestTheAppFitsTheMemory(t *testing.T) {
	srv := fake.NewServer(t, []fake.Step{fake.Say(`\boxed{4}`), fake.Done()})
	srv.Install(fake.Model{Name: "able:1b", Size: 1 << 30, Shape: map[string]any{
		"general.architecture": "able", "able.context_length": 40960, "able.block_count": 32, "able.attention.head_count": 32,
		"able.attention.head_count_kv": 32, "able.embedding_length": 4096,
	}})
	window := func(room uint64) int {
		servers, notebooks := find([]string{srv.URL}, nil), &compute.Notebooks{Engines: engines(false, nil)}
		defer func() { _ = closeAll(servers) }()
		free := new(atomic.Uint64)
		free.Store(room)
		o := screens(cli.Screen{Settings: cli.Settings{}}, servers, notebooks, free)
		if err := o.Solve(t.Context(), "a1", engine.Problem{Statement: "What is 2+2?"}, engine.Plan{Model: "able:1b", Samples: 1, Tools: engine.ToolsOff}); err != nil {
			t.Fatal(err)
		}
		return o.Feed.Next().(screen.Arrived).Events[0].Fact.(engine.AttemptStarted).Plan.Options.NumCtx
	}
	large, small := window(64<<30), window(4<<30)
	if small >= large || small == 0 {
		t.Errorf("with 4 GB the window is %d tokens, and with 64 GB %d", small, large)
	}
}
