package live_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// TestWatched: an attempt that waits at a server says so and can be taken back; once it has
// begun it is drawn as any other, its machine apart; one that never begins says why.
func TestWatched(t *testing.T) {
	e := env(tuitest.Palette(t))
	e.Connect = "http://box:8000"
	stopped := make(chan int, 1)
	e.Stop = func(_ engine.AttemptID, sample int) error {
		stopped <- sample
		return errors.New("the link is lost")
	}
	watched := func() *tuitest.Driver {
		first, _ := reflect.ValueOf(live.Watch(e, "a1", problem)()).Index(0).Interface().(tea.Cmd)
		opened, _ := first().(screen.Open)
		return tuitest.Drive(t, opened.Screen, 80, 24)
	}
	d := watched()
	d.UntilShown("waits for its turn at the server · S takes it back")
	d.Press("s")
	if got := tuitest.UntilSent[screen.Notice](d); got.Text != "it waits for its turn: S takes it back" || len(stopped) > 0 {
		t.Errorf("no sample can be stopped: %+v", got)
	}
	d.Press("S")
	if got := tuitest.UntilSent[screen.Notice](d); !got.Bad || got.Text != "the link is lost" || <-stopped != -1 {
		t.Errorf("notice %+v", got)
	}
	d.Send(screen.Ended{ID: "a1", Err: errors.New("it was taken back")})
	d.UntilShown("it was taken back")
	d.Press("S")
	if got := tuitest.UntilSent[screen.Notice](d); got.Text != "nothing runs" || len(stopped) > 0 {
		t.Errorf("what is over is stopped: %+v", got)
	}
	d = watched()
	d.Send(screen.Arrived{Events: story(midRun()...)})
	if f := d.Frame(); strings.Contains(f, "waits for") || !strings.Contains(f, "the server's, which is not read") {
		t.Errorf("once it has begun\n%s", f)
	}
}
