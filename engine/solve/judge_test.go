package solve_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/solve"
)

// judging plays b, and to what a judge is asked replies as rule says: to the
// draw of a number, shown answers in an order.
func judging(b *scripted, rule func(draw int, answers []string) string) *scripted {
	play := b.play
	b.play = func(ctx context.Context, ask engine.Ask, say func(engine.Piece)) (engine.Ending, error) {
		answers, told := shown(ask, "judge")
		if !told {
			return play(ctx, ask, say)
		}
		switch text := rule(int(ask.Seed&0xFFFF), answers); text {
		case "fail":
			return engine.Ending{}, errors.New("the runner died")
		case "hang":
			return stall(ctx)
		case "panic":
			panic("a bug")
		case "cut":
			say(engine.Piece{Frames: 1, Channel: engine.Reply, Text: "2"})
			return engine.Ending{Cut: true}, nil
		case "loop":
			for ctx.Err() == nil {
				say(engine.Piece{Frames: 1, Channel: engine.Reply, Text: "2, for I said so, and so it is, and so be it. "})
			}
			return engine.Ending{}, ctx.Err()
		default:
			for _, r := range text {
				say(engine.Piece{Frames: 1, Channel: engine.Reply, Text: string(r)})
			}
			return engine.Ending{Tokens: len(text)}, nil
		}
	}
	return b
}

// placeOf is where an answer stands, from 1.
func placeOf(answer string, answers []string) string {
	return fmt.Sprint(slices.Index(answers, answer) + 1)
}

func TestJudge(t *testing.T) {
	likes41 := func(_ int, answers []string) string { return placeOf("41", answers) }
	some := func(n int, rest string) func(int, []string) string {
		return func(draw int, answers []string) string {
			if draw < n {
				return likes41(draw, answers)
			}
			return rest
		}
	}
	for _, c := range []struct {
		name, votes string
		rule        func(draw int, answers []string) string
		want        string // what came of it
		answer      engine.Answer
		warned      int // draws
	}{
		{"one answer, wherever it stands", "42 42 42 41 41", likes41, "judge 41 [0 5]", "41", 0},
		{"one answer of three", "42 42 42 43 43 41", likes41, "judge 41 [0 0 5]", "41", 0},
		{"the leader", "41 42 41 41 42 43", likes41, "judge 41 [5 0 0]", "41", 0},
		{"behind thinking", "42 42 42 41 41", func(d int, all []string) string { return "<think>1</think>" + likes41(d, all) }, "judge 41 [0 5]", "41", 0},
		{"always the first place of two", "42 42 42 41 41", func(int, []string) string { return "1" }, "judge  [4 4]", "42", 0},
		{"always the first place of seven", "1 1 2 3 4 5 6 7", func(int, []string) string { return "1" }, "judge  [2 1 1 1 1 1 1]", "1", 0},
		{"the first place, where half fails", "42 42 42 41 41", func(d int, _ []string) string { return []string{"1", "fail"}[d%2] }, "judge  [4 0]", "42", 4},
		{"five of eight", "42 42 42 41 41", func(d int, all []string) string { return []string{"fail", likes41(d, all)}[min(d/3, 1)] }, "judge 41 [0 5]", "41", 3},
		{"four of eight", "42 42 42 41 41", some(4, "neither"), "judge  [0 4]", "42", 4},
		{"nothing that makes sense", "42 42 42 41 41", some(0, "3"), "judge  [0 0]", "42", 8},
		{"all fail", "42 42 42 41 41", some(0, "fail"), "judge  [0 0]", "42", 8},
		{"all panic", "42 42 42 41 41", some(0, "panic"), "judge  [0 0]", "42", 8},
		{"all are cut", "42 42 42 41 41", some(0, "cut"), "judge  [0 0]", "42", 8},
		{"all loop", "42 42 42 41 41", some(0, "loop"), "judge  [0 0]", "42", 8},
	} {
		t.Run(c.name, func(t *testing.T) {
			votes := strings.Fields(c.votes)
			b := judging(boxes(votes...), c.rule)
			v, p, _ := attemptChoosing(t, &solve.Solver{Backend: b}, engine.Plan{Samples: len(votes), Parallel: 1, Choose: []string{"judge"}})
			checkChosen(t, v, p, c.want, c.answer)
			warned := fmt.Sprintf("judge: %d of 8 judge replies are unusable: ", c.warned)
			if len(p.Warnings) != min(c.warned, 1) || c.warned > 0 && !strings.HasPrefix(p.Warnings[0], warned) {
				t.Errorf("warnings %q", p.Warnings)
			}
		})
	}
}

