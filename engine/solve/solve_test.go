package solve_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/enginetest"
	"github.com/aimo3/aimo3/engine/solve"
)

var problem = engine.Problem{Statement: "What is 6 times 7?"}

func TestAttemptVotes(t *testing.T) {
	yes, no := true, false
	tests := []struct {
		name  string
		texts []string
		key   string
		plan  engine.Plan
		want  engine.Verdict
	}{
		{
			"majority",
			[]string{`\boxed{41}`, `\boxed{42}`, `\boxed{42}`},
			"",
			engine.Plan{Samples: 3, Stop: engine.StopNone},
			engine.Verdict{Answer: "42", Votes: 2, Of: 3, Margin: 1. / 3, Why: engine.AllEnded},
		},
		{
			"no box, no vote",
			[]string{"42"},
			"",
			engine.Plan{Samples: 2, Stop: engine.StopNone},
			engine.Verdict{Of: 2, Why: engine.AllEnded},
		},
		{
			"four agree",
			[]string{`\boxed{42}`},
			"42",
			engine.Plan{Samples: 8, Parallel: 1, Stop: engine.StopFourAgree},
			engine.Verdict{Answer: "42", Votes: 4, Of: 4, Margin: 1, Correct: &yes, Why: engine.FourAgree},
		},
		{
			"uncatchable",
			[]string{`\boxed{42}`},
			"41",
			engine.Plan{Samples: 5, Parallel: 1, Stop: engine.StopUncatchable},
			engine.Verdict{Answer: "42", Votes: 3, Of: 3, Margin: 1, Correct: &no, Why: engine.Uncatchable},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var l log
				p := problem
				p.Key = tt.key
				v, err := (&solve.Solver{Backend: slow(replies(tt.texts...))}).Attempt(t.Context(), "a1", p, tt.plan, l.put)
				if err != nil {
					t.Fatal(err)
				}
				if got, want := show(v), show(tt.want); got != want {
					t.Errorf("verdict %s, want %s", got, want)
				}
				checkStory(t, l.events)
			})
		})
	}
}

func show(v engine.Verdict) string {
	correct := "unknown"
	if v.Correct != nil {
		correct = fmt.Sprint(*v.Correct)
	}
	return fmt.Sprintf("%s %d/%d margin %.3f correct %s, %s", v.Answer, v.Votes, v.Of, v.Margin, correct, v.Why)
}

// checkStory holds every attempt to the laws of its log: sequence numbers
// rise by one, the first and last facts are what they must be, every sample
// ends exactly once, every finished reply is followed by the tally, and every
// choice ends before the next begins.
func checkStory(t *testing.T, events []engine.Event) {
	t.Helper()
	ends := map[int]int{}
	samples, choices := 0, 0
	var finished []int
	for i, e := range events {
		if e.Seq != uint64(i+1) {
			t.Errorf("event %d has seq %d", i+1, e.Seq)
		}
		switch f := e.Fact.(type) {
		case engine.AttemptStarted:
			samples = f.Plan.Samples
			if i != 0 {
				t.Errorf("attempt_started is event %d", i+1)
			}
		case engine.AttemptFinished:
			if i != len(events)-1 {
				t.Errorf("attempt_finished is event %d of %d", i+1, len(events))
			}
		case engine.SampleFinished:
			ends[f.Sample]++
			finished = append(finished, f.Sample)
			if f.From != "" {
				continue // the votes that are carried over are told at once
			}
			if next, ok := events[i+1].Fact.(engine.TallyChanged); !ok {
				t.Errorf("sample_finished is followed by %s", events[i+1].Kind())
			} else if next.Tally.Ended() == 0 {
				t.Error("the tally counts nothing")
			}
		case engine.SampleFailed, engine.SampleStopped:
			n, _ := engine.SampleOf(f)
			ends[n]++
		case engine.FallbackUsed:
			if f.Sample < 0 && len(finished) > 0 {
				t.Errorf("%s after samples %v finished", f.Rung, finished)
			}
		case engine.SamplesAdded:
			samples += f.Samples
		case engine.ChoiceStarted:
			samples += f.Samples
			choices++
		case engine.ChoiceFinished:
			choices--
		}
		if choices < 0 || choices > 1 {
			t.Errorf("%d choices go on after event %d", choices, i+1)
		}
	}
	if choices != 0 {
		t.Error("a choice has no end")
	}
	if len(events) == 0 || events[len(events)-1].Kind() != "attempt_finished" {
		t.Fatal("the last fact is not attempt_finished")
	}
	if len(ends) != samples {
		t.Errorf("%d samples ended, of %d", len(ends), samples)
	}
	for i := range samples {
		if ends[i] != 1 {
			t.Errorf("sample %d ended %d times", i, ends[i])
		}
	}
}

