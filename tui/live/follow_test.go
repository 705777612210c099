package live_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// growing is a store to which another process adds the events of an attempt while it lives.
type growing struct {
	screen.Library
	mu     sync.Mutex
	events []engine.Event
	reads  int
	dead   bool
	err    error
}

func (g *growing) Events(_ context.Context, _ engine.AttemptID, after uint64, limit int) ([]engine.Event, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.reads++
	var found []engine.Event
	for _, e := range g.events {
		if e.Seq > after && len(found) < limit {
			found = append(found, e)
		}
	}
	return found, g.err
}

// fail has the store answer err from now on.
func (g *growing) fail(err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.err = err
}

// seen is how often the store was read.
func (g *growing) seen() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.reads
}

func (g *growing) Splits(context.Context) ([]engine.Split, error) { return nil, nil }

func (g *growing) alive(engine.AttemptID) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return !g.dead
}

// grow keeps the whole of a longer story, and says whether the process goes on.
func (g *growing) grow(dead bool, facts ...engine.Fact) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.events, g.dead = story(facts...), dead
}

// following is the screen of an attempt of another process, and where that keeps it.
func following(t *testing.T) (*tuitest.Driver, *growing) {
	g := &growing{}
	g.grow(false, midRun()...)
	e := env(theme.Palettes()[0])
	e.Library, e.Alive = g, g.alive
	return tuitest.Drive(t, live.Follow(e, engine.Summary{ID: "a1", Problem: problem, Begun: begun, Samples: 8}), 80, 22), g
}

// TestAnAttemptOfAnotherProgramIsFollowed: what it keeps is shown as it comes, to its
// verdict; what is wished of it is refused, with where it can be had.
func TestAnAttemptOfAnotherProgramIsFollowed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, g := following(t)
		d.UntilShown("3 of 8 ended")
		if got := tuitest.Status(d.Screen); got != "another program runs it · 3 of 8 ended · 0:15 of 15:00" {
			t.Errorf("the bar says %q", got)
		}
		at := time.Now() // of the bubble: its clock moves only while all wait, so no busy machine moves it
		before := g.seen()
		d.Until("five more reads", func() bool { return g.seen() >= before+5 })
		if took := time.Since(at); took < 4*time.Second {
			t.Errorf("the store was read five times in %v", took)
		}
		for _, k := range []string{"h", "s", "S", "c", "+", "R"} {
			d.Press(k)
			if n := tuitest.UntilSent[screen.Notice](d); !n.Bad || n.Text != "another program runs it: it is steered and stopped there" {
				t.Errorf("%s: %+v", k, n)
			}
		}
		if d.Press("r", "x", " "); len(d.Sent) > 0 {
			t.Errorf("keys of a replay: %v", d.Sent)
		}
		g.grow(false, append(midRun(), engine.SampleStopped{Sample: 3, Why: "the vote is decided"})...)
		d.UntilShown("4 of 8 ended")
		g.grow(false, finished()...)
		d.UntilShown("32951 ")
		d.Until("the end", func() bool { return strings.HasPrefix(tuitest.Status(d.Screen), "replay · at the end") })
	})
}

// TestAFollowedAttemptThatIsCutShort: once its process is gone nothing more will come. Within
// its next look the screen says so and where the attempt can go on, no sample is at work and
// no clock goes on, and the store is not read again.
func TestAFollowedAttemptThatIsCutShort(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, size := range [][2]int{{80, 22}, {120, 34}, {200, 58}, {60, 14}} {
			d, g := following(t)
			thinking := append(midRun(), engine.SampleStarted{Sample: 4}, engine.PhaseChanged{Sample: 4, Phase: engine.Reasoning},
				engine.Delta{Sample: 4, Channel: engine.Thinking, Text: "let me see", Frames: 3})
			d.Screen.Resize(size[0], size[1])
			g.grow(false, thinking...)
			d.UntilShown("●")
			d.Press("5")
			looks := g.seen()
			g.grow(true, thinking...)
			d.UntilShown("cut short: its process is gone")
			if n := g.seen() - looks; n > 2 {
				t.Errorf("it was found after %d looks", n)
			}
			reads, was := g.seen(), d.Frame()
			time.Sleep(time.Minute)
			d.Send(screen.MachineRead{})
			if got := d.Frame(); got != was || g.seen() != reads {
				t.Errorf("%v: a minute later it shows\n%s\nnot\n%s", size, got, was)
			}
			for _, bad := range []string{"●", "◉", "· thinking", "loading", "queued"} {
				if strings.Contains(was, bad) {
					t.Errorf("%v: %q of a sample that was cut short:\n%s", size, bad, was)
				}
			}
			if got := tuitest.Status(d.Screen); got != "◌ cut short: its process is gone · replay · at the end · r plays it again" {
				t.Errorf("the bar says %q", got)
			}
			if size[1] > 30 && !strings.Contains(was, "ctrl+r lists it") {
				t.Errorf("%v: it does not say where it goes on:\n%s", size, was)
			}
		}
	})
}

// TestAnAttemptThatWasCutShortIsShownSo when it is opened, at its end; before that, in a replay,
// its samples are at work. One whose process lives is not called so.
func TestAnAttemptThatWasCutShortIsShownSo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, dead := range []bool{true, false} {
			g := &growing{}
			g.grow(dead, midRun()...)
			e := env(theme.Palettes()[0])
			e.Library, e.Alive = g, g.alive
			d := tuitest.Drive(t, live.Replay(e, engine.Summary{ID: "a1", Problem: problem, Begun: begun, Samples: 8, Took: 15 * time.Second}, 1), 80, 22)
			d.Until("it plays", func() bool { return strings.Contains(tuitest.Status(d.Screen), "0:02 of") })
			if strings.Contains(d.Frame(), "cut short: its") {
				t.Errorf("it is cut short before its end:\n%s", d.Frame())
			}
			d.Press("x")
			d.Until("the end", func() bool { return strings.Contains(tuitest.Status(d.Screen), "at the end") })
			if strings.Contains(d.Frame(), "cut short: its process is gone") != dead {
				t.Errorf("its process is gone: %t, and it shows\n%s", dead, d.Frame())
			}
		}
		time.Sleep(time.Hour) // what waits has to end before the bubble
	})
}
