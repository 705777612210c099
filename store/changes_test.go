package store

import (
	"path/filepath"
	"testing"
)

// TestChangesAreSeen: those of this program and of another, and that there were none.
func TestChangesAreSeen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "aimo3.db")
	d, other := quiet(t, path), quiet(t, path)
	changes := func() int64 {
		t.Helper()
		n, err := d.Changes(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	was := changes()
	if changes() != was {
		t.Error("something changed by itself")
	}
	for _, by := range []*DB{d, other} {
		attempt(t, by, "a"+"1", "first", "m", "1")
		if err := by.Delete(t.Context(), "a1"); err != nil {
			t.Fatal(err)
		}
		now := changes()
		if now == was {
			t.Error("a change was not seen")
		}
		if was = now; changes() != was {
			t.Error("a change was seen twice")
		}
	}
}
