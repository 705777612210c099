package store

import (
	"context"
	"errors"
	"io/fs"
	"math"
	"os"
	"time"

	"github.com/mattn/go-sqlite3"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/measure"
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
	wrong, err := d.lines(ctx, `SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok' LIMIT 20`)
	if err == nil {
		err = d.readAll(ctx)
	}
	if err != nil {
		return fault(d.path, "check", err)
	}
	return damaged(d.path, append(wrong, d.damage.all()...))
}

// readAll reads every row, so that damage is found.
func (d *DB) readAll(ctx context.Context) error {
	if _, err := d.inspectAttempts(ctx, math.MaxInt); err != nil {
		return err
	}
	if err := d.checkMarks(ctx); err != nil {
		return err
	}
	if _, err := d.Keys().All(ctx); err != nil {
		return err
	}
	if err := d.Measures(ctx, time.Time{}, func(measure.Row) {}); err != nil {
		return err
	}
	if _, err := d.Log(ctx, engine.LogFilter{Level: math.MinInt, Limit: maxLogLines}); err != nil {
		return err
	}
	ids, err := d.lines(ctx, `SELECT id FROM attempts`)
	if err != nil {
		return err
	}
	for _, id := range ids {
		for after := int64(0); ; {
			events, err := d.events(ctx, engine.AttemptID(id), after, defaultEvents)
			if err != nil {
				return err
			}
			if len(events) < defaultEvents {
				break
			}
			after = int64(events[len(events)-1].Seq) //nolint:gosec // as it was stored
		}
	}
	return nil
}
