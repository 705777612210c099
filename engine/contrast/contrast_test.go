package contrast_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/contrast"
)

// attempt is one of two samples, the first of which says so and answers.
func attempt(id engine.AttemptID, plan engine.Plan, thinking, reply string, answer engine.Answer) *engine.Progress {
	p := new(engine.Progress)
	plan.Samples = 2
	for i, f := range []engine.Fact{
		engine.AttemptStarted{Problem: engine.Problem{Statement: "Find  n."}, Plan: plan},
		engine.SampleStarted{Sample: 1},
		engine.Delta{Sample: 1, Channel: engine.Thinking, Text: thinking, Frames: 4},
		engine.Delta{Sample: 1, Channel: engine.Reply, Text: reply, Frames: 3},
		engine.SampleFinished{Sample: 1, Answer: answer},
		engine.TallyChanged{Tally: engine.Tally{Votes: []engine.Vote{{Answer: answer, Samples: []int{1}}}}},
		engine.AttemptFinished{Verdict: engine.Verdict{Answer: answer, Votes: 1, Of: 1, Why: engine.AllEnded}},
	} {
		p.Apply(engine.Event{Attempt: id, Seq: uint64(i + 1), At: time.Unix(int64(i), 0), Fact: f})
	}
	return p
}

func TestOf(t *testing.T) {
	a := attempt("a", engine.Plan{Model: "m:1", Options: engine.Options{NumCtx: 4096}}, "Let x = 1.5 here. So\nx  is odd.", "It is 7.", "7")
	b := attempt("b", engine.Plan{Model: "m:2", Options: engine.Options{NumCtx: 8192}}, "Let x = 1.5  here. So x\nis even.", "It is 8.", "8")
	c := contrast.Of(a, b, contrast.Voter(a), contrast.Voter(b))
	var names []string
	for _, s := range c.Settings {
		names = append(names, s.Name+"="+s.A+"|"+s.B)
	}
	if got := strings.Join(names, " "); got != "model=m:1|m:2 options.num_ctx=4096|8192" {
		t.Errorf("settings %s", got)
	}
	if p := c.Parting; p == nil || p.Same != 1 || p.A != "So" || p.B != "So x" || p.SampleA != 1 {
		t.Errorf("parting %+v", p)
	}
	if !c.SameProblem || c.SameAnswer || c.A.Tokens != 7 || c.B.Answer != "8" || len(c.Votes) != 2 || c.Votes[0].A != 1 || c.Votes[1].B != 1 {
		t.Errorf("%+v", c)
	}
	same := contrast.Of(a, a, 1, 1)
	if p := same.Parting; p.Same != 4 || p.A != "" || len(same.Settings) != 0 || !same.SameAnswer {
		t.Errorf("with itself: %+v, %+v", same, p)
	}
	if none := contrast.Of(a, new(engine.Progress), 0, 0); none.Parting != nil || none.B.Verdict != nil {
		t.Errorf("with one that never began: %+v", none)
	}
	if out, err := json.Marshal(contrast.Of(new(engine.Progress), new(engine.Progress), 0, 0)); err != nil || !strings.Contains(string(out), `"settings":[],"votes":[],"parting":null`) {
		t.Errorf("%s, %v", out, err)
	}
}

// TestOneEndsFirst: where one says all that the other does, and then more.
func TestOneEndsFirst(t *testing.T) {
	a := attempt("a", engine.Plan{}, "One. Two.", "", "7")
	b := attempt("b", engine.Plan{}, "One. Two.", "Three!", "7")
	if p := contrast.Of(a, b, 1, 1).Parting; p.Same != 2 || p.A != "" || p.B != "Three!" {
		t.Errorf("%+v", p)
	}
}
