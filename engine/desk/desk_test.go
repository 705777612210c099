package desk_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/desk"
	"github.com/aimo3/aimo3/engine/enginetest"
)

// server is a Server with two models whose every reply is one box. Its larger
// model's window is of 16,384 tokens.
type server struct {
	fault *engine.Fault
	asked []engine.Ask
}

func (s *server) Stream(_ context.Context, ask engine.Ask, say func(engine.Piece)) (engine.Ending, error) {
	s.asked = append(s.asked, ask)
	say(engine.Piece{Frames: 1, Channel: engine.Reply, Text: `\boxed{4}`})
	return engine.Ending{Tokens: 3}, nil
}

func (s *server) Server(context.Context) engine.Server {
	return engine.Server{Name: "fake", MaxTopLogprobs: 20, Host: "here", Version: "1", Fault: s.fault, Models: []engine.Model{
		{Name: "qwen3:8b", Size: 5e9}, {Name: "qwen3:4b", Size: 2e9}, {Name: "vectors:latest"},
	}}
}

func (s *server) Show(_ context.Context, name string) (engine.Model, error) {
	if strings.HasPrefix(name, "vectors") {
		return engine.Model{Name: name, Capabilities: []string{"embedding"}}, nil
	}
	return engine.Model{Name: name}, nil
}

func (s *server) Window(_ context.Context, _ string, wished int, room uint64) int {
	if wished == 0 {
		return int(min(room/1e6, 16_384))
	}
	return min(wished, 16_384)
}

// onlyPython is what runs code where there is Python and nothing else.
func onlyPython(_ context.Context, tools engine.Tools) (engine.Notebook, error) {
	if tools == engine.ToolsEmbedded {
		return engine.Notebook{}, &engine.Fault{Class: engine.Invalid, What: "this program has no Python inside"}
	}
	return engine.Notebook{}, errors.New("not needed")
}

var problem = engine.Problem{Statement: "What is 2+2?"}

// TestRefused: what cannot be had ends with a fault before anything is kept.
func TestRefused(t *testing.T) {
	tests := []struct {
		name  string
		plan  engine.Plan
		fault *engine.Fault
		class engine.Class
		want  string
	}{
		{"model", engine.Plan{Model: "qwen4"}, nil, engine.NoModel, `no model "qwen4" is installed`},
		{"judge", engine.Plan{Judge: "qwen3:40b"}, nil, engine.NoModel, `no model "qwen3:40b" is installed`},
		{"model that embeds", engine.Plan{Model: "vectors"}, nil, engine.Invalid, `"vectors:latest" cannot reply`},
		{"judge that embeds", engine.Plan{Judge: "vectors"}, nil, engine.Invalid, `"vectors:latest" cannot reply`},
		{"tools", engine.Plan{Tools: engine.ToolsEmbedded}, nil, engine.Invalid, "no Python inside"},
		{"server", engine.Plan{}, &engine.Fault{Class: engine.Unreachable, What: "nobody answers"}, engine.Unreachable, "nobody answers"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := &server{fault: tt.fault}
			d := desk.New(desk.Options{Servers: []desk.Server{s}, Notebook: onlyPython, Record: func(engine.Sink) desk.Recorder {
				t.Error("something is kept")
				return nil
			}})
			_, err := d.Attempt(t.Context(), "a1", problem, tt.plan, nil)
			if engine.ClassOf(err) != tt.class || !strings.Contains(fmt.Sprint(err), tt.want) || len(s.asked) > 0 {
				t.Errorf("%v of class %s after %d requests; want %s, %q and none", err, engine.ClassOf(err), len(s.asked), tt.class, tt.want)
			}
		})
	}
}

