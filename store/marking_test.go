package store

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// TestMarks: what a person says is kept beside an attempt, whose events stay as they were,
// and is found; an attempt that is removed takes it along.
func TestMarks(t *testing.T) {
	d := opened(t)
	for _, id := range []engine.AttemptID{"a1", "a2", "a3"} {
		attempt(t, d, id, "first", "m", "1")
	}
	before := stored(t, d, "a1")
	wrong := false
	said := engine.Marks{Starred: true, Tags: []string{"geometry", "hard"}, Note: "lost\na sign", Expected: "42", Right: &wrong}
	mark := func(id engine.AttemptID, m engine.Marks) {
		t.Helper()
		if _, err := d.Mark(t.Context(), id, m.Alone()); err != nil {
			t.Fatal(err)
		}
	}
	find := func(query, want string) {
		t.Helper()
		f, err := engine.ParseFilter(query, time.Now())
		if err != nil {
			t.Fatal(err)
		}
		equal(t, query, ids(listedWith(t, d, f)), want)
	}
	mark("a1", said)
	mark("a1", said) // to say it again changes nothing
	mark("a2", engine.Marks{Tags: []string{"hard"}})
	equal(t, "marks", listed(t, d)[2].Marks, said)
	if a, err := d.Attempt(t.Context(), "a1"); err != nil || !a.Marks.Starred {
		t.Errorf("%+v, %v", a, err)
	}
	equal(t, "events", stored(t, d, "a1"), before)
	find("is:starred", "a1")
	find("tag:hard", "a2 a1")
	find("tag:HARD tag:#geometry", "a1")
	find("tag:har", "")
	find("is:wrong", "a1")
	find("is:right", "")
	mark("a1", engine.Marks{Tags: []string{"hard"}})
	find("is:starred", "")
	find("is:wrong", "")
	equal(t, "marks", listed(t, d)[2].Marks, engine.Marks{Tags: []string{"hard"}})
	mark("a1", engine.Marks{})
	find("tag:hard", "a2")
	mark("a1", engine.Marks{Note: "so"})
	_, err := d.Mark(t.Context(), "nobody", said.Alone())
	wantFault(t, err, engine.Invalid, "nobody")
	_, err = d.Mark(t.Context(), "a1", engine.Marks{Tags: []string{"a b"}}.Alone())
	wantFault(t, err, engine.Invalid, "is no tag")

	if err := d.mark(t.Context(), "a2", stamped(start)); err != nil {
		t.Fatal(err)
	}
	if err := d.purge(t.Context(), time.Now()); err != nil {
		t.Fatal(err)
	}
	var left int
	if err := d.reader.QueryRow(`SELECT count(*) FROM marks`).Scan(&left); err != nil || left != 1 {
		t.Errorf("%d marks are left, %v", left, err)
	}
	if err := d.Check(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestWhatTwoSayOfAnAttemptStays: of remarks that come at once none is lost, since each is
// made of the marks that are there when it is kept.
func TestWhatTwoSayOfAnAttemptStays(t *testing.T) {
	path := filepath.Join(t.TempDir(), "aimo3.db")
	d, other := quiet(t, path), quiet(t, path)
	attempt(t, d, "a1", "first", "m", "1")
	var wait sync.WaitGroup
	for i, by := range []*DB{d, other} {
		for j := range 4 {
			wait.Go(func() {
				if _, err := by.Mark(t.Context(), "a1", func(m engine.Marks) engine.Marks {
					m.Tags = append(slices.Clone(m.Tags), fmt.Sprintf("t%d%d", i, j))
					return m
				}); err != nil {
					t.Error(err)
				}
			})
		}
	}
	wait.Wait()
	equal(t, "tags", strings.Join(listed(t, d)[0].Marks.Tags, " "), "t00 t01 t02 t03 t10 t11 t12 t13")
}

// TestDamagedMarksAreTold, and the rest is shown.
func TestDamagedMarksAreTold(t *testing.T) {
	d := opened(t)
	attempt(t, d, "a1", "first", "m", "1")
	if _, err := d.Mark(t.Context(), "a1", engine.Marks{Starred: true, Note: "so"}.Alone()); err != nil {
		t.Fatal(err)
	}
	if _, err := d.writer.Exec(`UPDATE marks SET value = 'no' WHERE kind = 'note'`); err != nil {
		t.Fatal(err)
	}
	equal(t, "marks", listed(t, d)[0].Marks, engine.Marks{Starred: true})
	wantFault(t, d.Damage(), engine.Storage, "attempt a1, what it is marked with")
}

// TestMarksAreRecovered with the attempts they are of.
func TestMarksAreRecovered(t *testing.T) {
	path, to := filepath.Join(t.TempDir(), "aimo3.db"), filepath.Join(t.TempDir(), "new.db")
	d := quiet(t, path)
	attempt(t, d, "a1", "first", "m", "1")
	said := engine.Marks{Starred: true, Tags: []string{"x", "y"}, Note: "so"}
	if _, err := d.Mark(t.Context(), "a1", said.Alone()); err != nil {
		t.Fatal(err)
	}
	if _, err := d.writer.Exec(`PRAGMA wal_checkpoint(TRUNCATE)`); err != nil {
		t.Fatal(err)
	}
	copied := filepath.Join(t.TempDir(), "copy.db")
	if err := d.Backup(t.Context(), copied); err != nil {
		t.Fatal(err)
	}
	if _, err := Recover(t.Context(), copied, to); err != nil {
		t.Fatal(err)
	}
	equal(t, "marks", listed(t, quiet(t, to))[0].Marks, said)
}
