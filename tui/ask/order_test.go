package ask_test

import (
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// TestAtAServer: a problem is asked of the server, and its attempt watched by the ID that
// the server gives; a verdict that it kept is shown; what it refuses leaves the draft.
func TestAtAServer(t *testing.T) {
	known := tuitest.Attempts(1)[0]
	watched, afresh := make(chan engine.AttemptID, 2), make(chan bool, 10)
	d, _ := start(t, func(env *screen.Env) {
		env.Connect, env.Library = "http://box:8000", tuitest.NewLibrary(known)
		env.Create = func(p engine.Problem, _ engine.Plan, again bool) (engine.AttemptID, *engine.Cached, error) {
			afresh <- again
			switch {
			case p.Statement == "refused":
				return "", nil, &engine.Fault{Class: engine.Busy, What: "no room", Todo: "later"}
			case p.Statement == "known" && !again:
				return known.ID, &engine.Cached{Attempt: known, Here: true}, nil
			}
			return "theirs", nil, nil
		}
		env.Watch = func(id engine.AttemptID) (bool, error) {
			watched <- id
			return true, &engine.Fault{Class: engine.Unknown, What: "it was cut short"}
		}
	})
	d.Send(screen.ServerSeen{Server: tuitest.Up("qwen3:8b")})
	d.Type("refused")
	d.Press("enter")
	d.UntilShown("✗ no room · later")
	if !strings.Contains(d.Frame(), "refused") {
		t.Errorf("the draft is gone:\n%s", d.Frame())
	}
	d.Press("esc", "ctrl+u")
	d.Type("known")
	d.Press("enter")
	kept := tuitest.UntilSent[screen.Open](d)
	if s, ok := kept.Screen.(*live.Screen); !ok || s.Attempt() != known.ID {
		t.Fatalf("opened %+v", kept.Screen)
	}
	d.UntilGone("known")
	d.Type("new")
	d.Press("enter")
	if s, ok := tuitest.UntilSent[screen.Open](d).Screen.(*live.Screen); !ok || s.Attempt() != "theirs" {
		t.Errorf("opened %+v", s)
	}
	if id := <-watched; id != "theirs" {
		t.Errorf("watched %s", id)
	}
	d.UntilShown("✗ it was cut short") // before the model said anything: the draft is back
	d.UntilShown("new")
	d.Send(kept) // nothing of it is for this screen
	again := tuitest.Drive(t, kept.Screen, 80, 22)
	again.Press("R")
	if s, ok := tuitest.UntilSent[screen.Open](again).Screen.(*live.Screen); !ok || s.Attempt() != "theirs" {
		t.Errorf("afresh opened %+v", s)
	}
	for i, want := range []bool{false, false, false, true} {
		if got := <-afresh; got != want {
			t.Errorf("wish %d is afresh: %v", i+1, got)
		}
	}
}

// TestNoServerAtAll: where the server of --connect does not answer, what is to be done is to
// be done there.
func TestNoServerAtAll(t *testing.T) {
	d, _ := start(t, func(env *screen.Env) { env.Connect = "http://box:8000" })
	d.Send(screen.ServerSeen{Server: engine.Server{Name: "aimo3", Host: "http://box:8000", Fault: &engine.Fault{Class: engine.Unreachable, What: "no server of aimo3 answers at http://box:8000"}}})
	f := d.Frame()
	for _, want := range []string{"No server ", "▲ no server of aimo3 answers", "aimo3 serve", "where it is to run", "asks it again"} {
		if !strings.Contains(f, want) {
			t.Errorf("no %q in\n%s", want, f)
		}
	}
}
