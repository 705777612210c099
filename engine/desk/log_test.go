package desk

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// secretive is a Server whose replies and faults quote what it was asked.
type secretive struct{ fault, down *engine.Fault }

func (s secretive) Stream(_ context.Context, _ engine.Ask, say func(engine.Piece)) (engine.Ending, error) {
	say(engine.Piece{Frames: 1, Channel: engine.Reply, Text: `the model says \boxed{4711000000000000004711}`})
	if s.fault != nil {
		return engine.Ending{}, s.fault
	}
	return engine.Ending{Tokens: 3}, nil
}

func (s secretive) Server(context.Context) engine.Server {
	return engine.Server{Name: "fake", Fault: s.down, Models: []engine.Model{{Name: "qwen3:8b"}}}
}

func (s secretive) Show(_ context.Context, name string) (engine.Model, error) {
	return engine.Model{Name: name}, nil
}

func (s secretive) Window(context.Context, string, int, uint64) int { return 0 }

// full is a Recorder that cannot keep anything.
type full struct{}

func (full) Put(engine.Event) error { return nil }
func (full) Close() error {
	return &engine.Fault{Class: engine.Storage, What: "the disk is full"}
}

// logged is what a desk logs of an attempt, a line for each thing: "attempt begun".
func logged(t *testing.T, level slog.Level, o Options) (lines []string, text string) {
	t.Helper()
	var out bytes.Buffer
	o.Log = slog.New(slog.NewJSONHandler(&out, &slog.HandlerOptions{Level: level}))
	_, _ = New(o).Attempt(t.Context(), "a1", engine.Problem{Statement: "What is the riddle?"}, engine.Plan{Samples: 2}, func(engine.Event) error { return nil })
	for line := range strings.Lines(out.String()) {
		var said struct{ Msg, Attempt string }
		if err := json.Unmarshal([]byte(line), &said); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, said.Msg)
	}
	return lines, out.String()
}

// notebook has code run in a sandbox of its name.
func notebook(context.Context, engine.Tools) (engine.Notebook, error) {
	return engine.Notebook{Code: engine.Code{Engine: "python"}, Sandbox: "landlock", Open: func(context.Context, engine.Caps) (engine.Session, error) {
		return nil, errors.New("not needed")
	}}, nil
}

func none(context.Context, engine.Tools) (engine.Notebook, error) {
	return engine.Notebook{}, &engine.Fault{Class: engine.Invalid, What: "no Python"}
}

func TestWhatIsLoggedOfAnAttempt(t *testing.T) {
	broken := &engine.Fault{Class: engine.Unknown, What: `cannot parse "the model says 4711000000000000004711"`}
	tests := []struct {
		name  string
		o     Options
		lines string // at info, each once, in order
		says  []string
	}{
		{"answered", Options{Servers: []Server{secretive{}}, Notebook: notebook}, "attempt begun|sandbox chosen|code chosen|attempt ended", []string{
			`"attempt":"a1","model":"qwen3:8b","samples":2`, `"engine":"python","level":"landlock"`, `"why":"all_ended","votes":2,"of":2,"took_ns":`,
		}},
		{"failed", Options{Servers: []Server{secretive{fault: broken}}}, "attempt begun|sample retried|sample retried|sample failed|sample failed|attempt ended|attempt failed", []string{`"class":"unknown"`, `"why":"all_failed"`}},
		{"without code", Options{Servers: []Server{secretive{}}, Notebook: none}, "attempt begun|no code will run|attempt ended", []string{`"what":"no Python"`}},
		{"no server", Options{Servers: []Server{secretive{down: &engine.Fault{Class: engine.Unreachable, What: "nobody answers"}}}}, "attempt failed", []string{`"class":"unreachable","what":"nobody answers"`}},
		{"a full disk", Options{Servers: []Server{secretive{}}, Record: func(engine.Sink) Recorder { return full{} }}, "attempt failed", []string{`"class":"storage","what":"the disk is full"`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			lines, text := logged(t, slog.LevelInfo, tt.o)
			if strings.Join(lines, "|") != tt.lines {
				t.Errorf("%q, want %q", lines, tt.lines)
			}
			for _, want := range tt.says {
				if !strings.Contains(text, want) {
					t.Errorf("no %s in\n%s", want, text)
				}
			}
			for _, word := range []string{"riddle", "model says", "4711000000000000004711"} {
				if strings.Contains(text, word) {
					t.Errorf("%q is logged at info:\n%s", word, text)
				}
			}
		})
	}
}

// TestWhatIsLoggedForDebugging is the problem and what came of it; every event only
// below that.
func TestWhatIsLoggedForDebugging(t *testing.T) {
	broken := secretive{fault: &engine.Fault{Class: engine.Unknown, What: `cannot parse "4712"`}}
	for _, want := range []string{`"statement":"What is the riddle?"`, `"answer":"4711000000000000004711"`} {
		if _, text := logged(t, slog.LevelDebug, Options{Servers: []Server{secretive{}}}); !strings.Contains(text, want) || strings.Contains(text, "model says") {
			t.Errorf("at debug: no %s, or events, in\n%s", want, text)
		}
	}
	if _, text := logged(t, slog.LevelDebug, Options{Servers: []Server{broken}}); !strings.Contains(text, "4712") {
		t.Errorf("at debug: no fault in\n%s", text)
	}
	if _, text := logged(t, engine.Dump, Options{Servers: []Server{secretive{}}}); !strings.Contains(text, `"kind":"delta","fact":{"sample":0,"channel":"reply","text":"the model says`) {
		t.Errorf("no event in\n%s", text)
	}
}

// TestRetriesAreLogged without what the model said again and again.
func TestRetriesAreLogged(t *testing.T) {
	var out bytes.Buffer
	d := &diary{log: slog.New(slog.NewJSONHandler(&out, nil))}
	_ = d.put(engine.Event{Fact: engine.SampleRetried{Sample: 1, Try: 2, Class: engine.Looped, Why: "again and again"}})
	if got := out.String(); !strings.Contains(got, `"msg":"sample retried","sample":1,"try":2,"class":"looped"}`) {
		t.Error(got)
	}
}

// delta is an event as there are thousands in an attempt.
func delta() engine.Event {
	return engine.Event{Attempt: "a1", Seq: 7, At: time.Now(), Fact: engine.Delta{Sample: 1, Channel: engine.Thinking, Text: " so x = 3", Frames: 1}}
}

func forInfo() *diary {
	return &diary{log: slog.New(slog.NewJSONHandler(new(bytes.Buffer), nil)).With("attempt", "a1")}
}

func TestADeltaCostsNothing(t *testing.T) {
	d, e := forInfo(), delta()
	if n := testing.AllocsPerRun(1000, func() { _ = d.put(e) }); n > 0 {
		t.Errorf("a delta makes %g objects", n)
	}
}

func BenchmarkDelta(b *testing.B) {
	d, e := forInfo(), delta()
	for b.Loop() {
		_ = d.put(e)
	}
}
