package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"github.com/mattn/go-sqlite3"

	"github.com/aimo3/aimo3/engine"
)

const (
	// applicationID marks a file as ours in its header: "aim3".
	applicationID = 0x61696d33
	// maxValue bounds one stored value, so that a damaged length cannot ask
	// for a gigabyte.
	maxValue = 64 << 20
)

// DB is an open store. Its methods may be called from many goroutines, and
// several programs may have one file open at once.
type DB struct {
	path    string
	was     int     // version of the tables when it was opened, 0 of a new file
	version int     // of the tables
	writer  *sql.DB // one connection, so that writes wait in line here and not in SQLite; nil if only opened to be read
	sparing *sql.DB // one connection for what a loss of power may take; it connects when it is first used
	reader  *sql.DB // read-only ones
	watcher *sql.DB // one that always stays the same, which can tell of changes; nil if only opened to be read
	damage  losses
	small   bool // its rows were inspected before any was shown
	teller  teller
	cache   *Cache
	swept   atomic.Int64 // when nonces were last removed, in seconds since 1970

	compressor *compressor // nil: nothing is compressed in the background

	mu      sync.Mutex
	forming *group     // the batches that will share the next transaction
	turn    sync.Mutex // held while a group is written

	committed atomic.Pointer[func(took time.Duration)] // is told of each transaction of events; nil: nobody

	torn atomic.Bool // a write failed, and what it wrote of the log may still be there
}

// Open opens the store at path, which it creates if there is none, readable by
// this user alone. A file that cannot be used is left exactly as it is, and the
// error is a Fault of class Storage that says what to do. What a person should
// know meanwhile and later is told to tell, which may be nil.
func Open(ctx context.Context, path string, tell func(string)) (*DB, error) {
	d, err := open(ctx, path, tell, thisHost())
	if err == nil {
		d.compressor = d.startCompressing()
	}
	return d, err
}

// open compresses nothing in the background.
func open(ctx context.Context, path string, tell func(string), h host) (*DB, error) {
	path, err := h.admit(ctx, path)
	lost := ""
	if err == nil {
		lost, err = lostInLog(path + "-wal")
	}
	if err != nil {
		return nil, fault(path, "open the store", err)
	}
	d := toWrite(path)
	d.Tell(tell)
	d.narrow()
	if lost != "" {
		d.damage.add("%s", lost)
	}
	if err = d.waiting(func() error { return d.writer.PingContext(ctx) }); err == nil {
		err = d.migrate(ctx)
	}
	if err == nil {
		err = d.purge(ctx, time.Now().Add(-engine.KeepDeleted))
	}
	if err == nil {
		err = d.glance(ctx)
	}
	if err != nil {
		return nil, fault(path, "open the store", errors.Join(err, d.reader.Close(), d.watcher.Close(), d.sparing.Close(), d.writer.Close()))
	}
	if damage := d.Damage(); damage != nil {
		d.say("%s", engine.Hint(damage))
	}
	return d, nil
}

// toWrite is a store whose connections are not made yet.
func toWrite(path string) *DB {
	d := &DB{
		path: path,
		writer: handle(path, 1, url.Values{
			"mode": {"rw"}, "_journal_mode": {"WAL"}, "_synchronous": {"FULL"}, "_foreign_keys": {"on"},
			"_busy_timeout": {"5000"}, "_txlock": {"immediate"}, "_stmt_cache_size": {"16"},
		}),
		sparing: handle(path, 1, url.Values{
			"mode": {"rw"}, "_synchronous": {"NORMAL"}, "_busy_timeout": {"5000"}, "_txlock": {"immediate"}, "_stmt_cache_size": {"16"},
		}),
		reader: handle(path, 4, url.Values{
			"mode": {"ro"}, "_query_only": {"1"}, "_busy_timeout": {"5000"}, "_stmt_cache_size": {"16"},
		}),
	}
	d.watcher = handle(path, 1, url.Values{"mode": {"ro"}, "_query_only": {"1"}, "_busy_timeout": {"5000"}})
	d.cache = newCache(d)
	return d
}

