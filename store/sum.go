package store

import (
	"context"
	"database/sql"
	"encoding/binary"
	"hash/crc32"
	"math"

	"github.com/aimo3/aimo3/engine"
)

// sumOf is the checksum of a row's values, as they are stored: of their types,
// lengths and bytes. It is kept beside them. It tells every change of up to 32
// bits in a row, and processors compute it by themselves. That of an attempt begins with the
// row's number, and goes on with every column that is shown or hides the row.
func sumOf(values ...any) int64 {
	castagnoli := crc32.MakeTable(crc32.Castagnoli) // made once, by the library
	sum := uint32(0)
	for _, v := range values {
		var head [9]byte
		var text []byte
		switch v := v.(type) {
		case int64:
			head[0] = 'i'
			binary.LittleEndian.PutUint64(head[1:], uint64(v)) //nolint:gosec // its bits
		case string:
			head[0], text = 't', []byte(v)
		case []byte:
			head[0], text = 'b', v
		case nil:
			head[0] = 'n'
		default: // nothing that is ever stored
			head[0] = '?'
		}
		if text != nil {
			binary.LittleEndian.PutUint64(head[1:], uint64(len(text)))
		}
		sum = crc32.Update(crc32.Update(sum, castagnoli, head[:]), castagnoli, text)
	}
	return int64(sum)
}

// linked is the sum of an event with, above its 32 bits, the Seq of the event
// before it (nil: there is none), so that one which has gone is missed.
func linked(sum int64, before any) int64 {
	seq, ok := before.(int64)
	if !ok {
		return sum
	}
	return sum | (seq+1)&math.MaxInt32<<32
}

// linkOf is the Seq of the event before, as linked put it into a sum.
func linkOf(sum int64) any {
	if link := sum >> 32; link > 0 {
		return link - 1
	}
	return nil
}

// covered are the columns of an attempt that its checksum is of.
const covered = `a.n, a.id, a.begun, a.ended, a.problem_id, a.source, a.statement, a.key, a.model,
	a.samples, a.tokens, a.answer, a.verdict, a.deleted_at`

// attemptRow is an attempt as it is stored: what covered names, its checksum,
// and that of its first event if it has none.
type attemptRow [16]any

func (r *attemptRow) scan(from interface{ Scan(...any) error }) error {
	var into [len(r)]any
	for i := range r {
		into[i] = &r[i]
	}
	return from.Scan(into[:]...)
}

// number is the attempt's place in the order in which attempts were recorded.
func (r *attemptRow) number() int64 {
	n, _ := r[0].(int64) // whatever is damaged, this is its row's number
	return n
}

// whole says whether the row is as it was written. One without a checksum is,
// if its events were also recorded before there were any.
func (r *attemptRow) whole() bool {
	const sum, ofFirst = len(r) - 2, len(r) - 1
	if r[sum] == nil {
		return r[ofFirst] == nil
	}
	return r[sum] == sumOf(r[:sum]...)
}

func (d *DB) attemptRow(ctx context.Context, tx *sql.Tx, id engine.AttemptID) (row attemptRow, err error) {
	return row, row.scan(tx.QueryRowContext(ctx, `SELECT `+d.columns()+` FROM attempts a WHERE a.id = ?`, id))
}

// columns are those of an attemptRow, in a query that calls attempts a.
func (d *DB) columns() string {
	if d.version < sumsSince {
		return covered + `, NULL, NULL`
	}
	return covered + `, a.sum, CASE WHEN a.sum IS NULL THEN (SELECT sum FROM events WHERE attempt = a.id ORDER BY seq LIMIT 1) END`
}

// change brings an attempt's row up to something new, and its checksum with it.
// A row that is damaged, or never had a checksum, keeps the one it has. It says
// whether there is such a row.
func (d *DB) change(ctx context.Context, tx *sql.Tx, id engine.AttemptID, query string, args ...any) (bool, error) {
	before, err := d.attemptRow(ctx, tx, id)
	if err != nil {
		if err == sql.ErrNoRows { //nolint:errorlint // as QueryRow returns it
			err = nil
		}
		return false, err
	}
	if _, err := tx.ExecContext(ctx, query, args...); err != nil {
		return true, err
	}
	if before[len(before)-2] == nil || !before.whole() {
		return true, nil
	}
	return true, d.seal(ctx, tx, id)
}

// seal gives an attempt's row the checksum of what it now says.
func (d *DB) seal(ctx context.Context, tx *sql.Tx, id engine.AttemptID) error {
	row, err := d.attemptRow(ctx, tx, id)
	if err == nil {
		_, err = tx.ExecContext(ctx, `UPDATE attempts SET sum = ? WHERE id = ?`, sumOf(row[:len(row)-2]...), id)
	}
	return err
}
