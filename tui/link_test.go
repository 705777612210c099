package tui

import (
	"reflect"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// TestBarTellsOfTheLink: while there is none that comes first, at any width and counted
// down; else the bar says where the server is.
func TestBarTellsOfTheLink(t *testing.T) {
	link := engine.Link{Address: "http://box:8000", State: engine.LinkConnected}
	of := func(s engine.LinkState) engine.Link {
		l := link
		l.State, l.Until = s, tuitest.Now().Add(4*time.Second)
		return l
	}
	for _, row := range []struct {
		name  string
		link  engine.Link
		later time.Duration
		width int
		want  string
	}{
		{"connected", link, 0, 120, "● ollama up · at box:8000 · 3/8 in flight"},
		{"connected, in 60", link, 0, 60, "● ollama up · 3/8 in flight · 4:12 of 15:00"},
		{"connecting", of(engine.LinkConnecting), 0, 60, "◌ connecting to box:8000 · 3/8 in flight"},
		{"lost", of(engine.LinkLost), 0, 60, "○ box:8000 lost, again in 4 s · 3/8 in flight"},
		{"lost, later", of(engine.LinkLost), 3 * time.Second, 60, "○ box:8000 lost, again in 1 s · 3/8 in flight"},
		{"asked again", of(engine.LinkLost), 5 * time.Second, 60, "○ box:8000 lost, asking again · 3/8 in flight"},
		{"gone", of(engine.LinkGone), 0, 60, "○ box:8000 refuses · 3/8 in flight"},
		{"a hostile name", engine.Link{Address: "http://a\x1b[2J\u202eb", State: engine.LinkGone}, 0, 60, "○ a␛[2J⟨U+202E⟩b refuses · 3/8 in flight"},
	} {
		env := tuitest.Env(t, tuitest.Palette(t))
		env.Library, env.Connect = tuitest.NewLibrary(), row.link.Address
		a := newApp(env, NewFeed(), polls{ctx: t.Context()}, nil)
		a.push(telling{busy{running: 3}})
		a.Update(tea.WindowSizeMsg{Width: row.width, Height: 24})
		a.Update(screen.ServerSeen{Server: tuitest.Up("m")})
		a.Update(screen.LinkSeen{Link: row.link})
		if row.link.State == engine.LinkLost && !a.bar.health.counting {
			t.Errorf("%s: the time is not counted", row.name)
		}
		a.bar.health.now = tuitest.Now().Add(row.later)
		if got := strings.TrimSpace(ansi.Strip(a.status())); !strings.HasPrefix(got, row.want) {
			t.Errorf("%s:\ngot  %s\nwant %s", row.name, got, row.want)
		}
	}
}

// TestLeavingAServer asks nothing, since what runs there goes on.
func TestLeavingAServer(t *testing.T) {
	for connect, asks := range map[string]bool{"": true, "http://box:8000": false} {
		env := tuitest.Env(t, tuitest.Palette(t))
		env.Connect = connect
		a := newApp(env, NewFeed(), polls{ctx: t.Context()}, nil)
		a.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
		a.push(busy{running: 3})
		_, cmd := a.Update(tuitest.Key(t, "ctrl+c"))
		if asked := a.cover != nil; asked != asks || !asks && (cmd == nil || cmd() != tea.Quit()) {
			t.Errorf("at %q it asks: %v", connect, asked)
		}
	}
}

// TestOneScreenForAWatchedAttempt: one that is opened again takes the place of the first,
// and begins with the first event though later ones of the watch before still come.
func TestOneScreenForAWatchedAttempt(t *testing.T) {
	env := tuitest.Env(t, tuitest.Palette(t))
	env.Watch = func(engine.AttemptID) (bool, error) { return false, nil }
	a := newApp(env, NewFeed(), polls{ctx: t.Context()}, nil)
	a.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	events := tuitest.Events("a", engine.Problem{Statement: "6*7"})
	opened := func() *live.Screen {
		t.Helper()
		var s screen.Screen
		for _, cmd := range parts(live.Watch(env, "a", engine.Problem{Statement: "6*7"})()) {
			if o, is := cmd().(screen.Open); is {
				s = o.Screen
				a.Update(o)
			}
		}
		return s.(*live.Screen)
	}
	first := opened()
	a.Update(screen.Arrived{Events: events[:3]})
	second := opened()
	if len(a.open) != 2 || a.top() != screen.Screen(second) || first == second {
		t.Errorf("%d screens are open, %T on top", len(a.open), a.top())
	}
	a.Update(screen.Arrived{Events: events[3:5]})
	if n := second.Running(); n != 0 {
		t.Errorf("it took in what comes in the middle: %d run", n)
	}
	a.Update(screen.Arrived{Events: events[:5]})
	if second.Running() == 0 {
		t.Error("it did not take in the events from the first on")
	}
}

// parts are the commands of a sequence.
func parts(sequence tea.Msg) (all []tea.Cmd) {
	list := reflect.ValueOf(sequence)
	for i := range list.Len() {
		all = append(all, list.Index(i).Interface().(tea.Cmd))
	}
	return all
}
