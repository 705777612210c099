package history_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/history"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

func start(t *testing.T, l screen.Library, w int) *tuitest.Driver {
	t.Helper()
	env := tuitest.Env(t, tuitest.Palette(t))
	env.Library = l
	return tuitest.Drive(t, history.New(env), w, 22)
}

func TestFilterAsOneTypes(t *testing.T) {
	d := start(t, tuitest.NewLibrary(tuitest.Attempts(30)...), 80)
	d.UntilShown("What is 30 times")
	d.Press("/")
	d.Type("126") // the answer to 18 times 7
	d.UntilGone("What is 30 times")
	if got := d.Frame(); !strings.Contains(got, "18 times 7") || !strings.Contains(got, "1 attempt") {
		t.Errorf("the filter shows\n%s", got)
	}
	d.Type("x")
	d.UntilShown("Nothing matches")
	d.Screen.Resize(60, 14)
	if got := d.Frame(); !strings.Contains(got, "the model or the ID.") || !strings.Contains(got, "esc clears") {
		t.Errorf("how it matches, or the way out, is cut:\n%s", got)
	}
	d.Press("esc")
	d.UntilShown("What is 30 times")
	d.Press("esc")
	tuitest.UntilSent[screen.Back](d)
}

// TestFilterOfTerms: terms narrow the list. While what is typed is none, the rows stay, and
// lines above say which there are, whole at 80 columns.
func TestFilterOfTerms(t *testing.T) {
	d := start(t, tuitest.NewLibrary(tuitest.Attempts(30)...), 80)
	d.UntilShown("What is 30 times")
	d.Press("/")
	d.UntilShown("terms: after: before: is: model: source: tag: verdict:")
	d.Type("is:")
	d.UntilShown("is: needs a value")
	if got := d.Frame(); !strings.Contains(got, "unfinished") || !strings.Contains(got, "What is 30 times") {
		t.Errorf("the traits, or the rows, are cut:\n%s", got)
	}
	tuitest.CheckFrame(t, d.Screen.View(), 80, 22)
	d.Type("failed")
	d.UntilShown("4 attempts")
	d.UntilGone("needs a value")
	d.Type(" modle:x")
	d.UntilShown("did you mean model:?")
	d.Press("esc")
	d.UntilShown("30 attempts")
	d.UntilGone("did you mean")
}

// TestWhereWordsStand: a line below the list shows where the words are in what a sample of the
// selected attempt said, clean and cut to the width.
func TestWhereWordsStand(t *testing.T) {
	env := tuitest.Env(t, tuitest.Palette(t))
	env.Library = tuitest.NewLibrary(tuitest.Attempts(30)...)
	env.Passage = func(_ context.Context, id engine.AttemptID, words string) (p engine.Passage, ok bool, err error) {
		return engine.Passage{Sample: 2, Cell: 1, Text: words + " in " + string(id) + " \x1b[31m" + strings.Repeat("x", 200)}, id != "0000000000000029", nil
	}
	d := tuitest.Drive(t, history.New(env), 80, 22)
	d.UntilShown("30 attempts")
	d.Press("/")
	d.Type("times")
	d.Press("enter")
	d.UntilShown("sample 3, cell 1: times in 0000000000000030")
	tuitest.CheckFrame(t, d.Screen.View(), 80, 22)
	d.Press("down")
	d.UntilGone("sample 3")
	d.Press("down")
	d.UntilShown("times in 0000000000000028")
	d.Press("esc")
	d.UntilGone("sample 3")
}

func TestLateAnswersAreDropped(t *testing.T) {
	env := tuitest.Env(t, tuitest.Palette(t))
	env.Library = tuitest.NewLibrary(tuitest.Attempts(30)...)
	s := history.New(env)
	s.Update(s.Init()())
	s.Update(tuitest.Key(t, "/"))
	early := s.Update(tuitest.Key(t, "8"))
	late := s.Update(tuitest.Key(t, "4"))
	s.Update(late())
	if got := tuitest.Status(s); got != "1 attempt" {
		t.Fatalf("84 gives %s", got)
	}
	s.Update(early()) // for the word 8, which has more
	if got := tuitest.Status(s); got != "1 attempt" {
		t.Errorf("a late answer came through: %s", got)
	}
}

