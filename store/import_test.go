package store

import (
	"path/filepath"
	"sync"
	"testing"

	"github.com/aimo3/aimo3/engine"
)

// An attempt is imported whole, and once: another one with its ID changes nothing, also if
// both come at once from two programs.
func TestImportOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "aimo3.db")
	dbs := []*DB{openedAt(t, path), openedAt(t, path)}
	ways := [][]engine.Event{story("a1", 1, 300), story("a1", 2, 200)}
	var fresh [2]bool
	var both sync.WaitGroup
	for i, d := range dbs {
		both.Go(func() {
			var err error
			if fresh[i], err = d.Import(t.Context(), ways[i]); err != nil {
				t.Error(err)
			}
		})
	}
	both.Wait()
	if fresh[0] == fresh[1] {
		t.Fatalf("fresh: %v", fresh)
	}
	first := 0
	if fresh[1] {
		first = 1
	}
	equal(t, "fold", told(stored(t, dbs[0], "a1")), told(ways[first]))
	if again, err := dbs[0].Import(t.Context(), ways[1-first]); again || err != nil {
		t.Errorf("imported again: %v, %v", again, err)
	}
	if err := dbs[0].Check(t.Context()); err != nil {
		t.Error(err)
	}
}

// What cannot be kept whole is not kept.
func TestImportAllOrNothing(t *testing.T) {
	d := opened(t)
	events := story("a1", 1, 100)
	events[len(events)-1].Seq-- // which another one has
	if fresh, err := d.Import(t.Context(), events); err == nil {
		t.Fatalf("imported: %v", fresh)
	}
	if here, _, err := d.Stored(t.Context(), "a1"); here || err != nil {
		t.Errorf("stored: %v, %v", here, err)
	}
}
