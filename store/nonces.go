package store

import (
	"context"
	"errors"
	"time"

	"github.com/mattn/go-sqlite3"
)

// sweepEvery is how often nonces that may be forgotten are removed.
const sweepEvery = time.Minute

// Nonces remember which nonces of signed requests were used, for all programs that have
// the store open. They have a connection of their own that does not wait for the disk:
// whatever becomes of the program, none is forgotten, but the machine may lose those of
// its last moments when it loses power.
type Nonces struct{ db *DB }

// Nonces are the nonces of this store, which must not be opened only to be read.
func (d *DB) Nonces() Nonces { return Nonces{d} }

// Use marks the nonce of a key as used from now at least until a time, and says whether
// it was not used before.
func (n Nonces) Use(ctx context.Context, keyid, nonce string, now, until time.Time) (first bool, err error) {
	if n.db.writer == nil {
		return false, refusal(n.db.path, "it was opened only to be read", "", nil)
	}
	if err := n.db.mend(ctx); err != nil {
		return false, fault(n.db.path, "keep a nonce in", err)
	}
	err = n.sweep(ctx, now)
	if err == nil {
		first, err = n.insert(ctx, keyid, nonce, until)
	}
	if code := errorCode(err); code == sqlite3.ErrIoErr || code == sqlite3.ErrFull {
		n.db.torn.Store(true)
	}
	return first, fault(n.db.path, "keep a nonce in", err)
}

func (n Nonces) insert(ctx context.Context, keyid, nonce string, until time.Time) (bool, error) {
	done, err := n.db.sparing.ExecContext(ctx, `INSERT INTO nonces (key, nonce, until) VALUES (?, ?, ?) ON CONFLICT (key, nonce) DO NOTHING`,
		keyid, nonce, until.Unix())
	if err != nil {
		return false, err
	}
	added, err := done.RowsAffected()
	return err == nil && added == 1, err
}

// sweep removes what may be forgotten, now and then.
func (n Nonces) sweep(ctx context.Context, now time.Time) error {
	last := n.db.swept.Load()
	if now.Sub(time.Unix(last, 0)) < sweepEvery || !n.db.swept.CompareAndSwap(last, now.Unix()) {
		return nil
	}
	_, err := n.db.sparing.ExecContext(ctx, `DELETE FROM nonces WHERE until < ?`, now.Unix())
	return errors.Join(err, ctx.Err())
}
