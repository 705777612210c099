package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/compute"
	"github.com/aimo3/aimo3/engine/monitor"
	"github.com/aimo3/aimo3/store"
)

// reply is what the scripted server does for one seed.
type reply struct {
	thinking, text string
	cut            bool
	err            error
}

// scripted is a Server that replies by seed, one request at a time.
type scripted struct {
	replies map[int64]reply
	models  []engine.Model
	fault   *engine.Fault
	asked   []engine.Ask
	pulled  []string
	hangAt  int           // if not zero, this request, from 1, hangs until ctx ends
	hangs   chan struct{} // closed when it does
	mu      sync.Mutex
}

func (s *scripted) Stream(ctx context.Context, ask engine.Ask, say func(engine.Piece)) (engine.Ending, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = append(s.asked, ask)
	r := s.replies[ask.Seed]
	if r.thinking != "" {
		say(engine.Piece{Channel: engine.Thinking, Text: r.thinking, Frames: 3})
	}
	if r.text != "" {
		say(engine.Piece{Frames: 1, Channel: engine.Reply, Text: r.text})
	}
	if len(s.asked) == s.hangAt {
		close(s.hangs)
		<-ctx.Done()
	}
	if ctx.Err() != nil {
		return engine.Ending{}, ctx.Err()
	}
	return engine.Ending{Cut: r.cut, PromptTokens: 10, Tokens: 1204, Generate: time.Second}, r.err
}

func (s *scripted) Server(context.Context) engine.Server {
	return engine.Server{Name: "ollama", Host: "127.0.0.1:11434", Local: true, Version: "0.17.4", Models: s.models, Fault: s.fault}
}

func (s *scripted) Show(_ context.Context, name string) (engine.Model, error) {
	for _, m := range s.models {
		if m.Name == name {
			m.Context, m.Capabilities = 40960, []string{"completion", "thinking"}
			return m, nil
		}
	}
	return engine.Model{}, errors.New("no such model")
}

func (s *scripted) Machine(disk string) monitor.Options { return monitor.Options{DiskOf: disk} }

func (s *scripted) Window(_ context.Context, _ string, chosen int, room uint64) int {
	if chosen > 0 {
		return min(chosen, 40960)
	}
	if room != 1e9 {
		return 0
	}
	return 16384
}

func (s *scripted) Recommended(uint64) (string, int64) { return "qwen3:8b", 5_200_000_000 }

func (s *scripted) Pull(_ context.Context, name string, tell func(engine.Pull)) error {
	s.pulled = append(s.pulled, name)
	tell(engine.Pull{Status: "pulling", Done: 1_000_000, Total: 4_000_000})
	tell(engine.Pull{Status: "verifying\x1b[2J"})
	return nil
}

func (s *scripted) Import(_ context.Context, path, name string, _ func(engine.Pull)) error {
	s.pulled = append(s.pulled, path+" as "+name)
	return nil
}

func (s *scripted) Close() error { return nil }

// bench is a program on fakes, and what the last command printed.
type bench struct {
	t         *testing.T
	server    *scripted
	others    []Server // further hosts
	store     keeping
	connect   error
	open      error
	env       map[string]string
	stdin     io.Reader
	terminals bool
	engines   []compute.Engine
	shown     *Screen
	timing    sync.Mutex // caches of programs that have ended may still ask for the time
	clock     time.Time

	out, err bytes.Buffer
}

func newBench(t *testing.T) *bench {
	home := t.TempDir()
	begin(t, filepath.Join(home, "aimo3", "aimo3.db"))
	return &bench{
		engines: []compute.Engine{notebook{}},
		t:       t, env: map[string]string{"XDG_DATA_HOME": home, "TERM": "xterm"}, stdin: strings.NewReader(""),
		server: &scripted{models: []engine.Model{
			{Name: "qwen3:4b", Digest: "abc", Size: 2_500_000_000, Family: "qwen3", Parameters: "4.0B", Quantization: "Q4_K_M", Modified: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)},
			{Name: "smollm2:135m", Digest: "def", Size: 90_000_000, Family: "llama", Parameters: "135M", Quantization: "Q4_1", Modified: time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC)},
		}, replies: map[int64]reply{}},
		clock: time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC),
	}
}

// begin makes a database in which nothing is.
func begin(t *testing.T, path string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(t.Context(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func (b *bench) program() Program {
	return Program{
		Connect: func(context.Context, []string) ([]Server, error) {
			if b.connect != nil {
				return nil, b.connect
			}
			return append([]Server{b.server}, b.others...), nil
		},
		Open: b.opens(store.Open), OpenToRead: b.opens(store.OpenToRead), Unreadable: store.Unreadable, PutAside: store.PutAside,
		Recover: func(ctx context.Context, path, to string) (Recovered, error) {
			found, err := store.Recover(ctx, path, to)
			return Recovered(found), err
		},
		Look: func(context.Context, monitor.Options) monitor.Reading {
			return monitor.Reading{
				Disk: monitor.Usage{Used: 60e9, Total: 100e9}, Memory: monitor.Usage{Used: 15e9, Total: 16e9},
				GPUs: []monitor.GPU{{Name: "H200", Memory: monitor.Usage{Missing: "[N/A]"}}},
			}
		},
		Engines: func(bool, func(string)) []compute.Engine { return b.engines },
		App: func(_ context.Context, s Screen) error {
			b.shown = &s
			return nil
		},
		Getenv: func(name string) string { return b.env[name] },
		Environ: func() []string {
			var all []string
			for name, value := range b.env {
				all = append(all, name+"="+value)
			}
			return all
		},
		SplitHosts: func(list string) ([]string, error) {
			if strings.Contains(list, " ") {
				return nil, &engine.Fault{Class: engine.Unreachable, What: "cannot read the server address", Todo: "give host and port"}
			}
			return modelNames(list)
		},
		ShowHost: func(address string) (string, error) { return address[strings.LastIndexByte(address, '@')+1:], nil },
		Now: func() time.Time {
			return b.after(100 * time.Millisecond)
		},
		Terminal: func(any) bool { return b.terminals },
	}
}

// after lets time pass, and says what time it is.
func (b *bench) after(d time.Duration) time.Time {
	b.timing.Lock()
	defer b.timing.Unlock()
	b.clock = b.clock.Add(d)
	return b.clock
}

// run runs a command and returns its exit code.
func (b *bench) run(args ...string) int {
	b.t.Helper()
	return b.runIn(context.Background(), args...)
}

func (b *bench) runIn(ctx context.Context, args ...string) int {
	b.t.Helper()
	b.out.Reset()
	b.err.Reset()
	return Run(ctx, b.program(), args, b.stdin, &b.out, &b.err)
}

// boxes scripts one plain reply for each answer; "" gives none.
func (b *bench) boxes(answers ...string) *bench {
	for i, a := range answers {
		text := "I do not know."
		if a != "" {
			text = fmt.Sprintf(`So it is \boxed{%s}.`, a)
		}
		b.server.replies[int64(i)] = reply{thinking: "Let me think.", text: text}
	}
	return b
}
