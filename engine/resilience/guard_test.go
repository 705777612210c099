package resilience_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/resilience"
)

// server is a backend whose every request is answered by play.
type server struct {
	play func(ctx context.Context, number int, say func(engine.Piece)) error

	mu     sync.Mutex
	asked  []string // models, in the order the requests came
	at     []time.Time
	now    int
	widest int
}

func (s *server) Stream(ctx context.Context, ask engine.Ask, say func(engine.Piece)) (engine.Ending, error) {
	s.mu.Lock()
	s.asked, s.at, s.now = append(s.asked, ask.Model), append(s.at, time.Now()), s.now+1
	s.widest = max(s.widest, s.now)
	number := len(s.asked)
	s.mu.Unlock()
	err := s.play(ctx, number, say)
	s.mu.Lock()
	s.now--
	s.mu.Unlock()
	return engine.Ending{}, err
}

// takes is a request that takes some seconds and then ends with err.
func takes(ctx context.Context, seconds int, err error) error {
	select {
	case <-time.After(time.Duration(seconds) * time.Second):
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

var (
	refused = &engine.Fault{Class: engine.Unreachable, What: "no server answers"}
	crashed = &engine.Fault{Class: engine.Crashed, What: "the runner died"}
	busy    = &engine.Fault{Class: engine.Busy, What: "the server is busy"}
)

func quiet(engine.Piece) {}

// half makes every random number 0.5: breakers open for 5, 10, 20 and 60 seconds.
func half() float64 { return 0.5 }

func TestQueueIsInOrderAndBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &server{play: func(ctx context.Context, number int, _ func(engine.Piece)) error {
			return takes(ctx, min(number, 2), nil) // so that no two end at once
		}}
		g := resilience.New(s, resilience.Options{})
		leave := g.Join(2)
		ctx, cancel := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		for i := range 6 {
			ctx, say := ctx, quiet
			if i != 3 {
				ctx = t.Context()
			}
			var queued bool
			say = func(p engine.Piece) { queued = p.Phase == engine.Queued }
			wg.Go(func() {
				if _, err := g.Stream(ctx, engine.Ask{Model: fmt.Sprint(i)}, say); (i == 3) != errors.Is(err, context.Canceled) || queued != (i > 1) {
					t.Errorf("request %d: %v, queued %v", i, err, queued)
				}
			})
			synctest.Wait()
		}
		if h := g.Health(); h.Running != 2 || h.Queued != 4 || h.Limit != 2 {
			t.Errorf("%+v", h)
		}
		cancel()
		synctest.Wait()
		if h := g.Health(); h.Queued != 3 {
			t.Errorf("after one was cancelled: %+v", h)
		}
		wg.Wait()
		if !slices.Equal(s.asked, []string{"0", "1", "2", "4", "5"}) || s.widest != 2 {
			t.Errorf("asked %v, at most %d at once", s.asked, s.widest)
		}
		leave()
		leave()
		if h := g.Health(); h.Running+h.Queued+h.Limit != 0 {
			t.Errorf("in the end: %+v", h)
		}
	})
}

// TestServerThatFailsIsNotHammered: of many that wait only one tries at a time, and
// later each time; once one is answered all go on.
func TestServerThatFailsIsNotHammered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begun := time.Now()
		s := &server{}
		s.play = func(ctx context.Context, _ int, say func(engine.Piece)) error {
			if time.Since(begun) < time.Minute {
				return refused
			}
			say(engine.Piece{Frames: 1, Channel: engine.Reply, Text: "x"})
			return takes(ctx, 3, nil)
		}
		var states []string
		g := resilience.New(s, resilience.Options{Rand: half, Changed: func(b engine.BreakerChanged) {
			states = append(states, fmt.Sprintf("%.0f %s %s", time.Since(begun).Seconds(), b.Model, b.State))
		}})
		g.Meet("there", 0)
		g.Join(8)
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				tries := g.Tries("m")
				for {
					_, err := g.Stream(t.Context(), engine.Ask{Model: "m"}, quiet)
					if err == nil {
						return
					}
					if _, _, end := tries.Failed(err); end != nil {
						t.Error(end)
						return
					}
					tries.Wait(t.Context())
				}
			})
		}
		wg.Wait()
		var at []string
		for _, a := range s.at {
			at = append(at, fmt.Sprintf("%.0f", a.Sub(begun).Seconds()))
		}
		// Of the eight that were let in at first, those that are asked before the third is
		// refused are not held back.
		first := strings.Join(at[:3], " ")
		rest := strings.Join(slices.DeleteFunc(at[3:], func(second string) bool { return second == "0" }), " ")
		if first != "0 0 0" || rest != "5 15 35 95 95 95 95 95 95 95 95" {
			t.Errorf("it was asked at\n%s and then %s", first, rest)
		}
		want := []string{"0  open", "5  half_open", "5  open", "15  half_open", "15  open", "35  half_open", "35  open", "95  half_open", "95  closed"}
		if !slices.Equal(states, want) {
			t.Errorf("the breaker was\n%q, want\n%q", states, want)
		}
	})
}

