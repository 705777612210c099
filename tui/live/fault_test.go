package live_test

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// TestAWriteErrorStopsTheClock and is told: nothing more will come of the attempt.
func TestAWriteErrorStopsTheClock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		env := tuitest.Env(t, tuitest.Palette(t))
		s := live.New(env, "a1", engine.Problem{Statement: "2+2?"})
		s.Resize(100, 30)
		tick := s.Init()
		s.Update(screen.Arrived{Events: []engine.Event{
			{Attempt: "a1", Seq: 1, At: env.Now(), Fact: engine.AttemptStarted{Plan: engine.Plan{Samples: 2}.WithDefaults()}},
			{Attempt: "a1", Seq: 2, At: env.Now(), Fact: engine.NotKept{From: 1, Why: "its disk is full"}},
			{Attempt: "a1", Seq: 3, At: env.Now(), Fact: engine.SampleStarted{}},
		}})
		if got := s.View(); !strings.Contains(got, "not saved since event 1") {
			t.Errorf("the gap is not shown:\n%s", got)
		}
		next := s.Update(tick())
		if next == nil {
			t.Fatal("the clock stands while samples run")
		}
		s.Update(screen.Ended{ID: "a1", Err: &engine.Fault{Class: engine.Storage, What: "its disk reports an error", Err: errors.New("EIO")}})
		if s.Update(next()) != nil || s.Running() != 0 || !strings.Contains(s.View(), "its disk reports an error") {
			t.Errorf("the clock goes on, or nothing is told:\n%s", s.View())
		}
	})
}
