package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// Whatever the file, nothing panics, the fault says what is wrong and what to
// do, and the file stays as it is.
func TestOddFiles(t *testing.T) {
	const damaged = "the file is damaged"
	for name, c := range map[string]struct {
		script string // run on a store of one attempt
		says   string
	}{
		"version -1":                  {"PRAGMA user_version = -1", damaged},
		"the least version":           {"PRAGMA user_version = -2147483648", damaged},
		"a huge version":              {"PRAGMA user_version = 2147483647", damaged},
		"version 0 of our tables":     {"PRAGMA user_version = 0", damaged},
		"an older version than it is": {"PRAGMA user_version = 1", damaged},
		"no mark on our tables":       {"PRAGMA application_id = 0; PRAGMA user_version = 0", damaged},
		"a table dropped":             {"PRAGMA foreign_keys = 0; DROP TABLE events", damaged},
		"a view for a table":          {"ALTER TABLE attempts RENAME TO kept; CREATE VIEW attempts AS SELECT * FROM kept", damaged},
		"a view of itself":            {"DROP TABLE search; DROP TABLE events; DROP TABLE attempts; CREATE VIEW attempts AS SELECT * FROM events; CREATE VIEW events AS SELECT * FROM attempts", damaged},
		"a trigger of ours gone":      {"DROP TRIGGER events_never_change; CREATE TRIGGER x AFTER INSERT ON events BEGIN DELETE FROM attempts; END", damaged},
		"a trigger added":             {"CREATE TRIGGER x AFTER INSERT ON events BEGIN DELETE FROM attempts; END", damaged},
		"a temporary name":            {"CREATE TABLE \"trigger x\" (y); DROP TRIGGER events_stay", damaged},
		"an index added":              {"CREATE UNIQUE INDEX x ON attempts (model)", damaged},
		"a column added":              {"ALTER TABLE attempts ADD COLUMN x TEXT", damaged},
		"a generated column":          {"ALTER TABLE events ADD COLUMN x TEXT AS (upper(fact))", damaged},
		"a column renamed":            {"ALTER TABLE attempts RENAME COLUMN key TO keys", damaged},
		"the index of words replaced": {"DROP TABLE search; CREATE TABLE search (docid, statement, answer, model, id)", damaged},
		"a check that fails":          {"PRAGMA writable_schema = 1; UPDATE sqlite_schema SET sql = replace(sql, 'seq >= 0', 'seq < 0') WHERE name = 'events'", damaged},
		"a check that cannot be read": {"PRAGMA writable_schema = 1; UPDATE sqlite_schema SET sql = replace(sql, 'seq >= 0', 'seq >=') WHERE name = 'events'", damaged},
		"two tables in one place":     {"PRAGMA writable_schema = 1; UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'events') WHERE name = 'attempts'", ""},
		"a table beyond the file":     {"PRAGMA writable_schema = 1; UPDATE sqlite_schema SET rootpage = 99999 WHERE name = 'attempts'", "damaged"},
		"no schema":                   {"PRAGMA writable_schema = 1; DELETE FROM sqlite_schema", damaged},
		"a schema of nothing":         {"PRAGMA writable_schema = 1; UPDATE sqlite_schema SET sql = NULL", "damaged"},
		"types that are none":         {"PRAGMA writable_schema = 1; UPDATE sqlite_schema SET type = x'00ff'", ""},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "aimo3.db")
			ours(t, path)
			execute(t, path, c.script)
			before := sum(t, path)
			for way, open := range ways {
				d, err := open(t.Context(), path, nil)
				if err == nil {
					_, err = shown(t.Context(), path)
					_ = d.Close()
					err = errors.Join(err, d.Damage())
				}
				if !errors.Is(err, &engine.Fault{Class: engine.Storage}) || !strings.Contains(engine.Hint(err), c.says) || !strings.Contains(engine.Hint(err), " · ") {
					t.Errorf("%s: error %v, want %q", way, err, c.says)
				}
			}
			if c.says != "" {
				equal(t, "content", sum(t, path), before)
				equal(t, "files", beside(t, path), []string{"aimo3.db"})
			}
		})
	}
}

