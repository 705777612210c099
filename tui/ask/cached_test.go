package ask_test

import (
	"context"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// TestCached: a verdict that is kept is opened in place of an attempt, and the editor
// is free for the next problem; what is not kept is attempted.
func TestCached(t *testing.T) {
	known := tuitest.Attempts(1)[0]
	d, calls := start(t, func(env *screen.Env) {
		env.Cached = func(_ context.Context, p engine.Problem, _ engine.Plan) (engine.Cached, bool) {
			return engine.Cached{Attempt: known, Here: true}, p.Statement == "known"
		}
	})
	d.Send(screen.ServerSeen{Server: tuitest.Up("qwen3:8b")})
	d.Type("known")
	d.Press("enter")
	opened := tuitest.UntilSent[screen.Open](d)
	if s, ok := opened.Screen.(*live.Screen); !ok || s.Attempt() != known.ID {
		t.Fatalf("opened %+v", opened.Screen)
	}
	d.UntilGone("known")
	if len(calls) > 0 {
		t.Error("it was attempted")
	}
	opened.Screen.Update(tuitest.Key(t, "R"))
	d.Type("unknown")
	d.Press("enter")
	if s, ok := tuitest.UntilSent[screen.Open](d).Screen.(*live.Screen); !ok || s.Attempt() == known.ID {
		t.Errorf("opened %+v", s)
	}
	d.Until("Solve", func() bool { return len(calls) == 1 })
}

// TestCachedWithoutAServer: while none answers, a verdict that is kept is opened, and of
// what is not kept it is said that none answers.
func TestCachedWithoutAServer(t *testing.T) {
	known := tuitest.Attempts(1)[0]
	d, calls := start(t, func(env *screen.Env) {
		env.Cached = func(_ context.Context, p engine.Problem, _ engine.Plan) (engine.Cached, bool) {
			return engine.Cached{Attempt: known, Here: true, NoServer: "nothing answers"}, p.Statement == "known"
		}
	})
	d.Send(screen.ServerSeen{Server: tuitest.Down()})
	d.Type("known")
	d.Press("enter")
	if s, ok := tuitest.UntilSent[screen.Open](d).Screen.(*live.Screen); !ok || s.Attempt() != known.ID {
		t.Fatalf("opened %+v", s)
	}
	d.UntilGone("known")
	d.Type("unknown")
	d.Press("enter")
	d.Until("the fault", func() bool { return strings.Contains(d.Frame(), "▲ nothing answers at") })
	if len(calls) > 0 {
		t.Error("it was attempted")
	}
}
