package queue

import (
	"context"
	"database/sql"
	"encoding/json"

	"github.com/riverqueue/river"

	"github.com/aimo3/aimo3/engine"
)

// openProblem is a problem whose samples are taken.
type openProblem struct {
	n       int
	attempt engine.AttemptID
	problem engine.Problem
	decided bool
	ended   int // samples
}

// open are the problems of a run whose samples are taken, in order.
func (q *Queue) openProblems(ctx context.Context, run string) (all []openProblem, err error) {
	rows, err := q.db.QueryContext(ctx, `SELECT n, attempt, problem, decided, (SELECT count(*) FROM samples WHERE run = p.run AND problem = p.n)
		FROM problems AS p WHERE run = ? AND attempt IS NOT NULL AND verdict IS NULL ORDER BY n`, run)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var p openProblem
		var text string
		if err := rows.Scan(&p.n, &p.attempt, &text, &p.decided, &p.ended); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(text), &p.problem); err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	return all, rows.Err()
}

// decide says that a problem needs no more samples: those that wait are called off.
func (q *Queue) decide(ctx context.Context, run string, problem int) error {
	return q.inTx(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `UPDATE problems SET decided = 1 WHERE run = ? AND n = ?`, run, problem); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `UPDATE river_job SET state = 'cancelled', finalized_at = ?
			WHERE queue = ? AND state IN ('available', 'pending', 'retryable', 'scheduled') AND args ->> '$.problem' = ?`,
			q.now().UTC().Format(riverTime), run, problem)
		return err
	})
}

// taken is how many samples of a problem are being taken, by any worker.
func (q *Queue) taken(ctx context.Context, run string, problem int) (n int, err error) {
	err = q.db.QueryRowContext(ctx, `SELECT count(*) FROM river_job WHERE queue = ? AND state = 'running' AND args ->> '$.problem' = ?`, run, problem).Scan(&n)
	return n, err
}

// end keeps the verdict of a problem, whose attempt is kept.
func (q *Queue) end(ctx context.Context, run string, problem int, v engine.Verdict) error {
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	_, err = q.db.ExecContext(ctx, `UPDATE problems SET verdict = ? WHERE run = ? AND n = ? AND verdict IS NULL`, string(text), run, problem)
	return err
}

// fill sees to it that at least so many samples wait for a worker, as long as there are
// problems: it opens more of them, and makes a job for each sample of an open problem that
// has none, as where a worker died. It says how many problems still wait.
func (q *Queue) fill(ctx context.Context, client *river.Client[*sql.Tx], run Run, backlog int) (waiting int, err error) {
	err = q.inTx(ctx, func(tx *sql.Tx) error {
		jobs, err := missing(ctx, tx, run)
		if err != nil {
			return err
		}
		ready := len(jobs)
		var there int
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM river_job WHERE queue = ? AND state = 'available'`, run.ID).Scan(&there); err != nil {
			return err
		}
		if short := backlog - ready - there; short > 0 {
			problems := (short + run.Plan.Samples - 1) / run.Plan.Samples
			if jobs, err = q.openMore(ctx, tx, run, problems, jobs); err != nil {
				return err
			}
		}
		if len(jobs) > 0 {
			if _, err := client.InsertManyTx(ctx, tx, jobs); err != nil {
				return err
			}
		}
		return tx.QueryRowContext(ctx, `SELECT count(*) FROM problems WHERE run = ? AND attempt IS NULL`, run.ID).Scan(&waiting)
	})
	return waiting, err
}

// openMore opens so many problems that wait, and adds jobs for all of their samples.
func (q *Queue) openMore(ctx context.Context, tx *sql.Tx, run Run, problems int, jobs []river.InsertManyParams) ([]river.InsertManyParams, error) {
	numbers, err := ints(tx.QueryContext(ctx, `SELECT n FROM problems WHERE run = ? AND attempt IS NULL ORDER BY n LIMIT ?`, run.ID, problems))
	if err != nil {
		return nil, err
	}
	for _, n := range numbers {
		if _, err := tx.ExecContext(ctx, `UPDATE problems SET attempt = ? WHERE run = ? AND n = ?`, engine.NewAttemptID(q.now()), run.ID, n); err != nil {
			return nil, err
		}
		for i := range run.Plan.Samples {
			jobs = append(jobs, job(run, place{n, i}))
		}
	}
	return jobs, nil
}

func job(run Run, at place) river.InsertManyParams {
	return river.InsertManyParams{Args: at, InsertOpts: &river.InsertOpts{Queue: run.ID, MaxAttempts: maxTries}}
}

// missing are jobs for the samples of open problems that have neither ended nor a job.
func missing(ctx context.Context, tx *sql.Tx, run Run) ([]river.InsertManyParams, error) {
	open, err := ints(tx.QueryContext(ctx, `SELECT n FROM problems WHERE run = ? AND attempt IS NOT NULL AND verdict IS NULL AND decided = 0 ORDER BY n`, run.ID))
	if err != nil {
		return nil, err
	}
	rows, err := tx.QueryContext(ctx, `SELECT args ->> '$.problem', args ->> '$.sample' FROM river_job
			WHERE queue = ? AND state IN ('available', 'pending', 'retryable', 'running', 'scheduled')
		UNION ALL SELECT n, sample FROM problems AS p JOIN samples AS s ON s.run = p.run AND s.problem = p.n
			WHERE p.run = ? AND attempt IS NOT NULL AND verdict IS NULL AND decided = 0`, run.ID, run.ID)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	there := map[place]bool{}
	for rows.Next() {
		var at place
		if err := rows.Scan(&at.Problem, &at.Sample); err != nil {
			return nil, err
		}
		there[at] = true
	}
	var jobs []river.InsertManyParams
	for _, n := range open {
		for i := range run.Plan.Samples {
			if at := (place{n, i}); !there[at] {
				jobs = append(jobs, job(run, at))
			}
		}
	}
	return jobs, rows.Err()
}

// ints are the numbers that a query gives.
func ints(rows *sql.Rows, err error) (all []int, _ error) {
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var n int
		if err := rows.Scan(&n); err != nil {
			return nil, err
		}
		all = append(all, n)
	}
	return all, rows.Err()
}
