package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/aimo3/aimo3/engine/secure"
)

// Versions in which there are API keys, and keys that sign.
const (
	keysSince    = 5
	signingSince = 8
)

// Keys keeps API keys in the database: it is secure.Rows. A row that is damaged is no
// key, since its scopes or its end may have been others; it is told as damage. Keys are
// no events, so they are not in what Recover finds.
type Keys struct{ db *DB }

// Keys are the API keys of this store.
func (d *DB) Keys() *Keys { return &Keys{d} }

const (
	keyColumns     = `id, name, scopes, digest, created, expires, used, revoked, next, must_sign, public`
	olderKeys      = `id, name, scopes, digest, created, expires, used, revoked, next, 0, NULL` // where no key signs
	unsignedFields = 9                                                                          // before must_sign
)

// keyRow is a key as it is stored: what keyColumns names, and its checksum.
type keyRow [12]any

func (k *Keys) columns() string {
	if k.db.version < signingSince {
		return olderKeys
	}
	return keyColumns
}

// Any says whether there is a key, also one that is revoked, expired or damaged.
func (k *Keys) Any(ctx context.Context) (is bool, err error) {
	if k.db.version < keysSince {
		return false, nil
	}
	err = k.db.reader.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM keys)`).Scan(&is)
	return is, fault(k.db.path, "look for API keys in", err)
}

// Row finds a key by its ID; false if there is none, or if it is damaged.
func (k *Keys) Row(ctx context.Context, id string) (secure.Row, bool, error) {
	if k.db.version < keysSince {
		return secure.Row{}, false, nil
	}
	return k.row(k.db.reader.QueryRowContext(ctx, `SELECT `+k.columns()+`, sum FROM keys WHERE id = ?`, id), id)
}

func (k *Keys) row(from interface{ Scan(...any) error }, id string) (secure.Row, bool, error) {
	stored, err := scanKey(from)
	if errors.Is(err, sql.ErrNoRows) {
		return secure.Row{}, false, nil
	}
	if err != nil {
		return secure.Row{}, false, fault(k.db.path, "find an API key in", err)
	}
	row, whole := stored.decoded()
	if !whole {
		k.db.damage.add("API key %s", printable(id))
	}
	return row, whole, nil
}

// All lists the keys, the oldest first, without those that are damaged.
func (k *Keys) All(ctx context.Context) (all []secure.Row, err error) {
	if k.db.version < keysSince {
		return nil, nil
	}
	rows, err := k.db.reader.QueryContext(ctx, `SELECT `+k.columns()+`, sum FROM keys ORDER BY n`)
	if err != nil {
		return nil, fault(k.db.path, "list the API keys in", err)
	}
	defer rows.Close()
	for rows.Next() {
		stored, err := scanKey(rows)
		if err != nil {
			return nil, fault(k.db.path, "list the API keys in", err)
		}
		row, whole := stored.decoded()
		if !whole {
			k.db.damage.add("API key %s", printable(fmt.Sprint(stored[0])))
			continue
		}
		all = append(all, row)
	}
	return all, fault(k.db.path, "list the API keys in", rows.Err())
}

// Add keeps a new key.
func (k *Keys) Add(ctx context.Context, row secure.Row) error {
	err := k.db.inTx(ctx, lockTries, func(tx *sql.Tx) error { return addKey(ctx, tx, row) })
	return fault(k.db.path, "keep an API key in", err)
}

func addKey(ctx context.Context, tx *sql.Tx, row secure.Row) error {
	values := encoded(row)
	_, err := tx.ExecContext(ctx, `INSERT INTO keys (`+keyColumns+`, sum) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, values[:]...)
	return err
}

// Change changes a key and then adds others, in one transaction; false if there is no
// such key.
func (k *Keys) Change(ctx context.Context, id string, change func(*secure.Row) error, add ...secure.Row) (found bool, err error) {
	err = k.db.inTx(ctx, lockTries, func(tx *sql.Tx) error {
		var row secure.Row
		row, found, err = k.row(tx.QueryRowContext(ctx, `SELECT `+keyColumns+`, sum FROM keys WHERE id = ?`, id), id)
		if err != nil || !found {
			return err
		}
		if err := change(&row); err != nil {
			return err
		}
		values := append(encoded(row).all(), id)
		if _, err := tx.ExecContext(ctx, `UPDATE keys SET (`+keyColumns+`, sum) = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) WHERE id = ?`, values...); err != nil {
			return err
		}
		for _, row := range add {
			if err := addKey(ctx, tx, row); err != nil {
				return err
			}
		}
		return nil
	})
	return found, fault(k.db.path, "change an API key in", err)
}

func scanKey(from interface{ Scan(...any) error }) (r keyRow, err error) {
	var into [len(r)]any
	for i := range r {
		into[i] = &r[i]
	}
	return r, from.Scan(into[:]...)
}

func (r keyRow) all() []any { return r[:] }

// encoded is a key as it is stored, with its checksum.
func encoded(row secure.Row) keyRow {
	words := make([]string, len(row.Scopes))
	for i, s := range row.Scopes {
		words[i] = string(s)
	}
	orNull := func(t time.Time) any {
		if t.IsZero() {
			return nil
		}
		return stamped(t)
	}
	r := keyRow{
		row.ID, row.Name, strings.Join(words, ","), row.Digest[:], stamped(row.Created),
		orNull(row.Expires), orNull(row.Used), orNull(row.Revoked), row.Next, int64(0), nil,
	}
	if row.MustSign {
		r[unsignedFields] = int64(1)
	}
	if len(row.Public) > 0 {
		r[unsignedFields+1] = []byte(row.Public)
	}
	r[len(r)-1] = r.sum()
	return r
}

// sum is the checksum of a key: as it was before keys could sign, if it does not.
func (r keyRow) sum() int64 {
	if r[unsignedFields] == int64(0) && r[unsignedFields+1] == nil {
		return sumOf(r[:unsignedFields]...)
	}
	return sumOf(r[:len(r)-1]...)
}

// decoded is the key that was stored; false if its checksum does not fit.
func (r keyRow) decoded() (row secure.Row, whole bool) {
	if r[len(r)-1] != r.sum() {
		return row, false
	}
	text := func(i int) string { s, _ := r[i].(string); return s }
	at := func(i int) time.Time { t, _ := time.Parse(stamp, text(i)); return t } // zero of NULL
	row.ID, row.Name, row.Next = text(0), text(1), text(8)
	for word := range strings.SplitSeq(text(2), ",") {
		row.Scopes = append(row.Scopes, secure.Scope(word))
	}
	digest, _ := r[3].([]byte)
	public, _ := r[unsignedFields+1].([]byte)
	row.MustSign, row.Public = r[unsignedFields] != int64(0), public
	row.Created, row.Expires, row.Used, row.Revoked = at(4), at(5), at(6), at(7)
	return row, copy(row.Digest[:], digest) == len(row.Digest)
}
