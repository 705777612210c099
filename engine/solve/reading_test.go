package solve_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/enginetest"
	"github.com/aimo3/aimo3/engine/solve"
)

// finished are the facts by which samples ended, by their number.
func finished(events []engine.Event) map[int]engine.SampleFinished {
	all := map[int]engine.SampleFinished{}
	for _, e := range events {
		if f, ok := e.Fact.(engine.SampleFinished); ok {
			all[f.Sample] = f
		}
	}
	return all
}

// TestFound: an answer is read however it was written, and says how.
func TestFound(t *testing.T) {
	tests := []struct {
		name, thinking, reply string
		answer                engine.Answer
		found                 engine.Found
	}{
		{"box", "", `so \boxed{1,234}`, "1234", engine.Found{}},
		{"line", "", "We add.\nThe final answer is 42.", "42", engine.Found{Source: "final-line"}},
		{"another language", "", "答案是 42。", "42", engine.Found{Source: "final-line"}},
		{"tag", "", "<answer>7</answer>", "7", engine.Found{Source: "answer-tag"}},
		{"only in the reasoning", `hm \boxed{5}`, "Done.", "5", engine.Found{Thinking: true}},
		{"a box, and a mark after it in the reasoning", `hm \boxed{5}</think> I am not sure.`, "", "5", engine.Found{Thinking: true}},
		{"a box on each side of that mark", `hm \boxed{5}</think> no, \boxed{6}`, "Done.", "6", engine.Found{Thinking: true}},
		{"a bare mark after a box", "", `maybe \boxed{7} hmm</think> I am not sure.`, "7", engine.Found{Thinking: true}},
		{"a bare mark, and a box after it", "", `maybe \boxed{7} hmm</think> So \boxed{8}.`, "8", engine.Found{}},
		{"a lone channel of analysis", "", `<|channel|>analysis<|message|>maybe \boxed{7}`, "7", engine.Found{Thinking: true}},
		{"that channel with its end", "", `<|channel|>analysis<|message|>maybe \boxed{7}<|end|>`, "7", engine.Found{Thinking: true}},
		{"analysis, then the answer", "", `<|channel|>analysis<|message|>maybe \boxed{7}<|end|><|start|>assistant<|channel|>final<|message|>\boxed{8}`, "8", engine.Found{}},
		{"a reply goes before the reasoning", `hm \boxed{5}`, "The answer is 6.", "6", engine.Found{Source: "final-line"}},
		{"a number is no answer", "", "There are 3 cases. I do not know.", "", engine.Found{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := &scripted{play: func(_ context.Context, _ engine.Ask, say func(engine.Piece)) (engine.Ending, error) {
				say(engine.Piece{Frames: 1, Channel: engine.Thinking, Text: tt.thinking})
				say(engine.Piece{Frames: 1, Channel: engine.Reply, Text: tt.reply})
				return engine.Ending{}, nil
			}}
			var l log
			if _, err := (&solve.Solver{Backend: b}).Attempt(t.Context(), "a1", problem, engine.Plan{Samples: 1}, l.put); err != nil {
				t.Fatal(err)
			}
			if votes := enginetest.Fold(l.events).Tally.Votes; tt.answer != "" && (len(votes) != 1 || votes[0].Thinking != map[bool]int{true: 1}[tt.found.Thinking]) {
				t.Errorf("%+v, want a weak vote %v", votes, tt.found.Thinking)
			}
			if f := finished(l.events)[0]; f.Answer != tt.answer || f.Found != tt.found {
				t.Errorf("%q, %+v; want %q, %+v", f.Answer, f.Found, tt.answer, tt.found)
			}
		})
	}
}

// TestAnswersAreCompared: spellings of one value are one vote, and the key is
// compared likewise.
func TestAnswersAreCompared(t *testing.T) {
	p := problem
	p.Key = "0.5"
	b := replies(`\boxed{\frac{1}{2}}`, `\boxed{2}`, `\boxed{0.5}`, `\boxed{10\%}`, `\boxed{10}`)
	v, err := (&solve.Solver{Backend: b}).Attempt(t.Context(), "a1", p, engine.Plan{Samples: 5, Stop: engine.StopNone}, new(log).put)
	if err != nil || v.Votes != 2 || v.Of != 5 || v.Correct == nil || !*v.Correct {
		t.Errorf("%s, %v", show(v), err)
	}
}

