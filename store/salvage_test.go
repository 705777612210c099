package store

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
)

func TestBackup(t *testing.T) {
	path, to := filepath.Join(t.TempDir(), "aimo3.db"), filepath.Join(t.TempDir(), "copy.db")
	d := openedAt(t, path)
	record(t, d, story("a1", 2, 110))
	attempt(t, d, "a2", "second statement", "m", "7")
	if err := d.Backup(t.Context(), to); err != nil {
		t.Fatal(err)
	}
	wantFault(t, d.Backup(t.Context(), to), engine.Invalid, "is there already")
	equal(t, "files", beside(t, to), []string{"copy.db"})
	if at, err := os.Stat(to); err != nil || at.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", at.Mode(), err)
	}
	t.Chdir(filepath.Dir(to)) // a path as it is typed
	if err := d.Backup(t.Context(), "here.db"); err != nil {
		t.Error(err)
	}
	if _, err := Recover(t.Context(), "here.db", "again.db"); err != nil {
		t.Error(err)
	}
	equal(t, "files", beside(t, to), []string{"again.db", "copy.db", "here.db"})
	copied := openedAt(t, to)
	equal(t, "events", stored(t, copied, "a1"), stored(t, d, "a1"))
	equal(t, "list", listed(t, copied), listed(t, d))
	if found, err := copied.Attempts(t.Context(), engine.Filter{Words: "second"}); err != nil || ids(found) != "a2" {
		t.Errorf("found %q, %v", ids(found), err)
	}
}

