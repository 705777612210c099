package history_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/history"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// TestMarking: keys star, tag, note and judge the selected attempt; what is typed is saved
// by enter and dropped by esc, and one that the store refuses is told.
func TestMarking(t *testing.T) {
	var kept engine.Marks
	var refuse error
	env := tuitest.Env(t, tuitest.Palette(t))
	env.Library = tuitest.NewLibrary(tuitest.Attempts(3)...)
	env.Mark = func(_ context.Context, _ engine.AttemptID, r engine.Remark) (engine.Marks, error) {
		m := r(kept)
		if refuse == nil {
			kept = m
		}
		return m, refuse
	}
	d := tuitest.Drive(t, history.New(env), 140, 22)
	says := func(want screen.Notice) {
		t.Helper()
		if n := tuitest.UntilSent[screen.Notice](d); n != want {
			t.Errorf("it says %+v, want %+v", n, want)
		}
	}
	d.UntilShown("3 attempts")
	d.Press("*")
	d.UntilShown("★ What is 3")
	d.Press("t")
	d.Type("hard x")
	d.UntilShown("tags: hard x")
	if !d.Screen.(screen.Typer).Typing() {
		t.Error("what is typed is not its own")
	}
	d.Press("enter")
	d.UntilShown("★ · #hard #x")
	says(screen.Notice{Text: "tags kept"})
	d.Press("v")
	d.UntilShown("✓ 21")
	d.Press("v")
	d.UntilShown("✗ 21")
	d.Press("e")
	d.Type("21")
	d.Press("enter")
	d.UntilShown("expected 21")
	says(screen.Notice{Text: "expected answer kept"})
	d.Press("n")
	d.Type("dropped")
	d.Press("esc")
	if kept.Note != "" || kept.Expected != "21" || !kept.Starred || strings.Join(kept.Tags, " ") != "hard x" {
		t.Errorf("kept %+v", kept)
	}
	refuse = errors.New("no room")
	d.Press("*")
	says(screen.Notice{Text: "no room", Bad: true})
	if got := d.Frame(); !strings.Contains(got, "★ What is 3") {
		t.Errorf("what was refused is shown:\n%s", got)
	}
}
