package tui

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/ask"
	"github.com/aimo3/aimo3/tui/history"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

func TestStack(t *testing.T) {
	env := tuitest.Env(t, tuitest.Palette(t))
	fresh := func() *App {
		a := newApp(env, NewFeed(), polls{ctx: t.Context()}, nil)
		a.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
		return a
	}
	idle, runs := busy{name: "idle"}, busy{name: "runs", running: 1}
	open := func(s screen.Screen) tea.Msg { return screen.Open{Screen: s} }
	live, hist := tuitest.Key(t, "ctrl+g"), tuitest.Key(t, "f4")
	for _, row := range []struct {
		name string
		msgs []tea.Msg
		top  func(screen.Screen) bool
		open int
	}{
		{"ask is at the bottom", nil, is[*ask.Screen], 1},
		{"and stays", []tea.Msg{screen.Back{}, screen.Back{}}, is[*ask.Screen], 1},
		{"an idle screen goes", []tea.Msg{open(idle), screen.Back{}}, is[*ask.Screen], 1},
		{"a running one is kept beneath", []tea.Msg{open(runs), screen.Back{}}, is[*ask.Screen], 2},
		{"history opens once", []tea.Msg{hist, tuitest.Key(t, "ctrl+n"), hist}, is[*history.Screen], 2},
		{"nothing runs", []tea.Msg{live}, is[*liveNothing], 2},
		{"digits are typed into the editor", []tea.Msg{tuitest.Key(t, "3")}, is[*ask.Screen], 1},
		{"digits are no tabs", []tea.Msg{hist, tuitest.Key(t, "1"), tuitest.Key(t, "2")}, is[*history.Screen], 2},
	} {
		a := fresh()
		for _, m := range row.msgs {
			a.Update(m)
		}
		if !row.top(a.top()) || len(a.open) != row.open {
			t.Errorf("%s: %T on top of %d", row.name, a.top(), len(a.open))
		}
	}
}

type liveNothing = live.Nothing

func TestLatestAttemptComesBeforeTheEmptyScreen(t *testing.T) {
	env := tuitest.Env(t, tuitest.Palette(t))
	a := newApp(env, NewFeed(), polls{ctx: t.Context()}, nil)
	s := live.New(env, "a", engine.Problem{Statement: "6*7"})
	a.Update(tuitest.Key(t, "ctrl+g"))
	a.Update(screen.Open{Screen: s})
	a.Update(screen.Arrived{Events: tuitest.Events("a", engine.Problem{})[:2]})
	a.Update(screen.Back{})
	if a.top() == screen.Screen(s) {
		t.Fatal("the running screen was not put beneath")
	}
	a.Update(tuitest.Key(t, "ctrl+g"))
	if a.top() != screen.Screen(s) {
		t.Errorf("ctrl+g shows %T", a.top())
	}
}

func TestOpenScreensAreBounded(t *testing.T) {
	a := newApp(tuitest.Env(t, tuitest.Palette(t)), NewFeed(), polls{ctx: t.Context()}, nil)
	a.push(busy{name: "runs", running: 1})
	for range 3 * maxOpen {
		a.push(busy{name: "idle"})
	}
	if len(a.open) > maxOpen || a.running() != 1 || !is[*ask.Screen](a.open[0]) {
		t.Errorf("%d screens are open, %d samples run, %T is first", len(a.open), a.running(), a.open[0])
	}
}

func TestNewScreensLearnWhatOthersKnow(t *testing.T) {
	a := newApp(tuitest.Env(t, tuitest.Palette(t)), NewFeed(), polls{ctx: t.Context()}, nil)
	a.Update(screen.ServerSeen{Server: tuitest.Up("m")})
	h := &hearing{}
	a.Update(screen.Open{Screen: h})
	if _, ok := h.heard.(screen.ServerSeen); !ok {
		t.Errorf("it heard %#v", h.heard)
	}
}

type hearing struct {
	busy
	heard tea.Msg
}

