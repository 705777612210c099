package tui

import (
	"strings"
	"testing"
	"testing/synctest"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// TestCommandsAreMovedThrough by the same keys in help and in the palette.
func TestCommandsAreMovedThrough(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, opens := range []string{"ctrl+p", "?"} {
			a := shown(t, tuitest.Palette(t), Routes(screen.NewKeys())[2], 80, 24)
			press(t, a, opens)
			selected, last := func() int { return -1 }, 0
			switch c := a.cover.(type) {
			case *palette:
				selected, last = c.list.Selected, len(c.shown)-1
			case *help:
				selected, last = c.list.Selected, len(c.shown)-1
			}
			for _, row := range []struct {
				key  string
				want int
			}{{"end", last}, {"up", last - 1}, {"home", 0}, {"down", 1}} {
				if press(t, a, row.key); selected() != row.want {
					t.Errorf("%s: %s selects %d, want %d", opens, row.key, selected(), row.want)
				}
			}
		}
	})
}

// TestWhatIsSelectedStaysSo when the problems come that had to be read: enter would else do
// something else than what a person has seen.
func TestWhatIsSelectedStaysSo(t *testing.T) {
	for _, typed := range []string{"", "w"} {
		a := shown(t, tuitest.Palette(t), Routes(screen.NewKeys())[0], 80, 24)
		a.Update(tuitest.Key(t, "ctrl+p")) // and nothing is read yet
		if typed != "" {
			a.Update(tuitest.Key(t, typed))
		}
		a.Update(tuitest.Key(t, "down"))
		p, _ := a.cover.(*palette)
		before, at := p.selected().does, p.list.Selected()
		a.Update(found{of: p, problems: tuitest.Attempts(30)}) // “What is …”, which fits best
		if now := p.selected().does; before == "" || now != before {
			t.Errorf("%q: %q was selected, and %q is", typed, before, now)
		}
		if typed != "" && p.list.Selected() == at {
			t.Errorf("%q: the problems stand behind what fits worse", typed)
		}
	}
}

// TestAKeptAttemptOfTheServerIsWatched: one that goes on there is shown as it goes on.
func TestAKeptAttemptOfTheServerIsWatched(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, taken := range []bool{true, false} {
			kept := tuitest.Attempts(1)[0]
			env, asked := tuitest.Env(t, tuitest.Palette(t)), engine.AttemptID("")
			env.Library, env.Connect = tuitest.NewLibrary(kept), "http://there"
			env.Watch = func(id engine.AttemptID) (bool, error) { asked = id; return false, nil }
			a := shownIn(t, env, Routes(env.Keys)[0], 80, 24)
			link := engine.Link{Address: "http://there", State: engine.LinkConnected}
			if taken {
				link.Taken = []engine.AttemptID{kept.ID}
			}
			a.Update(screen.LinkSeen{Link: link})
			press(t, a, "ctrl+p")
			enter(t, a, "times")
			press(t, a, "enter")
			synctest.Wait() // until Watch has been asked
			shows, _ := a.top().(*live.Screen)
			if shows == nil || shows.Replays() == taken || (asked == kept.ID) != taken {
				t.Errorf("taken by the server: %t; it is asked for %q, and on top is %T", taken, asked, a.top())
			}
		}
	})
}

// TestWhetherAnAttemptLivesIsAskedBesideTheLoop, which meanwhile changes the plan: the race
// detector sees what both would touch.
func TestWhetherAnAttemptLivesIsAskedBesideTheLoop(t *testing.T) {
	env := tuitest.Env(t, tuitest.Palette(t))
	env.Alive = func(engine.AttemptID) bool { return true }
	a := shownIn(t, env, Routes(env.Keys)[0], 80, 24)
	ask, opened := a.openKept(engine.Summary{ID: "a"}), make(chan any)
	go func() { opened <- ask() }()
	a.Update(screen.PlanChanged{Plan: engine.Plan{Model: "other"}})
	msg, _ := (<-opened).(screen.Open)
	if follows, is := msg.Screen.(*live.Screen); !is || !follows.Replays() {
		t.Errorf("it opens %T", msg.Screen)
	}
}

// TestADeleteCanBeUndoneAfterTheScreenWasLeft, as long as it can be undone at all.
func TestADeleteCanBeUndoneAfterTheScreenWasLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := starting(t, "Models")
		press(t, a, "d", "y", "esc")
		if a.routes[7].Holds(a.top()) {
			t.Fatalf("esc does not leave the screen:\n%s", picture(a))
		}
		if press(t, a, "f10", "u"); !strings.Contains(picture(a), "is kept") {
			t.Errorf("after it was left and shown again nothing is undone:\n%s", picture(a))
		}
		if press(t, a, "esc"); len(a.open) != 1 {
			t.Errorf("%d screens stay open, though nothing can be undone", len(a.open))
		}
	})
}