// TestAskedFor: an answer that the problem cannot have is kept and not voted; it
// is repaired only by the statement's own modulus.
func TestAskedFor(t *testing.T) {
	tests := []struct {
		statement string
		plan      engine.Plan
		reply     string
		answer    engine.Answer
		was       engine.Answer
		votes     int
	}{
		{"Find the remainder when S is divided by 10^5.", engine.Plan{}, "121818", "21818", "121818", 1},
		{"Find the remainder when S is divided by 10^5.", engine.Plan{}, "21818", "21818", "", 1},
		{"Find S.", engine.Plan{Range: "integer:0..99999"}, "121818", "", "", 0},
		{"Find S.", engine.Plan{}, "121818", "121818", "", 1},
	}
	for _, tt := range tests {
		var l log
		tt.plan.Samples = 1
		e := &solve.Solver{Backend: replies(`\boxed{` + tt.reply + `}`)}
		v, err := e.Attempt(t.Context(), "a1", engine.Problem{Statement: tt.statement}, tt.plan, l.put)
		f := finished(l.events)[0]
		if err != nil || v.Answer != tt.answer || v.Votes != tt.votes || f.Found.Was != tt.was || (f.Found.Outside == "") != (tt.votes == 1) || v.Repaired > 0 != (tt.was != "") {
			t.Errorf("%q of %q: %+v, %+v, %v", tt.reply, tt.statement, v, f, err)
		}
		if tt.votes == 0 && (len(enginetest.Fold(l.events).Tally.Outside) != 1 || f.Answer != engine.Answer(tt.reply)) {
			t.Errorf("an answer out of range is not kept: %+v", f)
		}
	}
}

// TestPrinted: an answer that a cell printed is known to be.
func TestPrinted(t *testing.T) {
	for code, want := range map[string]bool{"7": true, "17": false, "7.5": false, "(7)": true, "": false} {
		_, l := attemptCode(t, coding(code), python(), engine.Plan{}, true)
		if f := finished(l.events)[0]; f.Answer != "7" || f.Found.Printed != want {
			t.Errorf("after %q: %+v, want printed %v", code, f, want)
		}
	}
}

// TestLoopIsReplaced: a reply that says the same again and again is stopped, and
// asked for again with a seed that no other sample has.
func TestLoopIsReplaced(t *testing.T) {
	for _, times := range []int{1, 99} {
		synctest.Test(t, func(t *testing.T) {
			loops := map[int64]bool{1: true}
			for i := range int64(times) {
				loops[1+4*i] = true
			}
			b := &scripted{play: func(ctx context.Context, ask engine.Ask, say func(engine.Piece)) (engine.Ending, error) {
				if !loops[ask.Seed] {
					say(engine.Piece{Frames: 1, Channel: engine.Reply, Text: fmt.Sprintf(`\boxed{%d}`, ask.Seed)})
					return engine.Ending{}, nil
				}
				for ctx.Err() == nil {
					say(engine.Piece{Frames: 1, Channel: engine.Thinking, Text: "Let us try once more, from the beginning. "})
				}
				return engine.Ending{}, ctx.Err()
			}}
			var l log
			_, err := (&solve.Solver{Backend: b}).Attempt(t.Context(), "a1", problem, engine.Plan{Samples: 4, Parallel: 1, Stop: engine.StopNone}, l.put)
			p := enginetest.Fold(l.events)
			s := &p.Samples[1]
			switch {
			case err != nil:
				t.Error(err)
			case times == 1 && (s.Answer != "5" || s.Seed != 5 || len(s.Retries) != 1 || s.Retries[0].Try != 2 || s.Retries[0].Class != engine.Looped || !strings.Contains(s.Retries[0].Why, "the model repeated the same")):
				t.Errorf("sample 2 with seed %d answers %q; retries %+v", s.Seed, s.Answer, s.Retries)
			case times == 1 && (s.Thinking.Len() > 0 || s.Reply.String() != `\boxed{5}` || s.Frames < 10):
				t.Errorf("sample 2 thinks %q and replies %q in %d frames", s.Thinking.String(), s.Reply.String(), s.Frames)
			case times > 1 && (s.State != engine.Failed || len(b.asked) != 6 || !strings.Contains(s.Cause, "repeated the same")):
				t.Errorf("sample 2 is %s: %s; %d requests", s.State, s.Cause, len(b.asked))
			}
			checkStory(t, l.events)
		})
	}
}

