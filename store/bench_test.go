package store

import (
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
)

const manyAttempts = 100_000

// BenchmarkRecord stores a stream of 8 samples as fast as it can be put.
func BenchmarkRecord(b *testing.B) {
	d := opened(b)
	begun := story("a", 1, 0)[0]
	begun.Fact = engine.AttemptStarted{Plan: engine.Plan{Samples: 8}}
	r := d.Record(nil)
	if err := r.Put(begun); err != nil {
		b.Fatal(err)
	}
	at := start
	for n := uint64(1); b.Loop(); n++ {
		at = at.Add(time.Millisecond)
		err := r.Put(engine.Event{Attempt: "a", Seq: n + 1, At: at, Fact: engine.Delta{Sample: int(n % 8), Channel: engine.Reply, Text: " token", Frames: 1}})
		if err != nil {
			b.Fatal(err)
		}
	}
	if err := r.Close(); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "events/s")
}

// BenchmarkCommit stores batches as eight streaming samples make them: one row
// each in a tenth of a second.
func BenchmarkCommit(b *testing.B) {
	d := opened(b)
	if err := d.commit([]engine.Event{{Attempt: "a", Seq: 1, At: start, Fact: engine.AttemptStarted{}}}); err != nil {
		b.Fatal(err)
	}
	seq := uint64(1)
	for b.Loop() {
		var events []engine.Event
		for i := range 8 {
			seq++
			events = append(events, engine.Event{Attempt: "a", Seq: seq, At: start, Fact: engine.Delta{Sample: i, Text: strings.Repeat(" token", 25), Frames: 25}})
		}
		if err := d.commit(events); err != nil {
			b.Fatal(err)
		}
	}
}

// crowd stores n attempts in one transaction: each statement has some of 3,000
// words, of which the first are common and the last rare. The index is built
// at the end, which is ten times quicker.
func crowd(b *testing.B, path string, n int) {
	b.Helper()
	d, err := Open(b.Context(), path)
	if err != nil {
		b.Fatal(err)
	}
	var trigger string
	if err := d.reader.QueryRow(`SELECT sql FROM sqlite_schema WHERE name = 'attempts_search_add'`).Scan(&trigger); err != nil {
		b.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	err = d.inTx(b.Context(), func(tx *sql.Tx) error {
		if _, err := tx.Exec(`DROP TRIGGER attempts_search_add`); err != nil {
			return err
		}
		for i := range n {
			if err := member(tx, r, i); err != nil {
				return err
			}
		}
		_, err := tx.Exec(`INSERT INTO search (search) VALUES ('rebuild'); ` + trigger)
		return err
	})
	if err := errors.Join(err, d.Close()); err != nil {
		b.Fatal(err)
	}
}

func member(tx *sql.Tx, r *rand.Rand, i int) error {
	at := start.Add(time.Duration(i) * time.Minute)
	id, begun, ended := engine.NewAttemptID(at), stamped(at), stamped(at.Add(time.Minute))
	statement := []string{"Find the value of"}
	for range 40 {
		w := int(3000 * r.Float64() * r.Float64() * r.Float64())
		statement = append(statement, fmt.Sprintf("w%c%d", 'a'+w%26, w))
	}
	if i == manyAttempts/2 {
		statement = append(statement, "xylophone")
	}
	_, err := tx.Exec(`INSERT INTO attempts (id, begun, ended, problem_id, source, statement, key, model, samples, answer, verdict)
		VALUES (?, ?, ?, '', 'typed', ?, '', 'qwen3:8b', 8, ?, '{"answer":"1","votes":4,"of":5,"margin":0.8,"correct":null,"why":"four_agree"}')`,
		id, begun, ended, strings.Join(statement, " "), fmt.Sprint(r.IntN(100_000)))
	if err != nil {
		return err
	}
	_, err = tx.Exec(`INSERT INTO events (attempt, seq, at, kind, fact) VALUES (?, 1, ?, 'warning', '{"text":"begun"}'), (?, 2, ?, 'warning', '{"text":"ended"}')`,
		id, begun, id, ended)
	return err
}

// BenchmarkMany is what is done with a store of 100,000 attempts.
func BenchmarkMany(b *testing.B) {
	path := filepath.Join(b.TempDir(), "aimo3.db")
	crowd(b, path, manyAttempts)
	d := openedAt(b, path)
	all, err := d.Attempts(b.Context(), engine.Filter{Limit: manyAttempts})
	if err != nil || len(all) != manyAttempts {
		b.Fatal(len(all), err)
	}
	b.Run("List/newest", func(b *testing.B) { list(b, d, engine.Filter{}, 200) })
	b.Run("List/middle", func(b *testing.B) { list(b, d, engine.Filter{Before: all[manyAttempts/2].ID}, 200) })
	for _, c := range []struct {
		name, words string
		want        int
	}{
		{"rare", "xylophone", 1},
		{"none", "zebra", 0},
		{"everywhere", "value", 200},
		{"letter", "w", 200},
		{"two letters", "wa", 200},
		{"three letters", "wa1", 200},
		{"five letters", "qwen3", 200},
		{"two everywhere", "find qwen", 200},
		{"everywhere and a letter", "find w", 200},
		{"everywhere and rare", "find xyloph", 1},
		{"everywhere and none", "find zebra", 0},
		{"phrase", "qwen3:8b", 200},
		{"sentence", "find the value of", 200},
	} {
		b.Run("Filter/"+c.name, func(b *testing.B) { list(b, d, engine.Filter{Words: c.words}, c.want) })
	}
	b.Run("Open", func(b *testing.B) { reopen(b, path) })
}

func list(b *testing.B, d *DB, f engine.Filter, want int) {
	for b.Loop() {
		found, err := d.Attempts(b.Context(), f)
		if err != nil || len(found) != want {
			b.Fatal(len(found), err)
		}
	}
}

func reopen(b *testing.B, path string) {
	for b.Loop() {
		d, err := Open(b.Context(), path)
		if err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		if err := d.Close(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
}
