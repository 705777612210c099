package resilience_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/resilience"
)

// TestABreakerWhoseTimeIsOverWakesNobody: who waits then waits for a turn, not for the clock.
func TestABreakerWhoseTimeIsOverWakesNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &server{}
		s.play = func(ctx context.Context, number int, say func(engine.Piece)) error {
			if s.asked[number-1] == "gone" {
				return crashed
			}
			say(engine.Piece{Frames: 1, Channel: engine.Reply, Text: "4"})
			return takes(ctx, 60, nil)
		}
		looks := 0
		g := resilience.New(s, resilience.Options{Rand: half, Now: func() time.Time {
			if looks++; looks > 10_000 {
				panic("it looks at the clock without end")
			}
			return time.Now()
		}})
		defer g.Join(1)()
		for range 5 {
			if _, err := g.Stream(t.Context(), engine.Ask{Model: "gone"}, quiet); !errors.Is(err, crashed) {
				t.Fatal(err)
			}
		}
		time.Sleep(10 * time.Second) // its breaker's time is over, and nobody asks for that model
		done := make(chan error, 2)
		for range 2 {
			go func() {
				_, err := g.Stream(t.Context(), engine.Ask{Model: "here"}, quiet)
				done <- err
			}()
		}
		for range 2 {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
	})
}

// TestNobodyIsForgottenAtTheLastMoment: a breaker's time may be over between two looks at the
// clock, of which each takes a while here.
func TestNobodyIsForgottenAtTheLastMoment(t *testing.T) {
	for early := range 30 {
		synctest.Test(t, func(t *testing.T) {
			s := &server{play: func(_ context.Context, number int, _ func(engine.Piece)) error {
				if number <= 3 {
					return refused
				}
				return nil
			}}
			var looks time.Duration
			g := resilience.New(s, resilience.Options{Rand: half, Now: func() time.Time {
				looks++
				return time.Now().Add(looks * time.Millisecond)
			}})
			for range 3 {
				_, _ = g.Stream(t.Context(), engine.Ask{Model: "m"}, quiet)
			}
			left := g.Health().Breakers[0].Until.Sub(time.Now().Add(looks * time.Millisecond))
			time.Sleep(left - time.Duration(early)*time.Millisecond)
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			if _, err := g.Stream(ctx, engine.Ask{Model: "m"}, quiet); err != nil {
				t.Errorf("%d ms before: %v", early, err)
			}
		})
	}
}

// TestAHostIsTriedAgainWhenItIsDue, though another one answers all the while, and by one
// sample at a time.
func TestAHostIsTriedAgainWhenItIsDue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, boxes := twoHosts([]string{"m"}, []string{"m"})
		defer h.Join(8)()
		boxes[0].set(refused)
		var moves []string
		ask := func() {
			if err := sample(t.Context(), h, "m", &moves); err != nil {
				t.Error(err)
			}
		}
		for range 3 {
			ask()
		}
		if h.Health()[0].Breakers[0].State != engine.BreakerOpen {
			t.Fatalf("%+v", h.Health()[0])
		}
		before := boxes[0].asked
		ask()
		if boxes[0].asked != before {
			t.Error("it was asked while it is held back")
		}
		time.Sleep(10 * time.Second)
		moves = nil
		ask() // fails there, and goes elsewhere
		if boxes[0].asked != before+1 || len(moves) != 1 || moves[0] != "host a>b unreachable" {
			t.Errorf("asked %d times more when it was due: %q", boxes[0].asked-before, moves)
		}
		boxes[0].set(nil)
		for range 4 { // while it is held back again: the other one has the more to do
			defer h.Line("m", nil).Close()
		}
		time.Sleep(20 * time.Second)
		first, second := h.Line("m", nil), h.Line("m", nil)
		defer first.Close()
		defer second.Close()
		if _, err := second.Stream(t.Context(), engine.Ask{Model: "m"}, quiet); err != nil || boxes[0].asked != before+1 {
			t.Errorf("a second one was to try it too: %v", err)
		}
		if _, err := first.Stream(t.Context(), engine.Ask{Model: "m"}, quiet); err != nil || boxes[0].asked != before+2 {
			t.Errorf("nobody tried it: %v", err)
		}
		if b := h.Health()[0].Breakers[0]; b.State != engine.BreakerClosed {
			t.Errorf("it works, and is %+v", b)
		}
	})
}

// TestAModelHeldBackLetsOthersTryTheHost: a request that one of its two breakers refuses gives
// back the turn to try that it had of the other.
func TestAModelHeldBackLetsOthersTryTheHost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, down := &server{}, false
		s.play = func(_ context.Context, number int, _ func(engine.Piece)) error {
			switch {
			case down:
				return refused
			case s.asked[number-1] == "large":
				return crashed
			}
			return nil
		}
		g := resilience.New(s, resilience.Options{Rand: half})
		try := func(model string) error {
			ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
			defer cancel()
			_, err := g.Stream(ctx, engine.Ask{Model: model}, quiet)
			return err
		}
		for range 5 {
			_ = try("large")
		}
		time.Sleep(6 * time.Second)
		_ = try("large") // and its breaker opens for ten seconds
		down = true
		for range 3 {
			_ = try("small") // and the host's for five
		}
		down = false
		time.Sleep(6 * time.Second)
		if err := try("large"); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("the model that is held back: %v", err)
		}
		if err := try("small"); err != nil {
			t.Errorf("the host cannot be tried: %v, %+v", err, g.Health())
		}
	})
}
