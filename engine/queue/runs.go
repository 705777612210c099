package queue

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/dataset"
)

// Run is a dataset and the plan by which each of its problems is attempted.
type Run struct {
	ID    string
	Name  string // of the dataset
	Begun time.Time
	Plan  engine.Plan // settled; see desk.Desk.Settle
}

// Problem is one of a run.
type Problem struct {
	dataset.Entry
	Attempt engine.AttemptID // "" while it waits for its samples
	Verdict *engine.Verdict  // nil until its attempt is kept
}

// Wish names what a person wished for: these problems, in this order, by this plan before
// it is settled. How many samples run at once is no part of it.
func Wish(plan engine.Plan, problems []dataset.Entry) (string, error) {
	plan.Parallel = 0
	h := sha256.New()
	to := json.NewEncoder(h)
	if err := to.Encode(plan); err != nil {
		return "", err
	}
	for _, e := range problems {
		e.Line, e.Source = 0, ""
		if err := to.Encode(e); err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// Find is the latest run of a wish; false if there is none.
func (q *Queue) Find(ctx context.Context, wish string) (Run, bool, error) {
	return q.one(ctx, `SELECT id, name, begun, plan FROM runs WHERE wish = ? ORDER BY begun DESC, id DESC LIMIT 1`, wish)
}

// Run is the run with an ID, or the latest one of all for "last". A Fault of class Invalid
// says that there is none.
func (q *Queue) Run(ctx context.Context, id string) (Run, error) {
	query, given := `SELECT id, name, begun, plan FROM runs WHERE id = ?`, []any{id}
	if id == "last" {
		query, given = `SELECT id, name, begun, plan FROM runs ORDER BY begun DESC, id DESC LIMIT 1`, nil
	}
	r, found, err := q.one(ctx, query, given...)
	if err == nil && !found {
		err = &engine.Fault{Class: engine.Invalid, What: "there is no run " + id + " in " + q.path, Todo: "give the dataset: the same command goes on with its run"}
	}
	return r, err
}

func (q *Queue) one(ctx context.Context, query string, given ...any) (r Run, found bool, err error) {
	var begun int64
	var plan string
	err = q.db.QueryRowContext(ctx, query, given...).Scan(&r.ID, &r.Name, &begun, &plan)
	if errors.Is(err, sql.ErrNoRows) {
		return r, false, nil
	}
	if err == nil {
		r.Begun = time.UnixMilli(begun).UTC()
		err = json.Unmarshal([]byte(plan), &r.Plan)
	}
	return r, err == nil, q.fault("read a run in", err)
}

// Begin keeps a run: all of its problems or, if that fails, none.
func (q *Queue) Begin(ctx context.Context, wish, name string, plan engine.Plan, problems []dataset.Entry) (Run, error) {
	now := q.now()
	r := Run{ID: string(engine.NewAttemptID(now)), Name: name, Begun: now.UTC().Truncate(time.Millisecond), Plan: plan}
	text, err := json.Marshal(plan)
	if err != nil {
		return r, err
	}
	err = q.inTx(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `INSERT INTO runs (id, wish, name, begun, plan) VALUES (?, ?, ?, ?, ?)`, r.ID, wish, name, now.UnixMilli(), string(text)); err != nil {
			return err
		}
		insert, err := tx.PrepareContext(ctx, `INSERT INTO problems (run, n, problem, subject, level) VALUES (?, ?, ?, ?, ?)`)
		if err != nil {
			return err
		}
		defer func() { _ = insert.Close() }()
		for n, e := range problems {
			text, err := json.Marshal(e.Problem)
			if err != nil {
				return err
			}
			if _, err := insert.ExecContext(ctx, r.ID, n, string(text), e.Subject, e.Level); err != nil {
				return err
			}
		}
		return nil
	})
	return r, q.fault("keep a run in", err)
}

// Problems hands each problem of a run to take, in order. Take must not ask the queue.
func (q *Queue) Problems(ctx context.Context, run string, take func(Problem) error) error {
	rows, err := q.db.QueryContext(ctx, `SELECT problem, subject, level, coalesce(attempt, ''), verdict FROM problems WHERE run = ? ORDER BY n`, run)
	if err != nil {
		return q.fault("read a run in", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var p Problem
		var text string
		var verdict sql.NullString
		err := rows.Scan(&text, &p.Subject, &p.Level, &p.Attempt, &verdict)
		if err == nil {
			err = json.Unmarshal([]byte(text), &p.Problem)
		}
		if err == nil && verdict.Valid {
			p.Verdict = new(engine.Verdict)
			err = json.Unmarshal([]byte(verdict.String), p.Verdict)
		}
		if err != nil {
			return q.fault("read a run in", err)
		}
		if err := take(p); err != nil {
			return err
		}
	}
	return q.fault("read a run in", rows.Err())
}

// State is how a run stands.
type State struct {
	Problems, Ended int
	Answered        int // of those that ended
	Scored, Right   int // of those whose answer is known
	Running         int // samples, in this program now
	Tokens          int // generated in this program
}

// State is how a run stands, but for what runs now.
func (q *Queue) State(ctx context.Context, run string) (s State, err error) {
	err = q.db.QueryRowContext(ctx, `SELECT count(*), count(verdict), coalesce(sum(verdict ->> '$.answer' <> ''), 0),
		count(verdict ->> '$.correct'), coalesce(sum(verdict ->> '$.correct'), 0) FROM problems WHERE run = ?`, run).
		Scan(&s.Problems, &s.Ended, &s.Answered, &s.Scored, &s.Right)
	return s, q.fault("read a run in", err)
}