// A backup of what is damaged is refused, and leaves nothing.
func TestBackupOfDamage(t *testing.T) {
	path, to := filepath.Join(t.TempDir(), "aimo3.db"), filepath.Join(t.TempDir(), "copy.db")
	several(t, path)
	write(t, path, strings.ReplaceAll(read(t, path), `"model":"qwen3:8b"`, `"model":"qwen3:9b"`))
	d, err := OpenToRead(t.Context(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	wantFault(t, d.Backup(t.Context(), to), engine.Storage, "damaged")
	equal(t, "files", beside(t, to), []string(nil))
	_ = d.Close()
}

// Whatever becomes of the header, the tables, or the place of the pages, every event
// that is left is found; the damaged file stays as it was.
func TestRecover(t *testing.T) {
	for name, wreck := range map[string]func(t *testing.T, path string){
		"nothing":         func(*testing.T, string) {},
		"the header":      func(t *testing.T, p string) { damage(t, p, 0, bytes.Repeat([]byte{7}, 100)) },
		"the first page":  func(t *testing.T, p string) { damage(t, p, 0, bytes.Repeat([]byte{0xee}, 4096)) },
		"the application": func(t *testing.T, p string) { execute(t, p, "PRAGMA application_id = 42") },
		"a table":         func(t *testing.T, p string) { execute(t, p, "DROP TABLE search") },
	} {
		t.Run(name, func(t *testing.T) {
			path, to := filepath.Join(t.TempDir(), "aimo3.db"), filepath.Join(t.TempDir(), "new.db")
			several(t, path)
			whole := openedAt(t, copyOf(t, path))
			wreck(t, path)
			before := sum(t, path)
			found, err := Recover(t.Context(), path, to)
			if err != nil || found.Attempts != 5 || found.Orphans != 0 {
				t.Fatalf("%+v, %v", found, err)
			}
			equal(t, "damaged file", sum(t, path), before)
			d := quiet(t, to)
			if blocksOf(t, d) == 0 {
				t.Error("what was recovered is not compressed")
			}
			for _, id := range []engine.AttemptID{"a1", "a2", "b1", "c1", "d1"} {
				equal(t, "events of "+string(id), stored(t, d, id), stored(t, whole, id))
			}
			if all := listed(t, d); len(all) != 4 {
				t.Errorf("listed %s", ids(all))
			}
			if err := d.Restore(t.Context(), "d1"); err != nil {
				t.Error(err)
			}
		})
	}
}

// What is in the log alone is found too.
func TestRecoverFromTheLog(t *testing.T) {
	path, to := filepath.Join(t.TempDir(), "aimo3.db"), filepath.Join(t.TempDir(), "new.db")
	d := openedAt(t, path)
	record(t, d, story("a1", 2, 110))
	wrecked := copyOf(t, path)
	write(t, wrecked+"-wal", read(t, path+"-wal"))
	damage(t, wrecked, 0, bytes.Repeat([]byte{7}, 100))
	if found, err := Recover(t.Context(), wrecked, to); err != nil || found.Attempts != 1 {
		t.Fatalf("%+v, %v", found, err)
	}
	equal(t, "events", stored(t, openedAt(t, to), "a1"), stored(t, d, "a1"))
}

// Nothing that a file may hold ends the program; what is gone of an attempt is told.
func TestRecoverWhatIsLeft(t *testing.T) {
	path := filepath.Join(t.TempDir(), "aimo3.db")
	several(t, path)
	file := []byte(read(t, path))
	r := rand.New(rand.NewPCG(3, 4))
	told := false
	for range 60 {
		b := append([]byte(nil), file...)
		for range 40 {
			b[r.IntN(len(b))] ^= byte(1 + r.IntN(255))
		}
		dir := t.TempDir()
		wrecked, to := filepath.Join(dir, "aimo3.db"), filepath.Join(dir, "new.db")
		write(t, wrecked, string(b))
		if _, err := Recover(t.Context(), wrecked, to); err != nil {
			if !errors.Is(err, &engine.Fault{Class: engine.Storage}) {
				t.Error(err)
			}
			continue
		}
		d := openedAt(t, to)
		for _, s := range listed(t, d) {
			for _, e := range stored(t, d, s.ID) {
				w, ok := e.Fact.(engine.Warning)
				told = told || ok && strings.Contains(w.Text, "not recovered")
			}
		}
	}
	if !told {
		t.Error("no gap was told")
	}
	text := filepath.Join(t.TempDir(), "text")
	write(t, text, strings.Repeat("no database\n", 1000))
	_, err := Recover(t.Context(), text, text+".new")
	wantFault(t, err, engine.Storage, "nothing in it can be recognised")
}

// What never ends is not read.
func TestRecoverFromNoFile(t *testing.T) {
	dir := t.TempDir()
	pipe := filepath.Join(dir, "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{pipe, "/dev/zero", dir} {
		_, err := Recover(t.Context(), path, filepath.Join(dir, "new.db"))
		wantFault(t, err, engine.Storage, "it is not a file")
	}
	equal(t, "files", beside(t, pipe), []string{"pipe"})
	d := opened(t)
	wantFault(t, d.Backup(t.Context(), ""), engine.Invalid, "has no name")
}

func TestPutAside(t *testing.T) {
	path := filepath.Join(t.TempDir(), "aimo3.db")
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	for i, want := range []string{".unreadable-20260301-120000", ".unreadable-20260301-120000-2"} {
		ours(t, path)
		write(t, path+"-wal", "left")
		damage(t, path, 0, bytes.Repeat([]byte{7}, 100))
		before := sum(t, path)
		_, err := Open(t.Context(), path, nil)
		if !Unreadable(err) {
			t.Errorf("%v is not unreadable", err)
		}
		to, err := PutAside(path, now)
		if err != nil || to != path+want || sum(t, to) != before || read(t, to+"-wal") != "left" {
			t.Errorf("round %d: %s, %v", i, to, err)
		}
	}
	if found, err := Recover(t.Context(), path+".unreadable-20260301-120000", path+".new"); err != nil || found.Attempts != 1 {
		t.Errorf("%+v, %v", found, err)
	}
}

func copyOf(t *testing.T, path string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "aimo3.db")
	write(t, to, read(t, path))
	return to
}
