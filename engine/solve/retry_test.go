package solve_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/enginetest"
	"github.com/aimo3/aimo3/engine/solve"
)

// patient is a Recovery that allows so many tries, so long apart; of what a person
// has to mend, one.
type patient struct {
	tries int
	apart time.Duration
}

func (p *patient) Failed(err error) (wait time.Duration, of int, end error) {
	if p.tries--; p.tries <= 0 || engine.ClassOf(err) == engine.Invalid {
		return 0, 0, err
	}
	return p.apart, 3, nil
}

func (p *patient) Held() bool { return false }

func (p *patient) Wait(ctx context.Context) {
	select {
	case <-time.After(p.apart):
	case <-ctx.Done():
	}
}

// patience is a line to b with so many tries at each reply, a second apart if nothing
// else is said.
type patience struct {
	engine.Backend
	tries int
	apart time.Duration
}

func (p patience) Tries() solve.Recovery { return &patient{p.tries, cmp.Or(p.apart, time.Second)} }
func (patience) Close()                  {}

func (p patience) line(string, func(engine.FallbackUsed)) solve.Line { return p }

var cut = &engine.Fault{Class: engine.Truncated, What: "the reply stopped", Todo: "try again"}

// failing is b, of whose requests those of the given numbers, from 1 on, say half a
// reply and fail.
func failing(b *scripted, err error, numbers ...int) *scripted {
	play, fails := b.play, map[int]bool{}
	for _, n := range numbers {
		fails[n] = true
	}
	b.play = func(ctx context.Context, ask engine.Ask, say func(engine.Piece)) (engine.Ending, error) {
		b.mu.Lock()
		n := len(b.asked)
		b.mu.Unlock()
		if !fails[n] {
			return play(ctx, ask, say)
		}
		say(engine.Piece{Frames: 1, Channel: engine.Thinking, Text: "I guess ", Logprobs: [][]float64{{-9, -9}}})
		say(engine.Piece{Frames: 1, Channel: engine.Reply, Text: `\boxed{13}` + "\n```python\nprint("})
		return engine.Ending{}, err
	}
	return b
}

// TestFaultIsRetried: what a reply said that the server cut is void and its answer
// no vote; the next try has its seed; cells before it are not run again.
func TestFaultIsRetried(t *testing.T) {
	for _, tools := range []bool{true, false} {
		synctest.Test(t, func(t *testing.T) {
			b, d := failing(coding("1+1", "40 + 2"), cut, 2, 3), python()
			e := &solve.Solver{Notebook: d.notebook, Line: patience{Backend: b, tries: 3}.line, Describe: func(context.Context, string) (engine.Model, error) {
				return engine.Model{Capabilities: map[bool][]string{true: {"tools"}}[tools]}, nil
			}}
			var l log
			v, err := e.Attempt(t.Context(), "a1", problem, engine.Plan{Samples: 1, Seed: 5}, l.put)
			if err != nil || v.Answer != "7" || v.Of != 1 || len(b.asked) != 5 {
				t.Fatalf("%v, %s after %d requests", err, show(v), len(b.asked))
			}
			for i, ask := range b.asked {
				if ask.Seed != 5 || len(ask.Turns) != []int{1, 3, 3, 3, 5}[i] {
					t.Errorf("request %d has seed %d and %d turns", i+1, ask.Seed, len(ask.Turns))
				}
			}
			s := &enginetest.Fold(l.events).Samples[0]
			if len(s.Cells) != 2 || strings.Contains(s.Reply.String()+s.Writing.String(), "13") || s.Thinking.String() != "step 0 step 1 step 2 " {
				t.Errorf("%d cells; it thinks %q and replies %q", len(s.Cells), s.Thinking.String(), s.Reply.String())
			}
			got := fmt.Sprintf("%+v", s.Retries)
			if want := "[{Sample:0 Try:2 Of:3 Class:truncated Why:the reply stopped Seed:5 Wait:1s} {Sample:0 Try:3 Of:3 Class:truncated Why:the reply stopped Seed:5 Wait:1s}]"; got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
			if want := map[bool]int{true: 3*10 + 2*2, false: 2*2 + 10 + 2*2}[tools]; s.Ending.Tokens != want {
				t.Errorf("%d frames and %d tokens count", s.Frames, s.Ending.Tokens)
			}
			checkStory(t, l.events)
		})
	}
}

func TestRetriesEnd(t *testing.T) {
	for _, row := range []struct {
		name     string
		err      error
		fails    int
		plan     engine.Plan
		requests int
		state    engine.SampleState
		cause    string
	}{
		{"tries run out", cut, 9, engine.Plan{}, 3, engine.Failed, "the reply stopped"},
		{"a person has to mend it", &engine.Fault{Class: engine.Invalid, What: "bad option"}, 9, engine.Plan{}, 1, engine.Failed, "bad option"},
		{"no fault at all", errors.New("eh"), 9, engine.Plan{}, 3, engine.Failed, "eh"},
		{"the time is over", cut, 9, engine.Plan{Budget: engine.Budget{Wall: 1500 * time.Millisecond}}, 2, engine.Stopped, engine.ErrBudget.Error()},
		{"half replies count", cut, 9, engine.Plan{Budget: engine.Budget{Tokens: 3}}, 2, engine.Stopped, engine.ErrTokens.Error()},
		{"half replies have not thought", cut, 2, engine.Plan{Budget: engine.Budget{Think: 1}}, 3, engine.Finished, ""},
		{"it passes", cut, 2, engine.Plan{}, 3, engine.Finished, ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := failing(replies(`\boxed{42}`), row.err, []int{1, 2, 3, 4, 5, 6, 7, 8, 9}[:row.fails]...)
				row.plan.Samples = 1
				var l log
				_, _ = (&solve.Solver{Line: patience{Backend: b, tries: 3}.line}).Attempt(t.Context(), "a1", problem, row.plan, l.put)
				s := &enginetest.Fold(l.events).Samples[0]
				if s.Confidence != nil {
					t.Errorf("it measured what is void: %+v", s.Confidence)
				}
				if len(b.asked) != row.requests || s.State != row.state || s.Cause != row.cause {
					t.Errorf("%d requests, %s: %s; want %d, %s: %s", len(b.asked), s.State, s.Cause, row.requests, row.state, row.cause)
				}
				checkStory(t, l.events)
			})
		})
	}
}

