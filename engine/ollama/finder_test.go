package ollama_test

import (
	"net"
	"os"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/ollama"
	fake "github.com/aimo3/aimo3/engine/ollama/ollamatest"
)

func newFinder(t *testing.T, f *ollama.Finder) *ollama.Finder {
	t.Helper()
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func TestFinderUsesTheServerThatIsThere(t *testing.T) {
	srv := fake.NewServer(t)
	f := newFinder(t, &ollama.Finder{Host: srv.URL, Own: ownServer(t)})
	if s := f.Server(t.Context()); s.Own || s.Fault != nil || s.Busy != "" || s.Version != fake.Version {
		t.Errorf("%+v", s)
	}
	if end, err := f.Stream(t.Context(), engine.Ask{Model: "fake"}, func(engine.Piece) {}); err != nil || end.Tokens != 2 {
		t.Errorf("%+v, %v", end, err)
	}
}

func TestFinderWindow(t *testing.T) {
	srv := fake.NewServer(t)
	srv.Install(fake.Model{Name: "m", Shape: map[string]any{"general.architecture": "llama", "llama.context_length": 8192.0}})
	for name, c := range map[string]struct {
		model        string
		chosen, want int
	}{
		"nobody chose":          {"m", 0, 8192},
		"chosen":                {"m", 512, 512},
		"more than the model's": {"m", 4_000_000, 8192},
		"of an unknown model":   {"absent", 4_000_000, 4_000_000},
	} {
		f := newFinder(t, &ollama.Finder{Host: srv.URL, Own: ownServer(t)})
		if got := f.Window(t.Context(), c.model, c.chosen, 0); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}

func TestFinderStartsItsOwn(t *testing.T) {
	f := newFinder(t, &ollama.Finder{Host: closedPort(t), Own: ownServer(t)})
	if s := f.Server(t.Context()); !s.Own || s.Busy == "" || s.Fault == nil {
		t.Errorf("at first %+v", s)
	}
	c, err := f.Ensure(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s := f.Server(t.Context())
	if !s.Own || s.Fault != nil || s.Host != c.Host() || !s.Local {
		t.Errorf("then %+v", s)
	}
	var h heard
	if _, err := f.Stream(t.Context(), engine.Ask{Model: "x"}, h.say); err != nil || h.String() != "own" {
		t.Errorf("%q, %v", h.String(), err)
	}
	pid := childPid(t, s)
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	awaitClosed(t, s.Host)
	var again heard // the stream follows to the server that stands in for the dead one
	for again.String() != "own" {
		if _, err := f.Stream(t.Context(), engine.Ask{Model: "x"}, again.say); err != nil {
			runtime.Gosched() // the new one is on its way
		}
	}
	if s := f.Server(t.Context()); childPid(t, s) == pid {
		t.Error("the dead one still answers")
	}
}

func TestFinderNeverStartsOne(t *testing.T) {
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = silent.Close() }()
	own := ownServer(t)
	for name, f := range map[string]*ollama.Finder{
		"where a person chose the address": {Host: closedPort(t), Explicit: true, Own: own},
		"for a far host":                   {Host: "http://no-such-host.invalid:1", Own: own},
		"where it may not":                 {Host: closedPort(t)},
		"where something listens":          {Host: silent.Addr().String(), Own: own},
		"for an address that is none":      {Host: "ftp://x", Own: own},
	} {
		newFinder(t, f)
		if s := f.Server(t.Context()); s.Fault == nil || s.Own || s.Busy != "" {
			t.Errorf("%s: %+v", name, s)
		}
		if _, err := f.Ensure(t.Context()); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if _, err := os.Stat(own.Log); err == nil {
		t.Error("a server was started")
	}
}

func TestFinderTellsWhyItsOwnFails(t *testing.T) {
	f := newFinder(t, &ollama.Finder{Host: closedPort(t), Own: ownServer(t, pretends+"=broken")})
	if _, err := f.Ensure(t.Context()); !strings.Contains(engine.Hint(err), "the moon is wrong") {
		t.Errorf("%v", err)
	}
}

func TestFinderClosedWhileStarting(t *testing.T) {
	f := &ollama.Finder{Host: closedPort(t), Own: ownServer(t)}
	f.Server(t.Context())
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if s := f.Server(t.Context()); s.Busy != "" || s.Fault == nil {
		t.Errorf("%+v", s)
	}
}
