package solve_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/enginetest"
	"github.com/aimo3/aimo3/engine/solve"
)

// ways are one strategy of each kind, for any split vote.
func ways(name string) (engine.Strategy, bool) {
	s := engine.Strategy{Name: name, When: func(engine.Tally) bool { return true }, How: engine.Rerun{}}
	switch name {
	case "verify":
	case "judge":
		s.How = engine.Judging{Draws: 8, Turns: showing("judge"), Pick: func(reply string, candidates int) (int, bool) {
			var n int
			_, err := fmt.Sscan(reply, &n)
			return n - 1, err == nil && n >= 1 && n <= candidates
		}}
	case "again":
		s.How = engine.Resample{Samples: 4, Turns: showing("again")}
	case "never":
		s.When = func(engine.Tally) bool { return false }
	default:
		return engine.Strategy{}, false
	}
	return s, true
}

// showing makes a turn of a word and the candidates' answers, line by line.
func showing(word string) func(engine.Brief, []engine.Candidate) []engine.Turn {
	return func(_ engine.Brief, all []engine.Candidate) []engine.Turn {
		text := word
		for _, c := range all {
			text += "\n" + string(c.Answer)
		}
		return []engine.Turn{{Role: "user", Text: text}}
	}
}

// shown are the answers that a request shows, if it was made by showing(word).
func shown(ask engine.Ask, word string) ([]string, bool) {
	text, ok := strings.CutPrefix(ask.Turns[0].Text, word+"\n")
	return strings.Split(text, "\n"), ok
}

// boxes replies to seed i with the i-th answer.
func boxes(answers ...string) *scripted {
	for i, a := range answers {
		answers[i] = `\boxed{` + a + `}`
	}
	return replies(answers...)
}

// attemptChoosing attempts the problem, whose key is 41, and holds its log to
// the laws.
func attemptChoosing(t *testing.T, e *solve.Solver, plan engine.Plan) (engine.Verdict, *engine.Progress, *log) {
	t.Helper()
	p, l := problem, new(log)
	p.Key = "41"
	if e.Strategy == nil {
		e.Strategy = ways
	}
	plan.Samples, plan.Stop = max(plan.Samples, 4), engine.StopNone
	v, err := e.Attempt(t.Context(), "a1", p, plan, l.put)
	if err != nil {
		t.Fatal(err)
	}
	checkStory(t, l.events)
	return v, enginetest.Fold(l.events), l
}

// choices are what came of the strategies tried: "judge 41 [0 5]".
func choices(p *engine.Progress) string {
	var all []string
	for _, c := range p.Choices {
		all = append(all, fmt.Sprintf("%s %s %v", c.Choice, c.Ended.Answer, c.Ended.Scores))
	}
	return strings.Join(all, ", ")
}

// TestSecondRound: more samples are taken, which are shown the candidates, have
// seeds of their own, and vote like the others.
func TestSecondRound(t *testing.T) {
	b := boxes("1", "2", "3", "", "41", "2", "41", "41")
	v, p, l := attemptChoosing(t, &solve.Solver{Backend: b}, engine.Plan{Choose: []string{"again"}, Parallel: 2, Seed: 0})
	if show(v) != "41 3/8 margin 0.125 correct true, all_ended" || v.Chosen != "" {
		t.Errorf("%s, chosen by %q", show(v), v.Chosen)
	}
	if len(p.Samples) != 8 || len(p.Choices) != 1 || p.Choices[0].Samples != 4 || choices(p) != "again  []" {
		t.Errorf("%d samples, choices %+v", len(p.Samples), p.Choices)
	}
	if got := p.Samples[0].Reply.String(); got != `\boxed{1}` {
		t.Errorf("the first sample's reply is now %q", got)
	}
	seeds := map[int64]bool{}
	for i, ask := range b.asked {
		seeds[ask.Seed] = true
		if all, told := shown(ask, "again"); told != (i >= 4) || told && len(all) != 3 {
			t.Errorf("request %d is told %q", i+1, ask.Turns)
		}
	}
	if len(seeds) != 8 || b.widest > 2 {
		t.Errorf("seeds %v, %d streams at once", seeds, b.widest)
	}
	var left []int
	for _, e := range l.events {
		if f, ok := e.Fact.(engine.TallyChanged); ok {
			left = append(left, f.Left)
		}
	}
	if want := []int{3, 2, 1, 0, 3, 2, 1, 0}; !reflect.DeepEqual(left, want) {
		t.Errorf("left %v, want %v", left, want)
	}
}

