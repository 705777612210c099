package audit_test

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/mattn/go-sqlite3"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/aimo3/aimo3/engine/secure/audit"
	"github.com/aimo3/aimo3/store"
)

// raw is a database in the hands of somebody who may write the file.
type raw struct {
	t    *testing.T
	db   *sql.DB
	path string
	rnd  *rand.Rand
	size int64 // records, all of them signed
}

func (r raw) exec(query string, args ...any) {
	r.t.Helper()
	if _, err := r.db.ExecContext(r.t.Context(), query, args...); err != nil {
		r.t.Fatalf("%s: %v", query, err)
	}
}

func (r raw) value(query string, n int64) []byte {
	r.t.Helper()
	var b []byte
	if err := r.db.QueryRowContext(r.t.Context(), query, n).Scan(&b); err != nil {
		r.t.Fatalf("%s, %d: %v", query, n, err)
	}
	return b
}

func (r raw) any() int64 { return r.rnd.Int64N(r.size) }

// flipped is b with one bit changed, not among the last few.
func (r raw) flipped(b []byte, spare int) []byte {
	b = bytes.Clone(b)
	b[r.rnd.IntN(len(b)-spare)] ^= 1 << r.rnd.IntN(8)
	return b
}

// flip changes a bit of a column of some row.
func (r raw) flip(column string) {
	n := r.any()
	r.exec(`UPDATE audit SET `+column+` = ? WHERE n = ?`, r.flipped(r.value(`SELECT `+column+` FROM audit WHERE n = ?`, n), 0), n)
}

// swap exchanges columns of two rows.
func (r raw) swap(columns string) {
	a, b := r.any(), r.any()
	for a == b {
		b = r.any()
	}
	r.exec(`CREATE TEMP TABLE held AS SELECT * FROM audit WHERE n IN (?, ?)`, a, b)
	for _, pair := range [][2]int64{{a, b}, {b, a}} {
		r.exec(`UPDATE audit SET (`+columns+`) = (SELECT `+columns+` FROM held WHERE n = ?) WHERE n = ?`, pair[0], pair[1])
	}
}

// cutOff removes the last rows, and their checkpoints.
func (r raw) cutOff() {
	left := r.any()
	r.exec(`DELETE FROM audit WHERE n >= ?`, left)
	r.exec(`DELETE FROM audit_checkpoints WHERE size > ?`, left)
}

// rehash makes all hashes anew, as who has no key can.
func (r raw) rehash() {
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) (all []tlog.Hash, _ error) {
		for _, i := range indexes {
			all = append(all, stored[i])
		}
		return all, nil
	})
	var size int64
	if err := r.db.QueryRowContext(r.t.Context(), `SELECT count(*) FROM audit`).Scan(&size); err != nil {
		r.t.Fatal(err)
	}
	for n := range size {
		hashes, err := tlog.StoredHashes(n, r.value(`SELECT record FROM audit WHERE n = ?`, n), reader)
		if err != nil {
			r.t.Fatal(err)
		}
		stored = append(stored, hashes...)
		var all []byte
		for _, h := range hashes {
			all = append(all, h[:]...)
		}
		r.exec(`UPDATE audit SET hashes = ? WHERE n = ?`, all, n)
	}
}

// rewrite changes history: one record says something else, is left out or added, and all
// hashes fit.
func (r raw) rewrite() {
	n := r.rnd.Int64N(r.size - 1) // one that is added behind the last is not history
	switch r.rnd.IntN(3) {
	case 0:
		r.exec(`UPDATE audit SET record = CAST(replace(CAST(record AS TEXT), '"who":"ann"', '"who":"bob"') AS BLOB) WHERE n = ?`, n)
	case 1:
		r.exec(`DELETE FROM audit WHERE n = ?`, n)
		r.exec(`UPDATE audit SET n = n + 1000000 WHERE n > ?`, n)
		r.exec(`UPDATE audit SET n = n - 1000001 WHERE n >= 1000000`)
	case 2:
		record := r.value(`SELECT record FROM audit WHERE n = ?`, n)
		r.exec(`UPDATE audit SET n = n + 1000000 WHERE n >= ?`, n)
		r.exec(`UPDATE audit SET n = n - 999999 WHERE n >= 1000000`)
		r.exec(`INSERT INTO audit (n, record, hashes) VALUES (?, ?, zeroblob(32))`, n, record)
	}
	r.rehash()
}

