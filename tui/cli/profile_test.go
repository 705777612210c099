package cli

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/engine/timing"
)

// A solved attempt can be profiled, and what a collector was sent when it ended is what
// is printed of it later.
func TestAProfile(t *testing.T) {
	sent := make(chan string, 2)
	collector := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		sent <- string(body)
	}))
	defer collector.Close()
	dir := t.TempDir()
	b := newBench(t).boxes("336", "336")
	b.wantCode(b.run("solve", "--samples", "2", "--otlp", collector.URL, "--pprof", dir, "How many?"), 0)
	for _, name := range []string{"cpu.pprof", "heap.pprof"} {
		if at, err := os.Stat(filepath.Join(dir, name)); err != nil || at.Size() == 0 || !strings.Contains(b.err.String(), name) {
			t.Errorf("%s: %v, said %s", name, err, &b.err)
		}
	}
	b.wantCode(b.run("history", "profile", "last"), 0)
	for _, want := range []string{"attempt ", " prepare ", " sample 1", "  queued ", " vote ", "█"} {
		if !strings.Contains(b.out.String(), want) {
			t.Errorf("no %q in\n%s", want, &b.out)
		}
	}
	b.wantCode(b.run("history", "profile", "last", "--json"), 0)
	var object struct {
		Attempt string
		Spans   []timing.Span
	}
	if b.object(&object); len(object.Spans) < 6 || object.Attempt == "" || object.Spans[0].Name != "attempt" || object.Spans[1].Name != "prepare" {
		t.Errorf("got %+v", object)
	}
	b.wantCode(b.run("history", "profile", "last", "--traces"), 0)
	if got, want := strings.Join(strings.Fields(b.out.String()), ""), <-sent; got != want {
		t.Errorf("printed %s\nsent    %s", got, want)
	}
	b.wantCode(b.run("history", "profile", "nobody"), 2)
	b.wantCode(b.run("solve", "--otlp", "http://collector.example", "How many?"), 2)
	b.wantCode(b.run("solve", "--pprof", filepath.Join(dir, "none"), "How many?"), 2)
}

// Nothing is wider than the terminal, however narrow that is, and no bar leaves its box.
func TestAWaterfallFitsTheTerminal(t *testing.T) {
	begun := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	spans := []timing.Span{
		{Name: "attempt", Parent: -1, Sample: -1, Begun: begun, Took: 100 * time.Second, What: "all_ended"},
		{Name: "prepare", Sample: -1, Begun: begun, Took: time.Millisecond},
		{Name: "sample", Begun: begun.Add(time.Second), Took: 98 * time.Second, What: "unreachable"},
		{Name: "thinking", Parent: 2, Begun: begun.Add(50 * time.Second), Took: 49 * time.Second, Open: true},
		{Name: "a way of choosing\x1b[2J", Sample: -1, Begun: begun.Add(99 * time.Second), Took: time.Second},
	}
	for width := 1; width <= 200; width++ {
		var out bytes.Buffer
		if err := writeWaterfall(&out, spans, width); err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
		for _, line := range lines {
			if n := ansi.StringWidth(line); n > max(width, 11) || strings.Contains(line, "\x1b") {
				t.Errorf("width %d: %d columns of %q", width, n, line)
			}
		}
		if len(lines) != len(spans) {
			t.Errorf("width %d: %d lines", width, len(lines))
		}
	}
	var out bytes.Buffer
	_ = writeWaterfall(&out, spans, 60)
	want := `attempt                  █████████████████████████     1m40s
 prepare                 █························       1ms
 sample 1 unreachable    ████████████████████████·     1m38s
  thinking               ············████████████·      49s…
`
	if !strings.HasPrefix(out.String(), want) {
		t.Errorf("got:\n%s\nwant:\n%s", &out, want)
	}
}