// TestModelThatCrashesLeavesOthersAlone: its breaker lets requests for others pass.
func TestModelThatCrashesLeavesOthersAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &server{}
		s.play = func(_ context.Context, number int, _ func(engine.Piece)) error {
			if s.asked[number-1] == "large" {
				return crashed
			}
			return nil
		}
		g := resilience.New(s, resilience.Options{Rand: half})
		for range 5 {
			if _, err := g.Stream(t.Context(), engine.Ask{Model: "large"}, quiet); !errors.Is(err, crashed) {
				t.Error(err)
			}
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := g.Stream(ctx, engine.Ask{Model: "large"}, quiet); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("the sixth: %v", err)
		}
		if _, err := g.Stream(t.Context(), engine.Ask{Model: "small"}, quiet); err != nil || len(s.asked) != 6 {
			t.Errorf("another model: %v, after %d requests", err, len(s.asked))
		}
		b := g.Health().Breakers
		if b[0].State != engine.BreakerClosed || b[1].State != engine.BreakerOpen || b[1].Model != "large" || b[1].Why != "the runner died" {
			t.Errorf("%+v", b)
		}
	})
}

// TestProbeThatIsCancelledMakesRoomForAnother: and one that a backend's panic ends too.
func TestProbeThatIsCancelledMakesRoomForAnother(t *testing.T) {
	for name, end := range map[string]func(context.Context) error{
		"cancelled": func(ctx context.Context) error { return takes(ctx, 1000, nil) },
		"panics":    func(context.Context) error { panic("oh") },
		"busy":      func(context.Context) error { return busy },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := &server{}
				s.play = func(ctx context.Context, number int, say func(engine.Piece)) error {
					switch {
					case number <= 3:
						return refused
					case number == 4:
						return end(ctx)
					}
					return nil
				}
				g := resilience.New(s, resilience.Options{Rand: half})
				ask := func(timeout time.Duration) (err error) {
					defer func() { _ = recover() }()
					ctx, cancel := context.WithTimeout(t.Context(), timeout)
					defer cancel()
					_, err = g.Stream(ctx, engine.Ask{Model: "m"}, quiet)
					return err
				}
				for range 3 {
					_ = ask(time.Second)
				}
				_ = ask(10 * time.Second)
				if h := g.Health(); h.Breakers[0].State != engine.BreakerHalfOpen || h.Running != 0 {
					t.Errorf("after the probe: %+v", h)
				}
				if err := ask(time.Second); err != nil || g.Health().Breakers[0].State != engine.BreakerClosed {
					t.Errorf("the next probe: %v, %+v", err, g.Health())
				}
			})
		})
	}
}

func TestLimitIsHalvedOnceForABurstAndGrowsAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var fail error = busy
		s := &server{play: func(ctx context.Context, _ int, _ func(engine.Piece)) error { return takes(ctx, 1, fail) }}
		g := resilience.New(s, resilience.Options{})
		g.Join(8)
		burst := func(n int) int {
			var wg sync.WaitGroup
			for range n {
				wg.Go(func() { _, _ = g.Stream(t.Context(), engine.Ask{}, quiet) })
			}
			wg.Wait()
			return g.Health().Limit
		}
		if got := burst(8); got != 4 {
			t.Errorf("after 8 at once were refused: %d", got)
		}
		if got := burst(4); got != 2 {
			t.Errorf("and 4 more: %d", got)
		}
		fail = nil
		for _, want := range []int{3, 4, 5, 6, 7, 8, 8} {
			if got := burst(g.Health().Limit); got != want {
				t.Errorf("after a run of successes: %d, want %d", got, want)
			}
		}
		g.Meet("there", 4)
		if got := g.Health().Limit; got != 4 {
			t.Errorf("with 4 seats: %d", got)
		}
	})
}

// TestHeardEnoughIsASuccess: a reply that the solver closes where its code ends says
// that the server works.
func TestHeardEnoughIsASuccess(t *testing.T) {
	var stop context.CancelCauseFunc
	s := &server{play: func(ctx context.Context, number int, _ func(engine.Piece)) error {
		if number%4 == 0 {
			stop(engine.ErrHeard)
			return ctx.Err()
		}
		return crashed
	}}
	g := resilience.New(s, resilience.Options{})
	for range 40 {
		var ctx context.Context
		ctx, stop = context.WithCancelCause(t.Context())
		_, _ = g.Stream(ctx, engine.Ask{Model: "m"}, quiet)
		stop(nil)
	}
	if b := g.Health().Breakers; b[1].State != engine.BreakerClosed || len(s.asked) != 40 {
		t.Errorf("after %d requests: %+v", len(s.asked), b)
	}
}

func TestWatchersAreTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := resilience.New(&server{play: func(context.Context, int, func(engine.Piece)) error { return crashed }}, resilience.Options{Rand: half})
		changed := g.Changed()
		_, _ = g.Stream(t.Context(), engine.Ask{Model: "m"}, quiet)
		<-changed
		tries := g.Tries("m")
		if wait, of, err := tries.Failed(crashed); wait != 125*time.Millisecond || of != 3 || err != nil {
			t.Errorf("a wait of %s, %d tries, %v", wait, of, err)
		}
		changed = g.Changed()
		go tries.Wait(t.Context())
		<-changed
		r := g.Health().Retries
		if len(r) != 1 || r[0].Try != 2 || r[0].Of != 3 || r[0].Class != engine.Crashed || time.Until(r[0].At) != 125*time.Millisecond {
			t.Errorf("%+v", r)
		}
		changed = g.Changed()
		<-changed
		if r := g.Health().Retries; len(r) != 0 {
			t.Errorf("after it: %+v", r)
		}
	})
}