// TestSecondRoundIsDecided: the stop rule holds in the second round too.
func TestSecondRoundIsDecided(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := &solve.Solver{Backend: slow(boxes("1", "2", "2")), Strategy: ways}
		var l log
		v, err := e.Attempt(t.Context(), "a1", problem, engine.Plan{Samples: 3, Parallel: 1, Choose: []string{"again", "judge"}, Stop: engine.StopFourAgree}, l.put)
		p := enginetest.Fold(l.events)
		if err != nil || show(v) != "2 4/5 margin 0.600 correct unknown, four_agree" || len(p.Choices) != 1 || p.Samples[6].State != engine.Stopped {
			t.Errorf("%s, %v, %d choices", show(v), err, len(p.Choices))
		}
		checkStory(t, l.events)
	})
}

// TestSeedsStayApart: a sample that is taken again does not get the seed of one
// of the second round.
func TestSeedsStayApart(t *testing.T) {
	b := boxes("1", "2", "3")
	play := b.play
	b.play = func(ctx context.Context, ask engine.Ask, say func(engine.Piece)) (engine.Ending, error) {
		for ask.Seed == 1 && ctx.Err() == nil {
			say(engine.Piece{Frames: 1, Channel: engine.Thinking, Text: "Let us try once more, from the beginning. "})
		}
		return play(ctx, ask, say)
	}
	attemptChoosing(t, &solve.Solver{Backend: b}, engine.Plan{Choose: []string{"again"}, Parallel: 1})
	seeds := map[int64]bool{}
	for _, ask := range b.asked {
		if seeds[ask.Seed] {
			t.Errorf("seed %d is asked for twice", ask.Seed)
		}
		seeds[ask.Seed] = true
	}
}

// TestOrderOfChoices: strategies are tried in the plan's order, each on the votes
// as they are then, until one settles them.
func TestOrderOfChoices(t *testing.T) {
	last := func(_ int, answers []string) string { return fmt.Sprint(len(answers)) } // wherever it stands
	likes41 := func(_ int, answers []string) string { return placeOf("41", answers) }
	for _, c := range []struct {
		choose string
		judge  func(draw int, answers []string) string
		want   string
		chosen engine.Answer
	}{
		{"verify,judge,again", likes41, "verify  [], judge 41 [0 5]", "41"},
		{"judge,verify", likes41, "judge 41 [0 5]", "41"},
		{"judge,again", last, "judge  [4 4], again  []", "5"},
		{"again,judge", likes41, "again  [], judge 41 [0 0 5]", "41"},
		{"unknown,never", likes41, "", "6"},
		{"", likes41, "", "6"},
	} {
		b := judging(boxes("6", "6", "41", "41", "5", "5", "5"), c.judge)
		v, p, _ := attemptChoosing(t, &solve.Solver{Backend: b}, engine.Plan{Choose: strings.Split(c.choose, ","), Parallel: 1})
		if got := choices(p); got != c.want || v.Answer != c.chosen {
			t.Errorf("%s: %s, tried %q, want %q and %s", c.choose, show(v), got, c.want, c.chosen)
		}
	}
}