// TestResolved: names are written out, what is open is filled from the machine,
// and what could not be had as wished is told as a warning, first of all.
func TestResolved(t *testing.T) {
	tests := []struct {
		name   string
		plan   engine.Plan
		model  string
		judge  string
		tools  engine.Tools
		window int
		notes  []string
	}{
		{name: "nothing wished", model: "qwen3:8b", tools: engine.ToolsAuto, window: 8_000},
		{name: "named", plan: engine.Plan{Model: "qwen3:4b", Judge: "qwen3:8b", Tools: engine.ToolsOff}, model: "qwen3:4b", judge: "qwen3:8b", tools: engine.ToolsOff, window: 8_000},
		{name: "a small window", plan: engine.Plan{Options: engine.Options{NumCtx: 4096}}, model: "qwen3:8b", tools: engine.ToolsAuto, window: 4096},
		{
			name: "too much", plan: engine.Plan{Tools: "starlark", TopLogprobs: 50, Options: engine.Options{NumCtx: 65_536}}, model: "qwen3:8b", tools: engine.ToolsAuto, window: 16_384,
			notes: []string{
				"starlark is no longer supported: using auto",
				"fake sends at most 20 log-probabilities per token; using that many",
				"qwen3:8b has a context window of at most 16384 tokens; using that",
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := desk.New(desk.Options{Servers: []desk.Server{new(server)}, Notebook: onlyPython, Room: func(context.Context) uint64 { return 8e9 }})
			tt.plan.Samples = 1
			var events []engine.Event
			_, err := d.Attempt(t.Context(), "a1", problem, tt.plan, func(e engine.Event) error {
				events = append(events, e)
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			p := enginetest.Fold(events)
			if got := p.Plan; got.Model != tt.model || got.Judge != tt.judge || got.Tools != tt.tools || got.Options.NumCtx != tt.window {
				t.Errorf("plan %+v", got)
			}
			for i, note := range tt.notes {
				if w, ok := events[i+1].Fact.(engine.Warning); !ok || w.Text != note {
					t.Errorf("event %d is %+v, want the warning %q", i+2, events[i+1].Fact, note)
				}
			}
		})
	}
}

// TestStatement: a desk attempts no statement that is none, and says in the attempt when
// one may lack a part.
func TestStatement(t *testing.T) {
	for statement, want := range map[string]string{
		"": "1 to 20000", strings.Repeat("x", engine.MaxStatement+1): "at most 20000", "2+2?": "fewer than 10 characters", problem.Statement: "",
	} {
		s, told := new(server), ""
		_, err := desk.New(desk.Options{Servers: []desk.Server{s}}).Attempt(t.Context(), "a1", engine.Problem{Statement: statement}, engine.Plan{Samples: 1}, func(e engine.Event) error {
			if w, ok := e.Fact.(engine.Warning); ok {
				told += w.Text
			}
			return nil
		})
		if got := engine.Hint(err) + told; !strings.Contains(got, want) || want == "" && got != "" || err != nil && len(s.asked) > 0 {
			t.Errorf("%.20q: %q after %d requests, want %q", statement, got, len(s.asked), want)
		}
	}
}

// recorder is a Recorder that fails to close.
type recorder struct {
	next engine.Sink
	kept []engine.Event
}

var errDisk = errors.New("the disk is full")

func (r *recorder) Put(e engine.Event) error {
	r.kept = append(r.kept, e)
	return r.next(e)
}

func (r *recorder) Close() error { return errDisk }

// TestKept: what is listened to has gone through the recorder, whose end counts.
func TestKept(t *testing.T) {
	var rec *recorder
	d := desk.New(desk.Options{Servers: []desk.Server{new(server)}, Record: func(next engine.Sink) desk.Recorder {
		rec = &recorder{next: next}
		return rec
	}})
	var heard []engine.Event
	_, err := d.Attempt(t.Context(), "a1", problem, engine.Plan{Samples: 1}, func(e engine.Event) error {
		heard = append(heard, e)
		return nil
	})
	same := func(a, b engine.Event) bool { return a.Seq == b.Seq && a.Kind() == b.Kind() }
	if !errors.Is(err, errDisk) || len(heard) == 0 || !slices.EqualFunc(rec.kept, heard, same) {
		t.Errorf("%v; kept %d events, heard %d", err, len(rec.kept), len(heard))
	}
}
