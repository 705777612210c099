package queue

import (
	"context"
	"database/sql"
	"database/sql/driver"
	_ "embed" // the schema
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/mattn/go-sqlite3"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"

	"github.com/aimo3/aimo3/engine"
)

// Marks of a queue's file.
const (
	applicationID = 0x61696d71 // "aimq", in its header
	version       = 1          // of the tables of our own
	lockEnd       = "-lock"    // of the file beside it that is locked while it is migrated
)

//go:embed schema.sql
var schema string

// Options say where a queue is, and what it works with.
type Options struct {
	Path string           // of its SQLite file, which is made if there is none
	Now  func() time.Time // if nil, time.Now
	Log  *slog.Logger     // of what was freed and came late; if nil, none
}

// Queue is an open queue. Its methods may be called from many goroutines, and several
// programs may have one file open at once.
type Queue struct {
	path  string
	db    *sql.DB
	now   func() time.Time
	log   *slog.Logger
	retry time.Duration // before a sample of which nothing was heard is tried again, times the tries
}

// Open opens a queue, and makes or migrates its file, one program at a time. An error is a
// Fault of class Storage that says what to do; then the file is as it was.
func Open(ctx context.Context, o Options) (*Queue, error) {
	path, err := filepath.Abs(o.Path)
	if err != nil {
		return nil, err
	}
	q := &Queue{path: path, now: o.Now, log: o.Log, retry: retryInterval}
	if q.now == nil {
		q.now = time.Now
	}
	if q.log == nil {
		q.log = slog.New(slog.DiscardHandler)
	}
	if err := q.fault("open", q.open(ctx)); err != nil {
		return nil, err
	}
	return q, nil
}

func (q *Queue) open(ctx context.Context) error {
	unlock, err := lock(q.path + lockEnd)
	if err != nil {
		return err
	}
	defer unlock()
	if err := create(q.path); err != nil {
		return err
	}
	if err := q.admit(ctx); err != nil {
		return err
	}
	q.db = connect(q.path, url.Values{"mode": {"rw"}, "_journal_mode": {"WAL"}, "_synchronous": {"FULL"}})
	if err := q.migrate(ctx); err != nil {
		return errors.Join(err, q.db.Close())
	}
	return nil
}

// Close closes the queue.
func (q *Queue) Close() error { return q.fault("close", q.db.Close()) }

// lock waits until no other program has the file at path locked. The system drops a lock
// with its program, however that ends.
func lock(path string) (unlock func(), err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	for {
		if err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX); !errors.Is(err, syscall.EINTR) { //nolint:gosec // a descriptor is small
			break
		}
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return func() { _ = f.Close() }, nil
}

// create makes the file, readable by this user alone, unless it is there.
func create(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return f.Close()
}

// admit says why the file cannot be used, and changes nothing of it.
func (q *Queue) admit(ctx context.Context) error {
	db := connect(q.path, url.Values{"mode": {"ro"}, "_query_only": {"1"}})
	defer func() { _ = db.Close() }()
	var id, is, tables, river int
	err := db.QueryRowContext(ctx, `SELECT (SELECT application_id FROM pragma_application_id), (SELECT user_version FROM pragma_user_version), count(*),
		count(*) FILTER (WHERE name = 'river_migration') FROM sqlite_schema`).Scan(&id, &is, &tables, &river)
	switch {
	case err != nil:
		return err
	case id == 0 && is == 0 && tables == 0: // it was made just now
		return nil
	case id != applicationID:
		return q.refusal("it is another program's, or another kind of database", "name another file with --queue-db; this one was not changed")
	case is > version:
		return q.newer()
	case river == 0: // its program was killed
		return nil
	}
	if err := db.QueryRowContext(ctx, `SELECT max(version) FROM river_migration`).Scan(&river); err != nil {
		return err
	}
	m, err := q.migrator(db)
	if all := m.AllVersions(); err == nil && river > all[len(all)-1].Version {
		return q.newer()
	}
	return err
}

func (q *Queue) newer() error {
	return q.refusal("a newer aimo3 wrote it", "update aimo3, or name another file with --queue-db")
}

func (q *Queue) migrator(db *sql.DB) (*rivermigrate.Migrator[*sql.Tx], error) {
	return rivermigrate.New(riversqlite.New(db), &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)})
}

// migrate makes the tables, ours in one step and River's in one for each version; the lock
// is held. Whatever ends it, the next one goes on.
func (q *Queue) migrate(ctx context.Context) error {
	err := q.inTx(ctx, func(tx *sql.Tx) error {
		var is int
		if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&is); err != nil || is == version {
			return err
		}
		_, err := tx.ExecContext(ctx, schema+fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, version))
		return err
	})
	if err != nil {
		return err
	}
	m, err := q.migrator(q.db)
	if err == nil {
		_, err = m.Migrate(ctx, rivermigrate.DirectionUp, nil)
	}
	return err
}

// inTx runs do in one transaction. Nothing else can be asked of the queue within it: there
// is one connection.
func (q *Queue) inTx(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := q.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := do(tx); err != nil {
		_ = tx.Rollback() // err says why
		return err
	}
	return tx.Commit()
}

// connector makes connections without a driver registered by name.
type connector struct{ dsn string }

func (c connector) Connect(context.Context) (driver.Conn, error) { return c.Driver().Open(c.dsn) }
func (c connector) Driver() driver.Driver                        { return &sqlite3.SQLiteDriver{} }

// connect is one connection to a file: several would make each other wait in SQLite, which
// is impatient.
func connect(path string, settings url.Values) *sql.DB {
	settings.Set("_busy_timeout", "10000")
	settings.Set("_txlock", "immediate")
	dsn := url.URL{Scheme: "file", Path: path, RawQuery: settings.Encode()}
	db := sql.OpenDB(connector{dsn.String()})
	db.SetMaxOpenConns(1)
	return db
}

// fault says what could not be done with the queue. A Fault, and the end of a context, stay
// what they are.
func (q *Queue) fault(doing string, err error) error {
	switch {
	case err == nil, engine.ClassOf(err) != engine.Unknown, errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	}
	return q.because(doing, err)
}
