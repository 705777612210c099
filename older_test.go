package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/observe"
	"github.com/aimo3/aimo3/store"
	"github.com/aimo3/aimo3/tui/cli"
	"github.com/aimo3/aimo3/tui/cli/logbook"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// older are the folders of what older programs kept: in each, a database and,
// beside it, what the program of that time printed and drew of it. The databases
// are never written again; a later program adds a folder of its own. What is read
// by programs, JSON, JSONL and the fold, stays byte for byte too. What is read by
// people changes with the wording, and only with it: lists, `show`, Markdown and frames
// were updated when the texts became plainer, when weak answers got a sign, when
// formulas were drawn, the hint line came, and hidden thinking showed its last words, when
// reports named the doubt in a verdict (`doubt` in `show --json`, the one field added),
// when Markdown was written so that nothing of a model can end its section, and when it named
// the attempt.
//
//   - starlark, of version 1: cells in Starlark and in Python, calls and fences,
//     votes that were split, attempts that failed, were cancelled and were killed;
//   - endings: every reason for which an attempt ends, and every one for which a
//     sample does; a modulus, a range, ties, confidences, a loop that is replaced;
//   - cells: errors, a timeout, a lost session, both ways to ask for code, a reply
//     that was thinking, a vote that SymPy joined;
//   - choices: verify, select and second-round, each settling a vote and not.
func older(t *testing.T) (dirs []string) {
	t.Helper()
	kept, err := filepath.Glob("store/testdata/*/*.db.gz")
	if err != nil || len(kept) == 0 {
		t.Fatalf("no database of an older program: %v", err)
	}
	for _, path := range kept {
		dirs = append(dirs, filepath.Dir(path))
	}
	return dirs
}

// TestWhatAnOlderProgramKept opens, migrates, lists, shows, exports, folds and
// replays it, and all reads as it did.
func TestWhatAnOlderProgramKept(t *testing.T) {
	local := time.Local
	time.Local = time.UTC
	t.Cleanup(func() { time.Local = local })
	for _, dir := range older(t) {
		t.Run(filepath.Base(dir), func(t *testing.T) { readsAsBefore(t, dir) })
	}
}

