package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// documents is an attempt of eight samples that write the documents of this project,
// so many bytes in each event.
func documents(t testing.TB, id engine.AttemptID, size int) (all []engine.Event) {
	t.Helper()
	files, err := filepath.Glob("../docs/*.md")
	if err != nil || len(files) < 8 {
		t.Fatal(files, err)
	}
	tell := func(f engine.Fact) {
		n := len(all)
		at := start.Add(time.Duration(n)*12_345_678 + time.Duration(n*n%7919)*1009)
		all = append(all, engine.Event{Attempt: id, Seq: uint64(5*n + 1), At: at, Fact: f}) //nolint:gosec // small
	}
	tell(engine.AttemptStarted{Problem: engine.Problem{Statement: "Write."}, Plan: engine.Plan{Model: "m", Samples: 8}.WithDefaults()})
	var texts [8]string
	for i := range texts {
		b, err := os.ReadFile(files[i])
		if err != nil {
			t.Fatal(err)
		}
		texts[i] = string(b)
	}
	for left := true; left; {
		left = false
		for i, text := range texts {
			n := min(size, len(text))
			if texts[i] = text[n:]; n > 0 {
				left = true
				tell(engine.Delta{Sample: i, Channel: engine.Thinking, Text: strings.ToValidUTF8(text[:n], "?"), Frames: 1 + n/4})
			}
		}
	}
	tell(engine.AttemptFinished{Verdict: engine.Verdict{Why: engine.AllEnded}})
	return all
}

// An attempt of long samples takes a third of the room or less, and what it leaves is
// filled by the next one.
func TestAThirdOfTheRoom(t *testing.T) {
	d := quiet(t, filepath.Join(t.TempDir(), "aimo3.db"))
	empty, _ := room(t, d)
	if err := d.commit(documents(t, "a", 120)); err != nil {
		t.Fatal(err)
	}
	before, whole := room(t, d)
	compressed(t, d)
	after, _ := room(t, d)
	t.Logf("%d pages became %d", before-empty, after-empty)
	if 3*(after-empty) > before-empty {
		t.Errorf("%d pages became %d", before-empty, after-empty)
	}
	for _, id := range []engine.AttemptID{"b", "c"} {
		if err := d.commit(documents(t, id, 120)); err != nil {
			t.Fatal(err)
		}
		compressed(t, d)
	}
	if used, pages := room(t, d); pages > whole+used-after+20 {
		t.Errorf("%d pages of which %d are used; with one attempt it was %d", pages, used, whole)
	}
}

// room is how many pages of the file hold something, and how many there are.
func room(t *testing.T, d *DB) (used, pages int) {
	t.Helper()
	if err := d.writer.QueryRow(`SELECT page_count - freelist_count, page_count FROM pragma_page_count, pragma_freelist_count`).Scan(&used, &pages); err != nil {
		t.Fatal(err)
	}
	return used, pages
}

// A full disk, or whatever else ends the work, leaves an attempt of which some is
// compressed and some is not: it reads as it was, and another time it is done.
func TestHalfCompressed(t *testing.T) {
	d := quiet(t, filepath.Join(t.TempDir(), "aimo3.db"))
	put := story("a", 9, 15_000)
	if err := d.commit(put); err != nil {
		t.Fatal(err)
	}
	rows, err := d.run(t.Context(), "a", -1)
	if err != nil {
		t.Fatal(err)
	}
	b, ok := newBlock("a", rows)
	if !ok {
		t.Fatal("no block")
	}
	_, pages := room(t, d)
	if _, err := d.writer.Exec(fmt.Sprintf("PRAGMA max_page_count = %d", pages)); err != nil {
		t.Fatal(err)
	}
	if err := d.compressAll(t.Context(), 0); !isFull(err) {
		t.Errorf("no room: %v", err)
	}
	equal(t, "without room", told(all(t, d, "a")), told(put))
	equal(t, "blocks", blocksOf(t, d), 0)
	if _, err := d.writer.Exec("PRAGMA max_page_count = 1000000"); err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{d.replace(b), d.replace(b)} { // the second time it is there
		if err != nil {
			t.Fatal(err)
		}
	}
	equal(t, "blocks", blocksOf(t, d), 1)
	equal(t, "half", told(all(t, d, "a")), told(put))
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if err := d.compressAll(stopped, time.Hour); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	compressed(t, d)
	equal(t, "whole", told(all(t, d, "a")), told(put))
	if err := d.Check(t.Context()); err != nil {
		t.Error(err)
	}
}

// A store that was opened to be read before another program brought it to the version
// with blocks is read rightly after that, too.
func TestReadingWhileAnotherProgramMigrates(t *testing.T) {
	path := filepath.Join(t.TempDir(), "aimo3.db")
	scripts, err := migrations()
	if err != nil {
		t.Fatal(err)
	}
	execute(t, path, strings.Join(scripts[:blocksSince-1], ";")+fmt.Sprintf("; PRAGMA application_id = %d; PRAGMA user_version = %d; PRAGMA journal_mode = WAL", applicationID, blocksSince-1))
	old := &DB{path: path, version: blocksSince - 1, writer: handle(path, 1, nil)}
	put := story("a", 9, 300)
	if err := errors.Join(old.commit(put), old.writer.Close()); err != nil {
		t.Fatal(err)
	}
	early, err := OpenToRead(t.Context(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = early.Close() }()
	equal(t, "version", early.version, blocksSince-1)
	equal(t, "before", stored(t, early, "a"), put)
	equal(t, "checked before", early.Check(t.Context()), nil)
	compressed(t, quiet(t, path))
	equal(t, "after", stored(t, early, "a"), put)
	equal(t, "checked after", early.Check(t.Context()), nil)
}
