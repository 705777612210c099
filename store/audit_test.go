package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine/secure/audit"
)

// TestAuditOnlyGrows: no record or checkpoint is changed, removed, or put anywhere but at
// the end, and what fails leaves nothing.
func TestAuditOnlyGrows(t *testing.T) {
	d := opened(t)
	hash := make([]byte, 32)
	put := func(ns ...int64) error {
		return d.Audit().Append(t.Context(), func(w audit.Writing) error {
			for _, n := range ns {
				if err := w.Put(n, fmt.Appendf(nil, "record %d", n), hash); err != nil {
					return err
				}
			}
			return errors.Join(w.PutCheckpoint(int64(len(ns)), "first"), w.PutCheckpoint(int64(len(ns)), "second"))
		})
	}
	if err := put(0, 1, 2); err != nil {
		t.Fatal(err)
	}
	for _, n := range []int64{-1, 1, 5} {
		if err := put(3, n); err == nil {
			t.Errorf("record %d was put behind record 3", n)
		}
	}
	for _, query := range []string{
		`UPDATE audit SET record = x'00'`, `DELETE FROM audit`, `REPLACE INTO audit (n, record, hashes) VALUES (1, x'00', zeroblob(32))`,
		`INSERT INTO audit (n, record, hashes) VALUES (3, x'00', zeroblob(31))`,
		`UPDATE audit_checkpoints SET size = 1`, `DELETE FROM audit_checkpoints`,
	} {
		if _, err := d.writer.ExecContext(t.Context(), query); err == nil {
			t.Errorf("done: %s", query)
		}
	}
	var all []string
	err := d.Audit().Each(t.Context(), 1, func(n int64, record, hashes []byte) error {
		all = append(all, fmt.Sprintf("%d %s %d", n, record, len(hashes)))
		return nil
	})
	equal(t, "records", strings.Join(all, ", "), "1 record 1 32, 2 record 2 32")
	notes, e := d.Audit().Checkpoints(t.Context())
	if err != nil || e != nil || strings.Join(notes, " ") != "first" {
		t.Errorf("checkpoints %q, %v, %v", notes, err, e)
	}
	stop := errors.New("stop")
	if err := d.Audit().Each(t.Context(), 0, func(int64, []byte, []byte) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("stopped with %v", err)
	}
}

// TestAuditToRead: a store that is opened to be read has its log and appends nothing, and
// one from before there was a log has none.
func TestAuditToRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "aimo3.db")
	d := openedAt(t, path)
	r, err := OpenToRead(t.Context(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	if err := r.Audit().Append(t.Context(), func(audit.Writing) error { return nil }); err == nil {
		t.Error("appended to what was opened to be read")
	}
	if _, err := r.Nonces().Use(t.Context(), "k", "n", time.Now(), time.Now()); err == nil {
		t.Error("a nonce was kept in what was opened to be read")
	}
	older := (&DB{path: path, version: 3, reader: d.reader}).Audit()
	notes, err := older.Checkpoints(t.Context())
	if e := older.Each(t.Context(), 0, func(int64, []byte, []byte) error { return errors.New("a record") }); e != nil || err != nil || notes != nil {
		t.Errorf("an older one has %q, %v, %v", notes, err, e)
	}
}

// TestNonces: a nonce is first once, for each key, also after a restart and in another
// program; what may be forgotten goes within a minute.
func TestNonces(t *testing.T) {
	path := filepath.Join(t.TempDir(), "aimo3.db")
	d, err := Open(t.Context(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC)
	use := func(d *DB, key, nonce string) bool {
		t.Helper()
		first, err := d.Nonces().Use(t.Context(), key, nonce, now, now.Add(3*time.Minute))
		if err != nil {
			t.Fatal(err)
		}
		return first
	}
	other, err := Open(t.Context(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprint(use(d, "a", "1"), use(d, "a", "1"), use(d, "b", "1"), use(other, "a", "1"), use(other, "a", "2"), use(d, "a", "2"))
	equal(t, "first", got, "true false true false true false")
	if err := errors.Join(other.Close(), d.Close()); err != nil {
		t.Fatal(err)
	}
	d = openedAt(t, path)
	if use(d, "a", "1") {
		t.Error("a nonce was forgotten by a restart")
	}
	count := func() (n int) {
		if err := d.reader.QueryRowContext(t.Context(), `SELECT count(*) FROM nonces`).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	now = now.Add(3*time.Minute + time.Second)
	use(d, "c", "1")
	if n := count(); n != 1 {
		t.Errorf("%d nonces, want those gone that may be forgotten", n)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := d.Nonces().Use(ended, "a", "3", now, now); !errors.Is(err, context.Canceled) {
		t.Errorf("of a context that ended: %v", err)
	}
}
