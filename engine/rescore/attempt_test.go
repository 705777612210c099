package rescore_test

import (
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/answer/asked"
	"github.com/aimo3/aimo3/engine/confidence"
	"github.com/aimo3/aimo3/engine/figures"
	"github.com/aimo3/aimo3/engine/rescore"
)

func between(t *testing.T, text string) asked.Range {
	t.Helper()
	r, err := asked.ParseRange(text)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// attempt is a stored one at a problem, by its events: sample 1 ends before sample 0, 2
// fails, 3 is stopped.
func attempt(statement string) *engine.Progress {
	at := time.Unix(1_700_000_000, 0)
	p := &engine.Progress{}
	seq := uint64(0)
	say := func(f engine.Fact) {
		seq, at = seq+1, at.Add(time.Second)
		p.Apply(engine.Event{Attempt: "a", Seq: seq, At: at, Fact: f})
	}
	say(engine.AttemptStarted{Problem: engine.Problem{Statement: statement, Key: "8"}, Plan: engine.Plan{Samples: 4}})
	for i := range 4 {
		say(engine.SampleStarted{Sample: i})
	}
	say(engine.CodeStarted{Sample: 0, Code: "1/0"})
	say(engine.CodeFinished{Sample: 0, Cell: engine.Cell{Err: "ZeroDivisionError"}})
	say(engine.SampleRetried{Sample: 1})
	say(engine.Delta{Sample: 0, Channel: engine.Reply, Text: `\boxed{8} or \boxed{9}`, Frames: 5})
	say(engine.Delta{Sample: 1, Channel: engine.Reply, Text: `\boxed{8}`, Frames: 5})
	var t engine.Tally
	for _, one := range []struct {
		sample int
		answer engine.Answer
	}{{1, "7"}, {0, "8"}} {
		sure := confidence.Figures{Lowest: float64(10 * (one.sample + 1)), TailEntropy: 1}
		say(engine.SampleFinished{Sample: one.sample, Answer: one.answer, Ending: engine.Ending{Tokens: 100 * (one.sample + 1)}, Confidence: &sure})
		t = t.Add(one.sample, one.answer)
		say(engine.TallyChanged{Tally: t})
	}
	say(engine.SampleFailed{Sample: 2, Class: engine.Crashed, Tokens: 30})
	say(engine.SampleStopped{Sample: 3, Tokens: 40})
	say(engine.AttemptFinished{Verdict: engine.Verdict{Answer: "8", Votes: 1, Of: 2, Chosen: "select", Tie: engine.TieEarliest}})
	return p
}

// ofAttempts is a set of attempts.
func ofAttempts(t *testing.T, how rescore.Reading, marks engine.Marks, all ...*engine.Progress) *rescore.Set {
	t.Helper()
	set := rescore.New("attempts", how)
	for i, p := range all {
		if taken, err := set.AddAttempt(p, marks); err != nil || taken != (i == 0) {
			t.Fatalf("attempt %d: %v, %v", i, taken, err)
		}
	}
	return set
}

// TestAttempts: the latest at a problem counts, as it was decided; its samples are those that
// ended by themselves.
func TestAttempts(t *testing.T) {
	running := attempt("What runs?")
	running.Verdict = nil
	p := run(t, ofAttempts(t, rescore.Reading{}, engine.Marks{}, attempt("What is 8?"), attempt("What is 8?"), running), rescore.Voting{}).Problems[0]
	want := []figures.Sample{
		{Answer: "7", Mark: figures.Wrong, Tokens: 200, Retries: 1, Seconds: 8},
		{Answer: "8", Mark: figures.Right, Tokens: 100, Cells: 1, CellErrors: 1, Seconds: 11},
		{Mark: figures.Wrong, Tokens: 30, Seconds: 11},
	}
	for i, s := range p.Samples {
		if i >= len(want) || s != want[i] {
			t.Errorf("sample %d: %+v", i, s)
		}
	}
	if v := (figures.Verdict{Answer: "8", Mark: figures.Right, Votes: 1, Of: 2}); p.Verdict != v || p.StoppedTokens != 40 || p.Seconds != 16 || len(p.Samples) != 3 {
		t.Errorf("%+v", p)
	}
}

// TestAttemptsAnew: with another voter, reader, or expected answer.
func TestAttemptsAnew(t *testing.T) {
	set := ofAttempts(t, rescore.Reading{}, engine.Marks{}, attempt("What is 8?"))
	if v := run(t, set, rescore.Voting{Voter: rescore.Count}).Problems[0].Verdict; v.Answer != "7" || !v.Tie {
		t.Errorf("counted: %+v", v)
	}
	if v := run(t, set, rescore.Voting{Voter: rescore.Confidence}).Problems[0].Verdict; v.Answer != "7" || v.Tie {
		t.Errorf("weighed: %+v", v)
	}
	set = ofAttempts(t, rescore.Reading{Reader: reader(t, "boxed")}, engine.Marks{}, attempt("What is 8?"))
	if p := run(t, set, rescore.Voting{}).Problems[0]; p.Samples[0].Answer != "8" || set.Agreement.Answers != 2 || set.Agreement.SameAnswers != 0 {
		t.Errorf("read anew: %+v, %+v", p, set.Agreement)
	}
	set = ofAttempts(t, rescore.Reading{}, engine.Marks{Expected: "7"}, attempt("What is 8?"))
	if v := run(t, set, rescore.Voting{}).Problems[0].Verdict; v.Mark != figures.Wrong {
		t.Errorf("a person expects 7: %+v", v)
	}
}
