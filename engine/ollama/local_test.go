package ollama_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/ollama"
	fake "github.com/aimo3/aimo3/engine/ollama/ollamatest"
)

// This test program stands in for the ollama program, and for an aimo3 that is
// killed, when it is started with these variables set.
const (
	actAs    = "AIMO3_TEST_ACT_AS"
	pretends = "AIMO3_TEST_PRETENDS" // how the ollama program behaves
)

func TestMain(m *testing.M) {
	switch os.Getenv(actAs) {
	case "ollama":
		os.Exit(fakeOllama())
	case "parent":
		os.Exit(killedParent())
	}
	os.Exit(m.Run())
}

// fakeOllama is a small `ollama serve`.
func fakeOllama() int {
	fmt.Fprintln(os.Stderr, "listening with", os.Getenv("OLLAMA_NUM_PARALLEL"), os.Getenv("OLLAMA_KEEP_ALIVE"))
	if os.Getenv(pretends) == "broken" {
		fmt.Fprintln(os.Stderr, "Error: the moon is wrong\x1b[31m")
		return 1
	}
	http.HandleFunc("/api/version", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, `{"version":"1"}`) })
	http.HandleFunc("/api/tags", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = fmt.Fprintf(w, `{"models":[{"name":"pid-%d:latest"}]}`, os.Getpid())
	})
	http.HandleFunc("/api/show", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, `{}`) })
	http.HandleFunc("/api/chat", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/x-ndjson")
		_, _ = io.WriteString(w, `{"message":{"content":"own"},"done":true}`)
	})
	fmt.Fprintln(os.Stderr, http.ListenAndServe(os.Getenv("OLLAMA_HOST"), nil)) //nolint:gosec // a test
	return 1
}

// killedParent starts a server, says its address, and waits to be killed.
func killedParent() int {
	l := ollama.Local{Program: os.Args[0], Env: []string{actAs + "=ollama"}}
	host, err := l.Start(context.Background())
	fmt.Println(host, err)
	select {}
}

func ownServer(t *testing.T, env ...string) *ollama.Local {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	l := &ollama.Local{Program: self, Parallel: 3, KeepAlive: time.Hour, Log: filepath.Join(t.TempDir(), "log"), Env: append(env, actAs+"=ollama")}
	t.Cleanup(func() { _ = l.Close() })
	return l
}

// childPid is the process of the server that says so in its list of models.
func childPid(t *testing.T, s engine.Server) int {
	t.Helper()
	if len(s.Models) != 1 {
		t.Fatalf("%+v", s)
	}
	pid, err := strconv.Atoi(strings.TrimSuffix(strings.TrimPrefix(s.Models[0].Name, "pid-"), ":latest"))
	if err != nil {
		t.Fatal(err)
	}
	return pid
}

func TestLocal(t *testing.T) {
	l := ownServer(t)
	host, err := l.Start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	again, err := l.Start(t.Context())
	if again != host || err != nil {
		t.Errorf("started at %s, then at %s, %v", host, again, err)
	}
	if log, _ := os.ReadFile(l.Log); !strings.Contains(string(log), "listening with 3 1h0m0s") {
		t.Errorf("log %q", log)
	}
	pid := childPid(t, newClient(t, host).Server(t.Context()))
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(pid, 0); !errors.Is(err, syscall.ESRCH) {
		t.Errorf("the server still runs: %v", err)
	}
}

func TestLocalThatDiesAtOnce(t *testing.T) {
	l := ownServer(t, pretends+"=broken")
	_, err := l.Start(t.Context())
	if hint := engine.Hint(err); engine.ClassOf(err) != engine.Crashed || !strings.Contains(hint, "the moon is wrong") || strings.Contains(hint, "\x1b") || !strings.Contains(hint, l.Log) {
		t.Errorf("%q", hint)
	}
}

func TestLocalWithoutProgram(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	l := &ollama.Local{Dirs: []string{t.TempDir()}}
	if _, err := l.Start(t.Context()); engine.ClassOf(err) != engine.Unreachable || !strings.Contains(engine.Hint(err), "install") {
		t.Errorf("%v", err)
	}
	self, _ := os.Executable()
	if err := os.Symlink(self, filepath.Join(l.Dirs[0], "ollama")); err != nil {
		t.Fatal(err)
	}
	if path, err := l.Find(); err != nil || filepath.Dir(path) != l.Dirs[0] {
		t.Errorf("%s, %v", path, err)
	}
}

// A server of ours ends with us, even when we are killed.
func TestLocalEndsWithAKilledParent(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux ends a child with its parent")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	parent := exec.CommandContext(t.Context(), self)
	parent.Env = append(os.Environ(), actAs+"=parent")
	out, err := parent.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := parent.Start(); err != nil {
		t.Fatal(err)
	}
	line, _ := bufio.NewReader(out).ReadString('\n')
	host, _, _ := strings.Cut(line, " ")
	childPid(t, newClient(t, host).Server(t.Context()))
	if err := parent.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = parent.Wait() // killed
	awaitClosed(t, host)
}

// awaitClosed waits until nothing listens at host.
func awaitClosed(t *testing.T, host string) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); ; runtime.Gosched() {
		conn, err := net.Dial("tcp", host) //nolint:noctx // loopback
		if errors.Is(err, syscall.ECONNREFUSED) {
			return
		}
		if err == nil {
			_ = conn.Close()
		}
		if time.Now().After(deadline) {
			t.Fatalf("something still listens at %s", host)
		}
	}
}

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
	for deadline := time.Now().Add(20 * time.Second); again.String() != "own"; {
		if _, err = f.Stream(t.Context(), engine.Ask{Model: "x"}, again.say); err != nil && time.Now().After(deadline) {
			t.Fatal(err)
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
