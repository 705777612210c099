package history_test

import (
	"strings"
	"sync/atomic"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/history"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// TestWhatAnotherProgramRuns is listed as running, and followed when it is opened. What else
// is wished of it is refused in a line that 80 columns have room for. Once that program has
// ended, it is one that was cut short.
func TestWhatAnotherProgramRuns(t *testing.T) {
	all := tuitest.Attempts(2)
	all[0].Verdict = nil
	var alive atomic.Bool
	alive.Store(true)
	env := tuitest.Env(t, tuitest.Palette(t))
	env.Library = tuitest.NewLibrary(all...)
	env.Alive = func(id engine.AttemptID) bool { return id == all[0].ID && alive.Load() }
	d := tuitest.Drive(t, history.New(env), 80, 22)
	d.UntilShown("… running")
	const besides = 22 // columns of the status line that are not the notice's
	for _, k := range []string{"o", "c", "+", "x"} {
		d.Press(k)
		n := tuitest.UntilSent[screen.Notice](d)
		if !n.Bad || !strings.HasPrefix(n.Text, "another program runs this one: ") || ansi.StringWidth(n.Text) > 80-besides {
			t.Errorf("%s: %+v", k, n)
		}
	}
	d.Press("enter")
	s, ok := tuitest.UntilSent[screen.Open](d).Screen.(*live.Screen)
	if !ok || s.Attempt() != all[0].ID {
		t.Fatalf("opened %#v", s)
	}
	if got := tuitest.Status(s); !strings.HasPrefix(got, "another program runs it") {
		t.Errorf("it is no followed one: %s", got)
	}
	alive.Store(false)
	d.Press("enter")
	if s, ok = tuitest.UntilSent[screen.Open](d).Screen.(*live.Screen); !ok || strings.Contains(tuitest.Status(s), "another program") {
		t.Errorf("once it has ended there: %s", tuitest.Status(s))
	}
	d.UntilShown("◌ unfinished")
}

// TestWhatIsDoubtfulIsNoWinner: an answer that the votes leave in doubt has a sign in the
// list that one of four votes has not.
func TestWhatIsDoubtfulIsNoWinner(t *testing.T) {
	all := tuitest.Attempts(2)
	all[0].Verdict = &engine.Verdict{Answer: "4048", Votes: 1, Of: 3, Why: engine.AllEnded, Tie: engine.TieEntropy}
	d := start(t, tuitest.NewLibrary(all...), 80)
	d.UntilShown("2 attempts")
	if got := d.Frame(); !strings.Contains(got, "? 4048") || !strings.Contains(got, "  7 ") || strings.Contains(got, "? 7 ") {
		t.Errorf("a tie among three, and four votes:\n%s", got)
	}
}
