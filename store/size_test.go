package store

import (
	"os"
	"path/filepath"
	"testing"
)

// TestSize: of the file with its log, wherever they are; and that it is gone is told.
func TestSize(t *testing.T) {
	d, err := Open(t.Context(), filepath.Join(t.TempDir(), "aimo3.db"), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	path, bytes, err := d.Size()
	want := int64(0)
	for _, name := range []string{d.path, d.path + "-wal"} {
		if at, err := os.Stat(name); err == nil {
			want += at.Size()
		}
	}
	if path != d.path || bytes != want || want == 0 || err != nil {
		t.Errorf("%s, %d bytes, %v; want %s, %d", path, bytes, err, d.path, want)
	}
	if err := os.Remove(d.path); err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.Size(); err == nil {
		t.Error("the file is gone, and it has a size")
	}
}
