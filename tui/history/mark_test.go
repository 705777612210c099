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

// TestWhatIsRefusedStaysTyped: tags, notes and names that are refused stand in their field with
// the reason, whole at 80 columns, and can be mended there; commas part tags as spaces do.
func TestWhatIsRefusedStaysTyped(t *testing.T) {
	env := tuitest.Env(t, tuitest.Palette(t))
	env.Library = tuitest.NewLibrary(tuitest.Attempts(3)...)
	var kept engine.Marks
	env.Mark = func(_ context.Context, _ engine.AttemptID, r engine.Remark) (engine.Marks, error) {
		m, err := engine.NewMarks(r(kept))
		if err == nil {
			kept = m
		}
		return m, err
	}
	env.SaveFilter = func(context.Context, string, string) ([]engine.SavedFilter, error) {
		return nil, errors.New("that name is taken")
	}
	d := tuitest.Drive(t, history.New(env), 80, 22)
	d.UntilShown("3 attempts")
	d.Press("t")
	d.Type("geometry, hard!")
	d.Press("enter")
	d.UntilShown(`"hard!" is no tag`)
	d.UntilShown(" spaces")
	d.UntilShown("tags: geometry, hard!")
	d.Press("backspace")
	d.UntilGone("is no tag")
	d.Press("enter")
	tuitest.UntilSent[screen.Notice](d)
	if strings.Join(kept.Tags, " ") != "geometry hard" {
		t.Errorf("kept %q", kept.Tags)
	}
	d.Press("/")
	d.Type("times")
	d.Press("ctrl+s")
	d.Type("mine")
	d.Press("enter")
	d.UntilShown("that name is taken")
	d.UntilShown("save this filter as: mine")
	d.Press("esc")
	d.UntilShown("/ times")
}
