package store

import (
	"compress/gzip"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// compressed compresses what has ended, and makes sure that something was.
func compressed(t testing.TB, d *DB) {
	t.Helper()
	if err := d.compressAll(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	if blocksOf(t, d) == 0 {
		t.Fatal("nothing was compressed")
	}
}

func blocksOf(t testing.TB, d *DB) (n int) {
	t.Helper()
	if err := d.reader.QueryRow(`SELECT count(*) FROM blocks`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// rowsOf are the events of an attempt as they are stored, those in blocks too.
func rowsOf(t testing.TB, d *DB, id engine.AttemptID) (all []eventRow) {
	t.Helper()
	tx, err := d.reader.BeginTx(t.Context(), &sql.TxOptions{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	p := page{db: d, version: d.version, id: id, after: -1, full: 1 << 30}
	rows, err := tx.Query(p.query(), id, p.after, p.full)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var r eventRow
		b := block{attempt: string(id)}
		if err := rows.Scan(&r.seq, &r.at, &r.kind, &r.fact, &r.sum, &b.last, &b.events, &b.data); err != nil {
			t.Fatal(err)
		}
		if b.first, b.sum = r.seq, r.sum; b.last == nil {
			all = append(all, r)
			continue
		}
		of, err := b.rows(-1, math.MaxInt)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, of...)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// What is read back of an attempt that was compressed is what was recorded, byte for
// byte, from wherever and however much of it is read; and no word of it is lost to a
// search.
func TestWhatIsCompressedReadsAsItWas(t *testing.T) {
	for seed := range uint64(8) {
		d := quiet(t, filepath.Join(t.TempDir(), "aimo3.db"))
		id := engine.AttemptID(fmt.Sprint("a", seed))
		record(t, d, story("other", seed+50, 40))
		record(t, d, story(id, seed, 200+int(seed)*100)) //nolint:gosec // small
		rows, events, list := rowsOf(t, d, id), stored(t, d, id), listed(t, d)
		counts, err := d.counts(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		compressed(t, d)
		if after, err := d.counts(t.Context()); err != nil || after != counts {
			t.Errorf("%v attempts and events became %v, %v", counts, after, err)
		}
		equal(t, "rows", rowsOf(t, d, id), rows)
		equal(t, "events", stored(t, d, id), events)
		equal(t, "list", listed(t, d), list)
		r := rand.New(rand.NewPCG(seed, 2))
		for range 30 {
			from, limit := r.IntN(len(events)), 1+r.IntN(len(events))
			after := uint64(0)
			if from > 0 {
				after = events[from-1].Seq + uint64(r.IntN(int(events[from].Seq-events[from-1].Seq))) //nolint:gosec // small
			}
			got, err := d.Events(t.Context(), id, after, limit)
			if err != nil {
				t.Fatal(err)
			}
			equal(t, fmt.Sprintf("%d events after %d", limit, after), got, events[from:min(from+limit, len(events))])
		}
		if found, err := d.Attempts(t.Context(), engine.Filter{Words: "what"}); err != nil || len(found) != 2 {
			t.Errorf("found %v, %v", found, err)
		}
		if err := d.Check(t.Context()); err != nil {
			t.Error(err)
		}
	}
}

// longAttempt is one of several blocks.
func longAttempt(t *testing.T, d *DB, id engine.AttemptID) (events []engine.Event) {
	t.Helper()
	events = story(id, 9, 15_000)
	if err := d.commit(events); err != nil {
		t.Fatal(err)
	}
	compressed(t, d)
	if n := blocksOf(t, d); n < 3 {
		t.Fatalf("%d blocks", n)
	}
	return events
}

// all reads all events of an attempt, in pages of the default size.
func all(t testing.TB, d *DB, id engine.AttemptID) (events []engine.Event) {
	t.Helper()
	for after := uint64(0); ; after = events[len(events)-1].Seq {
		page, err := d.Events(t.Context(), id, after, 0)
		if err != nil {
			t.Fatal(err)
		}
		if events = append(events, page...); len(page) < defaultEvents {
			return events
		}
	}
}

// Damage in a block takes the events of that block alone, and a warning stands in
// their place; one that has gone is missed.
func TestADamagedBlock(t *testing.T) {
	for name, c := range map[string]struct{ script, says string }{
		"a byte changed": {"UPDATE blocks SET data = CAST(substr(data, 1, 99) || x'00' || substr(data, 101) AS BLOB) WHERE first = ?", "it does not fit its checksum"},
		"its end":        {"UPDATE blocks SET last = last - 1 WHERE first = ?", "it does not fit its checksum"},
		"its count":      {"UPDATE blocks SET events = events + 1 WHERE first = ?", "it does not fit its checksum"},
		"gone":           {"DELETE FROM blocks WHERE first = ?", "has gone"},
		"another's":      {"UPDATE blocks SET attempt = 'b' WHERE first = ?", "has gone"},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "aimo3.db")
			d := quiet(t, path)
			put := longAttempt(t, d, "a")
			attempt(t, d, "b", "second", "m", "1")
			var first, last, n int
			if err := d.reader.QueryRow(`SELECT first, last, events FROM blocks ORDER BY first LIMIT 1 OFFSET 1`).Scan(&first, &last, &n); err != nil {
				t.Fatal(err)
			}
			if _, err := d.writer.Exec("DROP TRIGGER blocks_never_change; DROP TRIGGER blocks_stay"); err != nil {
				t.Fatal(err)
			}
			if done, err := d.writer.Exec(c.script, first); err != nil {
				t.Fatal(err)
			} else if rows, err := done.RowsAffected(); err != nil || rows != 1 {
				t.Fatal(rows, err)
			}
			got, err := d.Events(t.Context(), "a", 0, len(put))
			if err != nil {
				t.Fatal(err)
			}
			want := slices.Concat(put[:first-1], []engine.Event{got[first-1]}, put[last:])
			equal(t, "events", len(got), len(want))
			equal(t, "fold", told(got), told(want))
			if w, ok := got[first-1].Fact.(engine.Warning); !ok || !strings.Contains(w.Text, c.says) {
				t.Errorf("in the place of the block stands %v", got[first-1])
			}
			wantFault(t, d.Damage(), engine.Storage, "attempt a", c.says)
			wantFault(t, d.Check(t.Context()), engine.Storage, "attempt a", c.says)
			found := salvage(pagesOf(t, d))
			if len(found.events["a"]) != len(put)-n {
				t.Errorf("%d of %d events were recovered", len(found.events["a"]), len(put)-n)
			}
		})
	}
}

// pagesOf are the pages of a copy of a store.
func pagesOf(t *testing.T, d *DB) *pages {
	t.Helper()
	path := copyOf(t, d.path)
	write(t, path+"-wal", read(t, d.path+"-wal"))
	p, err := readPages(path)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// An attempt that is removed goes with its blocks.
func TestBlocksGoWithTheirAttempt(t *testing.T) {
	d := quiet(t, filepath.Join(t.TempDir(), "aimo3.db"))
	longAttempt(t, d, "a")
	events := all(t, d, "a")
	before := start.Add(time.Hour)
	if n, err := d.Prune(t.Context(), before, before); err != nil || n != 1 {
		t.Fatal(n, err)
	}
	if n, err := d.Unprune(t.Context(), before); err != nil || n != 1 {
		t.Fatal(n, err)
	}
	equal(t, "restored", all(t, d, "a"), events)
	if _, err := d.Prune(t.Context(), before, before); err != nil {
		t.Fatal(err)
	}
	if err := d.purge(t.Context(), time.Now()); err != nil {
		t.Fatal(err)
	}
	equal(t, "blocks", blocksOf(t, d), 0)
	if err := d.Check(t.Context()); err != nil {
		t.Error(err)
	}
}

// quiet is a store of which nothing is compressed but when a test does it.
func quiet(t testing.TB, path string) *DB {
	t.Helper()
	d, err := open(t.Context(), path, nil, thisHost())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return d
}

// What programs recorded before there were blocks reads as it did; what has no
// checksums is left as it is.
func TestOlderAttemptsAreCompressed(t *testing.T) {
	kept, err := filepath.Glob("testdata/*/*.db.gz")
	if err != nil || len(kept) == 0 {
		t.Fatalf("no database of an older program: %v", err)
	}
	blocks := 0
	for _, name := range kept {
		path := filepath.Join(t.TempDir(), "aimo3.db")
		unzip(t, name, path)
		d := quiet(t, path)
		list, rows, events := listed(t, d), map[engine.AttemptID][]eventRow{}, map[engine.AttemptID][]engine.Event{}
		for _, s := range list {
			rows[s.ID], events[s.ID] = rowsOf(t, d, s.ID), stored(t, d, s.ID)
		}
		for range 2 { // a second time changes nothing
			if err := d.compressAll(t.Context(), 0); err != nil {
				t.Fatal(err)
			}
			equal(t, "list", listed(t, d), list)
			for _, s := range list {
				equal(t, "rows", rowsOf(t, d, s.ID), rows[s.ID])
				equal(t, "events", stored(t, d, s.ID), events[s.ID])
			}
			if _, err := d.writer.Exec("UPDATE attempts SET compressed = 0"); err != nil {
				t.Fatal(err)
			}
		}
		if err := d.Check(t.Context()); err != nil {
			t.Error(err)
		}
		blocks += blocksOf(t, d)
	}
	if blocks == 0 {
		t.Error("nothing was compressed")
	}
}

func unzip(t *testing.T, from, to string) {
	t.Helper()
	f, err := os.Open(from)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	all, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	write(t, to, string(all))
}

// An attempt is compressed in the background once it has ended, here or in a program
// that died before it could; one that has not ended is not.
func TestCompressedInTheBackground(t *testing.T) {
	path := filepath.Join(t.TempDir(), "aimo3.db")
	d := quiet(t, path)
	before := record(t, d, story("before", 1, 300))
	record(t, d, story("killed", 2, 300)[:290])
	waits := func(d *DB, what string, ids ...engine.AttemptID) {
		for _, id := range ids {
			for n := 0; n == 0; {
				if err := d.reader.QueryRow(`SELECT compressed FROM attempts WHERE id = ?`, id).Scan(&n); err != nil || t.Context().Err() != nil {
					t.Fatal(what, err)
				}
				runtime.Gosched()
			}
		}
	}
	again := openedAt(t, path)
	waits(again, "what was left", "before")
	after := record(t, again, story("after", 3, 300))
	waits(again, "what ended", "after")
	equal(t, "before", stored(t, again, "before"), before)
	equal(t, "after", stored(t, again, "after"), after)
	var ids string
	if err := again.reader.QueryRow(`SELECT group_concat(attempt, ' ') FROM (SELECT DISTINCT attempt FROM blocks ORDER BY 1)`).Scan(&ids); err != nil || ids != "after before" {
		t.Errorf("compressed %q, %v", ids, err)
	}
}

// To store again what is in a block changes nothing, and another event is refused.
func TestStoringAgainWhatIsCompressed(t *testing.T) {
	d := quiet(t, filepath.Join(t.TempDir(), "aimo3.db"))
	events := record(t, d, story("a", 6, 300))
	compressed(t, d)
	before := rowsOf(t, d, "a")
	if err := d.commit(events); err != nil {
		t.Fatal(err)
	}
	equal(t, "rows", rowsOf(t, d, "a"), before)
	other := events[30]
	other.Fact = engine.Warning{Text: "something else"}
	wantFault(t, d.commit([]engine.Event{other}), engine.Storage, "already stored")
	for _, query := range []string{`UPDATE blocks SET data = x''`, `DELETE FROM blocks`, `DELETE FROM events`} {
		if _, err := d.writer.Exec(query); err == nil {
			t.Errorf("%s was obeyed", query)
		}
	}
	equal(t, "events", stored(t, d, "a"), events)
}

// Two programs that compress the same attempt do it once, whoever is faster; and one
// that removes the attempt meanwhile leaves nothing of it.
func TestCompressedByTwo(t *testing.T) {
	path := filepath.Join(t.TempDir(), "aimo3.db")
	d, other := quiet(t, path), quiet(t, path)
	events := record(t, d, story("a", 6, 5000))
	var both sync.WaitGroup
	for _, d := range []*DB{d, other} {
		both.Go(func() {
			if err := d.compressAll(t.Context(), 0); err != nil {
				t.Error(err)
			}
		})
	}
	both.Wait()
	equal(t, "events", stored(t, d, "a"), events)
	record(t, d, story("b", 6, 300))
	rows, err := other.run(t.Context(), "b", -1)
	if err != nil {
		t.Fatal(err)
	}
	b, _ := newBlock("b", rows)
	if err := errors.Join(d.mark(t.Context(), "b", stamped(start)), d.purge(t.Context(), time.Now()), other.replace(b)); err != nil {
		t.Fatal(err)
	}
	equal(t, "left of b", len(rowsOf(t, other, "b")), 0)
	if err := d.Check(t.Context()); err != nil {
		t.Error(err)
	}
}
