package events_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/tui/events"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

func TestEventsAreFound(t *testing.T) {
	all := tuitest.Attempts(1)
	env := tuitest.Env(t, tuitest.Palette(t))
	kept := tuitest.NewLibrary(all...)
	env.Library = kept
	d := tuitest.Drive(t, events.New(env, all[0]), 120, 30)
	d.UntilShown("17 events")
	if got := d.Frame(); !strings.Contains(got, "attempt started") || !strings.Contains(got, "sample 2") || strings.Contains(got, "delta") {
		t.Errorf("it lists\n%s", got)
	}
	if got := tuitest.Status(d.Screen); !strings.Contains(got, "6 of text are not listed") {
		t.Errorf("status %q", got)
	}
	d.Press("/")
	d.Type("sample finished 41")
	d.UntilShown("1 of 17 events")
	if got := d.Frame(); !strings.Contains(got, "answer  41") {
		t.Errorf("the event is not shown whole:\n%s", got)
	}
	d.Type("x")
	d.UntilShown("no event has these words")
	d.Press("enter")
	for w := 1; w < 130; w += 9 {
		for h := 1; h < 34; h += 3 {
			d.Screen.Resize(w, h)
			tuitest.CheckFrame(t, d.Screen.View(), w, h)
		}
	}
	d.Screen.Resize(120, 30)
	d.Press("esc")
	d.UntilShown("17 events")
	d.Press("end", "esc")
	tuitest.UntilSent[screen.Back](d)
	kept.Fail(errors.New("disk gone"))
	d = tuitest.Drive(t, events.New(env, all[0]), 100, 30)
	d.UntilShown("disk gone")
}

// TestAnEventIsReadWhole: enter shows all of it, however long it is and however little room
// there is, with samples counted as in the list, and nothing escaped for web pages.
func TestAnEventIsReadWhole(t *testing.T) {
	all := tuitest.Attempts(1)
	all[0].Problem.Statement = "Find $a<b$. " + strings.Repeat("And so on. ", 60) + "The end."
	env := tuitest.Env(t, tuitest.Palette(t))
	env.Library = tuitest.NewLibrary(all...)
	d := tuitest.Drive(t, events.New(env, all[0]), 60, 14)
	d.UntilShown("17 events")
	d.Press("enter")
	d.UntilShown("attempt started · ")
	if got := d.Frame(); !strings.Contains(got, "Find $a<b$.") {
		t.Errorf("it begins\n%s", got)
	}
	tuitest.CheckFrame(t, d.Screen.View(), 60, 14)
	d.Press("end")
	last := d.Frame()
	d.Press("home", "pgdown", "up", "down")
	for w := 12; w < 130; w += 9 {
		for h := 4; h < 34; h += 3 {
			d.Screen.Resize(w, h)
			tuitest.CheckFrame(t, d.Screen.View(), w, h)
		}
	}
	d.Screen.Resize(60, 14)
	d.Press("end")
	if got := d.Frame(); got != last || !strings.Contains(got, "plan  ") && !strings.Contains(got, "}") {
		t.Errorf("it ends\n%s\nand ended\n%s", got, last)
	}
	d.Press("esc")
	d.UntilShown("17 events")
	d.Screen.Resize(120, 30)
	d.Press("/")
	d.Type("sample 2 finished")
	d.UntilShown("1 of 17 events")
	if got := d.Frame(); !strings.Contains(got, "sample  2") || strings.Contains(got, "sample  1") {
		t.Errorf("its sample is counted otherwise than in the list:\n%s", got)
	}
}
