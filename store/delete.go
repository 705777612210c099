package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// Delete hides an attempt. For seven days Restore brings it back; then it goes
// for ever when the store is next opened. One that a process takes stays.
func (d *DB) Delete(ctx context.Context, id engine.AttemptID) error {
	var open bool
	err := d.reader.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM attempts WHERE id = ? AND ended IS NULL)`, id).Scan(&open)
	if err == nil && open && d.Alive(id) {
		return &engine.Fault{Class: engine.Invalid, What: fmt.Sprintf("attempt %s is running and cannot be deleted", id), Todo: "wait for its end, or stop it first"}
	}
	if err == nil {
		err = d.mark(ctx, id, stamped(time.Now()))
	}
	return fault(d.path, "delete an attempt in", err)
}

// Restore brings a deleted attempt back.
func (d *DB) Restore(ctx context.Context, id engine.AttemptID) error {
	return fault(d.path, "restore an attempt in", d.mark(ctx, id, nil))
}

func (d *DB) mark(ctx context.Context, id engine.AttemptID, deleted any) error {
	return d.inTx(ctx, 1, func(tx *sql.Tx) error {
		known, err := d.change(ctx, tx, id, `UPDATE attempts SET deleted_at = ? WHERE id = ?`, deleted, id)
		if err == nil && !known {
			err = unknown(id)
		}
		return err
	})
}

// purge removes the attempts deleted before a time, a few at once so that
// opening stays quick. What is damaged stays: its time may be what is wrong.
func (d *DB) purge(ctx context.Context, before time.Time) error {
	var due bool
	err := d.writer.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM attempts WHERE deleted_at < ?)`, stamped(before)).Scan(&due)
	if err != nil || !due {
		return err
	}
	return d.inTx(ctx, 1, func(tx *sql.Tx) error {
		ids, err := d.due(ctx, tx, stamped(before))
		for _, id := range ids {
			for _, query := range []string{
				`UPDATE attempts SET purging = 1 WHERE id = ?`,
				`DELETE FROM events WHERE attempt = ?`,
				`DELETE FROM blocks WHERE attempt = ?`,
				`DELETE FROM attempts WHERE id = ?`,
			} {
				if _, err := tx.ExecContext(ctx, query, id); err != nil {
					return err
				}
			}
		}
		return err
	})
}

const (
	maxPurged  = 16  // attempts that one opening removes
	maxChecked = 256 // deleted ones that it looks at: of those that stay, more are damaged than any disk leaves readable
)

// due are the attempts to be removed that are as they were written, whatever the
// index says of when they were deleted.
func (d *DB) due(ctx context.Context, tx *sql.Tx, before string) ([]any, error) {
	rows, err := tx.QueryContext(ctx, `SELECT `+d.columns()+` FROM attempts a WHERE a.deleted_at < ? ORDER BY a.deleted_at LIMIT ?`, before, maxChecked)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var ids []any
	for rows.Next() && len(ids) < maxPurged {
		var r attemptRow
		if err := r.scan(rows); err != nil {
			return nil, err
		}
		if at, ok := r[13].(string); ok && at < before && r.whole() {
			ids = append(ids, r[1])
		}
	}
	return ids, rows.Err()
}
