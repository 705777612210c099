package store

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
)

func TestDeleteAndRestore(t *testing.T) {
	d := opened(t)
	attempt(t, d, "a1", "first", "m", "1")
	attempt(t, d, "a2", "second", "m", "1")
	before, events := listed(t, d), stored(t, d, "a2")
	for range 2 { // deleting twice is deleting
		if err := d.Delete(t.Context(), "a2"); err != nil {
			t.Fatal(err)
		}
	}
	equal(t, "listed", ids(listed(t, d)), "a1")
	if found, err := d.Attempts(t.Context(), engine.Filter{Words: "second"}); err != nil || len(found) > 0 {
		t.Errorf("found %v, %v", found, err)
	}
	if s, err := d.Attempt(t.Context(), "last"); err != nil || s.ID != "a1" {
		t.Errorf("last is %s, %v", s.ID, err)
	}
	gone := listedWith(t, d, engine.Filter{Words: "second", Terms: []engine.Term{{Key: engine.KeyIs, Value: "deleted"}}})
	if ids(gone) != "a2" || gone[0].Deleted.IsZero() {
		t.Errorf("deleted: %+v", gone)
	}
	if err := d.Restore(t.Context(), "a2"); err != nil {
		t.Fatal(err)
	}
	equal(t, "listed", listed(t, d), before)
	equal(t, "events", stored(t, d, "a2"), events)
	wantFault(t, d.Delete(t.Context(), "nobody"), engine.Invalid, "nobody")
	wantFault(t, d.Restore(t.Context(), "nobody"), engine.Invalid, "nobody")
}

func TestPurge(t *testing.T) {
	path := filepath.Join(t.TempDir(), "aimo3.db")
	d := openedAt(t, path)
	day := 24 * time.Hour
	for id, age := range map[engine.AttemptID]time.Duration{"kept": -1, "fresh": 6 * day, "stale": 8 * day} {
		attempt(t, d, id, "statement "+string(id), "m", "1")
		if age > 0 {
			if err := d.mark(t.Context(), id, stamped(time.Now().Add(-age))); err != nil {
				t.Fatal(err)
			}
		}
	}
	again := openedAt(t, path)
	s, err := again.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "left", [2]int{s.Attempts, s.Deleted}, [2]int{1, 1})
	equal(t, "events of stale", len(stored(t, again, "stale")), 0)
	equal(t, "events of fresh", len(stored(t, again, "fresh")), 4)
	wantFault(t, again.Restore(t.Context(), "stale"), engine.Invalid, "stale")
	var n int
	if err := again.reader.QueryRow(`SELECT count(*) FROM search WHERE search MATCH 'stale'`).Scan(&n); err != nil || n != 0 {
		t.Errorf("the index still finds %d of it, %v", n, err)
	}
	if err := again.Check(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestPurgeKeepsDamage: an attempt whose row is not as it was written stays, since
// it may be the time of its deletion that is wrong.
func TestPurgeKeepsDamage(t *testing.T) {
	path := filepath.Join(t.TempDir(), "aimo3.db")
	d := openedAt(t, path)
	for _, id := range []engine.AttemptID{"a1", "a2"} {
		attempt(t, d, id, "statement", "m", "1")
	}
	if err := d.mark(t.Context(), "a2", stamped(time.Now())); err != nil {
		t.Fatal(err)
	}
	if _, err := d.writer.Exec(`UPDATE attempts SET deleted_at = '2006-01-02T15:04:05Z'`); err != nil {
		t.Fatal(err)
	}
	again := openedAt(t, path)
	equal(t, "events left", [2]int{len(stored(t, again, "a1")), len(stored(t, again, "a2"))}, [2]int{4, 4})
}