// unsure replies with a token's candidates again and again, as sure as its seed
// says. Those of long go on for so long that they can be cut.
func unsure(sure func(seed int64) float64, long ...int64) *scripted {
	return &scripted{play: func(ctx context.Context, ask engine.Ask, say func(engine.Piece)) (engine.Ending, error) {
		c, tokens := sure(ask.Seed), 3000
		if slices.Contains(long, ask.Seed) {
			tokens = 1e6
		}
		for i := range tokens {
			if ctx.Err() != nil {
				return engine.Ending{}, ctx.Err()
			}
			say(engine.Piece{Frames: 1, Channel: engine.Thinking, Text: fmt.Sprint(i, " "), Logprobs: [][]float64{{-c, -c}}})
		}
		say(engine.Piece{Frames: 1, Channel: engine.Reply, Text: fmt.Sprintf(`\boxed{%d}`, ask.Seed%2)})
		return engine.Ending{}, nil
	}}
}

// TestSurety: log-probabilities become figures that end up in the log; ties go
// to the surer; under deepconf votes are weighed, and a sample less sure than
// those of the warm-up is cut.
func TestSurety(t *testing.T) {
	t.Run("figures", func(t *testing.T) {
		b := unsure(func(seed int64) float64 { return 1 + float64(seed) })
		var l log
		v, err := (&solve.Solver{Backend: b}).Attempt(t.Context(), "a1", problem, engine.Plan{Samples: 2, Stop: engine.StopNone}, l.put)
		f, p := finished(l.events)[0], enginetest.Fold(l.events)
		if err != nil || f.Confidence == nil || f.Confidence.Tokens != 3000 || f.Confidence.Mean < 0.99 || f.Confidence.Mean > 1.01 || len(p.Samples[1].Confidences) != 3000/256 || p.Samples[1].Confidences[3] != 2 {
			t.Errorf("%v, %+v, %v", err, f.Confidence, p.Samples[1].Confidences)
		}
		if b.asked[0].TopLogprobs != engine.DefaultTopLogprobs || v.Answer != "1" || v.Tie != engine.TieEntropy {
			t.Errorf("asked for %d candidates; %s by %q", b.asked[0].TopLogprobs, show(v), v.Tie)
		}
	})
	t.Run("cut", func(t *testing.T) {
		b := unsure(func(seed int64) float64 {
			if seed == 4 {
				return 1
			}
			return 5 + float64(seed)
		}, 4)
		var l log
		v, err := (&solve.Solver{Backend: b}).Attempt(t.Context(), "a1", problem, engine.Plan{Samples: 6, Parallel: 1, Stop: "deepconf:1:4"}, l.put)
		p := enginetest.Fold(l.events)
		if s := &p.Samples[4]; err != nil || s.State != engine.Stopped || s.Cause != engine.ErrLowConfidence.Error() || p.Tally.Votes[0].Weight < 5 {
			t.Errorf("%v, %s, sample 5 is %s: %s", err, show(v), s.State, s.Cause)
		}
	})
	t.Run("none sent", func(t *testing.T) {
		var l log
		v, err := (&solve.Solver{Backend: replies(`\boxed{1}`)}).Attempt(t.Context(), "a1", problem, engine.Plan{Samples: 2, TopLogprobs: -1, Stop: "deepconf:1:2"}, l.put)
		if f := finished(l.events)[0]; err != nil || f.Confidence != nil || v.Votes != 2 {
			t.Errorf("%v, %+v, %s", err, f.Confidence, show(v))
		}
	})
}