// Values of other kinds than are stored are told with their row, whoever wrote
// them, and all else is shown.
func TestOddRows(t *testing.T) {
	const unlock = "PRAGMA writable_schema = 1; UPDATE sqlite_schema SET sql = replace(sql, ' STRICT', '        ') WHERE name IN ('attempts', 'events'); PRAGMA writable_schema = RESET; DROP TRIGGER events_never_change; PRAGMA ignore_check_constraints = 1;"
	for name, c := range map[string]struct{ script, says string }{
		"a fact of another kind":     {"UPDATE events SET fact = x'7b7d' WHERE seq = 3", "event 3"},
		"a fact that is not JSON":    {"UPDATE events SET fact = '{' WHERE seq = 3", "event 3"},
		"a fact changed":             {"UPDATE events SET fact = replace(fact, '40', '41') WHERE seq = 3", "event 3: it does not fit its checksum"},
		"a sample that cannot be":    {"UPDATE events SET sum = NULL, fact = '{\"sample\":-7}' WHERE seq = 2; UPDATE attempts SET sum = NULL; UPDATE events SET sum = NULL", "nothing"},
		"no fact":                    {"UPDATE events SET fact = '' WHERE seq = 3", "event 3"},
		"a time that is none":        {"UPDATE events SET at = '2026-13-45T99:00:00.000000000Z' WHERE seq = 3", "event 3"},
		"a time as a number":         {"UPDATE events SET at = 7 WHERE seq = 3", "event 3"},
		"a kind that is none":        {"UPDATE events SET kind = x'ff' WHERE seq = 3", "event 3"},
		"a kind unknown":             {"UPDATE events SET kind = 'warmed' WHERE seq = 3", "event 3"},
		"an event moved":             {"UPDATE events SET seq = 77 WHERE seq = 3", "event 77"},
		"an event before all":        {"UPDATE events SET seq = -1 WHERE seq = 3", ""},
		"an event gone":              {"DROP TRIGGER events_stay; DELETE FROM events WHERE seq = 3", "what came before event 4 has gone"},
		"the first event gone":       {"DROP TRIGGER events_stay; DELETE FROM events WHERE seq = 1", "what came before event 2 has gone"},
		"the last event gone":        {"DROP TRIGGER events_stay; DELETE FROM events WHERE seq = 4", "its last events have gone"},
		"all events gone":            {"DROP TRIGGER events_stay; DELETE FROM events", "all its events have gone"},
		"an event without its sum":   {"UPDATE events SET sum = NULL WHERE seq = 3", "event 3"},
		"a sum of another kind":      {"UPDATE events SET sum = 'x' WHERE seq = 3", "event 3"},
		"an attempt without its sum": {"UPDATE attempts SET sum = NULL", "its row in the list"},
		"tokens changed":             {"UPDATE attempts SET tokens = 41", "its row in the list"},
		"samples as text":            {"UPDATE attempts SET samples = 'many'", "its row in the list"},
		"a begin that is no time":    {"UPDATE attempts SET begun = 'yesterday'", "its row in the list"},
		"a begin that is nothing":    {"UPDATE attempts SET begun = x''", "its row in the list"},
		"a verdict that is not JSON": {"UPDATE attempts SET verdict = '{\"of\":'", "its row in the list"},
		"a verdict changed":          {"UPDATE attempts SET verdict = replace(verdict, '\"votes\":1', '\"votes\":2')", "its row in the list"},
		"no verdict":                 {"UPDATE attempts SET verdict = NULL", "its row in the list"},
		"never ended":                {"UPDATE attempts SET verdict = NULL, ended = NULL", "its row in the list"},
		"hidden":                     {"UPDATE attempts SET deleted_at = '2026'", "its row in the list"},
		"a statement cut in a rune":  {"UPDATE attempts SET statement = CAST(x'e7ad' AS TEXT)", "its row in the list"},
		"an ID that steers":          {"PRAGMA foreign_keys = 0; UPDATE attempts SET id = char(27) || ']0;x'", `attempt "\x1b]0;x"`},
		"an ID as bytes":             {"PRAGMA foreign_keys = 0; UPDATE attempts SET id = x'00'", "its row in the list"},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "aimo3.db")
			d := openedAt(t, path)
			attempt(t, d, "a1", "first statement", "m", "7")
			execute(t, path, unlock+c.script)
			back := &DB{path: path, version: 2, reader: d.reader} // past the look at its tables
			if err := back.inspect(t.Context()); err != nil {
				t.Fatal(err)
			}
			_, _ = back.Attempts(t.Context(), engine.Filter{})
			events, err := back.Events(t.Context(), "a1", 0, 0)
			if err != nil || len(events) < 3 && name != "all events gone" {
				t.Errorf("%d events, %v", len(events), err)
			}
			var p engine.Progress
			for _, e := range events {
				p.Apply(e)
			}
			if c.says == "nothing" {
				equal(t, "damage", back.Damage(), nil)
				return
			}
			wantFault(t, back.Damage(), engine.Storage, c.says, path, "export")
		})
	}
}

// ways are those of opening a store.
var ways = map[string]func(context.Context, string, func(string)) (*DB, error){"to write": Open, "to read": OpenToRead}