// TestNothingToChoose: no strategy is tried where there is nothing to choose, or
// no time to.
func TestNothingToChoose(t *testing.T) {
	all := []string{"verify", "judge", "again"}
	for name, c := range map[string]struct {
		backend *scripted
		plan    engine.Plan
		none    bool // no strategies are known
	}{
		"unanimous":           {boxes("6"), engine.Plan{}, false},
		"no answers":          {replies("hm"), engine.Plan{}, false},
		"decided early":       {boxes("1", "6"), engine.Plan{Samples: 8, Stop: engine.StopFourAgree}, false},
		"the time is up":      {slow(boxes("1", "2", "3")), engine.Plan{Budget: engine.Budget{Wall: 2500 * time.Millisecond}}, false},
		"the tokens are used": {slow(boxes("1", "2")), engine.Plan{Budget: engine.Budget{Tokens: 10}}, false},
		"none are known":      {boxes("1", "2"), engine.Plan{}, true},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c.plan.Choose, c.plan.Parallel, c.plan.Samples = all, 1, max(c.plan.Samples, 4)
				e, l := &solve.Solver{Backend: c.backend, Strategy: ways}, new(log)
				if c.none {
					e.Strategy = nil
				}
				if _, err := e.Attempt(t.Context(), "a1", problem, c.plan, l.put); err != nil {
					t.Fatal(err)
				}
				checkStory(t, l.events)
				if p := enginetest.Fold(l.events); len(p.Choices) > 0 || len(p.Samples) != c.plan.Samples {
					t.Errorf("%d choices, %d samples", len(p.Choices), len(p.Samples))
				}
			})
		})
	}
	t.Run("no room for more samples", func(t *testing.T) {
		_, p, _ := attemptChoosing(t, &solve.Solver{Backend: boxes("1", "2")}, engine.Plan{Samples: engine.MaxSamples, Choose: []string{"again"}})
		if len(p.Choices) > 0 {
			t.Errorf("tried %s", choices(p))
		}
	})
}

// TestChoiceEnds: however an attempt ends while it chooses, it ends in good
// order, with the votes as they are and nothing left running.
func TestChoiceEnds(t *testing.T) {
	hangs := map[string]func(ask engine.Ask) bool{
		"judge": func(ask engine.Ask) bool { _, told := shown(ask, "judge"); return told },
		"again": func(ask engine.Ask) bool { return ask.Seed == 6 },
	}
	for how, want := range map[string]engine.Reason{"cancelled": engine.Cancelled, "stopped": engine.Cancelled, "budget": engine.OutOfBudget, "sink": ""} {
		for name, hang := range hangs {
			t.Run(name+", "+how, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					b := boxes("1", "41", "41", "1", "1", "1", "41", "1")
					play := b.play
					b.play = func(ctx context.Context, ask engine.Ask, say func(engine.Piece)) (engine.Ending, error) {
						if hang(ask) {
							return stall(ctx)
						}
						return play(ctx, ask, say)
					}
					endWhileChoosing(t, &solve.Solver{Backend: b, Strategy: ways}, name, how, want)
					if b.now != 0 {
						t.Errorf("%d streams are open", b.now)
					}
				})
			})
		}
	}
}

// endWhileChoosing ends an attempt in one way once its choice hangs.
func endWhileChoosing(t *testing.T, e *solve.Solver, name, how string, want engine.Reason) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	full := errors.New("the disk is full")
	var l log
	plan := engine.Plan{Samples: 4, Parallel: 2, Stop: engine.StopNone, Choose: []string{name, "never", name}, Budget: engine.Budget{Wall: time.Minute}}
	defer time.AfterFunc(time.Second, func() {
		switch how {
		case "cancelled":
			cancel()
		case "stopped":
			e.Stop("a1", -1)
		}
	}).Stop()
	v, err := e.Attempt(ctx, "a1", problem, plan, func(ev engine.Event) error {
		if _, choosing := ev.Fact.(engine.ChoiceStarted); choosing && how == "sink" {
			return full
		}
		return l.put(ev)
	})
	if how == "sink" {
		if last := l.events[len(l.events)-1]; !errors.Is(err, full) || last.Kind() != "tally_changed" {
			t.Errorf("%v after %s", err, last.Kind())
		}
		return
	}
	checkStory(t, l.events)
	if p := enginetest.Fold(l.events); v.Why != want || v.Chosen != "" || v.Answer == "" || errors.Is(err, engine.ErrCancelled) != (how == "cancelled") || len(p.Choices) != 1 || p.Choices[0].Ended.Answer != "" {
		t.Errorf("%s chosen by %q, %v, choices %s", show(v), v.Chosen, err, choices(p))
	}
}
