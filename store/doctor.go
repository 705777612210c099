package store

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"strings"

	"github.com/mattn/go-sqlite3"

	"github.com/aimo3/aimo3/engine"
)

// Stats is what there is to know of a store at a glance.
type Stats struct {
	Path     string `json:"path"`
	Size     int64  `json:"size"` // bytes on disk, with what has not been folded into the file yet
	Attempts int    `json:"attempts"`
	Deleted  int    `json:"deleted"` // not counted in Attempts; they can be restored
	Version  int    `json:"version"` // of the tables
	SQLite   string `json:"sqlite"`
}

// Stats counts what is stored.
func (d *DB) Stats(ctx context.Context) (Stats, error) {
	version, _, _ := sqlite3.Version()
	s := Stats{Path: d.path, SQLite: version}
	err := d.reader.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM attempts),
		(SELECT count(*) FROM attempts WHERE deleted_at IS NOT NULL), user_version FROM pragma_user_version`).
		Scan(&s.Attempts, &s.Deleted, &s.Version)
	s.Attempts -= s.Deleted
	for _, name := range []string{d.path, d.path + "-wal"} {
		at, e := os.Stat(name)
		if e == nil {
			s.Size += at.Size()
		} else if !errors.Is(e, fs.ErrNotExist) {
			err = errors.Join(err, e)
		}
	}
	return s, fault(d.path, "count the attempts in", err)
}

// Check reads the whole file, however large, and returns a Fault if it is
// damaged.
func (d *DB) Check(ctx context.Context) error {
	wrong, err := d.check(ctx)
	if err == nil && len(wrong) > 0 {
		err = &engine.Fault{
			Class: engine.Storage,
			What:  "the store " + d.path + " is damaged: " + strings.Join(wrong, "; "),
			Todo:  causes[sqlite3.ErrCorrupt].todo,
		}
	}
	return fault(d.path, "check", err)
}

func (d *DB) check(ctx context.Context) (wrong []string, err error) {
	rows, err := d.reader.QueryContext(ctx, `SELECT quick_check FROM pragma_quick_check WHERE quick_check <> 'ok'
		UNION ALL SELECT 'an event of no attempt, in ' || "table" FROM pragma_foreign_key_check LIMIT 20`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			return nil, err
		}
		wrong = append(wrong, line)
	}
	return wrong, rows.Err()
}
