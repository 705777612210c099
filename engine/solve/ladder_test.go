package solve_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/enginetest"
	"github.com/aimo3/aimo3/engine/solve"
)

var (
	full    = &engine.Fault{Class: engine.Memory, What: "out of memory", Todo: "choose a smaller model"}
	crashed = &engine.Fault{Class: engine.Crashed, What: "the runner died"}
	missing = &engine.Fault{Class: engine.NoModel, What: "no such model"}
)

// failingFor answers 42, but where fault says otherwise: after half a reply of which
// the answer is 13.
func failingFor(fault func(ask engine.Ask) error) *scripted {
	return &scripted{play: func(ctx context.Context, ask engine.Ask, say func(engine.Piece)) (engine.Ending, error) {
		if err := fault(ask); err != nil {
			say(engine.Piece{Frames: 1, Channel: engine.Reply, Text: `half \boxed{13}`})
			if ask.Seed > 0 { // sample 0 fails, the others are in the middle of it
				return stall(ctx)
			}
			return engine.Ending{}, err
		}
		say(engine.Piece{Frames: 1, Channel: engine.Reply, Text: `\boxed{42}`})
		return engine.Ending{Tokens: 3}, nil
	}}
}

// down are the steps down the ladder that were told.
func down(p *engine.Progress) string {
	var all []string
	for _, f := range p.Fallbacks {
		all = append(all, fmt.Sprintf("%d %s %s>%s %d %s", f.Sample, f.Rung, f.From, f.To, f.NumCtx, f.Class))
	}
	return strings.Join(all, ", ")
}

// TestLadder: a model that fails before any sample has finished is asked with smaller
// windows and then others are asked, each for all samples; what halves said is void.
func TestLadder(t *testing.T) {
	above := func(tokens int, err error) func(engine.Ask) error {
		return func(ask engine.Ask) error {
			if ask.Model == "big" && ask.Options.NumCtx > tokens {
				return err
			}
			return nil
		}
	}
	for _, row := range []struct {
		name     string
		fault    func(engine.Ask) error
		window   int
		fallback []string
		steps    string
		model    string // that the votes are of; "" if none are
	}{
		{"no fault", above(1<<20, full), 32768, []string{"small"}, "", "big"},
		{"memory for less", above(8192, full), 32768, nil, "-1 window 32768>16384 16384 memory, -1 window 16384>8192 8192 memory", "big"},
		{"memory for the smallest", above(4096, full), 6000, nil, "-1 window 6000>4096 4096 memory", "big"},
		{"no memory", above(0, full), 8192, []string{"small"}, "-1 window 8192>4096 4096 memory, -1 model big>small 8192 memory", "small"},
		{"no memory and no other", above(0, full), 8192, nil, "-1 window 8192>4096 4096 memory", ""},
		{"a prompt too long for less", func(ask engine.Ask) error {
			if ask.Model == "big" && len(ask.Turns[0].Text) > 1000 {
				return full
			}
			return nil
		}, 8192, []string{"small"}, "-1 model big>small 8192 memory", "small"},
		{"a window that was small already", above(0, full), 2048, nil, "", ""},
		{"crashes", above(0, crashed), 8192, []string{"small", "tiny"}, "-1 model big>small 8192 crashed", "small"},
		{"gone", func(ask engine.Ask) error {
			if ask.Model != "tiny" {
				return missing
			}
			return nil
		}, 8192, []string{"small", "tiny"}, "-1 model big>small 8192 no_model, -1 model small>tiny 8192 no_model", "tiny"},
		{"not the model's fault", above(0, cut), 8192, []string{"small"}, "", ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithTimeout(t.Context(), time.Minute) // those that stall where no step is
				defer cancel()
				b := failingFor(row.fault)
				var l log
				plan := engine.Plan{Model: "big", Fallback: row.fallback, Samples: 5, Parallel: 3, Stop: engine.StopNone, Options: engine.Options{NumCtx: row.window}}
				asked := problem
				if strings.HasPrefix(row.name, "a prompt") {
					asked.Statement = strings.Repeat("long ", 2000) // of some 3,300 tokens
				}
				v, _ := (&solve.Solver{Backend: b}).Attempt(ctx, "a1", asked, plan, l.put)
				p := enginetest.Fold(l.events)
				if got := down(p); got != row.steps {
					t.Errorf("steps %q\nwant  %q", got, row.steps)
				}
				if row.model == "" {
					if v.Votes > 0 {
						t.Errorf("%s", show(v))
					}
				} else if v.Votes != 5 || v.Answer != "42" || p.Plan.Model != row.model {
					t.Errorf("%s by %s, want 5 votes by %s", show(v), p.Plan.Model, row.model)
				}
				for i := range p.Samples {
					if s := &p.Samples[i]; s.State == engine.Finished && s.Reply.String() != `\boxed{42}` {
						t.Errorf("sample %d says %q", i, s.Reply.String())
					}
				}
				checkStory(t, l.events)
			})
		})
	}
}

