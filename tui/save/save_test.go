package save_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/export"
	"github.com/aimo3/aimo3/tui/save"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

func TestWritesTheChosenFormat(t *testing.T) {
	dir := t.TempDir()
	a := tuitest.Attempts(1)[0]
	a.Problem.Statement = "../../etc/$x$ \x1b]0;t\x07-rf .hidden CON"
	env := tuitest.Env(t, tuitest.Palette(t))
	env.Library = tuitest.NewLibrary(a)
	fails := error(nil)
	env.Export = func(ctx context.Context, a engine.Summary, format string) (string, error) {
		if fails != nil {
			return "", fails
		}
		return export.Save(dir, export.Format(format), a, func(after uint64) ([]engine.Event, error) {
			return env.Library.Events(ctx, a.ID, after, export.Page)
		})
	}
	for _, down := range []int{0, 1, 2, 0} {
		d := tuitest.Drive(t, save.New(env, a), 80, 22)
		for range down {
			d.Press("down")
		}
		d.Press("enter")
		tuitest.UntilSent[screen.Back](d)
		if n := tuitest.UntilSent[screen.Notice](d); n.Bad || !strings.Contains(n.Text, "wrote ") {
			t.Errorf("notice %+v", n)
		}
	}
	names, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	const name = "aimo3-etc-x-0-t-rf-hidden-con-0000000000000001"
	for i, want := range []string{name + "-2.md", name + ".html", name + ".md", name + ".tex"} {
		if len(names) != 4 || filepath.Base(names[i]) != want {
			t.Fatalf("wrote %q, want %s", names, want)
		}
		if text, err := os.ReadFile(names[i]); err != nil || !strings.Contains(string(text), "Sample 3") {
			t.Errorf("%s: %v, %d bytes", want, err, len(text))
		}
	}
	fails = errors.New("no space left on device")
	d := tuitest.Drive(t, save.New(env, a), 80, 22)
	d.Press("enter")
	d.UntilShown("✗ no space left on device")
	fails = &engine.Fault{Class: engine.Invalid, What: "cannot write aimo3-etc-x-0-t-rf-hidden-con-0000000000000001.md", Todo: "make room there, or start aimo3 in another folder", Err: errors.New("no space left on device")}
	d.Press("enter")
	d.UntilShown("make room there")
	told := strings.Join(strings.Fields(strings.ReplaceAll(d.Frame(), "│", "")), " ")
	if !strings.Contains(told, "no space left on device · make room there, or start aimo3 in another folder") {
		t.Errorf("why, or what to do, is cut:\n%s", d.Frame())
	}
	for w := 1; w < 90; w += 7 {
		for h := 1; h < 30; h += 3 {
			d.Screen.Resize(w, h)
			tuitest.CheckFrame(t, d.Screen.View(), w, h)
		}
	}
	d.Press("esc")
	tuitest.UntilSent[screen.Back](d)
}

func TestNothingKept(t *testing.T) {
	env := tuitest.Env(t, tuitest.Palette(t))
	if n, is := save.Open(env, engine.Summary{})().(screen.Notice); !is || !n.Bad {
		t.Errorf("%+v", n)
	}
}
