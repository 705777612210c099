package storetest

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/store"
)

// Speak makes a database at path with n attempts, a minute apart, in each of which one
// sample replies with so many bytes of words: common ones, and of 30,000 others the first
// often and the last seldom. One attempt has the word xylophone. They are not indexed yet,
// and count as compressed.
func Speak(tb testing.TB, path string, n, bytes int) {
	tb.Helper()
	d, err := store.Open(tb.Context(), path, nil)
	if err == nil {
		err = d.Close()
	}
	if err != nil {
		tb.Fatal(err)
	}
	db, err := sql.Open("sqlite3", "file:"+path+"?_journal_mode=WAL&_foreign_keys=on&_txlock=immediate&_synchronous=OFF")
	if err != nil {
		tb.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	r := rand.New(rand.NewPCG(1, 2))
	for i := 0; i < n; {
		tx, err := db.BeginTx(tb.Context(), nil)
		if err != nil {
			tb.Fatal(err)
		}
		for end := min(i+500, n); i < end; i++ {
			if err := speech(tb.Context(), tx, r, i, bytes, i == n/2); err != nil {
				tb.Fatal(err)
			}
		}
		if err := tx.Commit(); err != nil {
			tb.Fatal(err)
		}
	}
}

func speech(ctx context.Context, tx *sql.Tx, r *rand.Rand, i, bytes int, rare bool) error {
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC).Add(time.Duration(i) * time.Minute)
	id, begun, ended := engine.NewAttemptID(at), at.Format(stamp), at.Add(time.Minute).Format(stamp)
	var said strings.Builder
	said.WriteString("So therefore the value of w1 is ")
	if rare {
		said.WriteString("xylophone ")
	}
	for said.Len() < bytes {
		w := int(30_000 * r.Float64() * r.Float64() * r.Float64() * r.Float64())
		fmt.Fprintf(&said, "%c%d ", 'a'+w%26, w)
	}
	verdict := `{"answer":"1","votes":4,"of":5,"margin":0.8,"correct":true,"why":"all_ended"}`
	if _, err := tx.ExecContext(ctx, `INSERT INTO attempts (id, begun, ended, problem_id, source, statement, key, model, samples, compressed, answer, verdict)
		VALUES (?, ?, ?, '', 'typed', 'What is it?', '1', 'qwen3:8b', 8, 1, '1', ?)`, id, begun, ended, verdict); err != nil {
		return err
	}
	facts := []engine.Fact{
		engine.AttemptStarted{Problem: engine.Problem{Source: "typed", Statement: "What is it?", Key: "1"}, Plan: engine.Plan{Model: "qwen3:8b", Samples: 8}},
		engine.Delta{Channel: engine.Reply, Text: said.String()},
	}
	for seq, f := range facts {
		e := engine.Event{Attempt: id, Seq: uint64(seq + 1), At: at, Fact: f} //nolint:gosec // 1 and 2
		fact, err := e.FactJSON()
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO events (attempt, seq, at, kind, fact) VALUES (?, ?, ?, ?, ?)`, id, seq+1, begun, e.Kind(), string(fact)); err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO events (attempt, seq, at, kind, fact) VALUES (?, 3, ?, 'attempt_finished', ?)`,
		id, ended, `{"verdict":`+verdict+`}`)
	return err
}