// TestFallbackTellsTheSameStory: after a step the fold is that of an attempt which
// began with what the step led to, but for times and what tells of the step.
func TestFallbackTellsTheSameStory(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		fold := func(model string, fallback ...string) string {
			b := failingFor(func(ask engine.Ask) error {
				if ask.Model == "big" {
					return crashed
				}
				time.Sleep(time.Duration(ask.Seed) * time.Second) // in the order of their numbers
				return nil
			})
			var l log
			_, _ = (&solve.Solver{Backend: b, Notebook: python().notebook}).Attempt(t.Context(), "a1", problem, engine.Plan{Model: model, Fallback: fallback, Samples: 3, Stop: engine.StopNone}, l.put)
			p := enginetest.Fold(l.events)
			text := fmt.Sprintf("%+v %+v %+v %+v\n", p.Plan, p.Code, p.Tally, *p.Verdict)
			for i := range p.Samples {
				s := &p.Samples[i]
				text += fmt.Sprintln(s.State, s.Seed, s.Reply.String(), s.Thinking.String(), s.Frames, s.Ending, s.Retries, s.Cells)
			}
			return text
		}
		if got, want := fold("big", "small"), fold("small"); got != want {
			t.Errorf("it folds to\n%s\nwant\n%s", got, want)
		}
	})
}

// TestNoTwoModelsVote: once a sample has finished, in this program or before it was
// killed, one that fails has failed.
func TestNoTwoModelsVote(t *testing.T) {
	late := &scripted{play: func(_ context.Context, ask engine.Ask, say func(engine.Piece)) (engine.Ending, error) {
		time.Sleep(time.Duration(ask.Seed) * time.Second)
		if ask.Seed > 0 {
			return engine.Ending{}, crashed
		}
		say(engine.Piece{Frames: 1, Channel: engine.Reply, Text: `\boxed{42}`})
		return engine.Ending{}, nil
	}}
	for _, killed := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			var l log
			s := &solve.Solver{Backend: late}
			v, err := s.Attempt(t.Context(), "a1", problem, engine.Plan{Model: "big", Fallback: []string{"small"}, Samples: 3, Stop: engine.StopNone}, l.put)
			if killed {
				var kept []engine.Event
				for _, e := range l.events {
					if kept = append(kept, e); e.Kind() == "sample_finished" {
						break
					}
				}
				l.events = kept
				v, err = s.Resume(t.Context(), enginetest.Fold(kept), l.put)
			}
			if p := enginetest.Fold(l.events); err != nil || v.Votes != 1 || len(p.Fallbacks) > 0 || p.Samples[1].State != engine.Failed || p.Samples[2].State != engine.Failed {
				t.Errorf("killed %v: %v, %s; steps %s", killed, err, show(v), down(p))
			}
		})
	}
}