func TestDeleteAndUndo(t *testing.T) {
	kept := tuitest.NewLibrary(tuitest.Attempts(5)...)
	d := start(t, kept, 80)
	d.UntilShown("5 attempts")
	d.Press("down", "x")
	d.UntilGone("4 times 7")
	if n := tuitest.UntilSent[screen.Notice](d); !strings.Contains(n.Text, "u brings it back") || n.Bad {
		t.Errorf("notice %+v", n)
	}
	if left, _ := kept.Attempts(t.Context(), engine.Filter{}); len(left) != 4 {
		t.Errorf("%d attempts left in the store, want 4", len(left))
	}
	d.Send(screen.Ended{ID: "another"}) // reads the list anew
	d.Press("u")
	d.UntilShown("▸ today 15:07             28")
	if left, _ := kept.Attempts(t.Context(), engine.Filter{}); len(left) != 5 {
		t.Errorf("%d attempts in the store after undo, want 5", len(left))
	}
}

// TestWhatWasDeletedComesBack: is:deleted lists it, also what this screen deleted, and u
// restores the selected one.
func TestWhatWasDeletedComesBack(t *testing.T) {
	kept := tuitest.NewLibrary(tuitest.Attempts(5)...)
	d := start(t, kept, 140)
	d.UntilShown("5 attempts")
	d.Press("x", "x")
	for range 2 {
		tuitest.UntilSent[screen.Notice](d)
	}
	d.Press("/")
	d.Type("is:deleted")
	d.UntilShown("2 attempts")
	d.Press("enter", "down")
	d.UntilShown("u restores it")
	if got := d.Frame(); !strings.Contains(got, "What is 5 times") || !strings.Contains(got, "kept until 20") {
		t.Errorf("deleted:\n%s", got)
	}
	d.Press("x")
	d.Press("u")
	d.UntilShown("1 attempt")
	d.Press("esc")
	d.UntilShown("4 attempts")
	d.UntilShown("What is 4 times")
	if left, _ := kept.Attempts(t.Context(), engine.Filter{}); len(left) != 4 {
		t.Errorf("%d attempts are kept, want 4", len(left))
	}
}

func TestListReadBeforeADeleteDoesNotBringItBack(t *testing.T) {
	env := tuitest.Env(t, tuitest.Palette(t))
	env.Library = tuitest.NewLibrary(tuitest.Attempts(5)...)
	s := history.New(env)
	s.Resize(80, 22)
	s.Update(s.Init()())
	list := s.Update(screen.Ended{ID: "another"})
	answer := list() // read before the store has deleted anything
	s.Update(tuitest.Key(t, "x"))
	s.Update(answer)
	if got := s.View(); tuitest.Status(s) != "4 attempts" || strings.Contains(got, "5 times 7") {
		t.Errorf("the deleted attempt is back:\n%s", got)
	}
}

func TestRefusedDeleteComesBack(t *testing.T) {
	kept := tuitest.NewLibrary(tuitest.Attempts(3)...)
	d := start(t, kept, 80)
	d.UntilShown("3 attempts")
	kept.Fail(&engine.Fault{Class: engine.Storage, What: "the disk is full", Todo: "make room"})
	d.Press("x")
	if n := tuitest.UntilSent[screen.Notice](d); !n.Bad || n.Text != "the disk is full · make room" {
		t.Errorf("notice %+v", n)
	}
	d.UntilShown("3 times 7")
}

func TestPagesAreReadAsNeeded(t *testing.T) {
	const n = 1000
	d := start(t, tuitest.NewLibrary(tuitest.Attempts(n)...), 80)
	d.UntilShown("200+ attempts")
	for _, want := range []string{"400+", "600+", "800+", "1,000+", "1,000 attempts"} {
		d.Press("end")
		d.UntilShown(want)
	}
	d.Press("end")
	d.UntilShown("What is 1 times")
	d.Press("home")
	d.Send(screen.Ended{ID: "another"})
	d.UntilShown("1,000 attempts")
}

func TestOpenAndReplay(t *testing.T) {
	d := start(t, tuitest.NewLibrary(tuitest.Attempts(5)...), 80)
	d.UntilShown("5 attempts")
	for _, keys := range [][]string{{"enter"}, {"r"}, {"]", "]", "r"}} {
		d.Press(keys...)
		s, ok := tuitest.UntilSent[screen.Open](d).Screen.(*live.Screen)
		if !ok || s.Attempt() != "0000000000000005" {
			t.Errorf("%v opened %#v", keys, s)
		}
	}
	if got := tuitest.Status(d.Screen); !strings.Contains(got, "replay at 4×") {
		t.Errorf("status %q", got)
	}
}