// A store can be read where nothing may be written, and is left as it is.
func TestReadingWithoutTheRightToWrite(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only root can become nobody")
	}
	for _, c := range []struct {
		name      string
		file, dir fs.FileMode
		log       bool
		says      string
	}{
		{"file", 0o644, 0o777, false, "a second"},
		{"directory", 0o644, 0o755, false, "a second"},
		{"with a log", 0o644, 0o755, true, "its latest attempts are in"},
		{"unreadable", 0o600, 0o755, false, "cannot be opened"},
	} {
		t.Run(c.name, func(t *testing.T) {
			from, dir := filepath.Join(t.TempDir(), "aimo3.db"), t.TempDir()
			path := filepath.Join(dir, "aimo3.db")
			d := openedAt(t, from)
			attempt(t, d, "a1", "a second", "m", "7")
			files := []string{"aimo3.db"}
			if c.log { // a copy is what a kill would leave
				files = append(files, "aimo3.db-wal")
			} else if _, err := d.writer.Exec("PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
				t.Fatal(err)
			}
			for _, name := range files {
				write(t, filepath.Join(dir, name), read(t, filepath.Join(filepath.Dir(from), name)))
			}
			for p, mode := range map[string]fs.FileMode{filepath.Dir(dir): 0o755, path: c.file, path + "-wal": c.file, dir: c.dir} {
				if err := os.Chmod(p, mode); err != nil && !errors.Is(err, fs.ErrNotExist) {
					t.Fatal(err)
				}
			}
			before := sum(t, path)
			cmd := another(t, "list as nobody", path, 0)
			cmd.Stderr = nil
			out, err := cmd.Output()
			var exit *exec.ExitError
			if errors.As(err, &exit) {
				out = append(out, exit.Stderr...)
			}
			if !containsAll(string(out), c.says) {
				t.Errorf("it says %s, %v; want %q", out, err, c.says)
			}
			equal(t, "content", sum(t, path), before)
			equal(t, "files", beside(t, path), files)
		})
	}
}

// A database that others can read is closed to them, or that is said.
func TestWideModesAreNarrowed(t *testing.T) {
	for way, open := range ways {
		path := filepath.Join(t.TempDir(), "aimo3.db")
		ours(t, path)
		if err := os.Chmod(path, 0o664); err != nil {
			t.Fatal(err)
		}
		var said []string
		for range 2 {
			d, err := open(t.Context(), path, func(line string) { said = append(said, line) })
			if err != nil {
				t.Fatal(err)
			}
			if err := d.Close(); err != nil {
				t.Error(err)
			}
		}
		at, err := os.Stat(path)
		if err != nil || at.Mode().Perm() != 0o600 {
			t.Errorf("%s: mode %v, %v", way, at, err)
		}
		equal(t, way+" says", said, []string{"others could read or write " + path + " (mode 0664); now only you can"})
	}
}

