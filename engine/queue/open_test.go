package queue

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/aimo3/aimo3/engine"
)

// child is set for a process that only opens the queue that is its argument.
const child = "QUEUE_TEST_CHILD"

func TestMain(m *testing.M) {
	if os.Getenv(child) == "" {
		os.Exit(m.Run())
	}
	q, err := Open(context.Background(), Options{Path: os.Args[1]})
	if err == nil {
		err = q.Close()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// TestProgramsOpenANewFileAtOnce: one makes it, and the others find it whole.
func TestProgramsOpenANewFileAtOnce(t *testing.T) {
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for range 5 {
		path := filepath.Join(t.TempDir(), "queue")
		var all sync.WaitGroup
		for range 6 {
			all.Go(func() {
				cmd := exec.CommandContext(t.Context(), exe, path)
				cmd.Env = append(os.Environ(), child+"=1")
				if out, err := cmd.CombinedOutput(); err != nil {
					t.Errorf("%v: %s", err, out)
				}
			})
		}
		all.Wait()
		about, err := os.Stat(path)
		if err != nil || about.Mode().Perm() != 0o600 {
			t.Errorf("%v, %v", about, err)
		}
		openedAt(t, path, nil)
	}
}

// TestOpenGoesOn: what a program left that was killed while it made the file is made whole.
func TestOpenGoesOn(t *testing.T) {
	path := filepath.Join(t.TempDir(), "queue")
	if err := os.WriteFile(path, nil, 0o600); err != nil { // it made no more than the file
		t.Fatal(err)
	}
	q := openedAt(t, path, nil)
	for _, drop := range []string{"DROP TABLE river_migration", "DROP TABLE river_job", "DROP TABLE river_leader", "DROP TABLE river_queue", "DROP TABLE river_client", "DROP TABLE river_client_queue", "DROP TABLE river_notification"} {
		_, _ = q.db.ExecContext(t.Context(), drop) // what there is of River's
	}
	if err := q.Close(); err != nil {
		t.Fatal(err)
	}
	q = openedAt(t, path, nil)
	begun(t, q, 2)
}

// TestRefused: a file that is none of ours, or of a newer program, and one that cannot be
// opened, are named, and stay as they are.
func TestRefused(t *testing.T) {
	change := func(t *testing.T, path, script string) {
		t.Helper()
		db := connect(path, url.Values{"mode": {"rwc"}})
		if _, err := db.ExecContext(t.Context(), script); err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
	ours := func(t *testing.T, path string) {
		t.Helper()
		if err := openedAt(t, path, nil).Close(); err != nil {
			t.Fatal(err)
		}
	}
	for name, tt := range map[string]struct {
		make func(t *testing.T, path string)
		want string
	}{
		"another program's": {func(t *testing.T, path string) { change(t, path, "CREATE TABLE notes (text)") }, "it is another program's"},
		"a newer one of ours": {func(t *testing.T, path string) {
			ours(t, path)
			change(t, path, "PRAGMA user_version = 99")
		}, "a newer aimo3 wrote it"},
		"a newer River's": {func(t *testing.T, path string) {
			ours(t, path)
			change(t, path, "INSERT INTO river_migration (line, version) VALUES ('main', 999)")
		}, "a newer aimo3 wrote it"},
		"a text": {func(t *testing.T, path string) {
			if err := os.WriteFile(path, bytes.Repeat([]byte("no database "), 100), 0o600); err != nil {
				t.Fatal(err)
			}
		}, "it holds something else"},
		"a folder": {func(t *testing.T, path string) {
			if err := os.Mkdir(path, 0o700); err != nil {
				t.Fatal(err)
			}
		}, "cannot be opened"},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "queue")
			tt.make(t, path)
			before, _ := os.ReadFile(path)
			q, err := Open(t.Context(), Options{Path: path})
			if q != nil || !errors.Is(err, &engine.Fault{Class: engine.Storage}) || !strings.Contains(err.Error(), tt.want) || !strings.Contains(engine.Hint(err), "--queue-db") {
				t.Errorf("%v; want %q", err, tt.want)
			}
			if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
				t.Error("the file was changed")
			}
		})
	}
	t.Run("nowhere", func(t *testing.T) {
		_, err := Open(t.Context(), Options{Path: filepath.Join(t.TempDir(), "none", "queue")})
		if !errors.Is(err, fs.ErrNotExist) || !errors.Is(err, &engine.Fault{Class: engine.Storage}) {
			t.Error(err)
		}
	})
}

// TestOneDriver: nothing that the queue stands on brings another SQLite into the program.
func TestOneDriver(t *testing.T) {
	if drivers := sql.Drivers(); !slices.Equal(drivers, []string{"sqlite3"}) {
		t.Errorf("drivers %v", drivers)
	}
}
