package tui

import (
	"context"
	"reflect"
	"testing"
	"testing/synctest"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/measure"
	"github.com/aimo3/aimo3/engine/monitor"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// loop is the event loop of an app in a bubble of synctest.
type loop struct {
	*App
	t    *testing.T
	msgs chan tea.Msg
}

func (l *loop) run(c tea.Cmd) {
	if c != nil {
		go l.wait(c)
	}
}

// wait runs a command to its end; the parts of a sequence follow one another.
func (l *loop) wait(c tea.Cmd) {
	msg := c()
	parts := reflect.ValueOf(msg)
	if !parts.IsValid() {
		return
	}
	if parts.Kind() != reflect.Slice || parts.Type().Elem() != reflect.TypeFor[tea.Cmd]() {
		select {
		case l.msgs <- msg:
		case <-l.t.Context().Done():
		}
		return
	}
	_, batch := msg.(tea.BatchMsg)
	for i := range parts.Len() {
		switch c, _ := parts.Index(i).Interface().(tea.Cmd); {
		case batch:
			l.run(c)
		case c != nil:
			l.wait(c)
		}
	}
}

// pass lets so much time go by.
func (l *loop) pass(long time.Duration) {
	for end := time.After(long); ; {
		select {
		case m := <-l.msgs:
			_, c := l.Update(m)
			l.run(c)
		case <-end:
			return
		}
	}
}

func (l *loop) press(keys ...string) {
	for _, k := range keys {
		_, c := l.Update(tuitest.Key(l.t, k))
		l.run(c)
		l.pass(100 * time.Millisecond)
	}
}

// TestClocksOfScreens: a screen that looks for something new by the clock does so while it
// is on top, as often as it says, whatever is pressed, and not while another one is.
func TestClocksOfScreens(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		lines, rows, looks := 0, 0, 0
		env := tuitest.Env(t, tuitest.Palette(t))
		env.Now = time.Now
		env.Log = func(context.Context, engine.LogFilter) ([]engine.LogLine, error) { lines++; return nil, nil }
		env.Measures = func(context.Context, time.Time, func(measure.Row)) error { rows++; return nil }
		env.Processes = func(context.Context) ([]monitor.Process, error) { looks++; return nil, nil }
		l := &loop{newApp(env, NewFeed(), polls{ctx: t.Context()}, nil), t, make(chan tea.Msg)}
		l.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
		expect := func(when string, gotLines, gotRows, gotLooks int) {
			t.Helper()
			if lines != gotLines || rows != gotRows || looks != gotLooks {
				t.Errorf("%s the log was read %d times, the metrics %d and processes looked for %d times, want %d, %d and %d", when, lines, rows, looks, gotLines, gotRows, gotLooks)
			}
			lines, rows, looks = 0, 0, 0
		}
		l.press("f7")
		l.pass(9500 * time.Millisecond)
		expect("in ten seconds", 10, 0, 0)
		l.press("f6")
		lines, rows = 0, 0
		l.pass(10 * time.Minute)
		expect("in ten minutes of metrics", 0, 10, 0)
		l.press("+", "-", "+", "-", "+", "-")
		lines, rows = 0, 0
		l.pass(10 * time.Minute)
		expect("after six keys", 0, 10, 0)
		l.press("f2")
		lines, rows = 0, 0
		l.pass(time.Hour)
		expect("behind the ask screen", 0, 0, 0)
		l.press("f7")
		l.pass(9500 * time.Millisecond)
		expect("on top again", 10, 0, 0)
		l.press("esc")
		lines, rows = 0, 0
		l.pass(time.Minute)
		expect("left", 0, 0, 0)
		l.press("f8", "c", "c", "-")
		looks = 0
		l.pass(10 * time.Minute)
		expect("in ten minutes of the machine", 0, 0, 300)
		l.press("+", "+", "+", "+") // a day, which the store has
		rows, looks = 0, 0
		l.pass(10 * time.Minute)
		expect("in ten minutes of a day", 0, 10, 300)
		l.press("p")
		looks = 0
		l.pass(time.Minute)
		expect("without processes", 0, 1, 0)
		l.press("p", " ")
		rows, looks = 0, 0
		l.pass(time.Minute)
		expect("paused", 0, 0, 0)
		l.press(" ", "f2")
		rows, looks = 0, 0
		l.pass(time.Hour)
		expect("behind the ask screen again", 0, 0, 0)
	})
}