// TestResumeAfterAStep: an attempt that was killed goes on with the model and window of
// its last step.
func TestResumeAfterAStep(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := failingFor(func(ask engine.Ask) error {
			if ask.Model == "big" {
				return full
			}
			return nil
		})
		var l log
		s := &solve.Solver{Backend: b, Window: func(context.Context, string, int) int { return 6144 }}
		_, _ = s.Attempt(t.Context(), "a1", problem, engine.Plan{Model: "big", Fallback: []string{"small", "tiny"}, Samples: 2, Stop: engine.StopNone, Options: engine.Options{NumCtx: 8192}}, l.put)
		var kept []engine.Event
		for _, e := range l.events {
			if f, is := e.Fact.(engine.FallbackUsed); is && f.Rung == engine.RungModel {
				kept = append(kept, e)
				break
			}
			kept = append(kept, e)
		}
		l.events = kept
		b.asked = nil
		v, err := s.Resume(t.Context(), enginetest.Fold(kept), l.put)
		if err != nil || v.Votes != 2 || len(b.asked) != 2 {
			t.Fatalf("%v, %s after %d requests", err, show(v), len(b.asked))
		}
		for _, ask := range b.asked {
			if ask.Model != "small" || ask.Options.NumCtx != 6144 {
				t.Errorf("it asked %s for %d tokens", ask.Model, ask.Options.NumCtx)
			}
		}
		if p := enginetest.Fold(l.events); fmt.Sprint(p.Plan.Fallback) != "[tiny]" {
			t.Errorf("%v are left", p.Plan.Fallback)
		}
	})
}

// TestNoWaitBeyondTheBudget: where the next try would be made after the attempt's time is
// over, the next model is asked at once.
func TestNoWaitBeyondTheBudget(t *testing.T) {
	for apart, model := range map[time.Duration]string{10 * time.Second: "big", 50 * time.Second: "small"} {
		synctest.Test(t, func(t *testing.T) {
			fails := 1
			b := &scripted{play: func(_ context.Context, ask engine.Ask, say func(engine.Piece)) (engine.Ending, error) {
				if fails--; fails >= 0 {
					return engine.Ending{}, crashed
				}
				say(engine.Piece{Frames: 1, Channel: engine.Reply, Text: `\boxed{42}`})
				return engine.Ending{}, nil
			}}
			var l log
			s := &solve.Solver{Line: patience{b, 3, apart}.line}
			v, err := s.Attempt(t.Context(), "a1", problem, engine.Plan{Model: "big", Fallback: []string{"small"}, Samples: 1, Budget: engine.Budget{Wall: 40 * time.Second}}, l.put)
			if p := enginetest.Fold(l.events); err != nil || v.Answer != "42" || p.Plan.Model != model {
				t.Errorf("tries %v apart: %v, %s by %s, want %s", apart, err, show(v), p.Plan.Model, model)
			}
			checkStory(t, l.events)
		})
	}
}

// TestStoppedStaysStopped: a sample that a person has ended does not begin again.
func TestStoppedStaysStopped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &solve.Solver{}
		fails := make(chan struct{})
		s.Backend = &scripted{play: func(ctx context.Context, ask engine.Ask, say func(engine.Piece)) (engine.Ending, error) {
			switch {
			case ask.Model == "small":
				say(engine.Piece{Frames: 1, Channel: engine.Reply, Text: `\boxed{42}`})
				return engine.Ending{}, nil
			case ask.Seed > 0:
				return stall(ctx)
			}
			<-fails
			return engine.Ending{}, crashed
		}}
		go func() {
			synctest.Wait()
			s.Stop("a1", 1)
			synctest.Wait()
			close(fails)
		}()
		var l log
		v, err := s.Attempt(t.Context(), "a1", problem, engine.Plan{Model: "big", Fallback: []string{"small"}, Samples: 3, Stop: engine.StopNone}, l.put)
		if p := enginetest.Fold(l.events); err != nil || v.Votes != 2 || p.Samples[1].State != engine.Stopped || len(p.Fallbacks) != 1 {
			t.Errorf("%v, %s; sample 2 is %s", err, show(v), p.Samples[1].State)
		}
	})
}