func TestParallelBound(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := slow(replies(`\boxed{1}`))
		_, err := (&solve.Solver{Backend: b}).Attempt(t.Context(), "a1", problem, engine.Plan{Samples: 9, Parallel: 3, Stop: engine.StopNone, Seed: 40}, new(log).put)
		if err != nil {
			t.Fatal(err)
		}
		if b.widest != 3 {
			t.Errorf("%d streams at once, want 3", b.widest)
		}
		seeds := map[int64]bool{}
		for i, a := range b.asked {
			seeds[a.Seed] = true
			if round := int64(i / 3); a.Seed < 40+3*round || a.Seed > 42+3*round {
				t.Errorf("request %d has seed %d: samples are not taken in order", i+1, a.Seed)
			}
		}
		if len(seeds) != 9 || !seeds[40] || !seeds[48] {
			t.Errorf("seeds %v, want 40 to 48", seeds)
		}
	})
}

// TestEndings: however an attempt ends, its log ends properly, the losers'
// streams are closed, and no goroutine stays.
func TestEndings(t *testing.T) {
	full := errors.New("disk full")
	tests := []struct {
		name string
		run  func(t *testing.T, e *solve.Solver, l *log) (engine.Verdict, error)
		is   error
		why  engine.Reason
	}{
		{"cancelled", func(t *testing.T, e *solve.Solver, l *log) (engine.Verdict, error) {
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			return e.Attempt(ctx, "a1", problem, engine.Plan{}, l.put)
		}, context.DeadlineExceeded, engine.Cancelled},
		{"cancelled is ours", func(t *testing.T, e *solve.Solver, l *log) (engine.Verdict, error) {
			ctx, cancel := context.WithCancel(t.Context())
			cancel()
			return e.Attempt(ctx, "a1", problem, engine.Plan{}, l.put)
		}, engine.ErrCancelled, engine.Cancelled},
		{"budget", func(t *testing.T, e *solve.Solver, l *log) (engine.Verdict, error) {
			return e.Attempt(t.Context(), "a1", problem, engine.Plan{Budget: engine.Budget{Wall: time.Second}}, l.put)
		}, nil, engine.OutOfBudget},
		{"stopped by hand", func(t *testing.T, e *solve.Solver, l *log) (engine.Verdict, error) {
			time.AfterFunc(time.Second, func() { e.Stop("a1", -1) })
			return e.Attempt(t.Context(), "a1", problem, engine.Plan{}, l.put)
		}, nil, engine.Cancelled},
		{"sink fails", func(t *testing.T, e *solve.Solver, l *log) (engine.Verdict, error) {
			return e.Attempt(t.Context(), "a1", problem, engine.Plan{}, func(ev engine.Event) error {
				if ev.Seq == 3 {
					return full
				}
				return nil
			})
		}, full, engine.AllEnded},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := &scripted{play: func(ctx context.Context, _ engine.Ask, say func(engine.Piece)) (engine.Ending, error) {
					say(engine.Piece{Frames: 1, Channel: engine.Reply, Text: `half \boxed{7}`})
					return stall(ctx)
				}}
				var l log
				v, err := tt.run(t, &solve.Solver{Backend: b}, &l)
				if !errors.Is(err, tt.is) || (tt.is == nil) != (err == nil) {
					t.Errorf("err = %v, want %v", err, tt.is)
				}
				if v.Why != tt.why || v.Answer != "" {
					t.Errorf("verdict %s, want no answer for %s", show(v), tt.why)
				}
				if b.now != 0 {
					t.Errorf("%d streams still open", b.now)
				}
				if !errors.Is(tt.is, full) {
					checkStory(t, l.events)
				}
			})
		})
	}
	stacks := make([]byte, 1<<20)
	if all := string(stacks[:runtime.Stack(stacks, true)]); strings.Contains(all, "engine.(*Engine)") || strings.Contains(all, "engine.(*attempt)") {
		t.Errorf("a goroutine of the engine outlived Attempt:\n%s", all)
	}
}

func TestStopOneSample(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &scripted{play: func(ctx context.Context, ask engine.Ask, say func(engine.Piece)) (engine.Ending, error) {
			if ask.Seed == 1 {
				return stall(ctx)
			}
			say(engine.Piece{Frames: 1, Channel: engine.Reply, Text: `\boxed{3}`})
			return engine.Ending{}, nil
		}}
		e := &solve.Solver{Backend: b}
		time.AfterFunc(time.Second, func() {
			if !e.Stop("a1", 1) || e.Stop("other", 1) {
				t.Error("Stop does not know what runs")
			}
		})
		var l log
		v, err := e.Attempt(t.Context(), "a1", problem, engine.Plan{Samples: 3, Stop: engine.StopNone}, l.put)
		if err != nil || v.Votes != 2 || v.Why != engine.AllEnded {
			t.Errorf("verdict %s, err %v", show(v), err)
		}
		if s := enginetest.Fold(l.events).Samples[1]; s.State != engine.Stopped || s.Cause != engine.ErrStopped.Error() {
			t.Errorf("sample 2 is %s: %s", s.State, s.Cause)
		}
	})
}

