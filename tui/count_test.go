package tui

import (
	"testing"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/monitor"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// listening is a screen that keeps the latest reading.
type listening struct {
	busy
	got monitor.Reading
}

func (l *listening) Update(msg tea.Msg) tea.Cmd {
	if m, is := msg.(screen.MachineRead); is {
		l.got = m.Reading
	}
	return nil
}

// The speed of all samples goes into each reading, of what is said now alone; and every
// reading into the hour, whatever screen is on top.
func TestSpeedOfAllSamples(t *testing.T) {
	env := tuitest.Env(t, tuitest.Palette(t))
	a := newApp(env, NewFeed(), polls{ctx: t.Context()}, nil)
	t.Cleanup(a.feed.Close)
	l := &listening{}
	a.open = append(a.open, l)
	read := func(second int) {
		a.Update(screen.MachineRead{Reading: monitor.Reading{At: tuitest.Now().Add(time.Duration(second) * time.Second)}})
	}
	say := func(sample, frames int, at time.Time) {
		a.Update(screen.Arrived{Events: []engine.Event{{At: at, Fact: engine.Delta{Sample: sample, Text: "x", Frames: frames}}, {At: at, Fact: engine.SampleStarted{}}}})
	}
	say(0, 99, tuitest.Now())
	if read(0); l.got.Tokens.Missing == "" {
		t.Errorf("at first %+v", l.got.Tokens)
	}
	say(0, 30, tuitest.Now())
	say(1, 20, tuitest.Now())
	say(0, 5000, tuitest.Now().Add(-time.Minute)) // told again
	if read(2); l.got.Tokens != (monitor.Value{N: 25}) {
		t.Errorf("50 tokens in 2 seconds are %+v", l.got.Tokens)
	}
	if read(3); l.got.Tokens != (monitor.Value{N: 0}) {
		t.Errorf("nothing said is %+v", l.got.Tokens)
	}
	last := env.Hour.Columns(monitor.Series{Figure: monitor.Tokens}, tuitest.Now().Add(3*time.Second), 2*time.Second, 2)
	if last[0] != 25 || last[1] != 0 {
		t.Errorf("kept: %v", last)
	}
}

// A reading has the frame drawn anew for a screen that shows it, and for no other.
func TestAReadingChangesTheFrameOfThoseThatShowIt(t *testing.T) {
	a := newApp(tuitest.Env(t, tuitest.Palette(t)), NewFeed(), polls{ctx: t.Context()}, nil)
	t.Cleanup(a.feed.Close)
	for _, row := range []struct {
		name string
		top  screen.Screen
		want bool
	}{
		{"a screen that gauges", gauged{shows: true}, true},
		{"one that is paused", gauged{}, false},
		{"ask", a.open[0], false},
	} {
		a.open = append(a.open[:1], row.top)
		if got := a.shows(screen.MachineRead{}); got != row.want {
			t.Errorf("%s: %v, want %v", row.name, got, row.want)
		}
	}
}

// gauged is a screen that is not of an attempt.
type gauged struct{ shows bool }

func (g gauged) Gauging() bool          { return g.shows }
func (g gauged) Init() tea.Cmd          { return nil }
func (g gauged) Update(tea.Msg) tea.Cmd { return nil }
func (g gauged) Resize(int, int)        {}
func (g gauged) View() string           { return "" }
func (g gauged) Keys() []key.Binding    { return nil }
func (g gauged) Status() []screen.Part  { return nil }
