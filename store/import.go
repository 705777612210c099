package store

import (
	"context"
	"database/sql"
	"errors"

	"github.com/aimo3/aimo3/engine"
)

// Import keeps all events of an attempt that has ended, in one transaction: the whole of
// it or nothing. An attempt that is here already, deleted or not, stays as it is, and then
// it was not fresh. So to import one again, or twice at once, changes nothing.
func (d *DB) Import(ctx context.Context, events []engine.Event) (fresh bool, err error) {
	if len(events) == 0 {
		return false, nil
	}
	err = d.inTx(ctx, lockTries, func(tx *sql.Tx) error {
		var one int
		err := tx.QueryRowContext(ctx, `SELECT 1 FROM attempts WHERE id = ?`, events[0].Attempt).Scan(&one)
		if !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		fresh = true
		w := writing{db: d, tx: tx, before: map[engine.AttemptID]any{}}
		for _, e := range events {
			if err := w.insert(ctx, e); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil && fresh {
		d.compressor.look([]*batch{{events: events}})
	}
	return fresh, fault(d.path, "keep the attempt in", err)
}
