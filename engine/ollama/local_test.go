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
	fmt.Fprintln(os.Stderr, "listening with", os.Getenv("OLLAMA_NUM_PARALLEL"), os.Getenv("OLLAMA_KEEP_ALIVE"), os.Getenv("HTTPS_PROXY"))
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
	t.Setenv("AIMO3_REDIS_PASSWORD", "SECRET")
	l := ownServer(t, "HTTPS_PROXY=http://alice:SECRET@proxy:3128")
	host, err := l.Start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	again, err := l.Start(t.Context())
	if again != host || err != nil {
		t.Errorf("started at %s, then at %s, %v", host, again, err)
	}
	pid := childPid(t, newClient(t, host).Server(t.Context()))
	if environ, err := os.ReadFile(fmt.Sprintf("/proc/%d/environ", pid)); err == nil && strings.Contains(string(environ), "AIMO3_REDIS_PASSWORD") {
		t.Error("the server is told a secret of ours")
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(pid, 0); !errors.Is(err, syscall.ESRCH) {
		t.Errorf("the server still runs: %v", err)
	}
	if log, _ := os.ReadFile(l.Log); !strings.Contains(string(log), "listening with 3 1h0m0s") || strings.Contains(string(log), "SECRET") {
		t.Errorf("log %q", log)
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
	for ; ; runtime.Gosched() {
		conn, err := net.Dial("tcp", host) //nolint:noctx // loopback
		if errors.Is(err, syscall.ECONNREFUSED) {
			return
		}
		if err == nil {
			_ = conn.Close()
		}
	}
}
