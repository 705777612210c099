package live_test

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/theme"
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

// TestAReplayThatCannotBeRead says why, whole, and by what key it is read again.
func TestAReplayThatCannotBeRead(t *testing.T) {
	e := env(theme.Palettes()[0])
	kept := &library{err: &engine.Fault{Class: engine.Unreachable, What: "no server of aimo3 answers at http://127.0.0.1:8000: connection refused", Todo: "start it there with `aimo3 serve`"}}
	e.Library = kept
	s := live.Replay(e, engine.Summary{ID: "a1", Problem: problem, Begun: begun, Took: 20 * time.Second}, 0)
	s.Resize(80, 22)
	drain(s, s.Init(), 2)
	got := strings.Join(strings.Fields(strings.ReplaceAll(ansi.Strip(s.View()), "│", "")), " ")
	if !strings.Contains(got, "connection refused · start it there with `aimo3 serve` · r reads it again") {
		t.Errorf("it shows\n%s", s.View())
	}
	if got := tuitest.Status(s); got != "replay · not read · r reads it again" {
		t.Errorf("the bar says %q", got)
	}
	for _, k := range s.Keys() {
		if k.Help().Desc == "pause" || k.Help().Desc == "faster" {
			t.Errorf("%s is offered", k.Help().Desc)
		}
	}
	kept.err, kept.events = nil, story(finished()...)
	drain(s, s.Update(tuitest.Key(t, "r")), 2)
	if got := tuitest.Status(s); !strings.Contains(got, "of 0:20") {
		t.Errorf("once it can be read the bar says %q", got)
	}
}

// TestAFollowedAttemptIsReadOnAfterAFault: there is more to come, and no key to ask for it.
func TestAFollowedAttemptIsReadOnAfterAFault(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, g := following(t)
		d.UntilShown("3 of 8 ended")
		g.fail(errors.New("the store is locked"))
		d.UntilShown("✗ read attempt a1")
		g.grow(false, finished()...)
		g.fail(nil)
		d.UntilShown("32951 ")
		d.UntilGone("✗ read attempt a1")
		d.Until("the end", func() bool { return strings.HasPrefix(tuitest.Status(d.Screen), "replay · at the end") })
	})
}

// TestAPausedReplayGoesOn by the same key, which says so.
func TestAPausedReplayGoesOn(t *testing.T) {
	s, press := paused(t)
	says := func() string {
		for _, k := range s.Keys() {
			if k.Help().Key == "space" {
				return k.Help().Desc
			}
		}
		return ""
	}
	if got := says(); got != "go on" {
		t.Errorf("space: %q", got)
	}
	if press(" "); says() != "pause" {
		t.Errorf("then space: %q", says())
	}
}
