package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/aimo3/aimo3/engine/compute"
	"github.com/aimo3/aimo3/engine/compute/python"
	"github.com/aimo3/aimo3/engine/desk"
	"github.com/aimo3/aimo3/engine/ollama"
	"github.com/aimo3/aimo3/store"
)

// replay is a desk before servers that replay recordings.
type replay struct {
	servers []string // base addresses
	desk    *desk.Desk
	db      *store.DB
}

const recordings = "data/traces/traces.jsonl.gz"

// startReplay builds and starts what ends with the test. Without tools a server
// knows a conversation by the code that stands last in it, and takes two traces
// that share a cell for one: then each sample has a server to itself, with one
// trace of a problem in which no cell stands twice, and its seed leads there.
func startReplay(t *testing.T, fences bool) *replay {
	t.Helper()
	dir := t.TempDir()
	program := buildReplay(t, dir)
	r := &replay{}
	address := ""
	if fences {
		for _, data := range dealt(t, dir, 8) {
			r.servers = append(r.servers, playBack(t, program, data))
		}
		address = bySeed(t, r.servers)
	} else {
		address = playBack(t, program, filepath.Join(shared, recordings))
		r.servers = []string{address}
	}
	client, err := ollama.New(address)
	if err != nil {
		t.Fatal(err)
	}
	if r.db, err = store.Open(t.Context(), filepath.Join(dir, "aimo3.db"), nil); err != nil {
		t.Fatal(err)
	}
	notebooks := &compute.Notebooks{Engines: []compute.Engine{&python.Engine{Path: os.Getenv("AIMO3_PYTHON"), NeedSymPy: true}}}
	notebooks.Limits.First = 2 // as the recorder's, which loaded libraries first
	t.Cleanup(func() {
		client.Close()
		if err := errors.Join(notebooks.Close(), r.db.Close()); err != nil {
			t.Error(err)
		}
	})
	r.desk = deskOf(client, notebooks, r.db)
	return r
}

// buildReplay builds the server that replays recordings, in dir.
func buildReplay(t *testing.T, dir string) (program string) {
	t.Helper()
	program = filepath.Join(dir, "replay")
	build := exec.Command("go", "build", "-o", program, ".")
	build.Dir = filepath.Join(shared, "tools/replay")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build the replay server: %v\n%s", err, out)
	}
	return program
}

// playBack starts a server of the traces of a file, which ends with the test. Later
// flags are the server's own.
func playBack(t *testing.T, program, data string, flags ...string) (address string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address = listener.Addr().String()
	_ = listener.Close()
	server := exec.CommandContext(t.Context(), program, append([]string{"-data", data, "-rate", "20000", "-ttft", "5ms", "-listen", address}, flags...)...)
	said, err := server.StderrPipe()
	if err == nil {
		err = server.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Wait() }) // the test's context has ended it
	if line, err := bufio.NewReader(said).ReadString('\n'); err != nil || !strings.Contains(line, address) {
		t.Fatalf("the replay server says %q, %v", line, err)
	}
	go func() { _, _ = io.Copy(io.Discard, said) }()
	for t.Context().Err() == nil { // it says where it listens before it does
		if conn, err := net.Dial("tcp", address); err == nil {
			_ = conn.Close()
			break
		}
	}
	return "http://" + address
}

// unzipped is what a file of gzip holds.
func unzipped(t *testing.T, path string) []byte {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	all, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// dealt deals the recorded traces of each problem to files, in turn; a problem
// with fewer traces than files has some of them in several.
func dealt(t *testing.T, dir string, files int) (paths []string) {
	t.Helper()
	traces := map[string][][]byte{}
	for line := range bytes.Lines(unzipped(t, filepath.Join(shared, recordings))) {
		problem, trace := distinct(t, line)
		traces[problem] = append(traces[problem], trace)
	}
	for i := range files {
		var zipped bytes.Buffer
		w := gzip.NewWriter(&zipped)
		for _, lines := range traces {
			_, _ = w.Write(append(lines[i%len(lines)], '\n'))
		}
		paths = append(paths, filepath.Join(dir, fmt.Sprintf("traces-%d.jsonl.gz", i)))
		if err := errors.Join(w.Close(), os.WriteFile(paths[i], zipped.Bytes(), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	return paths
}

// distinct gives a cell that repeats an earlier one a comment, at its end, that
// tells the two apart, lest the conversation go in a circle.
func distinct(t *testing.T, line []byte) (problem string, trace []byte) {
	t.Helper()
	var recorded map[string]any
	read := json.NewDecoder(bytes.NewReader(line))
	read.UseNumber()
	if err := read.Decode(&recorded); err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	messages, _ := recorded["messages"].([]any)
	for _, one := range messages {
		m, _ := one.(map[string]any)
		if code, ok := m["content"].(string); ok && m["recipient"] == "python" && m["role"] == "assistant" {
			alike := strings.ToLower(strings.Map(compared, code))
			if seen[alike]++; seen[alike] > 1 {
				m["content"] = fmt.Sprintf("%s\n# time %d\n", code, seen[alike])
			}
		}
	}
	trace, err := json.Marshal(recorded)
	if err != nil {
		t.Fatal(err)
	}
	problem, _ = recorded["problem_id"].(string)
	return problem, trace
}

// compared keeps the runes by which the server compares code.
func compared(r rune) rune {
	if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("+-*/%=<>", r) {
		return r
	}
	return -1
}

// bySeed is the address before several servers; a request's seed says which it
// is for.
func bySeed(t *testing.T, servers []string) string {
	t.Helper()
	lost := func(w http.ResponseWriter, _ *http.Request, _ error) { w.WriteHeader(http.StatusBadGateway) } // most of them cancelled
	front := httptest.NewServer(&httputil.ReverseProxy{FlushInterval: -1, ErrorHandler: lost, Rewrite: func(r *httputil.ProxyRequest) {
		body, _ := io.ReadAll(r.In.Body)
		r.Out.Body = io.NopCloser(bytes.NewReader(body))
		var ask struct{ Options struct{ Seed int } }
		_ = json.Unmarshal(body, &ask) // other requests are the same to all
		if to, err := url.Parse(servers[ask.Options.Seed%len(servers)]); err == nil {
			r.SetURL(to)
		}
	}})
	t.Cleanup(front.Close)
	return front.URL
}

// stats are those of all servers together.
func (r *replay) stats(t *testing.T) map[string]int {
	t.Helper()
	all := map[string]int{}
	for _, server := range r.servers {
		one := map[string]int{}
		if err := json.Unmarshal(get(t, server+"/replay/stats"), &one); err != nil {
			t.Fatal(err)
		}
		for name, n := range one {
			all[name] += n
		}
	}
	return all
}

// mismatches are what the servers say of outputs that differ, a list by each.
func (r *replay) mismatches(t *testing.T) []byte {
	t.Helper()
	var all [][]byte
	for _, server := range r.servers {
		all = append(all, get(t, server+"/replay/mismatches"))
	}
	return bytes.Join(all, []byte("\n"))
}

func get(t *testing.T, address string) []byte {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
