package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"
	"time"
	"unicode"

	"github.com/aimo3/aimo3/engine"
)

const (
	defaultAttempts = 200 // listed when a filter names no limit
	maxPieces       = 64  // looked at in a filter
)

// summary is what a list reads of an attempt. One that was killed has no end:
// it took until its last event.
const summary = `a.id, a.begun, coalesce(a.ended, (SELECT at FROM events WHERE attempt = a.id ORDER BY seq DESC LIMIT 1), a.begun),
	a.problem_id, a.source, a.statement, a.key, a.model, a.samples, a.tokens, a.verdict`

// Attempts lists stored attempts, newest first, but for deleted ones.
func (d *DB) Attempts(ctx context.Context, f engine.Filter) ([]engine.Summary, error) {
	found, err := d.attempts(ctx, f)
	return found, fault(d.path, "list attempts in", err)
}

func (d *DB) attempts(ctx context.Context, f engine.Filter) ([]engine.Summary, error) {
	if f.Limit <= 0 {
		f.Limit = defaultAttempts
	}
	before := int64(math.MaxInt64)
	if f.Before != "" {
		err := d.reader.QueryRowContext(ctx, `SELECT n FROM attempts WHERE id = ?`, f.Before).Scan(&before)
		if errors.Is(err, sql.ErrNoRows) {
			return nil, unknown(f.Before)
		}
		if err != nil {
			return nil, err
		}
	}
	if words := match(f.Words); words != "" {
		return d.summaries(ctx, `SELECT `+summary+` FROM search CROSS JOIN attempts a ON a.n = search.docid
			WHERE search MATCH ? AND search.docid < ? AND a.deleted_at IS NULL
			ORDER BY search.docid DESC LIMIT ?`, words, before, f.Limit)
	}
	return d.summaries(ctx, `SELECT `+summary+` FROM attempts a WHERE a.n < ? AND a.deleted_at IS NULL
		ORDER BY a.n DESC LIMIT ?`, before, f.Limit)
}

func (d *DB) summaries(ctx context.Context, query string, args ...any) ([]engine.Summary, error) {
	rows, err := d.reader.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []engine.Summary
	for rows.Next() {
		s, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, rows.Err()
}

func scan(rows *sql.Rows) (engine.Summary, error) {
	var (
		s            engine.Summary
		begun, ended string
		verdict      []byte
	)
	p := &s.Problem
	err := rows.Scan(&s.ID, &begun, &ended, &p.ID, &p.Source, &p.Statement, &p.Key, &s.Model, &s.Samples, &s.Tokens, &verdict)
	if err != nil {
		return s, err
	}
	if s.Begun, err = time.Parse(stamp, begun); err != nil {
		return s, err
	}
	last, err := time.Parse(stamp, ended)
	if err != nil {
		return s, err
	}
	s.Took = max(last.Sub(s.Begun), 0) // a clock may have been set back
	if verdict != nil {
		err = json.Unmarshal(verdict, &s.Verdict)
	}
	return s, err
}

// match is the search expression of the words that a person typed; any text is
// legal. Each word is a row of pieces as the index splits text, the last of
// which may be unfinished; "" if there is nothing to look for.
func match(words string) string {
	var b strings.Builder
	pieces := 0
	for _, word := range strings.Fields(words) {
		split := strings.FieldsFunc(word, func(r rune) bool {
			return !unicode.In(r, unicode.L, unicode.N, unicode.M, unicode.Co)
		})
		split = split[:min(len(split), maxPieces-pieces)]
		if len(split) > 0 {
			fmt.Fprintf(&b, `"%s*" `, strings.Join(split, " "))
		}
		pieces += len(split)
	}
	return b.String()
}

// Attempt finds one attempt by its ID, by the beginning of it if no other's
// begins so, or by "last". Deleted ones are not found.
func (d *DB) Attempt(ctx context.Context, name string) (engine.Summary, error) {
	s, err := d.attempt(ctx, strings.TrimSpace(name))
	return s, fault(d.path, "find an attempt in", err)
}

func (d *DB) attempt(ctx context.Context, name string) (engine.Summary, error) {
	const shown = 5
	query, args := `SELECT `+summary+` FROM attempts a WHERE a.id >= ? AND a.id < ? AND a.deleted_at IS NULL
		ORDER BY a.id LIMIT ?`, []any{name, name + "\U0010FFFF", shown + 1}
	switch name {
	case "":
		return engine.Summary{}, &engine.Fault{Class: engine.Invalid, What: "no attempt is named", Todo: "give an ID, the beginning of one, or last"}
	case "last":
		query, args = `SELECT `+summary+` FROM attempts a WHERE a.deleted_at IS NULL ORDER BY a.n DESC LIMIT 1`, nil
	}
	found, err := d.summaries(ctx, query, args...)
	switch {
	case err != nil:
		return engine.Summary{}, err
	case len(found) == 0 && name == "last":
		return engine.Summary{}, &engine.Fault{Class: engine.Invalid, What: "no attempt is stored yet", Todo: "solve a problem first"}
	case len(found) == 0:
		return engine.Summary{}, unknown(engine.AttemptID(name))
	case len(found) == 1 || string(found[0].ID) == name:
		return found[0], nil
	}
	return engine.Summary{}, ambiguous(name, found, shown)
}

func ambiguous(name string, found []engine.Summary, shown int) error {
	var ids []string
	for _, s := range found[:min(len(found), shown)] {
		ids = append(ids, fmt.Sprintf("%s (%s)", s.ID, s.Problem.Title(30)))
	}
	if len(found) > shown {
		ids = append(ids, "and more")
	}
	return &engine.Fault{Class: engine.Invalid, What: fmt.Sprintf("several attempts begin with %q", name), Todo: "name one of " + strings.Join(ids, ", ")}
}

func unknown(id engine.AttemptID) error {
	return &engine.Fault{Class: engine.Invalid, What: fmt.Sprintf("no attempt is named %q", id), Todo: "`aimo3 history list` shows their names"}
}
