package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/store"
	"github.com/aimo3/aimo3/tui/cli"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// older holds a database of version 1 that the program of that time recorded:
// cells in Starlark and in Python, calls and fences, votes that were split, and
// attempts that failed, were cancelled and were killed. Beside it is what that
// program printed and drew of it. None of these files is ever written again.
const older = "store/testdata/starlark"

// TestWhatAnOlderProgramKept opens, migrates, lists, shows, exports and replays
// it, and all reads as it did.
func TestWhatAnOlderProgramKept(t *testing.T) {
	local := time.Local
	time.Local = time.UTC
	t.Cleanup(func() { time.Local = local })
	path := unpackOlder(t)
	db, err := store.Open(t.Context(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	all, err := db.Attempts(t.Context(), engine.Filter{})
	if err != nil || len(all) != 8 {
		t.Fatalf("%d attempts, %v; want 8", len(all), err)
	}
	var list bytes.Buffer
	for _, args := range []string{"list", "list --json", "list prime", "list divisors"} {
		history(t, &list, path, args)
	}
	asBefore(t, "list.txt", list.Bytes())
	for _, a := range all {
		var told bytes.Buffer
		for _, args := range []string{
			"show ID", "show ID --json", "show ID --sample 1 --thinking",
			"export ID --format json", "export ID --format jsonl", "export ID --format md",
		} {
			history(t, &told, path, strings.ReplaceAll(args, "ID", string(a.ID)))
		}
		fmt.Fprintf(&told, "== replay\n%s", replayed(t, db, a))
		asBefore(t, string(a.ID)+".txt", told.Bytes())
	}
	if err := db.Check(t.Context()); err != nil {
		t.Error(err)
	}
}

func unpackOlder(t *testing.T) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "aimo3.db")
	if err := os.WriteFile(path, unzipped(t, filepath.Join(older, "version-1.db.gz")), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// history runs one command on the database at path and adds what it prints.
func history(t *testing.T, to *bytes.Buffer, path, args string) {
	t.Helper()
	fmt.Fprintf(to, "== history %s\n", args)
	var said bytes.Buffer
	p := cli.Program{Open: open, OpenToRead: openToRead, Getenv: func(string) string { return "" }, Now: time.Now, Terminal: func(any) bool { return false }}
	code := cli.Run(context.WithoutCancel(t.Context()), p, append(strings.Fields("history "+args), "--db", path), strings.NewReader(""), to, &said)
	if code != 0 || said.Len() > 0 {
		t.Errorf("history %s: exit code %d, %s", args, code, &said)
	}
}

// replayed is the live screen at the end of a replay.
func replayed(t *testing.T, db *store.DB, a engine.Summary) string {
	t.Helper()
	env := tuitest.Env(t, tuitest.Palette(t))
	env.Library = db
	d := tuitest.Drive(t, live.Replay(env, a, 0), 120, 34)
	d.Until("the end", func() bool { return strings.Contains(d.Screen.Status(), "at the end") })
	lines := strings.Split(d.Frame(), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n") + "\n"
}

func asBefore(t *testing.T, name string, got []byte) {
	t.Helper()
	want, err := os.ReadFile(filepath.Join(older, name))
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(got, want) {
		return
	}
	gots, wants := bytes.Split(got, []byte("\n")), bytes.Split(want, []byte("\n"))
	i := 0
	for i < min(len(gots), len(wants))-1 && bytes.Equal(gots[i], wants[i]) {
		i++
	}
	t.Errorf("%s, line %d:\n got %s\nwant %s", name, i+1, gots[i], wants[i])
}
