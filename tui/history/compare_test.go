package history_test

import (
	"context"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/compare"
	"github.com/aimo3/aimo3/tui/history"
	"github.com/aimo3/aimo3/tui/save"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

func TestTwoAreComparedByOneKey(t *testing.T) {
	d := start(t, tuitest.NewLibrary(tuitest.Attempts(3)...), 100)
	d.UntilShown("3 attempts")
	d.Press("b")
	if n := tuitest.UntilSent[screen.Notice](d); n.Bad || !strings.Contains(n.Text, "b on another compares them") {
		t.Errorf("notice %+v", n)
	}
	d.Press("b")
	if n := tuitest.UntilSent[screen.Notice](d); !strings.Contains(n.Text, "no longer marked") {
		t.Errorf("notice %+v", n)
	}
	d.Press("b", "down", "b")
	s, is := tuitest.UntilSent[screen.Open](d).Screen.(*compare.Screen)
	if !is || tuitest.Status(s) != "0000000000000003 beside 0000000000000002" {
		t.Errorf("opened %#v", s)
	}
}

func TestExportFromTheList(t *testing.T) {
	l := tuitest.NewLibrary(tuitest.Attempts(3)...)
	d := start(t, l, 100)
	d.UntilShown("3 attempts")
	d.Press("X")
	if n := tuitest.UntilSent[screen.Notice](d); !n.Bad || !strings.Contains(n.Text, "nothing can be exported") {
		t.Errorf("without a place: %+v", n)
	}
	env := tuitest.Env(t, tuitest.Palette(t))
	env.Library = l
	env.Export = func(context.Context, engine.Summary, string) (string, error) { return "a.md", nil }
	d = tuitest.Drive(t, history.New(env), 100, 22)
	d.UntilShown("3 attempts")
	d.Press("X")
	if s, is := tuitest.UntilSent[screen.Open](d).Screen.(*save.Screen); !is {
		t.Errorf("opened %#v", s)
	}
}
