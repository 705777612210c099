package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/wire"
)

// split scripts a vote of three answers, and a judge that prefers the second one.
func (b *bench) split() *bench {
	b.boxes("336", "336", "41", "17")
	for draw := range int64(8) {
		b.server.replies[1<<20+draw] = reply{text: fmt.Sprintf("Judgment: %d", (4-draw%3)%3+1)} // each draw begins with another one
	}
	return b
}

func TestSolveTellsWhoChose(t *testing.T) {
	b := newBench(t).split()
	b.wantCode(b.run("solve", "2+2?", "--samples", "4", "--parallel", "1", "--stop", "none", "--choose", "select", "--judge", "smollm2:135m"), 0)
	const how = "chosen by select: judge votes 5 to 0"
	if got := b.out.String(); !strings.HasPrefix(got, "Answer: 41\none vote only · 1 of 4 replies · every sample ended · ") || !strings.Contains(got, " · "+how+"\n") {
		t.Errorf("stdout:\n%s", got)
	}
	if got := b.err.String(); !strings.Contains(got, "\nchoosing by select among 3 answers\n"+how+"\n") {
		t.Errorf("stderr:\n%s", got)
	}
	if last := b.server.asked[len(b.server.asked)-1]; last.Model != "smollm2:135m" {
		t.Errorf("the judge is %s", last.Model)
	}
	b.wantCode(b.run("history", "show", "last"), 0)
	if !strings.Contains(b.out.String(), how) {
		t.Errorf("the attempt kept is shown as\n%s", &b.out)
	}
	b.wantCode(b.run("history", "show", "last", "--json"), 0)
	var got wire.Attempt
	if err := json.Unmarshal(b.out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	want := wire.Choice{ChoiceStarted: engine.ChoiceStarted{Choice: "select", Candidates: []engine.Answer{"336", "41", "17"}, Draws: 8}, Ended: true, Answer: "41", Scores: []float64{0, 5, 0}}
	if len(got.Choices) != 1 || fmt.Sprint(got.Choices[0]) != fmt.Sprint(want) || got.Verdict.Chosen != "select" {
		t.Errorf("choices %+v, want %+v", got.Choices, want)
	}
}

func TestStatusSaysThatItChooses(t *testing.T) {
	at := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	s := status{now: func() time.Time { return at }, board: board{to: io.Discard}}
	for i, step := range []struct {
		fact engine.Fact
		want string
	}{
		{engine.AttemptStarted{Plan: engine.Plan{Samples: 1}}, "0 running · 0 ended · 1 waiting · 0 tok · 0.0 s"},
		{engine.SampleFinished{Answer: "4"}, "0 running · 1 ended · 0 tok · 0.0 s"},
		{engine.ChoiceStarted{Choice: "second-round", Samples: 2}, "choosing · 1 ended · 2 waiting · 0 tok · 0.0 s"},
		{engine.SampleStarted{Sample: 1}, "1 running · 1 ended · 1 waiting · 0 tok · 0.0 s"},
		{engine.SampleFinished{Sample: 1}, "choosing · 2 ended · 1 waiting · 0 tok · 0.0 s"},
		{engine.ChoiceFinished{Choice: "second-round"}, "0 running · 2 ended · 1 waiting · 0 tok · 0.0 s"},
	} {
		_ = s.put(engine.Event{Attempt: "a1", Seq: uint64(i + 1), At: at, Fact: step.fact}) // it never fails
		if got := s.text(); got != step.want {
			t.Errorf("after fact %d: %q, want %q", i+1, got, step.want)
		}
	}
}

func TestWrongChoice(t *testing.T) {
	b := newBench(t).split()
	b.wantCode(b.run("solve", "a", "--choose", "select,guess"), 2)
	if got := b.err.String(); !strings.Contains(got, `--choose: unknown way of choosing "guess" · use verify, select`) {
		t.Errorf("stderr: %s", got)
	}
	b.wantCode(b.run("solve", "a", "--judge", "qwen3:40b"), 3)
	if got := b.err.String(); !strings.Contains(got, `no model "qwen3:40b" is installed`) {
		t.Errorf("stderr: %s", got)
	}
}