func TestRunningAttemptIsNotInterrupted(t *testing.T) {
	all := tuitest.Attempts(2)
	all[0].Verdict = nil
	d := start(t, tuitest.NewLibrary(all...), 80)
	d.UntilShown("unfinished")
	d.Send(screen.Arrived{Events: tuitest.Events(all[0].ID, all[0].Problem)[:1]})
	d.UntilShown("… running")
	d.Press("enter", "x")
	if got := tuitest.UntilSent[screen.Raise](d); got.Attempt != all[0].ID { // its live screen
		t.Errorf("raised %+v", got)
	}
	if n := tuitest.UntilSent[screen.Notice](d); !n.Bad || n.Text != "this one is running and cannot be deleted" {
		t.Errorf("notice %+v", n)
	}
	d.Send(screen.Ended{ID: all[0].ID})
	d.UntilShown("unfinished")
}

func TestCopySaysWhatWasDone(t *testing.T) {
	env := tuitest.Env(t, tuitest.Palette(t))
	env.Library = tuitest.NewLibrary(tuitest.Attempts(5)...)
	env.Copy = func(s string) (string, error) {
		if s != "35" {
			return "", errors.New("copied " + s)
		}
		return "was sent", nil
	}
	d := tuitest.Drive(t, history.New(env), 80, 22)
	d.UntilShown("5 attempts")
	d.Press("y")
	if n := tuitest.UntilSent[screen.Notice](d); n.Text != "35 was sent" || n.Bad {
		t.Errorf("notice %+v", n)
	}
}

func TestNothingKept(t *testing.T) {
	d := start(t, nil, 80)
	d.UntilShown("Nothing is saved")
	d.Press("x", "u", "enter", "r", "/")
	d.Type("word")
	tuitest.Golden(t, d.Screen.View())
}

func TestBrokenStoreSaysSo(t *testing.T) {
	kept := tuitest.NewLibrary(tuitest.Attempts(3)...)
	kept.Fail(&engine.Fault{Class: engine.Storage, What: "the database is damaged", Todo: "see aimo3 doctor"})
	d := start(t, kept, 80)
	d.UntilShown("✗ the database is damaged · see aimo3 doctor")
}

func TestHostileTextIsShownNotObeyed(t *testing.T) {
	all := tuitest.Attempts(1)
	all[0].Problem.Statement = "evil \x1b]0;owned\x07 \u202e txet"
	all[0].Model = "m\x1b[2J"
	all[0].Verdict.Answer = "4\x1b[31m2"
	d := start(t, tuitest.NewLibrary(all...), 140)
	d.UntilShown("evil")
	for _, bad := range []string{"\x1b]", "\x07", "\u202e", "\x1b[2J", "\x1b[31m"} {
		if strings.Contains(d.Screen.View(), bad) {
			t.Errorf("%q reaches the terminal", bad)
		}
	}
	tuitest.CheckFrame(t, d.Screen.View(), 140, 22)
}

func TestEveryKeyInHelpDoesSomething(t *testing.T) {
	fresh := func() *tuitest.Driver {
		d := start(t, tuitest.NewLibrary(tuitest.Attempts(60)...), 80)
		d.UntilShown("60 attempts")
		d.Press("x", "pgdown", "pgdown")
		d.Until("a notice", func() bool { return len(d.Sent) > 0 })
		return d
	}
	for name, reach := range map[string]func(*tuitest.Driver){
		"list":   func(*tuitest.Driver) {},
		"filter": func(d *tuitest.Driver) { d.Press("/") },
		"found":  func(d *tuitest.Driver) { d.Press("/"); d.Type("gi"); d.Press("enter", "+", "+") },
	} {
		probe := fresh()
		reach(probe)
		for _, b := range probe.Screen.Keys() {
			for _, k := range b.Keys() {
				d := fresh()
				reach(d)
				was, typing := d.Screen.View(), d.Screen.(screen.Typer).Typing()
				cmd := d.Screen.Update(tuitest.Key(t, k))
				if cmd == nil && d.Screen.View() == was && d.Screen.(screen.Typer).Typing() == typing {
					t.Errorf("%s: %s (%s) does nothing", name, k, b.Help().Desc)
				}
			}
		}
	}
}

func TestWheelMovesTheSelection(t *testing.T) {
	d := start(t, tuitest.NewLibrary(tuitest.Attempts(9)...), 80)
	d.UntilShown("9 attempts")
	d.Send(tea.MouseMsg{Button: tea.MouseButtonWheelDown})
	d.UntilShown("▸ today 15:05")
}

func BenchmarkFrameOf100000(b *testing.B) {
	env := tuitest.Env(b, tuitest.Palette(b))
	env.Library = tuitest.NewLibrary(tuitest.Attempts(100_000)...)
	s := history.New(env)
	s.Resize(160, 50)
	for cmd := s.Init(); cmd != nil; {
		cmd = s.Update(cmd())
		s.Update(tuitest.Key(b, "end"))
	}
	for b.Loop() {
		s.Update(tuitest.Key(b, "up"))
		s.View()
	}
}
