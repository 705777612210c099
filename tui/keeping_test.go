package tui

import (
	"errors"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// TestBarTellsWhatIsNotSaved: a gap while it is open, a store that failed until it keeps
// an attempt again, and that nothing is to be kept; screens are told of what is new.
func TestBarTellsWhatIsNotSaved(t *testing.T) {
	env := tuitest.Env(t, tuitest.Palette(t))
	env.Library = tuitest.NewLibrary()
	a := newApp(env, NewFeed(), polls{ctx: t.Context()}, nil)
	hears := &hearing{}
	a.push(hears)
	a.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	event := func(id engine.AttemptID, f engine.Fact) tea.Msg {
		return screen.Arrived{Events: []engine.Event{{Attempt: id, Seq: 9, At: tuitest.Now(), Fact: f}}}
	}
	full := &engine.Fault{Class: engine.Storage, What: "cannot keep 3 events: its disk is full", Todo: "free some space"}
	for _, step := range []struct {
		name string
		msg  tea.Msg
		want string
	}{
		{"an attempt that is kept", event("a", engine.AttemptStarted{}), ""},
		{"a gap", event("a", engine.NotKept{From: 9, Why: "its disk is full"}), "▲ not saved: disk full"},
		{"another one, too", event("b", engine.NotKept{From: 5, Why: "its disk is full"}), "▲ not saved: disk full"},
		{"there is room for one", event("a", engine.NotKept{From: 9, Until: 12}), "▲ not saved: disk full"},
		{"and for the other", event("b", engine.NotKept{From: 5, Until: 7}), ""},
		{"a gap", event("b", engine.NotKept{From: 19, Why: "its disk is full"}), "▲ not saved: disk full"},
		{"that stays", screen.Ended{ID: "b", Err: errors.Join(errors.New("over"), full)}, "▲ not saved: store failed"},
		{"an attempt that fails otherwise", screen.Ended{ID: "c", Err: errors.New("no model")}, "▲ not saved: store failed"},
		{"an attempt that is kept again", event("d", engine.AttemptStarted{}), ""},
	} {
		a.Update(step.msg)
		bar := ansi.Strip(a.status())
		if got := strings.Contains(bar, "▲ not saved"); got != (step.want != "") || !strings.Contains(bar, step.want) {
			t.Errorf("%s: the bar says %q, want %q", step.name, bar, step.want)
		}
	}
	if got, ok := hears.heard.(screen.KeepingSeen); !ok || got.Keeping.Trouble != "" || !strings.Contains(got.Keeping.Latest, "free some space") {
		t.Errorf("screens heard %+v", hears.heard)
	}
	later := &hearing{}
	if a.push(later); later.heard != hears.heard {
		t.Errorf("one that opens later heard %+v", later.heard)
	}
	a.env.Library = nil
	if bar := ansi.Strip(a.status()); !strings.Contains(bar, "· not saved") {
		t.Error(bar)
	}
}

// TestNoticeIsSeenInAnyWidth: it answers a key, so for its time nothing comes before it.
func TestNoticeIsSeenInAnyWidth(t *testing.T) {
	a := newApp(tuitest.Env(t, tuitest.Palette(t)), NewFeed(), polls{ctx: t.Context()}, nil)
	a.Update(tea.WindowSizeMsg{Width: 60, Height: 16})
	a.Update(screen.HealthSeen{Health: []engine.Health{{Breakers: []engine.Breaker{{State: engine.BreakerHalfOpen}}}}})
	a.Update(screen.Notice{Text: strings.Repeat("copied ", 6)})
	if bar := ansi.Strip(a.status()); !strings.Contains(bar, "copied copied copied") {
		t.Error(bar)
	}
}
