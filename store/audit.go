package store

import (
	"context"
	"database/sql"
	"errors"

	"github.com/aimo3/aimo3/engine/secure/audit"
)

// auditSince is the version in which there is an audit log.
const auditSince = 6

// Audit keeps the records of an audit log, their hashes and its checkpoints. Triggers
// keep all of it as it is, but a person who may write the file can drop them: that it
// was changed is for audit.Verify to find.
type Audit struct{ db *DB }

// Audit is the audit log of this store. Where the store is older than that, or was opened
// only to be read, nothing can be appended.
func (d *DB) Audit() audit.Rows { return Audit{d} }

// Append runs add in one transaction, in which nobody else appends.
func (a Audit) Append(ctx context.Context, add func(audit.Writing) error) error {
	err := a.db.inTx(ctx, lockTries, func(tx *sql.Tx) error { return add(auditing{ctx, tx}) })
	return fault(a.db.path, "write the audit log in", err)
}

// Each gives do every record from a number on, as they were at one moment.
func (a Audit) Each(ctx context.Context, from int64, do func(n int64, record, hashes []byte) error) error {
	if a.db.version < auditSince {
		return nil
	}
	rows, err := a.db.reader.QueryContext(ctx, `SELECT n, record, hashes FROM audit WHERE n >= ? ORDER BY n`, from)
	if err != nil {
		return fault(a.db.path, "read the audit log in", err)
	}
	defer rows.Close()
	var n int64
	var record, hashes sql.RawBytes
	for rows.Next() {
		if err := rows.Scan(&n, &record, &hashes); err != nil {
			return fault(a.db.path, "read the audit log in", err)
		}
		if err := do(n, record, hashes); err != nil {
			return err
		}
	}
	return fault(a.db.path, "read the audit log in", rows.Err())
}

// Checkpoints are those that were put, the smallest first.
func (a Audit) Checkpoints(ctx context.Context) ([]string, error) {
	if a.db.version < auditSince {
		return nil, nil
	}
	all, err := a.db.lines(ctx, `SELECT note FROM audit_checkpoints ORDER BY size`)
	return all, fault(a.db.path, "read the audit log in", err)
}

// auditing is an audit log in the midst of a transaction.
type auditing struct {
	ctx context.Context //nolint:containedctx // that of the transaction
	tx  *sql.Tx
}

func (a auditing) Size() (n int64, err error) {
	err = a.tx.QueryRowContext(a.ctx, `SELECT coalesce(max(n) + 1, 0) FROM audit`).Scan(&n)
	return n, err
}

func (a auditing) Hashes(n int64) (hashes []byte, err error) {
	err = a.tx.QueryRowContext(a.ctx, `SELECT hashes FROM audit WHERE n = ?`, n).Scan(&hashes)
	return hashes, err
}

func (a auditing) Checkpoint() (text string, err error) {
	err = a.tx.QueryRowContext(a.ctx, `SELECT note FROM audit_checkpoints ORDER BY size DESC LIMIT 1`).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return text, err
}

func (a auditing) Put(n int64, record, hashes []byte) error {
	_, err := a.tx.ExecContext(a.ctx, `INSERT INTO audit (n, record, hashes) VALUES (?, ?, ?)`, n, record, hashes)
	return err
}

func (a auditing) PutCheckpoint(size int64, note string) error {
	_, err := a.tx.ExecContext(a.ctx, `INSERT INTO audit_checkpoints (size, note) VALUES (?, ?) ON CONFLICT (size) DO NOTHING`, size, note)
	return err
}