// Path is where the store is, links resolved.
func (d *DB) Path() string { return d.path }

// Versions are that of the tables in the file as it was found, 0 of a new one, and
// that to which it was migrated.
func (d *DB) Versions() (was, is int) { return d.was, d.version }

// Close closes the store. Recorders must have been closed before.
func (d *DB) Close() error {
	ctx := context.Background() // closing is no part of any request
	d.compressor.end()
	d.cache.close(ctx)
	err := d.reader.Close() // first, so that the writer is last and tidies the log away
	if d.writer == nil {
		return fault(d.path, "close the store", err)
	}
	err = errors.Join(err, d.watcher.Close(), d.sparing.Close())
	tidying := []string{"PRAGMA optimize", "PRAGMA wal_checkpoint(PASSIVE)"}
	if d.torn.Load() {
		tidying = tidying[1:] // see mend
	}
	for _, pragma := range tidying {
		_, e := d.writer.ExecContext(ctx, pragma)
		if errorCode(e) != sqlite3.ErrBusy && errorCode(e) != sqlite3.ErrFull { // both only put tidying off
			err = errors.Join(err, e)
		}
	}
	return fault(d.path, "close the store", errors.Join(err, d.writer.Close()))
}

// connector makes connections of one kind, without a driver registered by name.
type connector struct {
	driver *sqlite3.SQLiteDriver
	dsn    string
}

func (c connector) Connect(context.Context) (driver.Conn, error) { return c.driver.Open(c.dsn) }
func (c connector) Driver() driver.Driver                        { return c.driver }

// handle is a pool of at most conns connections to the file at path.
func handle(path string, conns int, settings url.Values) *sql.DB {
	dsn := url.URL{Scheme: "file", Path: path, RawQuery: settings.Encode()}
	return pool(dsn.String(), conns)
}

func pool(dsn string, conns int) *sql.DB {
	db := sql.OpenDB(connector{&sqlite3.SQLiteDriver{ConnectHook: harden}, dsn})
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	return db
}

// harden sets what a DSN cannot: a damaged or hostile file must do no harm.
func harden(c *sqlite3.SQLiteConn) error {
	c.SetLimit(sqlite3.SQLITE_LIMIT_LENGTH, maxValue)
	_, err := c.Exec(`PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;
		PRAGMA mmap_size = 0; PRAGMA journal_size_limit = 67108864`, nil)
	return err
}

// inTx runs do in one transaction of the writer, and tries so often to begin it
// while another program keeps the lock for longer than the busy timeout; quietly is
// once, of which nobody is told.
func (d *DB) inTx(ctx context.Context, tries int, do func(*sql.Tx) error) error {
	if d.writer == nil {
		return refusal(d.path, "it was opened only to be read", "", nil)
	}
	if err := d.mend(ctx); err != nil {
		return err
	}
	tx, err := d.begin(ctx, tries)
	if err != nil {
		return err
	}
	if err = do(tx); err != nil {
		_ = tx.Rollback() // SQLite may have rolled back by itself; err says why
	} else {
		err = tx.Commit()
	}
	if code := errorCode(err); code == sqlite3.ErrIoErr || code == sqlite3.ErrFull {
		d.torn.Store(true)
	}
	return err
}

const quietly = 0

func (d *DB) begin(ctx context.Context, tries int) (tx *sql.Tx, err error) {
	if tries == quietly {
		return d.writer.BeginTx(ctx, nil)
	}
	err = d.waiting(func() (err error) {
		for try := 1; ; try++ {
			if tx, err = d.writer.BeginTx(ctx, nil); errorCode(err) != sqlite3.ErrBusy || try >= tries {
				return err
			}
		}
	})
	return tx, err
}

// mend empties the log before anything is written after a write that failed. Frames of
// that would else stay behind the next commit, and be taken for commits that are lost.
func (d *DB) mend(ctx context.Context) error {
	if !d.torn.Load() {
		return nil
	}
	_, err := d.writer.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
	if err == nil || errorCode(err) == sqlite3.ErrBusy {
		d.torn.Store(false)
		return nil
	}
	return err
}
