package resilience_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/resilience"
)

// TestFailuresBesideAStreamThatGoesOn open no breaker: the server works. Those of a
// server that lets each reply begin and cuts it do.
func TestFailuresBesideAStreamThatGoesOn(t *testing.T) {
	for _, row := range []struct {
		name  string
		every time.Duration // the other stream brings text; 0 if there is none
		model string        // that it is of
		fails *engine.Fault
		want  [2]engine.BreakerState // of the host and of the model m
	}{
		{"a stream that goes on", time.Second, "m", crashed, [2]engine.BreakerState{engine.BreakerClosed, engine.BreakerClosed}},
		{"a stream that is slower than the faults", time.Minute, "m", crashed, [2]engine.BreakerState{engine.BreakerClosed, engine.BreakerOpen}},
		{"a stream of another model", time.Second, "other", crashed, [2]engine.BreakerState{engine.BreakerClosed, engine.BreakerOpen}},
		{"a stream of another model beside refusals", time.Second, "other", refused, [2]engine.BreakerState{engine.BreakerClosed, engine.BreakerClosed}},
		{"none", 0, "", crashed, [2]engine.BreakerState{engine.BreakerClosed, engine.BreakerOpen}},
		{"none, refused", 0, "", refused, [2]engine.BreakerState{engine.BreakerOpen, engine.BreakerClosed}},
	} {
		synctest.Test(t, func(t *testing.T) {
			text := engine.Piece{Frames: 1, Channel: engine.Reply, Text: "x"}
			s := &server{play: func(ctx context.Context, number int, say func(engine.Piece)) error {
				if row.every > 0 && number == 1 {
					for ctx.Err() == nil {
						say(text)
						_ = takes(ctx, int(row.every.Seconds()), nil)
					}
					return ctx.Err()
				}
				say(text)
				return takes(ctx, 2, row.fails)
			}}
			g := resilience.New(s, resilience.Options{})
			ctx, cancel := context.WithCancel(t.Context())
			if row.every > 0 {
				go func() { _, _ = g.Stream(ctx, engine.Ask{Model: row.model}, quiet) }()
				synctest.Wait()
				time.Sleep(time.Millisecond)
			}
			for range map[*engine.Fault]int{crashed: 5, refused: 3}[row.fails] {
				_, _ = g.Stream(t.Context(), engine.Ask{Model: "m"}, quiet)
			}
			for _, b := range g.Health().Breakers {
				if want := map[string]engine.BreakerState{"": row.want[0], "m": row.want[1], "other": engine.BreakerClosed}[b.Model]; b.State != want {
					t.Errorf("%s: the breaker of %q is %s, want %s", row.name, b.Model, b.State, want)
				}
			}
			cancel()
			synctest.Wait()
		})
	}
}
