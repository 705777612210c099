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

// TestADeletedAttemptIsNamed where it is asked for, with how it comes back, and does not go on:
// what that came to would go with it.
func TestADeletedAttemptIsNamed(t *testing.T) {
	d := opened(t)
	attempt(t, d, "abc1", "first", "m", "1")
	r := d.Record(nil)
	for _, e := range story("abd2", 3, 40)[:30] {
		if err := r.Put(e); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	taken, err := d.claim("abd2")
	if err != nil {
		t.Fatal(err)
	}
	wantFault(t, d.Delete(t.Context(), "abd2"), engine.Invalid, "attempt abd2 is running and cannot be deleted")
	taken.release()
	for _, id := range []engine.AttemptID{"abc1", "abd2"} {
		if err := d.Delete(t.Context(), id); err != nil {
			t.Fatal(err)
		}
	}
	_, err = d.Attempt(t.Context(), "abc")
	wantFault(t, err, engine.Invalid, "attempt abc1 is deleted · `aimo3 history restore abc1` brings it back")
	_, err = d.Attempt(t.Context(), "ab")
	wantFault(t, err, engine.Invalid, "no attempt is named")
	_, _, err = d.Resume(t.Context(), "abd2", nil)
	wantFault(t, err, engine.Invalid, "attempt abd2 is deleted")
	if err := d.Restore(t.Context(), "abd2"); err != nil {
		t.Fatal(err)
	}
	again, _, err := d.Resume(t.Context(), "abd2", nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := again.Close(); err != nil {
		t.Error(err)
	}
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
