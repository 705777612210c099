package store

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/mattn/go-sqlite3"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/secure/audit"
)

// Backup writes the store into a new file at path, whole or not at all: it is made
// beside its place, opened again, read through to the last checksum, counted against
// the store, and only then given its name. Other programs may go on writing.
func (d *DB) Backup(ctx context.Context, path string) error {
	if _, err := os.Lstat(path); err == nil {
		return &engine.Fault{Class: engine.Invalid, What: path + " is there already", Todo: "name a new file, or move that one away"}
	}
	dir, err := folderBeside(path)
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	made := filepath.Join(dir, "aimo3.db")
	if err := d.copyTo(ctx, made); err != nil {
		return fault(d.path, "back up", err)
	}
	return publish(made, path)
}

// folderBeside makes a folder in which the file at path is made, since SQLite makes files
// of its own beside it. Its path is absolute, as the addresses of SQLite have to be.
func folderBeside(path string) (string, error) {
	if path == "" {
		return "", &engine.Fault{Class: engine.Invalid, What: "the new file has no name", Todo: "name one that is not there"}
	}
	abs, err := filepath.Abs(path)
	if err == nil {
		abs, err = os.MkdirTemp(filepath.Dir(abs), ".aimo3-*")
	}
	if err != nil {
		return "", cannotWrite(path, err)
	}
	return abs, nil
}

func cannotWrite(path string, err error) error {
	return &engine.Fault{Class: engine.Invalid, What: "cannot write " + path, Todo: "check the path, its permissions and its free space", Err: bare(err)}
}

func (d *DB) copyTo(ctx context.Context, made string) error {
	before, err := d.counts(ctx)
	if err != nil {
		return err
	}
	settings := url.Values{"mode": {"ro"}, "_busy_timeout": {"5000"}}
	if !logged(d.path) && writable(filepath.Dir(d.path)) != nil {
		settings.Set("immutable", "1")
	}
	from := handle(d.path, 1, settings)
	_, err = from.ExecContext(ctx, `VACUUM INTO ?`, made)
	if err := errors.Join(err, from.Close()); err != nil {
		return err
	}
	if err := os.Chmod(made, 0o600); err != nil {
		return err
	}
	to := handle(made, 1, url.Values{"mode": {"rw"}, "_journal_mode": {"WAL"}, "_synchronous": {"FULL"}}) // as a store of ours is
	err = to.PingContext(ctx)
	if err := errors.Join(err, to.Close()); err != nil {
		return err
	}
	after, err := d.counts(ctx)
	if err != nil {
		return err
	}
	return verify(ctx, made, before, after)
}

// verify reads a copy through. What it holds must be as much as the store did before
// it was made, after it, or something between.
func verify(ctx context.Context, made string, before, after [2]int) error {
	copied, err := OpenToRead(ctx, made, nil)
	if err != nil {
		return err
	}
	defer func() { _ = copied.Close() }()
	if err := copied.Check(ctx); err != nil {
		return err
	}
	has, err := copied.counts(ctx)
	for i, n := range has {
		if err == nil && (n < min(before[i], after[i]) || n > max(before[i], after[i])) {
			err = fmt.Errorf("the copy has %v attempts and events, and the store %v", has, before)
		}
	}
	return err
}

// counts are how many attempts and events there are.
func (d *DB) counts(ctx context.Context) (n [2]int, err error) {
	events := `(SELECT count(*) FROM events)`
	if d.version >= blocksSince {
		events += ` + (SELECT coalesce(sum(events), 0) FROM blocks)`
	}
	return n, d.reader.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM attempts), `+events).Scan(&n[0], &n[1])
}

// publish gives a file that is whole its name, on the disk too.
func publish(made, path string) error {
	for _, at := range []string{made, filepath.Dir(path)} {
		if at != made {
			if err := os.Rename(made, path); err != nil {
				return cannotWrite(path, err)
			}
		}
		f, err := os.Open(at)
		if err == nil {
			err = errors.Join(f.Sync(), f.Close())
		}
		if err != nil {
			return cannotWrite(path, err)
		}
	}
	return nil
}

// beyond says why a file of ours cannot be used at all: its header or its tables.
type beyond string

func (b beyond) Error() string { return string(b) }

func broken(path, why string) error {
	corrupt := causes[sqlite3.ErrCorrupt]
	return refusal(path, corrupt.why, corrupt.todo, beyond(why))
}

// Unreadable says whether err, of Open or OpenToRead, is that the file's header or
// its tables cannot be read: that nothing of it can be shown. DB.Recover may still
// find most of it.
func Unreadable(err error) bool {
	code := errorCode(err)
	return code == sqlite3.ErrNotADB || code == sqlite3.ErrCorrupt || errors.As(err, new(beyond))
}

// PutAside renames the file at path, with those that SQLite keeps beside it, after the
// time, so that Open makes a new one there. Nothing in it is changed.
func PutAside(path string, now time.Time) (to string, err error) {
	path, err = resolve(path)
	if err != nil {
		return "", err
	}
	to = path + now.Format(".unreadable-20060102-150405")
	for n := 2; exists(to); n++ {
		to = fmt.Sprintf("%s-%d", strings.TrimSuffix(to, fmt.Sprintf("-%d", n-1)), n)
	}
	for _, end := range []string{audit.KeyEnd, audit.CheckpointsEnd, "-wal", "-journal", "-shm", ""} { // the file last: a log must never lie beside a new one
		if err := os.Rename(path+end, to+end); err != nil && (end == "" || !errors.Is(err, os.ErrNotExist)) {
			return "", refusal(path, "it cannot be put aside", "give yourself the right to write there, or name another file with --db", bare(err))
		}
	}
	return to, nil
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}