// TestLoopsAndFaultsAreCountedApart: and a loop still has its own seeds.
func TestLoopsAndFaultsAreCountedApart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		loops := &engine.Fault{Class: engine.Looped, What: "again and again"}
		b := failing(failing(replies(`\boxed{42}`), cut, 2, 4), loops, 1, 3)
		var l log
		v, err := (&solve.Solver{Line: patience{Backend: b, tries: 3}.line}).Attempt(t.Context(), "a1", problem, engine.Plan{Samples: 1}, l.put)
		if err != nil || v.Answer != "42" || len(b.asked) != 5 {
			t.Fatalf("%v, %s after %d requests", err, show(v), len(b.asked))
		}
		var got []string
		for _, r := range enginetest.Fold(l.events).Samples[0].Retries {
			got = append(got, fmt.Sprintf("%s try %d of %d seed %d after %s", r.Class, r.Try, r.Of, r.Seed, r.Wait))
		}
		want := "looped try 2 of 0 seed 1 after 0s, truncated try 2 of 3 seed 1 after 1s, looped try 3 of 0 seed 2 after 0s, truncated try 3 of 3 seed 2 after 1s"
		if strings.Join(got, ", ") != want {
			t.Errorf("got  %s\nwant %s", strings.Join(got, ", "), want)
		}
	})
}

// TestSameTextAgainIsNoLoop: a seed says the same each time that it is asked.
func TestSameTextAgainIsNoLoop(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var text strings.Builder
		for i := range 330 {
			fmt.Fprint(&text, i*i%997, " ")
		}
		b := &scripted{}
		b.play = func(_ context.Context, _ engine.Ask, say func(engine.Piece)) (engine.Ending, error) {
			say(engine.Piece{Frames: 1, Channel: engine.Reply, Text: text.String()})
			if len(b.asked) < 5 {
				return engine.Ending{}, cut
			}
			say(engine.Piece{Frames: 1, Channel: engine.Reply, Text: `\boxed{42}`})
			return engine.Ending{}, nil
		}
		v, err := (&solve.Solver{Line: patience{Backend: b, tries: 9}.line}).Attempt(t.Context(), "a1", problem, engine.Plan{Samples: 1}, (&log{}).put)
		if err != nil || v.Answer != "42" || len(b.asked) != 5 {
			t.Errorf("%v, %s after %d requests, each of %d bytes", err, show(v), len(b.asked), text.Len())
		}
	})
}

// TestBreakersAreTold: in each attempt that they concern, and never after its end.
func TestBreakersAreTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := &solve.Solver{Backend: slow(replies(`\boxed{42}`))}
		logs := map[engine.AttemptID]*log{"a": {}, "b": {}}
		for id, model := range map[engine.AttemptID]string{"a": "large", "b": "small"} {
			go func() {
				_, _ = e.Attempt(t.Context(), id, problem, engine.Plan{Model: model, Samples: 1}, logs[id].put)
			}()
		}
		synctest.Wait()
		for _, model := range []string{"", "large", "small"} {
			e.TellBreaker(engine.BreakerChanged{Host: "there", Model: model, State: engine.BreakerOpen})
		}
		time.Sleep(time.Minute)
		e.TellBreaker(engine.BreakerChanged{Host: "there", State: engine.BreakerClosed})
		for id, want := range map[engine.AttemptID]string{"a": " large", "b": " small"} {
			got := ""
			for _, b := range enginetest.Fold(logs[id].events).Breakers {
				got += b.Model + " "
			}
			if strings.TrimSpace(got) != strings.TrimSpace(want) {
				t.Errorf("attempt %s was told of %q", id, got)
			}
			checkStory(t, logs[id].events)
		}
	})
}

// TestBudgetThatAFaultUsesUp: an attempt whose budget goes by while its server is away
// ends with that fault; one whose samples spoke does not.
func TestBudgetThatAFaultUsesUp(t *testing.T) {
	gone := &engine.Fault{Class: engine.Unreachable, What: "no server answers"}
	for speaks, want := range map[bool]error{false: gone, true: nil} {
		synctest.Test(t, func(t *testing.T) {
			requests := 0
			b := &scripted{play: func(ctx context.Context, _ engine.Ask, say func(engine.Piece)) (engine.Ending, error) {
				say(engine.Piece{Channel: engine.Reply, Text: "We count", Frames: 1})
				if requests++; requests > 1 && speaks {
					<-ctx.Done()
					return engine.Ending{}, ctx.Err()
				}
				return engine.Ending{}, gone
			}}
			e := &solve.Solver{Line: patience{Backend: b, tries: 1000}.line}
			var l log
			plan := engine.Plan{Samples: 1, Budget: engine.Budget{Wall: 59500 * time.Millisecond}} // which ends between two tries
			v, err := e.Attempt(t.Context(), "a1", problem, plan, l.put)
			if v.Why != engine.OutOfBudget || engine.ClassOf(err) != engine.ClassOf(want) || (err == nil) != (want == nil) {
				t.Errorf("speaks %v: %v and %v, want %v", speaks, v.Why, err, want)
			}
		})
	}
}
