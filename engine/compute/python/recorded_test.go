package python_test

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/compute"
	"github.com/aimo3/aimo3/engine/compute/python"
)

// recorded is one trace of a model that worked with a notebook.
type recorded struct {
	ID       string `json:"trace_id"`
	Messages []struct {
		Role, Recipient, Content string
	} `json:"messages"`
}

// classes are the ways in which a cell's output can compare with the recorded
// one, in the order of the table. Only the last two are held against us.
var classes = []string{
	"equal", "equal but for spacing", "time limit", "chance", "follows a time limit or chance", "follows an earlier difference", "shell command", "traceback through a library",
	"integers of over 4300 digits", "path of the recorder", "module that is not installed here", "cut by the recorder",
	"traceback", "other",
}

var (
	chancy = regexp.MustCompile(`\brandom\b|\brandint\b|\bshuffle\b|\bsecrets\b|\btime\(\)|perf_counter|\bsample\(|os\.urandom|uuid|_time\b|\btime_limit\b|monotonic`)
	// A set of text, or of what contains text, has another order every time.
	address = regexp.MustCompile(` at 0x[0-9a-f]+`)
	seconds = regexp.MustCompile(`\btime\b`)
)

// TestRecordedCells runs the cells that a strong model wrote, each trace in a
// session of its own, and holds the outputs against the recorded ones. Of the
// cells that involve neither a time limit nor chance, 98.5 % must agree.
func TestRecordedCells(t *testing.T) {
	if underRace {
		t.Skip("this is about other processes, which the race detector cannot see")
	}
	traces := readTraces(t)
	if os.Getenv("AIMO3_CELLS") != "all" {
		few := traces[:0]
		for i := 0; i < len(traces); i += 100 {
			few = append(few, traces[i])
		}
		traces = few
	}
	e := full()
	if err := e.Available(t.Context()); err != nil {
		t.Skipf("no Python with SymPy to compare: %v", err)
	}
	c := &comparison{counts: map[string]int{}, log: io.Discard}
	if path := os.Getenv("AIMO3_CELLS_LOG"); path != "" {
		f, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		c.log = f
	}
	began := time.Now()
	work := make(chan recorded)
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
	c.report(t, len(traces), time.Since(began))
}

func readTraces(t *testing.T) []recorded {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "..", "..", "..", "shared", "data", "traces", "traces.jsonl.gz"))
	if err != nil {
		if os.Getenv("AIMO3_SHARED") == "required" {
			t.Fatal(err)
		}
		t.Skipf("RECORDED CELLS ARE NOT COMPARED: %v", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var all []recorded
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		var r recorded
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
	}
	return all
}

type comparison struct {
	mu     sync.Mutex
	counts map[string]int
	log    io.Writer // of every cell
}

func (c *comparison) trace(t *testing.T, e *python.Engine, r recorded) {
	s, err := e.Open(t.Context(), compute.Limits{Cell: 12 * time.Second}) // the recorder gave more than we do
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
		class := before.class(m.Content, want, cell)
		c.add(r.ID, class, m.Content, want, cell.Text())
	}
}

// past is what is known of the earlier cells of a trace.
type past struct {
	chance bool // one of them used chance
	timed  bool // one of them reached a time limit
	apart  bool // one of them came out different for another reason
}

func (p *past) class(code, want string, cell engine.Cell) string {
	got := cell.Text()
	p.chance = p.chance || chancy.MatchString(code)
	timed := cell.TimedOut || !cell.Kept || strings.Contains(want, "[TIMEOUT]")
	class := p.difference(code, want, got, timed)
	p.timed = p.timed || timed
	p.apart = p.apart || !timed && !strings.HasPrefix(class, "equal")
	return class
}

func (p *past) difference(code, want, got string, timed bool) string {
	lib := strings.Contains(want, ".venv/lib")
	switch {
	case timed:
		return "time limit"
	case strings.TrimSpace(got) == strings.TrimSpace(want):
		return "equal"
	case squeeze(got) == squeeze(want):
		return "equal but for spacing"
	case strings.Contains(want, "limit (4300"):
		return "integers of over 4300 digits"
	case strings.HasPrefix(strings.TrimSpace(code), "!"):
		return "shell command"
	case strings.Contains(got, "ModuleNotFoundError") && !strings.Contains(want, "ModuleNotFoundError"):
		return "module that is not installed here"
	case lib && strings.Contains(want, "Traceback") && lastLine(want) == lastLine(got):
		return "traceback through a library"
	case lib || strings.Contains(want, "/Users/"):
		return "path of the recorder"
	case len(want) > 10000 && strings.HasPrefix(squeeze(got), squeeze(want)[:2000]):
		return "cut by the recorder"
	case p.chance || address.MatchString(want) || seconds.MatchString(code):
		return "chance"
	case p.timed:
		return "follows a time limit or chance"
	case p.apart:
		return "follows an earlier difference"
	case strings.Contains(want, "Traceback") && lastLine(want) == lastLine(got):
		return "traceback"
	}
	return "other"
}

func lastLine(s string) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	return lines[len(lines)-1]
}

func squeeze(s string) string {
	if strings.HasPrefix(s, "[WARN] No output available") {
		return ""
	}
	return strings.Join(strings.Fields(s), "")
}

func (c *comparison) add(id, class, code, want, got string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.counts[class]++
	_, _ = fmt.Fprintf(c.log, "=== %s, %s\n", class, id)
	if !strings.HasPrefix(class, "equal") {
		_, _ = fmt.Fprintf(c.log, "%s\n--- recorded\n%s\n--- ours\n%s\n", code, engine.Shown(want, 1500), engine.Shown(got, 1500))
	}
}

func (c *comparison) report(t *testing.T, traces int, took time.Duration) {
	var b strings.Builder
	all := 0
	for _, class := range classes {
		fmt.Fprintf(&b, "%6d  %s\n", c.counts[class], class)
		all += c.counts[class]
	}
	for class := range c.counts {
		if !slices.Contains(classes, class) {
			t.Errorf("class %q is not in the table", class)
		}
	}
	agree := c.counts["equal"] + c.counts["equal but for spacing"]
	held := all - c.counts["time limit"] - c.counts["chance"] - c.counts["follows a time limit or chance"]
	share := 100 * float64(agree) / float64(max(held, 1))
	t.Logf("%d cells of %d traces in %s (%s a trace)\n%s%.2f %% of the %d cells without time limit or chance agree", all, traces,
		took.Round(time.Second), (took / time.Duration(traces)).Round(time.Millisecond), &b, share, held)
	if share < 98.5 {
		t.Errorf("%.2f %% agree, want 98.5 %%", share)
	}
}
