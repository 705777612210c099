package history_test

import (
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/history"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// TestWhatAServerTakes is listed as running, whoever asked for it, and opened to be watched;
// what was cut short there says that the server goes on with it.
func TestWhatAServerTakes(t *testing.T) {
	all := tuitest.Attempts(6) // the fifth has no verdict
	runs := all[4].ID
	env := tuitest.Env(t, tuitest.Palette(t))
	env.Library, env.Connect = tuitest.NewLibrary(all...), "http://box:8000"
	watched := make(chan engine.AttemptID, 1)
	env.Watch = func(id engine.AttemptID) (bool, error) {
		watched <- id
		return false, nil
	}
	d := tuitest.Drive(t, history.New(env), 160, 40)
	d.UntilShown("◌ unfinished")
	d.Press("down", "down", "down", "down", "o")
	if got := tuitest.UntilSent[screen.Notice](d); !got.Bad || !strings.Contains(got.Text, "the server goes on with what it was asked") {
		t.Errorf("notice %+v", got)
	}
	d.Send(screen.LinkSeen{Link: engine.Link{State: engine.LinkConnected, Taken: []engine.AttemptID{runs}}})
	d.UntilShown("… running")
	d.Press("enter")
	if s, ok := tuitest.UntilSent[screen.Open](d).Screen.(*live.Screen); !ok || s.Attempt() != runs || <-watched != runs {
		t.Errorf("opened %+v", s)
	}
	d.Send(screen.LinkSeen{Link: engine.Link{State: engine.LinkConnected}})
	d.UntilShown("◌ unfinished")
}
