package history_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/history"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// TestUnfinishedAttemptsGoOnOrAreClosed from the list; what cannot go on says why.
func TestUnfinishedAttemptsGoOnOrAreClosed(t *testing.T) {
	all := tuitest.Attempts(6) // the fifth was interrupted
	cut := all[4]
	env := tuitest.Env(t, tuitest.Palette(t))
	env.Library = tuitest.NewLibrary(all...)
	resumed, ended, fails := make(chan engine.AttemptID, 1), make(chan engine.AttemptID, 2), error(nil)
	env.Resume = func(id engine.AttemptID) error { resumed <- id; return nil }
	env.Close = func(id engine.AttemptID) error { ended <- id; return fails }
	d := tuitest.Drive(t, history.New(env), 160, 40)
	d.UntilShown("◌ unfinished")
	refused := func(key, want string) {
		t.Helper()
		d.Press(key)
		if got := tuitest.UntilSent[screen.Notice](d); !got.Bad || !strings.Contains(got.Text, want) {
			t.Errorf("%s: notice %+v, want %q", key, got, want)
		}
	}
	refused("o", "this one has ended")
	refused("c", "this one has ended")
	if first := d.Screen.Keys()[0].Help().Key; first != "enter" {
		t.Errorf("the first key is %s", first)
	}
	d.Press("down", "down", "down", "down")
	if got := d.Frame(); !strings.Contains(got, "o goes on · c closes it with its votes") || d.Screen.Keys()[0].Help().Key != "o" {
		t.Errorf("nothing says what can be done:\n%s", got)
	}
	d.Press("c", "n")
	if got := d.Frame(); strings.Contains(got, "Close “") || len(ended) > 0 {
		t.Errorf("it was closed, or is still asked about:\n%s", got)
	}
	d.Press("c")
	d.UntilShown("Close “")
	d.Press("x", "y") // the first goes nowhere
	if got := tuitest.UntilSent[screen.Notice](d); got.Bad || !strings.Contains(got.Text, "with the votes it had") || <-ended != cut.ID {
		t.Errorf("notice %+v", got)
	}
	fails = errors.New("it runs elsewhere")
	d.Press("c", "y")
	if got := tuitest.UntilSent[screen.Notice](d); !got.Bad || !strings.Contains(got.Text, "it runs elsewhere") {
		t.Errorf("notice %+v", got)
	}
	d.Press("o")
	if got, ok := tuitest.UntilSent[screen.Open](d).Screen.(*live.Screen); !ok || got.Attempt() != cut.ID || <-resumed != cut.ID {
		t.Errorf("%v was opened", got)
	}
	d.Send(screen.Arrived{Events: []engine.Event{{Attempt: cut.ID, Seq: 1, Fact: engine.AttemptStarted{}}}})
	refused("o", "this one is running")
}

// TestWeakVerdictsAreMarked: in the list where all votes are weak, and beside it always.
func TestWeakVerdictsAreMarked(t *testing.T) {
	all := tuitest.Attempts(2)
	all[0].Verdict.Thinking, all[1].Verdict.Thinking = 4, 1
	env := tuitest.Env(t, tuitest.Palette(t))
	env.Library = tuitest.NewLibrary(all...)
	d := tuitest.Drive(t, history.New(env), 160, 40)
	d.UntilShown("4/5 weak")
	if got := d.Frame(); strings.Count(got, "4/5 weak") != 1 || !strings.Contains(got, "4 of 5 · ~ weak, only in its reasoning · ") {
		t.Errorf("the first is not marked, or the second is:\n%s", got)
	}
	d.Press("down")
	d.UntilShown("4 of 5 · ~ 1 weak, only in its reasoning")
}
