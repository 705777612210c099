package store

import (
	"context"
	"database/sql"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// Older counts the attempts that Prune would delete.
func (d *DB) Older(ctx context.Context, before time.Time) (int, error) {
	ids, err := d.older(ctx, before)
	return len(ids), fault(d.path, "count attempts in", err)
}

// Prune deletes the attempts that were begun before a time, as Delete does, all at
// once, but for those that a living process takes. At is the time to call it by:
// Unprune with the same brings them back.
func (d *DB) Prune(ctx context.Context, before, at time.Time) (int, error) {
	ids, err := d.older(ctx, before)
	if err == nil {
		err = d.markAll(ctx, ids, stamped(at))
	}
	return len(ids), fault(d.path, "delete attempts in", err)
}

// Unprune restores the attempts that were deleted at exactly this time, and says how
// many those are.
func (d *DB) Unprune(ctx context.Context, at time.Time) (int, error) {
	ids, err := d.ids(ctx, `SELECT id FROM attempts WHERE deleted_at = ?`, stamped(at))
	if err == nil {
		err = d.markAll(ctx, ids, nil)
	}
	return len(ids), fault(d.path, "restore attempts in", err)
}

func (d *DB) older(ctx context.Context, before time.Time) (ids []engine.AttemptID, err error) {
	all, err := d.ids(ctx, `SELECT id FROM attempts WHERE begun < ? AND deleted_at IS NULL`, stamped(before))
	for _, id := range all {
		if !d.Alive(id) {
			ids = append(ids, id)
		}
	}
	return ids, err
}

func (d *DB) ids(ctx context.Context, query string, args ...any) (ids []engine.AttemptID, err error) {
	rows, err := d.reader.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id engine.AttemptID
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

func (d *DB) markAll(ctx context.Context, ids []engine.AttemptID, deleted any) error {
	return d.inTx(ctx, 1, func(tx *sql.Tx) error {
		for _, id := range ids {
			if _, err := d.change(ctx, tx, id, `UPDATE attempts SET deleted_at = ? WHERE id = ?`, deleted, id); err != nil {
				return err
			}
		}
		return nil
	})
}