// checkChosen fails the test unless one strategy was tried, with this outcome,
// and the verdict is in keeping with it.
func checkChosen(t *testing.T, v engine.Verdict, p *engine.Progress, want string, answer engine.Answer) {
	t.Helper()
	if got := choices(p); got != want || v.Answer != answer {
		t.Errorf("%s, tried %q; want %q and %s", show(v), got, want, answer)
	}
	name, settled := p.Choices[0].Choice, p.Choices[0].Ended.Answer != ""
	leader, votes, _ := p.Tally.Leader()
	switch {
	case (v.Chosen == name) != settled, v.Chosen != "" && v.Tie != "":
		t.Errorf("chosen by %q, tie %q", v.Chosen, v.Tie)
	case v.Answer != leader && (v.Margin != 0 || v.Votes >= v.Of || v.Votes == 0):
		t.Errorf("%s, which the votes did not choose", show(v))
	case v.Answer == leader && v.Votes != votes:
		t.Errorf("%s, of %d votes", show(v), votes)
	case *v.Correct != (v.Answer == "41"):
		t.Errorf("%s, which is not so", show(v))
	}
}

// TestJudgeIsAsked: each draw has a seed of its own and gives no tool, each answer
// comes first in turn, and none of it counts as a sample.
func TestJudgeIsAsked(t *testing.T) {
	for _, own := range []string{"", "judge:1b", "m"} {
		b := judging(boxes("", "", "", "", "", "", "", "42", "42", "41", "41"), func(_ int, answers []string) string { return placeOf("41", answers) })
		d := python()
		e := &solve.Solver{Backend: b, Notebook: d.notebook}
		v, p, _ := attemptChoosing(t, e, engine.Plan{Model: "m", Judge: own, Think: engine.ThinkHigh, Seed: 7, Parallel: 3, Choose: []string{"judge"}})
		if v.Of != 4 || len(p.Samples) != 4 || p.Choices[0].Draws != 8 || p.Choices[0].Samples != 0 || b.widest > 3 {
			t.Errorf("%s, %d samples, choice %+v, %d streams at once", show(v), len(p.Samples), p.Choices[0], b.widest)
		}
		first, seeds := map[string]int{}, map[int64]bool{}
		for _, ask := range b.asked {
			answers, told := shown(ask, "judge")
			if seeds[ask.Seed] {
				t.Errorf("seed %d is asked for twice", ask.Seed)
			}
			seeds[ask.Seed] = true
			if !told {
				continue
			}
			first[answers[0]]++
			model, think := "m", engine.ThinkHigh
			if own == "judge:1b" {
				model, think = own, engine.ThinkAuto
			}
			if ask.Model != model || ask.Think != think || ask.Tool != nil || ask.Options.NumCtx != engine.DefaultNumCtx || ask.TopLogprobs != 0 {
				t.Errorf("asked %+v", ask)
			}
		}
		if first["41"] < 2 || first["42"] < 2 { // of the first five draws at the least
			t.Errorf("shown first: %v", first)
		}
	}
}