func TestFaults(t *testing.T) {
	gone := &engine.Fault{Class: engine.Unreachable, What: "no server at :1", Todo: "start it"}
	t.Run("all fail", func(t *testing.T) {
		b := &scripted{play: func(context.Context, engine.Ask, func(engine.Piece)) (engine.Ending, error) {
			return engine.Ending{}, gone
		}}
		var l log
		v, err := (&solve.Solver{Backend: b}).Attempt(t.Context(), "a1", problem, engine.Plan{Samples: 2}, l.put)
		if engine.ClassOf(err) != engine.Unreachable || engine.Hint(err) != "no server at :1 · start it" || v.Why != engine.AllFailed {
			t.Errorf("verdict %s, err %v", show(v), err)
		}
		checkStory(t, l.events)
	})
	t.Run("one fails", func(t *testing.T) {
		b := replies(`\boxed{5}`)
		play := b.play
		b.play = func(ctx context.Context, ask engine.Ask, say func(engine.Piece)) (engine.Ending, error) {
			end, err := play(ctx, ask, say)
			if ask.Seed == 0 {
				err = gone // the text said before it must not vote
			}
			return end, err
		}
		var l log
		v, err := (&solve.Solver{Backend: b}).Attempt(t.Context(), "a1", problem, engine.Plan{Samples: 3, Stop: engine.StopNone}, l.put)
		if err != nil || v.Votes != 2 || v.Of != 2 {
			t.Errorf("verdict %s, err %v", show(v), err)
		}
	})
	t.Run("cut reply has no answer", func(t *testing.T) {
		b := &scripted{play: func(_ context.Context, _ engine.Ask, say func(engine.Piece)) (engine.Ending, error) {
			say(engine.Piece{Frames: 1, Channel: engine.Reply, Text: `\boxed{5} but wait`})
			return engine.Ending{Cut: true}, nil
		}}
		v, err := (&solve.Solver{Backend: b}).Attempt(t.Context(), "a1", problem, engine.Plan{Samples: 1}, new(log).put)
		if err != nil || v.Answer != "" || v.Of != 1 {
			t.Errorf("verdict %s, err %v", show(v), err)
		}
	})
	t.Run("a panic is a failed sample", func(t *testing.T) {
		b := &scripted{play: func(context.Context, engine.Ask, func(engine.Piece)) (engine.Ending, error) { panic("oh") }}
		var l log
		_, err := (&solve.Solver{Backend: b}).Attempt(t.Context(), "a1", problem, engine.Plan{Samples: 2}, l.put)
		if engine.ClassOf(err) != engine.Internal || !strings.Contains(err.Error(), "oh") {
			t.Errorf("err %v", err)
		}
		checkStory(t, l.events)
	})
}

// TestEndedWithVotes: an attempt that a person or its budget ends says so, though the samples
// that end by that leave the lead of two uncatchable.
func TestEndedWithVotes(t *testing.T) {
	for name, c := range map[string]struct {
		plan engine.Plan
		want engine.Reason
	}{
		"stopped by hand": {engine.Plan{}, engine.Cancelled},
		"budget":          {engine.Plan{Budget: engine.Budget{Wall: 2 * time.Second}}, engine.OutOfBudget},
	} {
		synctest.Test(t, func(t *testing.T) {
			b := &scripted{play: func(ctx context.Context, ask engine.Ask, say func(engine.Piece)) (engine.Ending, error) {
				if ask.Seed > 1 {
					return stall(ctx)
				}
				say(engine.Piece{Frames: 1, Channel: engine.Reply, Text: `\boxed{3}`})
				return engine.Ending{}, nil
			}}
			var l log
			e := &solve.Solver{Backend: b}
			if c.want == engine.Cancelled {
				time.AfterFunc(time.Second, func() { e.Stop("a1", -1) })
			}
			v, err := e.Attempt(t.Context(), "a1", problem, c.plan, l.put)
			if err != nil || v.Why != c.want || v.Votes != 2 || v.Doubt(8) != engine.DoubtCut {
				t.Errorf("%s: %s, %v; want 2 votes for %s", name, show(v), err, c.want)
			}
		})
	}
}
