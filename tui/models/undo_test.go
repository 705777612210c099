package models_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/tui/models"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// undoWithin has a delete be undone for so long.
func undoWithin(d *tuitest.Driver, wait time.Duration) {
	if s, is := d.Screen.(*models.Screen); is {
		s.UndoWithin(wait)
	}
}

// TestADeleteIsAskedFirst, and done once its time is over: then the model is gone.
func TestADeleteIsAskedFirst(t *testing.T) {
	d, _, seen := atServer(t)
	undoWithin(d, time.Millisecond)
	d.Press("home", "d")
	d.UntilShown("that can be undone")
	d.Press("n")
	d.UntilShown("fake:latest")
	d.Press("d", "y")
	if n := tuitest.UntilSent[screen.Notice](d); n.Text != "fake:latest is deleted: 5.0 GB are free" {
		t.Errorf("it says %+v", n)
	}
	d.UntilGone("fake:latest")
	seen()
	if strings.Contains(d.Frame(), "fake:latest") {
		t.Errorf("the server has it yet\n%s", d.Frame())
	}
}

// TestADeleteIsUndone by a key, and then the model is there as it was; without one there is
// nothing to undo.
func TestADeleteIsUndone(t *testing.T) {
	d, _, seen := atServer(t)
	undoWithin(d, time.Hour)
	d.Press("home", "u")
	d.Press("d", "y")
	d.UntilShown("It is deleted in 3600 s. u keeps it.")
	d.Press("d") // one at a time
	d.Press("u")
	if n := tuitest.UntilSent[screen.Notice](d); n.Text != "fake:latest is kept" {
		t.Errorf("it says %+v", n)
	}
	d.UntilGone("keeps it")
	seen()
	d.UntilShown("fake:latest")
	undoWithin(d, time.Millisecond)
	d.Press("d", "y")
	d.UntilGone("fake:latest")
}

// TestADeleteThatIsDoneIsNotUndone: once the server is asked nothing offers to undo it.
func TestADeleteThatIsDoneIsNotUndone(t *testing.T) {
	e := env(t, tuitest.Palette(t))
	asked, goOn := make(chan struct{}), make(chan struct{})
	e.Delete = func(context.Context, string) error { close(asked); <-goOn; return nil }
	d := drawn(t, e, 80, 22)
	undoWithin(d, time.Millisecond)
	d.Press("home", "d", "y")
	<-asked
	d.UntilShown("The server deletes it now.")
	for _, k := range d.Screen.Keys() {
		if k.Help().Desc == "undo the delete" {
			t.Error("help lists the key that undoes it")
		}
	}
	why := ""
	for _, r := range d.Screen.(screen.Refuser).Refused() {
		if r.Key.Help().Desc == "undo the delete" {
			why = r.Why
		}
	}
	if !strings.Contains(why, "too late") {
		t.Errorf("the key that undoes it is refused with %q", why)
	}
	close(goOn)
	if n := tuitest.UntilSent[screen.Notice](d); !strings.Contains(n.Text, "is deleted") {
		t.Errorf("it says %+v", n)
	}
}