func readsAsBefore(t *testing.T, dir string) {
	t.Helper()
	path := unpackOlder(t, dir)
	db, err := store.Open(t.Context(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	for left := 1; left > 0; time.Sleep(time.Millisecond) { // until words find what samples said
		if left, err = db.Unindexed(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	all, err := db.Attempts(t.Context(), engine.Filter{})
	if err != nil || len(all) == 0 {
		t.Fatalf("%d attempts, %v", len(all), err)
	}
	var list bytes.Buffer
	for _, args := range []string{"list", "list --json", "list prime", "list divisors"} {
		history(t, &list, path, args)
	}
	asBefore(t, dir, "list.txt", list.Bytes())
	for _, a := range all {
		var told bytes.Buffer
		for _, args := range []string{
			"show ID", "show ID --json", "show ID --sample 1 --thinking",
			"export ID --format json", "export ID --format jsonl", "export ID --format md",
		} {
			history(t, &told, path, strings.ReplaceAll(args, "ID", string(a.ID)))
		}
		fmt.Fprintf(&told, "== replay\n%s", replayed(t, db, a, 120, 34))
		asBefore(t, dir, string(a.ID)+".txt", told.Bytes())
		asBefore(t, dir, string(a.ID)+"-more.txt", more(t, db, path, a, told.Bytes()))
	}
	if err := db.Check(t.Context()); err != nil {
		t.Error(err)
	}
}

// more is the rest: the fold, each sample, and smaller and earlier frames.
func more(t *testing.T, db *store.DB, path string, a engine.Summary, printed []byte) []byte {
	t.Helper()
	kept, err := db.Events(t.Context(), a.ID, 0, 10_000)
	if err != nil {
		t.Fatal(err)
	}
	var p engine.Progress
	for _, e := range kept {
		p.Apply(e)
	}
	var all, events bytes.Buffer
	fmt.Fprintf(&all, "== fold\n%s", folded(t, &p))
	for i := range p.Samples {
		history(t, &all, path, fmt.Sprintf("show %s --sample %d", a.ID, i+1))
	}
	fmt.Fprintf(&all, "== replay, the third sample\n%s", replayed(t, db, a, 80, 24, "l", "l", "t", "o"))
	half := kept[:len(kept)/2]
	fmt.Fprintf(&all, "== replay of the first %d events\n%s", len(half), replayed(t, told(half), a, 80, 24))
	history(t, &events, path, "show "+string(a.ID)+" --events")
	if _, lines, _ := bytes.Cut(events.Bytes(), []byte("\n")); !bytes.Contains(printed, lines) {
		t.Errorf("attempt %s: show --events prints other lines than export --format jsonl", a.ID)
	}
	return all.Bytes()
}

func unpackOlder(t *testing.T, dir string) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "aimo3.db")
	kept, err := filepath.Glob(filepath.Join(dir, "*.db.gz"))
	if err != nil || len(kept) != 1 {
		t.Fatalf("%s holds %d databases, %v; want 1", dir, len(kept), err)
	}
	if err := os.WriteFile(path, unzipped(t, kept[0]), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// history runs one command on the database at path and adds what it prints.
func history(t *testing.T, to *bytes.Buffer, path, args string) {
	t.Helper()
	fmt.Fprintf(to, "== history %s\n", args)
	var said bytes.Buffer
	p := cli.Program{Open: logging{logbook.New(), slog.New(slog.DiscardHandler), observe.New(observe.Options{})}.open, OpenToRead: openToRead, Getenv: func(string) string { return "" }, Now: time.Now, Terminal: func(any) bool { return false }}
	code := cli.Run(context.WithoutCancel(t.Context()), p, append(strings.Fields("history "+args), "--db", path), strings.NewReader(""), to, &said)
	to.Write(said.Bytes()) // such as that nothing was found
	if code != 0 {
		t.Errorf("history %s: exit code %d, %s", args, code, &said)
	}
}

// replayed is the live screen at the end of a replay, after keys were pressed.
func replayed(t *testing.T, from screen.Library, a engine.Summary, width, height int, keys ...string) string {
	t.Helper()
	env := tuitest.Env(t, tuitest.Palette(t))
	env.Library = from
	d := tuitest.Drive(t, live.Replay(env, a, 0), width, height)
	d.Until("the end", func() bool { return strings.Contains(tuitest.Status(d.Screen), "at the end") })
	d.Press(keys...)
	lines := strings.Split(d.Frame(), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n") + "\n"
}

// folded tells what a Progress holds, in words that are not those of the code.
func folded(t *testing.T, p *engine.Progress) string {
	t.Helper()
	var b strings.Builder
	tell := func(what string, v any) {
		text, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "%s %s\n", what, text)
	}
	tell("attempt", []any{p.ID, p.Begun, p.Latest, p.Seq})
	tell("problem", p.Problem)
	tell("plan", p.Plan)
	tell("code", p.Code)
	for i := range p.Samples {
		s := &p.Samples[i]
		tell("sample", []any{i, s.State, s.Phase, s.Seed, s.Frames, s.Begun, s.First, s.Latest})
		tell("  thinking", s.Thinking.String())
		tell("  reply", s.Reply.String())
		tell("  writing", s.Writing.String())
		for _, c := range s.Cells {
			tell("  cell", []any{c.Code, c.Thinking, c.Reply, c.Begun, c.Cell})
		}
		tell("  answer", []any{s.Answer, s.Found, s.Ending, s.Confidence, s.Confidences})
		tell("  cause", []any{s.Cause, s.Todo})
	}
	tell("tally", p.Tally)
	for _, c := range p.Choices {
		tell("choice", []any{c.ChoiceStarted, c.Ended})
	}
	tell("warnings", p.Warnings)
	tell("verdict", p.Verdict)
	return b.String()
}

func asBefore(t *testing.T, dir, name string, got []byte) {
	t.Helper()
	want, err := os.ReadFile(filepath.Join(dir, name))
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
