package resilience_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/resilience"
)

// TestOpenBreakerTriesNowIfAPersonSaysSo: one request that waits, at once, or the next
// one to come; and what is not open is left as it is.
func TestOpenBreakerTriesNowIfAPersonSaysSo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begun := time.Now()
		s := &server{play: func(_ context.Context, _ int, say func(engine.Piece)) error {
			if time.Since(begun) < 2*time.Second {
				return refused
			}
			say(engine.Piece{Frames: 1, Channel: engine.Reply, Text: "x"})
			return nil
		}}
		var states []string
		g := resilience.New(s, resilience.Options{Rand: half, Changed: func(b engine.BreakerChanged) {
			states = append(states, fmt.Sprintf("%.0f %s", time.Since(begun).Seconds(), b.State))
		}})
		g.Meet("there", 0)
		ask := func() { _, _ = g.Stream(t.Context(), engine.Ask{Model: "m"}, quiet) }
		for range 3 {
			ask()
		}
		time.Sleep(time.Second)
		changed := g.Changed()
		if g.TryNow("there", "m") || g.TryNow("elsewhere", "") {
			t.Error("a breaker that is closed, or of another host, was tried")
		}
		if !g.TryNow("there", "") || g.Health().Breakers[0].StateAt(time.Now()) != engine.BreakerHalfOpen {
			t.Fatalf("%+v", g.Health())
		}
		select {
		case <-changed:
		default:
			t.Error("who watches is not told")
		}
		if g.TryNow("there", "") {
			t.Error("what may be tried already was tried again")
		}
		ask() // fails, and opens it for ten seconds
		go ask()
		synctest.Wait()
		time.Sleep(2 * time.Second)
		if n := len(s.asked); n != 4 || !g.TryNow("there", "") {
			t.Fatalf("%d requests came, %+v", n, g.Health())
		}
		synctest.Wait()
		want := []string{"0 open", "1 half_open", "1 open", "3 half_open", "3 closed"}
		if !slices.Equal(states, want) || len(s.asked) != 5 {
			t.Errorf("the breaker was %q, want %q; %d requests", states, want, len(s.asked))
		}
	})
}
