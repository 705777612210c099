package tui

import (
	"bytes"
	"testing"
	"time"

	"github.com/charmbracelet/x/exp/teatest"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// hang is longer than any machine takes for what a test waits for: when it is
// over, that will not come.
const hang = 5 * time.Minute

// flow is an app in a terminal of 100x30.
type flow struct {
	*teatest.TestModel
	t    *testing.T
	app  *App
	feed *Feed
	env  screen.Env
}

func play(t *testing.T, change func(*screen.Env, *Feed)) *flow {
	t.Helper()
	f := &flow{t: t, feed: NewFeed(), env: tuitest.Env(t, tuitest.Palette(t))}
	t.Cleanup(f.feed.Close)
	f.env.Library = tuitest.NewLibrary(tuitest.Attempts(12)...)
	if change != nil {
		change(&f.env, f.feed)
	}
	f.app = newApp(f.env, f.feed, polls{ctx: t.Context()}, nil)
	f.TestModel = teatest.NewTestModel(t, newGuard(t.Context(), f.app), teatest.WithInitialTermSize(100, 30))
	return f
}

func (f *flow) press(names ...string) {
	f.t.Helper()
	for _, n := range names {
		f.Send(tuitest.Key(f.t, n))
	}
}

func (f *flow) see(text string) {
	f.t.Helper()
	teatest.WaitFor(f.t, f.Output(), func(b []byte) bool { return bytes.Contains(b, []byte(text)) }, teatest.WithDuration(hang), teatest.WithCheckInterval(5*time.Millisecond))
}

func (f *flow) ends() {
	f.t.Helper()
	f.WaitFinished(f.t, teatest.WithFinalTimeout(hang))
}

func TestAskSolveVerdict(t *testing.T) {
	f := play(t, func(e *screen.Env, feed *Feed) {
		e.Solve = func(id engine.AttemptID, p engine.Problem, _ engine.Plan) error {
			for _, ev := range tuitest.Events(id, p) {
				_ = feed.Put(ev)
			}
			return nil
		}
	})
	f.Send(screen.ServerSeen{Server: tuitest.Up("qwen3:8b")})
	f.see("ollama up")
	f.Type("What is 6 times 7?")
	f.press("ctrl+s")
	f.see("2 votes, 1 against") // the verdict's votes
	f.press("esc")
	f.see("Recent")
	f.press("ctrl+c")
	f.ends()
}

func TestNoServerThenItAppears(t *testing.T) {
	f := play(t, nil)
	f.Send(screen.ServerSeen{Server: tuitest.Down()})
	f.see("No model server")
	f.Send(screen.ServerSeen{Server: tuitest.Up("qwen3:8b")})
	f.see("ollama up")
	f.press("ctrl+c")
	f.ends()
}

func TestHistoryFilterDeleteUndo(t *testing.T) {
	f := play(t, nil)
	f.press("ctrl+r")
	f.see("12 attempts")
	f.press("/", "8", "4", "enter")
	f.see("1 attempt")
	f.press("x")
	f.see("u brings it back")
	f.press("u")
	f.see("is back")
	f.press("q")
	f.ends()
}

func TestQuitAsksWhileSamplesRun(t *testing.T) {
	f := play(t, nil)
	begin := func() {
		s := live.New(f.env, "running", engine.Problem{Statement: "6*7"})
		f.Send(screen.Open{Screen: s})
		f.Send(screen.Arrived{Events: tuitest.Events("running", engine.Problem{Statement: "6*7"})[:2]})
	}
	begin()
	f.see("in flight")
	f.press("ctrl+c")
	f.see("3 samples have not ended")
	f.press("n")
	f.see("queued")
	f.press("esc")
	f.see("enter")
	f.press("ctrl+r") // kept beneath, counted still
	f.see("1 attempt in flight elsewhere: ctrl+g")
	f.press("q")
	f.see("samples have not ended")
	f.press("ctrl+c")
	f.ends()
}
