package phrase

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/measure"
)

const evil = "a\x1b[2J\nb\u202e"

func TestCode(t *testing.T) {
	begun := engine.Progress{Samples: make([]engine.SampleProgress, 1)}
	asked := engine.Progress{Samples: []engine.SampleProgress{{Phase: engine.Reading}}}
	for _, row := range []struct {
		name string
		p    *engine.Progress
		want string
	}{
		{"not known yet", &begun, ""},
		{"asked without", &asked, "no code"},
		{"turned off", &engine.Progress{Plan: engine.Plan{Tools: engine.ToolsOff}}, "no code"},
		{"over", &engine.Progress{Verdict: &engine.Verdict{}}, "no code"},
		{"calls", &engine.Progress{Code: engine.Code{Engine: "python", SymPy: true, Calls: true}}, "python · sympy · tool calls"},
		{"blocks", &engine.Progress{Code: engine.Code{Engine: "embedded python"}}, "embedded python · code blocks"},
		{"hostile", &engine.Progress{Code: engine.Code{Engine: evil}}, "a␛[2J b⟨U+202E⟩ · code blocks"},
	} {
		if got := Code(row.p); got != row.want {
			t.Errorf("%s: got %q, want %q", row.name, got, row.want)
		}
	}
}

func TestCellRemarks(t *testing.T) {
	for _, row := range []struct {
		name string
		cell engine.Cell
		want string
	}{
		{"usual", engine.Cell{Output: "1", Took: 300 * time.Millisecond, Memory: 90 << 20, Kept: true}, ""},
		{"silent", engine.Cell{Kept: true}, "no output"},
		{"notable", engine.Cell{Output: "1", Took: 1200 * time.Millisecond, Memory: 1 << 30, Truncated: 2500, Kept: true}, "2 kB of output cut · 1.2 s · 1.1 GB RAM"},
		{"late", engine.Cell{Output: "1", Took: 6 * time.Second, TimedOut: true, Kept: true}, "timed out after 6.0 s"},
		{"lost", engine.Cell{Err: "x"}, "the session crashed: its variables are lost"},
	} {
		if got := strings.Join(append(Alerts(&row.cell), Figures(&row.cell)), ""); got != row.want {
			t.Errorf("%s: got %q, want %q", row.name, got, row.want)
		}
	}
}

// TestPartsAreInOrder: cells stand where they ran, also when the reply was taken
// for thinking after all, and nothing is told twice or not at all.
func TestPartsAreInOrder(t *testing.T) {
	facts := []engine.Fact{
		engine.AttemptStarted{Plan: engine.Plan{Samples: 1}.WithDefaults()},
		engine.SampleStarted{},
		engine.Delta{Channel: engine.Thinking, Text: "t1"},
		engine.Delta{Channel: engine.Reply, Text: "r1"},
		engine.CodeStarted{Number: 1, Code: "c1"},
		engine.CodeFinished{Number: 1},
		engine.CodeStarted{Number: 2, Code: "c2"},
		engine.CodeFinished{Number: 2},
		engine.Delta{Channel: engine.Reply, Text: "r2"},
		engine.ReplyWasThinking{},
		engine.Delta{Channel: engine.Reply, Text: "r3"},
		engine.Delta{Channel: engine.Writing, Text: "w"},
	}
	var p engine.Progress
	for i, f := range facts {
		p.Apply(engine.Event{Attempt: "a", Seq: uint64(i + 1), Fact: f})
	}
	var got []string
	for part := range Parts(&p.Samples[0]) {
		if part.Cell != nil {
			got = append(got, part.Cell.Code)
		} else {
			got = append(got, string(part.Channel)+" "+part.Text)
		}
	}
	if want := []string{"thinking t1", "reply r1", "c1", "c2", "thinking r2", "reply r3", "code w"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for part := range Parts(&p.Samples[0]) { // a reader may stop at any part
		_ = part
		break
	}
}

func TestVotesInWords(t *testing.T) {
	v := engine.Vote{Answer: "0.5", Samples: []int{0, 1, 2}, Spellings: []engine.Spelling{
		{Answer: "0.5", Samples: []int{0}},
		{Answer: engine.Answer(evil), Samples: []int{1}, Tier: evil},
		{Answer: "0.5", Samples: []int{2}, Was: engine.Answer(evil), Modulus: evil},
	}}
	tally := engine.Tally{Votes: []engine.Vote{v}, NoAnswer: 1, Outside: []engine.Spelling{{Answer: engine.Answer(evil), Samples: []int{4}}}, Order: []int{0, 3, 1, 4, 2}}
	var got []string
	for _, s := range append(Spellings(&v), Outside(&tally)...) {
		got = append(got, s.Words)
	}
	const clean = "a␛[2J b⟨U+202E⟩"
	want := []string{"= " + clean + " (" + clean + ")", "↻ " + clean + " mod " + clean, "! " + clean + " (out of range)"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := Silent(&tally); !slices.Equal(got, []int{3}) || !slices.Equal(tally.Order, []int{0, 3, 1, 4, 2}) {
		t.Errorf("without an answer: %v, of %v", got, tally.Order)
	}
}

func TestWeak(t *testing.T) {
	for want, n := range map[string][2]int{"": {0, 3}, "1 weak": {1, 3}, "weak": {3, 3}} {
		if got := Weak(n[0], n[1]); got != want {
			t.Errorf("%d of %d: %q, want %q", n[0], n[1], got, want)
		}
	}
}

// TestByArea: what belongs together stands together, and what is not known comes last.
func TestByArea(t *testing.T) {
	var all []measure.Summary
	for _, name := range []string{"zebra", "goroutines", `samples_total{outcome="stopped"}`, "attempts_total", `samples_total{outcome="failed"}`, "apples", "cell_seconds", "sandbox_kills_total", "attempt_seconds", "running_samples"} {
		all = append(all, measure.Summary{Series: "aimo3_" + name})
	}
	ByArea(all)
	var got []string
	for _, s := range all {
		name, _ := SeriesName(s.Series)
		got = append(got, name)
	}
	if want := "attempt,attempts,samples failed,samples stopped,running samples,cell,sandbox kills,goroutines,apples,zebra"; strings.Join(got, ",") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, ","), want)
	}
}