// forge puts another log in the place of this one, with as many records, signed with a key
// of one's own.
func (r raw) forge(replaceKey bool) {
	other := opened(r.t, r.path+".other")
	other.log.Add(r.t.Context(), audit.Solve, "x", audit.Done)
	err := other.db.Audit().Append(r.t.Context(), func(w audit.Writing) error { return fill(w, r.size+r.rnd.Int64N(3)) })
	if err := errors.Join(err, other.log.Sign(r.t.Context()), other.db.Close()); err != nil {
		r.t.Fatal(err)
	}
	r.replaceBy(other.path)
	if replaceKey {
		if err := os.Rename(other.path+audit.KeyEnd, r.path+audit.KeyEnd); err != nil {
			r.t.Fatal(err)
		}
	}
}

// forgeNaming is forge of a log which names as its last key the one that others know.
func (r raw) forgeNaming() {
	genuine, err := audit.PublicKey(r.path + audit.KeyEnd)
	if err != nil {
		r.t.Fatal(err)
	}
	other := opened(r.t, r.path+".other")
	other.log.Add(r.t.Context(), audit.Solve, "x", audit.Done)
	other.log.Add(r.t.Context(), audit.MadeKey, genuine, audit.Done)
	if err := errors.Join(other.log.Sign(r.t.Context()), other.db.Close()); err != nil {
		r.t.Fatal(err)
	}
	r.replaceBy(other.path)
}

// replaceBy puts the log of another database in the place of this one.
func (r raw) replaceBy(path string) {
	r.exec(`ATTACH ? AS other`, path)
	for _, table := range []string{"audit", "audit_checkpoints"} {
		r.exec(`DELETE FROM ` + table)
		r.exec(`INSERT INTO ` + table + ` SELECT * FROM other.` + table)
	}
	r.exec(`DETACH other`)
}

// flipCheckpoint changes a bit of a checkpoint, but of those that say nothing.
func (r raw) flipCheckpoint() {
	var size int64
	if err := r.db.QueryRowContext(r.t.Context(), `SELECT size FROM audit_checkpoints ORDER BY random() LIMIT 1`).Scan(&size); err != nil {
		r.t.Fatal(err)
	}
	note := r.value(`SELECT note FROM audit_checkpoints WHERE size = ?`, size)
	r.exec(`UPDATE audit_checkpoints SET note = ? WHERE size = ?`, string(r.flipped(note, 4)), size)
}

// tamperings are what is done to a log, and whether checkpoints are left elsewhere.
func tamperings() []struct {
	name     string
	do       func(raw)
	secondIs bool
	found    bool
	says     string
} {
	return []struct {
		name     string
		do       func(raw)
		secondIs bool
		found    bool
		says     string
	}{
		{"a bit of a record", func(r raw) { r.flip("record") }, false, true, "or its hash was"},
		{"a bit of a hash", func(r raw) { r.flip("hashes") }, false, true, ""},
		{"a row deleted", func(r raw) { r.exec(`DELETE FROM audit WHERE n = ?`, r.any()) }, false, true, "gone"},
		{"two records swapped", func(r raw) { r.swap("record") }, false, true, ""},
		{"two rows swapped", func(r raw) { r.swap("record, hashes") }, false, true, ""},
		{"cut off, with the checkpoints in the database", raw.cutOff, true, true, "are gone"},
		{"cut off, without", func(r raw) { r.exec(`DELETE FROM audit WHERE n >= ?`, r.any()) }, false, true, "are gone"},
		{"rewritten", raw.rewrite, false, true, ""},
		{"rewritten, without checkpoints in the database", func(r raw) { r.rewrite(); r.exec(`DELETE FROM audit_checkpoints`) }, true, true, ""},
		{"begun anew with another key", func(r raw) { r.forge(false) }, false, true, ""},
		{"begun anew with another key, naming the known one", raw.forgeNaming, false, true, "signed nothing since"},
		{"begun anew, the key replaced", func(r raw) { r.forge(true) }, true, true, ""},
		{"a bit of a checkpoint", raw.flipCheckpoint, false, true, ""},
		{"checkpoints gone", func(r raw) { r.exec(`DELETE FROM audit_checkpoints`) }, false, true, ""},
		// Nobody can know what is gone with all that told of it, nor who added what is
		// not signed yet.
		{"added behind what was signed", func(r raw) {
			r.exec(`INSERT INTO audit (n, record, hashes) VALUES (?, CAST('{"who":"bob"}' AS BLOB), zeroblob(32))`, r.size)
			r.rehash()
		}, true, false, ""},
		{"cut off everywhere", func(r raw) {
			r.exec(`DELETE FROM audit WHERE n >= 2`)
			r.exec(`DELETE FROM audit_checkpoints WHERE size > 2`)
		}, false, false, ""},
	}
}

