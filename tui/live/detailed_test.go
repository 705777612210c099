package live_test

import (
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
)

// paced is a screen at its size of an attempt in which sample 1 says so many tokens in each
// second, and then more facts come.
func paced(w, h int, seconds []int, more ...engine.Fact) *live.Screen {
	e := env(theme.Palettes()[0])
	e.Now = func() time.Time { return begun }
	s := live.New(e, "a1", problem)
	s.Resize(w, h)
	plan := engine.Plan{Model: "qwen3:8b", Samples: 8, Options: engine.Options{NumCtx: 1000}}.WithDefaults()
	seq := uint64(0)
	tell := func(at time.Duration, f engine.Fact) {
		seq++
		s.Update(screen.Arrived{Events: []engine.Event{{Attempt: "a1", Seq: seq, At: begun.Add(at), Fact: f}}})
	}
	tell(0, engine.AttemptStarted{Problem: problem, Plan: plan})
	tell(0, engine.SampleStarted{})
	for i, n := range seconds {
		for part := range 10 {
			tell(time.Duration(i)*time.Second+time.Duration(part)*100*time.Millisecond, engine.Delta{Channel: engine.Thinking, Text: "so ", Frames: n / 10})
		}
	}
	end := time.Duration(len(seconds)) * time.Second
	tell(end, engine.Delta{Channel: engine.Thinking, Text: "on"})
	for _, f := range more {
		tell(end, f)
	}
	return s
}

// listedFirst are the lines that the list has of the first sample, without borders.
func listedFirst(s *live.Screen) []string {
	var all []string
	for _, line := range strings.Split(shown(s), "\n") {
		at := strings.LastIndex(strings.TrimSuffix(line, "│"), "│")
		if at < 0 {
			continue
		}
		line = strings.Trim(line[at:], "│ ")
		switch {
		case strings.HasPrefix(line, "1 "):
			all = []string{line}
		case strings.HasPrefix(line, "2 "):
			return all
		case all != nil && line != "":
			all = append(all, line)
		}
	}
	return all
}

// TestTheListSaysMore where there is room: how fast a sample was in each stretch of its time,
// the window that it has filled, the model's confidence along it, and its cells; nothing that
// was not told.
func TestTheListSaysMore(t *testing.T) {
	measured := []engine.Fact{engine.SampleMeasured{Tokens: 256, Confidence: 1}, engine.SampleMeasured{Tokens: 512, Confidence: 8}, engine.CodeStarted{Number: 1, Code: "1"}}
	for _, row := range []struct {
		name    string
		width   int
		seconds []int
		more    []engine.Fact
		want    []string
	}{
		{"half as fast in the end", 160, []int{80, 80, 40}, nil, []string{"██▅", "≈40 tok/s", "ctx ≈20%"}},
		{"it said nothing for a second", 160, []int{80, 0, 80}, nil, []string{"█▁█", "≈80 tok/s"}},
		{"confidence and a cell", 160, []int{80}, measured, []string{"▁█", "conf", "1 cell"}},
		{"nothing was measured", 160, []int{80}, nil, []string{"!conf", "!cell"}},
		{"no room at the side", 159, []int{80}, nil, []string{"!tok/s", "!ctx"}},
		{"on average once it has ended", 160, []int{80, 80}, []engine.Fact{engine.SampleFinished{Answer: "7", Ending: engine.Ending{Tokens: 200, Generate: 4 * time.Second}}}, []string{"██", "50 tok/s"}},
	} {
		got := strings.Join(listedFirst(paced(row.width, 48, row.seconds, row.more...)), " | ")
		for _, want := range row.want {
			absent, not := strings.CutPrefix(want, "!")
			if strings.Contains(got, absent) == not {
				t.Errorf("%s: %q in %q: %t", row.name, absent, got, !not)
			}
		}
	}
}

// TestALongTimeIsOneGraph: of hours, two stretches become one, and none is lost.
func TestALongTimeIsOneGraph(t *testing.T) {
	seconds := make([]int, 1500)
	for i := range seconds {
		seconds[i] = 100
		if i >= 750 {
			seconds[i] = 50
		}
	}
	got := strings.Join(listedFirst(paced(200, 58, seconds)), " | ")
	if !strings.Contains(got, "████") || !strings.Contains(got, "≈50 tok/s") {
		t.Errorf("the graph is %q", got)
	}
	if high, low := strings.Count(got, "█"), strings.Count(got, "▅"); max(high-low, low-high) > 2 {
		t.Errorf("%d stretches are fast and %d slow, want as many: %q", high, low, got)
	}
	if !strings.Contains(got, "112,500") {
		t.Errorf("not all tokens are told: %q", got)
	}
}
