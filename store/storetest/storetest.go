// Package storetest fills databases for benchmarks.
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

const stamp = "2006-01-02T15:04:05.000000000Z"

// Fill makes a database at path with n attempts, a minute apart, each with a
// statement of 40 words, of which the first are common and the last rare; one
// of them holds the word xylophone. The index is built at the end, which is ten
// times quicker.
func Fill(tb testing.TB, path string, n int) {
	tb.Helper()
	d, err := store.Open(tb.Context(), path, nil)
	if err == nil {
		err = d.Close()
	}
	if err != nil {
		tb.Fatal(err)
	}
	db, err := sql.Open("sqlite3", "file:"+path+"?_journal_mode=WAL&_foreign_keys=on&_txlock=immediate")
	if err != nil {
		tb.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	tx, err := db.BeginTx(tb.Context(), nil)
	if err != nil {
		tb.Fatal(err)
	}
	if err := fill(tb.Context(), tx, n); err != nil {
		tb.Fatal(err)
	}
	if err := tx.Commit(); err != nil {
		tb.Fatal(err)
	}
}

func fill(ctx context.Context, tx *sql.Tx, n int) error {
	var trigger string
	if err := tx.QueryRowContext(ctx, `SELECT sql FROM sqlite_schema WHERE name = 'attempts_search_add'`).Scan(&trigger); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `DROP TRIGGER attempts_search_add`); err != nil {
		return err
	}
	r := rand.New(rand.NewPCG(1, 2))
	for i := range n {
		if err := attempt(ctx, tx, r, i, i == n/2); err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO search (search) VALUES ('rebuild'); `+trigger)
	return err
}

func attempt(ctx context.Context, tx *sql.Tx, r *rand.Rand, i int, rare bool) error {
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC).Add(time.Duration(i) * time.Minute)
	id, begun, ended := engine.NewAttemptID(at), at.Format(stamp), at.Add(time.Minute).Format(stamp)
	statement := []string{"Find the value of"}
	for range 40 {
		w := int(3000 * r.Float64() * r.Float64() * r.Float64())
		statement = append(statement, fmt.Sprintf("w%c%d", 'a'+w%26, w))
	}
	if rare {
		statement = append(statement, "xylophone")
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO attempts (id, begun, ended, problem_id, source, statement, key, model, samples, compressed, indexed, answer, verdict)
		VALUES (?, ?, ?, '', 'typed', ?, '', 'qwen3:8b', 8, 1, 1, ?, '{"answer":"1","votes":4,"of":5,"margin":0.8,"correct":null,"why":"four_agree"}')`,
		id, begun, ended, strings.Join(statement, " "), fmt.Sprint(r.IntN(100_000)))
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO events (attempt, seq, at, kind, fact) VALUES (?, 1, ?, 'warning', '{"text":"begun"}'), (?, 2, ?, 'warning', '{"text":"ended"}')`,
		id, begun, id, ended)
	return err
}