// TestTamperings does a thousand things to a log through SQL, with the triggers dropped and
// put back, and each is found but for those that cannot be. The same log, left alone,
// is good.
func TestTamperings(t *testing.T) {
	whole, size := tampering(t)
	rnd := rand.New(rand.NewPCG(1, 2))
	done, all := 0, tamperings()
	for done < 1000 {
		for _, c := range all {
			if !c.found && done > len(all) {
				continue // once is enough
			}
			err := verifyAfter(t, whole, size, rnd, c.do, c.secondIs)
			found := new(*audit.Tampered)
			if errors.As(err, found) != c.found || err != nil && (!c.found || !strings.Contains(err.Error(), c.says)) {
				t.Fatalf("%s, the %d. tampering: %v; want it found: %v", c.name, done, err, c.found)
			}
			if done < len(all) {
				t.Logf("%s: %v", c.name, err)
			}
			done++
		}
	}
	if err := verifyAfter(t, whole, size, rnd, func(raw) {}, true); err != nil {
		t.Errorf("left alone: %v", err)
	}
}

// tampering is a log with some checkpoints, closed: its files by what their names end in.
func tampering(t *testing.T) (files map[string][]byte, size int64) {
	t.Helper()
	k := fresh(t)
	for i := range 60 {
		k.log.Add(t.Context(), audit.Solve, fmt.Sprint("a", i), audit.Done)
		if i%13 == 0 {
			if err := k.log.Sign(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
	}
	k.log.Close()
	if err := k.db.Close(); err != nil {
		t.Fatal(err)
	}
	files = map[string][]byte{}
	for _, end := range []string{"", audit.KeyEnd, audit.CheckpointsEnd} {
		text, err := os.ReadFile(k.path + end)
		if err != nil {
			t.Fatal(err)
		}
		files[end] = text
	}
	return files, 61
}

// verifyAfter verifies a copy of a log after something was done to it.
func verifyAfter(t *testing.T, files map[string][]byte, size int64, rnd *rand.Rand, do func(raw), second bool) error {
	t.Helper()
	dir, err := os.MkdirTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "aimo3.db")
	for end, text := range files {
		if err := os.WriteFile(path+end, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	withoutTriggers(t, path, func(db *sql.DB) { do(raw{t, db, path, rnd, size}) })
	db, err := store.OpenToRead(t.Context(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	public, err := audit.PublicKey(path + audit.KeyEnd)
	if err != nil {
		t.Fatal(err)
	}
	var elsewhere []audit.Checkpoint
	if second {
		if elsewhere, err = audit.ReadFrom(path + audit.CheckpointsEnd); err != nil {
			t.Fatal(err)
		}
	}
	_, err = audit.Verify(t.Context(), db.Audit(), public, elsewhere)
	return errors.Join(err, os.RemoveAll(dir))
}

// withoutTriggers does something to a database whose triggers are gone meanwhile.
func withoutTriggers(t *testing.T, path string, do func(*sql.DB)) {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+path+"?_synchronous=OFF")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	db.SetMaxOpenConns(1)
	r := raw{t: t, db: db}
	made := string(r.value(`SELECT group_concat(sql, ';') FROM sqlite_schema WHERE type = 'trigger' AND tbl_name LIKE 'audit%' AND ? = 0`, 0))
	for _, line := range strings.Split(made, "\n") {
		if words := strings.Fields(line); len(words) > 2 && strings.HasSuffix(words[0], "CREATE") {
			r.exec(`DROP TRIGGER ` + words[2])
		}
	}
	do(db)
	r.exec(made)
}
