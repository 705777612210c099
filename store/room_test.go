package store

import (
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
