package cli

import (
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/contrast"
)

func TestCompare(t *testing.T) {
	b := newBench(t)
	b.told()
	other := b.events("01kc0000000000ab")
	for i := range other {
		other[i].Attempt = "01kd0000000000ab"
		switch f := other[i].Fact.(type) {
		case engine.AttemptStarted:
			f.Plan.Model, f.Plan.Seed = "other:1", 9
			other[i].Fact = f
		case engine.Delta:
			if f.Channel == engine.Reply {
				f.Text = "It is not.\x1b[2J"
				other[i].Fact = f
			}
		}
	}
	b.keep(other)
	b.wantCode(b.run("history", "compare", "01kc", "01kd", "--sample-a", "2", "--sample-b", "2"), 0)
	for _, want := range []string{
		"A                       B\n", "model          qwen3:4b                other:1", "answer         336 (2 of 3, wrong)", "votes for 336  2", "seed           0                       9",
		"Sample 2 of the first and sample 2 of the second part after 1 sentence:\n  A: It is \\boxed{336}.␛]0;title␇\n  B: It is not.␛[2J\n",
	} {
		if !strings.Contains(b.out.String(), want) {
			t.Errorf("no %q in\n%s", want, &b.out)
		}
	}
	var c struct {
		Version int
		contrast.Contrast
	}
	b.wantCode(b.run("history", "compare", "01kc", "01kd", "--json"), 0)
	b.object(&c)
	if c.Version != 1 || !c.SameProblem || !c.SameAnswer || len(c.Settings) != 2 || c.Parting == nil || c.Parting.Same != 1 || c.Parting.SampleA != 1 {
		t.Errorf("%+v, %+v", c, c.Parting)
	}
	b.wantCode(b.run("history", "compare", "01kc"), 2)
	b.wantCode(b.run("history", "compare", "01kc", "none"), 2)
	b.wantCode(b.run("history", "compare", "01kc", "01kd", "--sample-a", "5"), 2)
	if !strings.Contains(b.err.String(), "has 4 samples, not 5 · give a number from 1") {
		t.Errorf("stderr %q", &b.err)
	}
}
