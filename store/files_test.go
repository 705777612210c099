package store

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mattn/go-sqlite3"

	"github.com/aimo3/aimo3/engine"
)

// wantFault checks an error's class, that it holds every part, and that it says
// what to do.
func wantFault(t testing.TB, err error, class engine.Class, parts ...string) {
	t.Helper()
	if got := engine.ClassOf(err); err == nil || got != class {
		t.Errorf("error %v of class %s, want %s", err, got, class)
		return
	}
	for _, part := range parts {
		if !strings.Contains(engine.Hint(err), part) {
			t.Errorf("%q does not say %q", engine.Hint(err), part)
		}
	}
}

// ours is a store with one attempt, closed.
func ours(t *testing.T, path string) {
	t.Helper()
	d, err := Open(t.Context(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	record(t, d, story("a", 1, 400))
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
}

// execute runs a script on the file at path, as another program would.
func execute(t *testing.T, path, script string) {
	t.Helper()
	c, err := (&sqlite3.SQLiteDriver{}).Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	raw, ok := c.(*sqlite3.SQLiteConn)
	if !ok {
		t.Fatalf("a connection is a %T", c)
	}
	if _, err := raw.Exec(script, nil); err != nil {
		t.Fatal(err)
	}
}

func damage(t *testing.T, path string, at int64, with []byte) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.WriteAt(with, at)
	if err := errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
}

func beside(t *testing.T, path string) []string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func always(name string) func(string) (string, error) {
	return func(string) (string, error) { return name, nil }
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func mkdir(t *testing.T, path string) {
	t.Helper()
	if err := os.Mkdir(path, 0o700); err != nil {
		t.Fatal(err)
	}
}

func cut(t *testing.T, path string, size int64) {
	t.Helper()
	if err := os.Truncate(path, size); err != nil {
		t.Fatal(err)
	}
}

func sum(t *testing.T, path string) string {
	t.Helper()
	if at, err := os.Stat(path); err == nil && at.IsDir() {
		return "directory"
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%x", sha256.Sum256(b))
}

func read(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func containsAll(s string, parts ...string) bool {
	for _, part := range parts {
		if !strings.Contains(s, part) {
			return false
		}
	}
	return true
}