// Who waits for another program's lock says so, goes on waiting, and writes once
// it is free.
func TestAWriterThatWaitsSaysSo(t *testing.T) {
	d := opened(t)
	attempt(t, d, "a1", "first", "m", "1")
	other := openedAt(t, d.Path())
	d.teller.patience = time.Millisecond
	for name, do := range map[string]func() error{
		"recording": func() error { return d.commit(story("b", 1, 20)) },
		"deleting":  func() error { return d.Delete(t.Context(), "a1") },
	} {
		lock, err := other.writer.BeginTx(t.Context(), &sql.TxOptions{})
		if err != nil {
			t.Fatal(err)
		}
		said := make(chan string, 10)
		d.Tell(func(line string) { said <- line })
		done := make(chan error, 1)
		go func() { done <- do() }()
		if line := <-said; line != "waiting for another program that writes to "+d.Path() {
			t.Errorf("%s: says %q", name, line)
		}
		select {
		case err := <-done:
			t.Errorf("%s: did not wait: %v", name, err)
		default:
		}
		if err := lock.Rollback(); err != nil {
			t.Fatal(err)
		}
		if err := <-done; err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestALinkThatLeadsNowhere(t *testing.T) {
	dir := t.TempDir()
	for name, to := range map[string]string{"nowhere": filepath.Join(dir, "gone", "x.db"), "itself": filepath.Join(dir, "itself")} {
		path := filepath.Join(dir, name)
		if err := os.Symlink(to, path); err != nil {
			t.Fatal(err)
		}
		for _, open := range ways {
			_, err := open(t.Context(), path, nil)
			wantFault(t, err, engine.Storage, path, "a link to "+to, "remove the link")
		}
	}
	if _, err := OpenToRead(t.Context(), filepath.Join(dir, "none"), nil); err == nil {
		t.Error("a file that is not there was opened")
	}
	equal(t, "files", fmt.Sprint(beside(t, filepath.Join(dir, "x"))), "[itself nowhere]")
}

// What should be a log or a journal beside the store and is not is never opened,
// which for a pipe would wait for ever, nor are its rights changed.
func TestOddFilesBesideIt(t *testing.T) {
	for name, put := range map[string]func(string) error{
		"a pipe":      func(p string) error { return syscall.Mkfifo(p, 0o644) },
		"a directory": func(p string) error { return os.Mkdir(p, 0o755) },
		"a link":      func(p string) error { return os.Symlink("/nowhere/x", p) },
	} {
		for _, end := range []string{"-wal", "-shm", "-journal"} {
			path := filepath.Join(t.TempDir(), "aimo3.db")
			ours(t, path)
			if err := put(path + end); err != nil {
				t.Fatal(err)
			}
			before, err := os.Lstat(path + end)
			if err != nil {
				t.Fatal(err)
			}
			for _, open := range ways {
				_, err := open(t.Context(), path, nil)
				wantFault(t, err, engine.Storage, path+end+" is not a file", "move that away")
			}
			if after, err := os.Lstat(path + end); err != nil || after.Mode() != before.Mode() {
				t.Errorf("%s%s: %v, %v", name, end, after, err)
			}
		}
	}
}

// To read a store whose log is damaged leaves the log as it is.
func TestADamagedLogIsKept(t *testing.T) {
	path := filepath.Join(t.TempDir(), "aimo3.db")
	ours(t, path)
	write(t, path+"-wal", strings.Repeat("what a disk made of it", 500))
	before := sum(t, path+"-wal")
	for range 2 {
		if _, err := shown(t.Context(), path); !errors.Is(err, &engine.Fault{Class: engine.Storage}) || !strings.Contains(err.Error(), "its log cannot be read") {
			t.Errorf("error %v", err)
		}
		equal(t, "log", sum(t, path+"-wal"), before)
	}
}

// apart runs a test in a process of its own, since a limit that it sets is on all that the
// process writes, and says whether this is that process.
func apart(t *testing.T) bool {
	t.Helper()
	const variable = "STORE_TEST_APART"
	if os.Getenv(variable) != "" {
		return true
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$")
	cmd.Env = append(os.Environ(), variable+"=1")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	return false
}

// TestReadingWithoutRoom is of a limit on the size of files, as of a full disk: to
// read needs no room, unless there is a log to read.
func TestReadingWithoutRoom(t *testing.T) {
	if !apart(t) {
		return
	}
	path, logged := filepath.Join(t.TempDir(), "aimo3.db"), filepath.Join(t.TempDir(), "aimo3.db")
	ours(t, path)
	execute(t, logged, "PRAGMA journal_mode = WAL")
	d := openedAt(t, logged)
	record(t, d, story("a", 1, 30))
	copied := filepath.Join(t.TempDir(), "aimo3.db")
	for _, end := range []string{"", "-wal"} {
		text, err := os.ReadFile(logged + end)
		if err != nil {
			t.Fatal(err)
		}
		write(t, copied+end, string(text))
	}
	var was syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &was); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 1000, Max: was.Max}); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = syscall.Setrlimit(syscall.RLIMIT_FSIZE, &was) }()
	r, err := OpenToRead(t.Context(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.Attempts(t.Context(), engine.Filter{}); err != nil || r.Damage() != nil {
		t.Errorf("%v, %v", err, r.Damage())
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
	for name, open := range map[string]func() (*DB, error){
		"to read":  func() (*DB, error) { return OpenToRead(t.Context(), copied, nil) },
		"to write": func() (*DB, error) { return Open(t.Context(), copied, nil) },
	} {
		if _, err := open(); err == nil || !strings.Contains(engine.Hint(err), "the limit on a file's size is reached") {
			t.Errorf("%s, with a log: %v", name, err)
		}
	}
}

func TestAStoreOpenedToReadKeepsNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "aimo3.db")
	several(t, path)
	d, err := OpenToRead(t.Context(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	rec := d.Record(nil)
	for _, e := range story("e1", 1, 30) {
		_ = rec.Put(e) // the error comes when it is closed, at the latest
	}
	for doing, err := range map[string]error{"record": rec.Close(), "delete": d.Delete(t.Context(), "a1"), "close": d.Close()} {
		if doing != "close" {
			wantFault(t, err, engine.Storage, "opened only to be read")
		} else if err != nil {
			t.Error(err)
		}
	}
}
