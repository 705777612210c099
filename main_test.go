package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/ollama/ollama/api"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/compute/launcher"
	"github.com/aimo3/aimo3/engine/ollama"
	"github.com/aimo3/aimo3/engine/ollama/ollamatest"
	"github.com/aimo3/aimo3/engine/solve"
	"github.com/aimo3/aimo3/store"
)

// serving is the environment variable by which this test binary becomes the
// server of a benchmark, so that its work is not counted as ours.
const serving = "AIMO3_TEST_SERVES"

// programming is the one by which it becomes the program itself.
const programming = "AIMO3_TEST_PROGRAM"

// crashing is the one by which it ends in a crash of a kind.
const crashing = "AIMO3_TEST_CRASHES"

const frames = 20_000

func TestMain(m *testing.M) {
	if code, was := launcher.Main(); was {
		os.Exit(code)
	}
	if os.Getenv(programming) != "" {
		os.Exit(run())
	}
	if how := os.Getenv(crashing); how != "" {
		crash(how)
	}
	if os.Getenv(serving) == "" {
		os.Exit(m.Run())
	}
	var script []ollamatest.Step
	for i := range frames {
		say := ollamatest.Think
		if i > frames*9/10 {
			say = ollamatest.Say
		}
		script = append(script, say(fmt.Sprintf(" so x = %d", i))) // no two alike: a reply that repeats itself is stopped
	}
	srv := ollamatest.NewServer(&testing.B{}, append(script, ollamatest.Done()))
	fmt.Println(srv.URL)
	_, _ = io.Copy(io.Discard, os.Stdin) // until the benchmark ends
}

// BenchmarkStream is what one reply of 20,000 frames costs, each frame sent by
// itself over a socket: read, split, numbered and recorded in a database, and,
// to compare, the same bytes read by encoding/json alone. The server is another
// process; cpu-ns/frame is this process's own time, user and system.
func BenchmarkStream(b *testing.B) {
	url := serve(b)
	b.Run("recorded", func(b *testing.B) {
		client, db := recording(b, url)
		measure(b, func() { record(b, client, db) })
	})
	b.Run("encoding-json", func(b *testing.B) {
		measure(b, func() { decode(b, url) })
	})
}

// TestStream: the reply that is measured is one that can be recorded whole.
func TestStream(t *testing.T) {
	client, db := recording(t, serve(t))
	record(t, client, db)
}

// recording is a client of a server and an empty database.
func recording(b testing.TB, url string) (*ollama.Client, *store.DB) {
	b.Helper()
	db, err := store.Open(b.Context(), filepath.Join(b.TempDir(), "aimo3.db"), nil)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	client, err := ollama.New(url)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(client.Close)
	return client, db
}

func serve(b testing.TB) string {
	b.Helper()
	cmd := exec.CommandContext(b.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), serving+"=1")
	in, err := cmd.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = in.Close(); _ = cmd.Wait() })
	url, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		b.Fatal(err)
	}
	return strings.TrimSpace(url)
}

func measure(b *testing.B, reply func()) {
	before := spent(b)
	for b.Loop() {
		reply()
	}
	b.ReportMetric(float64(spent(b)-before)/float64(b.N)/frames, "cpu-ns/frame")
}

// spent is the processor time that this process has used.
func spent(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func record(b testing.TB, client *ollama.Client, db *store.DB) {
	seen := 0
	rec := db.Record(func(e engine.Event) error {
		if d, ok := e.Fact.(engine.Delta); ok {
			seen += d.Frames
		}
		return nil
	})
	e := solve.Solver{Backend: client}
	plan := engine.Plan{Model: "fake", Samples: 1, Stop: engine.StopNone}
	_, err := e.Attempt(context.Background(), engine.NewAttemptID(time.Now()), engine.Problem{Statement: "?"}, plan, rec.Put)
	if err == nil {
		err = rec.Close()
	}
	if err != nil || seen != frames {
		b.Fatalf("%d frames, %v", seen, err)
	}
}

func decode(b *testing.B, url string) {
	resp, err := http.Post(url+"/api/chat", "application/json", strings.NewReader(`{"model":"fake"}`))
	if err != nil {
		b.Fatal(err)
	}
	defer resp.Body.Close()
	seen := 0
	for dec := json.NewDecoder(resp.Body); ; seen++ {
		var frame api.ChatResponse
		if err := dec.Decode(&frame); err != nil {
			break
		}
	}
	if seen != frames+1 {
		b.Fatalf("%d frames", seen)
	}
}
