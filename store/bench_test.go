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

func BenchmarkMany(b *testing.B) {
	path := filepath.Join(b.TempDir(), "aimo3.db")
	began := time.Now()
	crowd(b, path, manyAttempts)
	b.Logf("%d attempts stored in %v", manyAttempts, time.Since(began).Round(time.Millisecond))
	d := openedAt(b, path)
	list := func(name string, f engine.Filter, atLeast int) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				found, err := d.Attempts(b.Context(), f)
				if err != nil || len(found) < atLeast {
					b.Fatal(len(found), err)
				}
			}
		})
	}
	all, err := d.Attempts(b.Context(), engine.Filter{Limit: manyAttempts})
	if err != nil {
		b.Fatal(err)
	}
	list("List/newest", engine.Filter{}, 200)
	list("List/middle", engine.Filter{Before: all[manyAttempts/2].ID}, 200)
	for name, words := range map[string]string{
		"rare": "xylophone", "none": "zebra", "everywhere": "value", "letter": "w", "two letters": "wa", "letters": "wa1", "begun": "val",
		"long begun": "valu", "five letters": "qwen3", "common and common": "find qwen", "common and letter": "find w", "rare and common": "find xyloph",
		"phrase": "qwen3:8b", "answer": "4242", "sentence": "find the value of", "none of common": "find zebra",
	} {
		list("Filter/"+name, engine.Filter{Words: words}, 0)
	}
	b.Run("Open", func(b *testing.B) {
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
	})
	b.Run("Stats", func(b *testing.B) {
		for b.Loop() {
			if _, err := d.Stats(b.Context()); err != nil {
				b.Fatal(err)
			}
		}
	})
}