// TestJudgeSpends: what a judge says counts towards the attempt's tokens.
func TestJudgeSpends(t *testing.T) {
	long := strings.Repeat(" ", 200)
	b := judging(replies(`\boxed{42}`+long, `\boxed{41}`+long), func(int, []string) string { return "1" + long[:50] })
	plan := engine.Plan{Samples: 2, Choose: []string{"judge", "again"}, Budget: engine.Budget{Tokens: 1000}}
	v, p, _ := attemptChoosing(t, &solve.Solver{Backend: b}, plan)
	if v.Why != engine.OutOfBudget || v.Chosen != "" || len(p.Choices) != 1 || p.Choices[0].Ended.Answer != "" {
		t.Errorf("%s, chosen by %q, choices %s", show(v), v.Chosen, choices(p))
	}
	plan.Choose = []string{"judge"}
	plan.Budget.Tokens = 1 << 20
	if v, _, _ := attemptChoosing(t, &solve.Solver{Backend: b}, plan); v.Why != engine.AllEnded {
		t.Error(show(v))
	}
}

// TestJudgeIsDecided: once most draws agree, the others are not waited for.
func TestJudgeIsDecided(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := judging(boxes("42", "42", "42", "41"), func(d int, answers []string) string {
			if d < 3 {
				return "hang"
			}
			return placeOf("41", answers)
		})
		v, p, _ := attemptChoosing(t, &solve.Solver{Backend: b}, engine.Plan{Choose: []string{"judge"}, Parallel: 4, Budget: engine.Budget{Wall: time.Hour}})
		checkChosen(t, v, p, "judge 41 [0 5]", "41")
		if v.Why != engine.AllEnded || b.now != 0 || len(p.Warnings) != 0 {
			t.Errorf("%s, %d streams are open, warnings %q", show(v), b.now, p.Warnings)
		}
	})
}

// TestCandidates: a judge sees what a sample of each answer replied, the end of
// it if it is long and what it thought if it replied nothing; no more than half a
// window in all.
func TestCandidates(t *testing.T) {
	var seen []engine.Candidate
	e := &solve.Solver{Strategy: func(name string) (engine.Strategy, bool) {
		s, ok := ways(name)
		judge := s.How.(engine.Judging)
		turns := judge.Turns
		judge.Draws, judge.Turns = 1, func(b engine.Brief, all []engine.Candidate) []engine.Turn {
			seen = all
			return turns(b, all)
		}
		s.How = judge
		return s, ok
	}}
	var long strings.Builder
	for i := range rune(9000) {
		long.WriteRune('一' + i) // all differ, so it is no loop
	}
	long.WriteString(`\boxed{1}`)
	for _, c := range []struct{ window, most int }{{32768, 6000}, {2048, 1024}} {
		b := judging(boxes("1"), func(int, []string) string { return "" })
		b.play = func(_ context.Context, ask engine.Ask, say func(engine.Piece)) (engine.Ending, error) {
			switch ask.Seed {
			case 0:
				say(engine.Piece{Frames: 1, Channel: engine.Reply, Text: long.String()})
			case 1, 2:
				say(engine.Piece{Frames: 1, Channel: engine.Thinking, Text: `hm \boxed{2}`})
			case 3:
				say(engine.Piece{Frames: 1, Channel: engine.Reply, Text: `short \boxed{3}`})
			}
			return engine.Ending{}, nil
		}
		e.Backend = b
		attemptChoosing(t, e, engine.Plan{Parallel: 1, Choose: []string{"judge"}, Options: engine.Options{NumCtx: c.window}})
		if len(seen) != 3 || seen[0].Text != `hm \boxed{2}` || seen[0].Votes != 2 || seen[2].Text != `short \boxed{3}` {
			t.Fatalf("seen %+v", seen)
		}
		if end := seen[1].Text; len(end) > c.most || len(end) < c.most-3 || !strings.HasSuffix(long.String(), end) {
			t.Errorf("of a long reply %d bytes are seen: %q", len(end), end)
		}
	}
}
