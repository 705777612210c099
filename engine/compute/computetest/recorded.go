package computetest

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/compute"
)

// trace is the work of a model with a notebook, as it was recorded.
type trace struct {
	ID       string `json:"trace_id"`
	Messages []said `json:"messages"`
}

type said struct{ Role, Recipient, Content string }

// Recorded runs the cells that a strong model wrote, each trace in a session of
// its own, compares what comes of them with what was recorded, and gives the
// share in percent that agrees of the cells that involve neither a time limit
// nor chance. It takes one trace in a hundred, or all if AIMO3_CELLS is "all"; a
// cell may take 12 s, or what AIMO3_CELLS_LIMIT says; the differences go to the
// file that AIMO3_CELLS_LOG names.
func Recorded(t *testing.T, e compute.Engine) float64 {
	t.Helper()
	traces := traces(t)
	c := newComparison(compute.Limits{Cell: 12 * time.Second, First: 2}) // the recorder gave more time than we do, after a cell of its own
	if text := os.Getenv("AIMO3_CELLS_LIMIT"); text != "" {
		var err error
		if c.limits.Cell, err = time.ParseDuration(text); err != nil {
			t.Fatal(err)
		}
	}
	if path := os.Getenv("AIMO3_CELLS_LOG"); path != "" {
		f, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = f.Close() }()
		c.log = f
	}
	return c.all(t, e, traces)
}

// all runs the cells of traces, each in a session of its own, and reports.
func (c *comparison) all(t *testing.T, e compute.Engine, traces []trace) float64 {
	t.Helper()
	began := time.Now()
	work := make(chan trace)
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for r := range work {
				c.trace(t, e, r)
			}
		})
	}
	for _, r := range traces {
		work <- r
	}
	close(work)
	wg.Wait()
	return c.report(t, len(traces), time.Since(began))
}

func traces(t *testing.T) []trace {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "..", "..", "..", "shared", "data", "traces", "traces.jsonl.gz"))
	if err != nil {
		if os.Getenv("AIMO3_SHARED") == "required" {
			t.Fatal(err)
		}
		t.Skipf("RECORDED CELLS ARE NOT COMPARED: %v", err)
	}
	defer func() { _ = f.Close() }()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	step := 100
	if os.Getenv("AIMO3_CELLS") == "all" {
		step = 1
	}
	var all []trace
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 64<<20)
	for n := 0; lines.Scan(); n++ {
		var r trace
		if n%step != 0 {
			continue
		}
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
	}
	if err := lines.Err(); err != nil || len(all) == 0 {
		t.Fatalf("%d traces were read: %v", len(all), err)
	}
	return all
}

type comparison struct {
	mu     sync.Mutex
	counts map[string]int
	log    io.Writer // of every cell
	limits compute.Limits
}

func newComparison(l compute.Limits) *comparison {
	return &comparison{counts: map[string]int{}, log: io.Discard, limits: l}
}

func (c *comparison) trace(t *testing.T, e compute.Engine, r trace) {
	s, err := e.Open(t.Context(), c.limits)
	if err != nil {
		t.Error(err)
		return
	}
	defer func() { _ = s.Close() }()
	var before past
	for i, m := range r.Messages {
		if m.Recipient != "python" || i+1 == len(r.Messages) || r.Messages[i+1].Role != "python" {
			continue
		}
		cell, err := s.Run(t.Context(), m.Content)
		if err != nil {
			t.Error(err)
			return
		}
		want := r.Messages[i+1].Content
		c.add(r.ID, before.class(m.Content, want, cell), m.Content, want, cell.Text())
	}
}

func (c *comparison) add(id, class, code, want, got string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.counts[class]++
	_, _ = fmt.Fprintf(c.log, "=== %s, %s\n", class, id)
	if !strings.HasPrefix(class, "equal") {
		_, _ = fmt.Fprintf(c.log, "%s\n--- recorded\n%s\n--- ours\n%s\n", code, engine.Excerpt(want, 1500), engine.Excerpt(got, 1500))
	}
}

// report prints the table of classes and gives the share that agrees.
func (c *comparison) report(t *testing.T, traces int, took time.Duration) float64 {
	t.Helper()
	var b strings.Builder
	all, held, agree := 0, 0, 0
	for _, class := range classes {
		n := c.counts[class]
		fmt.Fprintf(&b, "%6d  %s\n", n, class)
		all += n
		if !slices.Contains(excused, class) {
			held += n
		}
		if strings.HasPrefix(class, "equal") {
			agree += n
		}
	}
	for class := range c.counts {
		if !slices.Contains(classes, class) {
			t.Errorf("class %q is not in the table", class)
		}
	}
	share := 100 * float64(agree) / float64(max(held, 1))
	t.Logf("%d cells of %d traces in %s (%s a trace)\n%s%.2f %% of the %d cells without time limit or chance agree", all, traces,
		took.Round(time.Second), (took / time.Duration(traces)).Round(time.Millisecond), &b, share, held)
	return share
}
