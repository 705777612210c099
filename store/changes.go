package store

import "context"

// Changes returns a number that differs from the one before if anybody has changed the store
// meanwhile, this program or another. It reads no table, so it may be asked often.
func (d *DB) Changes(ctx context.Context) (n int64, err error) {
	if d.watcher == nil {
		return 0, nil // it was opened only to be read
	}
	err = d.watcher.QueryRowContext(ctx, `PRAGMA data_version`).Scan(&n)
	return n, fault(d.path, "look for changes of", err)
}
