package store

import (
	"context"
	"database/sql"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// Delete hides an attempt. For seven days Restore brings it back; then it goes
// for ever when the store is next opened.
func (d *DB) Delete(ctx context.Context, id engine.AttemptID) error {
	return fault(d.path, "delete an attempt in", d.mark(ctx, id, stamped(time.Now())))
}

// Restore brings a deleted attempt back.
func (d *DB) Restore(ctx context.Context, id engine.AttemptID) error {
	return fault(d.path, "restore an attempt in", d.mark(ctx, id, nil))
}

func (d *DB) mark(ctx context.Context, id engine.AttemptID, deleted any) error {
	if d.writer == nil {
		return refusal(d.path, "it was opened only to be read", "", nil)
	}
	return d.inTx(ctx, 1, func(tx *sql.Tx) error {
		known, err := d.change(ctx, tx, id, `UPDATE attempts SET deleted_at = ? WHERE id = ?`, deleted, id)
		if err == nil && !known {
			err = unknown(id)
		}
		return err
	})
}

// purge removes the attempts deleted before a time, a few at once so that
// opening stays quick.
func (d *DB) purge(ctx context.Context, before time.Time) error {
	var due bool
	err := d.writer.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM attempts WHERE deleted_at < ?)`, stamped(before)).Scan(&due)
	if err != nil || !due {
		return err
	}
	return d.inTx(ctx, 1, func(tx *sql.Tx) error {
		for _, query := range []string{
			`UPDATE attempts SET purging = 1 WHERE n IN (SELECT n FROM attempts WHERE deleted_at < ? ORDER BY deleted_at LIMIT 16)`,
			`DELETE FROM events WHERE attempt IN (SELECT id FROM attempts WHERE deleted_at < ? AND purging = 1)`,
			`DELETE FROM attempts WHERE deleted_at < ? AND purging = 1`,
		} {
			if _, err := tx.ExecContext(ctx, query, stamped(before)); err != nil {
				return err
			}
		}
		return nil
	})
}
