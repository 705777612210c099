package form

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/enginetest"
	"github.com/aimo3/aimo3/engine/wire"
)

func TestSampleForPeople(t *testing.T) {
	const want = `Sample 1: stopped: the vote is decided (11 tokens, 2 cells, 9.0 s)
(4 characters of thinking hidden; --thinking shows it)

First:

In [1]: print('` + "```" + `')
        1/0
Out[1]: ` + "```" + `␛[2J
Err[1]: Trace
        ZeroDivisionError
(the session crashed: its variables are lost)
(2.0 s)

Then:

In [2]: while True: pass
(interrupted: the sample ended first)
`
	var b strings.Builder
	p := enginetest.HostileCells()
	if err := WriteSample(&b, 0, &p.Samples[0], false); err != nil {
		t.Fatal(err)
	}
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", &b, want)
	}
	b.Reset()
	if err := WriteSample(&b, 0, &p.Samples[0], true); err != nil {
		t.Fatal(err)
	}
	if order := []string{"— thinking —\nHmm.", "— reply —\nFirst:", "In [1]:", "— reply —\nThen:", "In [2]:"}; !inOrder(b.String(), order) {
		t.Errorf("not in order %q:\n%s", order, &b)
	}
}

// inOrder says whether text holds all of want, each after the one before.
func inOrder(text string, want []string) bool {
	for _, w := range want {
		_, after, found := strings.Cut(text, w)
		if !found {
			return false
		}
		text = after
	}
	return true
}

func TestCellsInJSON(t *testing.T) {
	out, err := json.Marshal(wire.Of(enginetest.HostileCells(), false))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`"code":{"engine":"python","sympy":true}`,
		"{\"cell\":1,\"code\":\"print('```')\\n1/0\",\"ended\":true,\"output\":\"```\\u001b[2J\\n\",\"error\":\"Trace\\nZeroDivisionError\",\"took_ns\":2000000000,\"kept\":false,\"thinking_before\":4,\"reply_before\":7}",
		`{"cell":2,"code":"while True: pass","ended":false,"thinking_before":4,"reply_before":13}`,
	} {
		if !strings.Contains(string(out), want) {
			t.Errorf("no %s in\n%s", want, out)
		}
	}
	var back wire.Attempt
	if err := json.Unmarshal(out, &back); err != nil || len(back.Samples[0].Cells) != 2 || back.Samples[0].Cells[0].Took != 2*time.Second || back.Samples[0].Cells[1].Cell != nil {
		t.Errorf("read back: %v, %+v", err, back.Samples[0].Cells)
	}
}

func TestVerdictTellsOfClasses(t *testing.T) {
	p := engine.Progress{Problem: engine.Problem{Statement: "x"}, Tally: engine.Tally{
		Votes: []engine.Vote{
			{Answer: "0.5", Samples: []int{0, 2, 4}, Spellings: []engine.Spelling{
				{Answer: "0.5", Samples: []int{0}}, {Answer: `\frac12`, Samples: []int{2}, Tier: "exact"}, {Answer: "0.5", Samples: []int{4}, Was: "7.5", Modulus: "7"},
			}},
		},
		NoAnswer: 1, Outside: []engine.Spelling{{Answer: "123456", Samples: []int{3}}}, Order: []int{0, 1, 2, 3, 4},
	}}
	p.Verdict = &engine.Verdict{Answer: "0.5", Votes: 3, Of: 5, Why: engine.FourAgree, Tie: engine.TiePrinted, Repaired: 1}
	p.Samples = make([]engine.SampleProgress, 2)
	p.Samples[0].State, p.Samples[0].Frames = engine.Finished, 12_345
	p.Samples[1].State, p.Samples[1].Cause = engine.Stopped, engine.ErrDecided.Error()
	var b strings.Builder
	if err := WriteVerdict(&b, &p, nil, false); err != nil {
		t.Fatal(err)
	}
	want := `Answer: 0.5
a tie · 3 of 5 replies · stopped early: four agree · 0.0 s · tie broken by code output · saved about 12,000 tokens · 1 reduced by the problem's modulus
  0.5                    3 votes  by 1, 3, 5
  = \frac12 (exact)               by 3
  ↻ 7.5 mod 7                     by 5
  ! 123456 (out of range)  1      by 4
  (no answer)              1      by 2
`
	if strings.Join(strings.Fields(b.String()), " ") != strings.Join(strings.Fields(want), " ") {
		t.Errorf("got\n%s\nwant\n%s", &b, want)
	}
}
