package cli_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestProgram runs the program itself, as a shell would.
func TestProgram(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program: left out by -short")
	}
	path, host := build(t), slowOllama(t)
	t.Run("every printed event survives kill -9", func(t *testing.T) { printedSurvivesKill(t, path, host) })
	t.Run("what the app shows survives kill -9", func(t *testing.T) { shownSurvivesKill(t, path, host) })
	t.Run("signals close the attempt", func(t *testing.T) { signalsClose(t, path, host) })
	t.Run("a broken pipe closes the attempt", func(t *testing.T) { brokenPipeCloses(t, path, host) })
	t.Run("a closed output is an error", func(t *testing.T) { closedOutput(t, path) })
}

// closedOutput: what cannot be written is told, and a closed standard error ends nothing.
func closedOutput(t *testing.T, path string) {
	for script, want := range map[string]string{
		`"$0" version >&-; echo $?`:          "2",
		`"$0" version >&- <&- 2>&-; echo $?`: "2",
		`"$0" version >/dev/null; echo $?`:   "0",
		`"$0" version 2>&- <&- | wc -l`:      "6",
	} {
		if out, err := exec.Command("/bin/sh", "-c", script, path).Output(); err != nil || strings.TrimSpace(string(out)) != want { //nolint:noctx // it ends by itself
			t.Errorf("%s: %s, %v; want %s", script, out, err, want)
		}
	}
}

func build(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "aimo3")
	if out, err := exec.Command("go", "build", "-o", path, "github.com/aimo3/aimo3").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return path
}

// slowOllama answers as Ollama does, a token every few milliseconds and no end of
// them: whoever stops is stopped by the test.
func slowOllama(t *testing.T) string {
	t.Helper()
	reply := func(body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.WriteString(w, body)
		}
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /api/version", reply(`{"version":"0.17.4"}`))
	mux.HandleFunc("GET /api/tags", reply(`{"models":[{"name":"slow:1b","model":"slow:1b","digest":"d1","size":1000000,"details":{"family":"slow"}}]}`))
	mux.HandleFunc("POST /api/show", reply(`{"details":{"family":"slow"},"model_info":{"general.architecture":"slow","slow.context_length":4096},"capabilities":["completion"]}`))
	mux.HandleFunc("GET /api/ps", reply(`{"models":[{"name":"slow:1b","model":"slow:1b","digest":"d1"}]}`))
	mux.HandleFunc("POST /api/chat", chat)
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL
}

func chat(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/x-ndjson")
	for i := 0; ; i++ {
		select {
		case <-r.Context().Done():
			return
		case <-time.After(5 * time.Millisecond):
			_, _ = fmt.Fprintf(w, `{"model":"slow:1b","created_at":"2026-01-01T00:00:00Z","message":{"role":"assistant","content":"step %d, "},"done":false}`+"\n", i)
			w.(http.Flusher).Flush() //nolint:forcetypeassert // the test server's is one
		}
	}
}

// program runs the built program in an environment of its own.
func program(t *testing.T, path, home string, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), path, args...)
	cmd.Env = []string{"HOME=" + home, "PATH=" + os.Getenv("PATH"), "TERM=dumb", "AIMO3_NUM_CTX=4096"}
	return cmd
}

// kills is how often to kill a program: STORE_KILLS, else as many as given.
func kills(otherwise int) int {
	if n, err := strconv.Atoi(os.Getenv("STORE_KILLS")); err == nil {
		return n
	}
	return otherwise
}

func printedSurvivesKill(t *testing.T, path, host string) {
	t.Helper()
	times, home, lines := kills(20), t.TempDir(), 0
	for range times {
		printed := printedUntilKilled(t, program(t, path, home, "solve", "--events", "--host", host, "--samples", "4", "a problem"), 1+rand.IntN(40))
		shown := program(t, path, home, "history", "show", "last", "--events")
		stored, err := shown.Output()
		if err != nil {
			t.Fatalf("history show: %v", err)
		}
		lines += bytes.Count(printed, []byte("\n"))
		if !bytes.HasPrefix(stored, printed) {
			t.Fatalf("printed before the kill:\n%s\nstored:\n%s", printed, stored)
		}
	}
	t.Logf("%d kills; %d events printed before them, none of them lost", times, lines)
	out, err := program(t, path, home, "doctor", "--host", host).Output()
	if err != nil || !strings.Contains(string(out), "undamaged") {
		t.Errorf("doctor after the kills: %v\n%s", err, out)
	}
}

// printedUntilKilled kills the program once it has printed so many lines, and
// returns all the whole lines that came.
func printedUntilKilled(t *testing.T, cmd *exec.Cmd, lines int) []byte {
	t.Helper()
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var all bytes.Buffer
	r := bufio.NewReader(out)
	for range lines {
		line, err := r.ReadBytes('\n')
		if err != nil {
			t.Fatalf("the program ended after %d bytes: %v", all.Len(), err)
		}
		all.Write(line)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	rest, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // killed
	all.Write(rest)
	return all.Bytes()[:bytes.LastIndexByte(all.Bytes(), '\n')+1]
}

func signalsClose(t *testing.T, path, host string) {
	t.Helper()
	for _, sig := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		home := t.TempDir()
		cmd := program(t, path, home, "solve", "--events", "--host", host, "--samples", "2", "a problem")
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		r := bufio.NewReader(out)
		if _, err := r.ReadBytes('\n'); err != nil {
			t.Fatal(err)
		}
		if err := cmd.Process.Signal(sig); err != nil {
			t.Fatal(err)
		}
		rest, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait() // the code tells
		if code := cmd.ProcessState.ExitCode(); code != 4 {
			t.Errorf("%v: exit code %d, want 4", sig, code)
		}
		lines := strings.Split(strings.TrimSpace(string(rest)), "\n")
		if last := lines[len(lines)-1]; !strings.Contains(last, `"kind":"attempt_finished"`) || !strings.Contains(last, `"why":"cancelled"`) {
			t.Errorf("%v: the last event is %s", sig, last)
		}
	}
}

func brokenPipeCloses(t *testing.T, path, host string) {
	t.Helper()
	home := t.TempDir()
	shell := program(t, "/bin/sh", home, "-c", `"$0" solve --events --host "$1" --samples 2 p 2>err | head -n 1 >/dev/null; cat err`, path, host)
	shell.Dir = home
	out, err := shell.Output()
	if err != nil || strings.Contains(string(out), "aimo3:") {
		t.Errorf("%v, stderr %q", err, out)
	}
	shown, err := program(t, path, home, "history", "show", "last", "--events").Output()
	if err != nil || !strings.Contains(string(shown), "attempt_finished") {
		t.Errorf("the attempt was not closed: %v\n%s", err, shown)
	}
}