func (h *hearing) Update(m tea.Msg) tea.Cmd { h.heard = m; return nil }

// TestTheMouseIsTheScreens: a screen is told where the mouse is within itself, below the header.
func TestTheMouseIsTheScreens(t *testing.T) {
	a := shown(t, tuitest.Palette(t), Routes(screen.NewKeys())[0], 80, 24)
	s := &hearing{}
	a.open = append(a.open, s)
	a.Update(tea.MouseMsg{X: 3, Y: 5, Button: tea.MouseButtonLeft})
	if got, ok := s.heard.(tea.MouseMsg); !ok || got.X != 3 || got.Y != 4 {
		t.Errorf("at column 3, line 5 of the terminal it was told %+v, want line 4", s.heard)
	}
}

func TestNoticeGivesWayAfterItsTime(t *testing.T) {
	b := bar{}
	b.show(screen.Notice{Text: "one"}, nil)
	first := noticeOver(b.shown)
	b.show(screen.Notice{Text: "two"}, nil)
	if b.over(first); b.notice.Text != "two" {
		t.Errorf("the first notice's end took %q away", b.notice.Text)
	}
	if b.over(noticeOver(b.shown)); b.notice.Text != "" {
		t.Errorf("%q stays", b.notice.Text)
	}
}

func TestServerStateHasSignAndWord(t *testing.T) {
	st := tuitest.Env(t, tuitest.Palette(t)).Styles.Text
	for want, server := range map[string]*engine.Server{
		"◌ looking for a server": nil,
		"● ollama up":            {Name: "ollama", Version: "1", Models: make([]engine.Model, 1)},
		"● server up":            {Version: "1", Models: make([]engine.Model, 1)},
		"◐ ollama up, no model":  {Name: "ollama", Version: "1"},
		"◌ starting ollama":      {Busy: "starting ollama"},
		"○ no server":            {Fault: &engine.Fault{Class: engine.Unreachable, What: "nothing answers"}},
		"▲ it is not Ollama":     {Fault: &engine.Fault{Class: engine.Garbled, What: "it is not Ollama"}},
	} {
		b := bar{server: server}
		if got := b.serverState(st); !strings.Contains(got.text, want) {
			t.Errorf("got %q, want %q", got.text, want)
		}
	}
}

func TestHelpListsWhatTheAppDoes(t *testing.T) {
	for _, r := range Routes(screen.NewKeys()) {
		a := shown(t, tuitest.Palette(t), r, 80, 24)
		for _, b := range append(a.tabKeys(), a.ownKeys()...) {
			for _, k := range b.Keys() {
				a := shown(t, tuitest.Palette(t), r, 80, 24)
				if key.Matches(tuitest.Key(t, k), r.Key) {
					a.push(busy{name: "other"}) // else it leads to where it is pressed
				}
				before, typed := a.View(), a.typing() && plain(tuitest.Key(t, k))
				if _, cmd := a.Update(tuitest.Key(t, k)); typed || cmd == nil && a.View() == before {
					t.Errorf("%s: %s (%s) does nothing, or is text", r.Name, k, b.Help().Desc)
				}
			}
		}
	}
}

func TestAttemptsAreWaitedFor(t *testing.T) {
	a := newAttempts(t.Context())
	over := make(chan error, 1)
	begun := make(chan struct{})
	var ended atomic.Bool
	go func() {
		over <- a.do(func(ctx context.Context) error {
			close(begun)
			<-ctx.Done()
			runtime.Gosched()
			ended.Store(true)
			return errors.New("ended")
		})
	}()
	<-begun
	a.end(engine.ErrCancelled)
	if !ended.Load() {
		t.Error("end came back before the attempt")
	}
	if err := <-over; err == nil {
		t.Error("no error")
	}
	if err := a.do(func(context.Context) error { return nil }); !errors.Is(err, engine.ErrCancelled) {
		t.Errorf("after the end: %v", err)
	}
}
