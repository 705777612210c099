package queue

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"sync"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riversqlite"

	"github.com/aimo3/aimo3/engine"
)

const (
	maxTries      = 4               // of a sample of which nothing was heard
	retryInterval = 5 * time.Second // times the tries
	maxSampleTime = 24 * time.Hour  // where the plan has no budget of time: a job must end
	endTime       = time.Minute     // for a sample whose time is over to end
)

// place is which sample of a run a job is for.
type place struct {
	Problem int `json:"problem"`
	Sample  int `json:"sample"`
}

// Kind names the jobs.
func (place) Kind() string { return "sample" }

// worker takes the samples of one run in this program. River calls it, each job in a
// goroutine of its own.
type worker struct {
	river.WorkerDefaults[place]
	queue   *Queue
	run     Run
	sample  func(ctx context.Context, problem engine.Problem, plan engine.Plan, number int, tell func(engine.Fact))
	changed chan struct{} // holds a value when a sample has ended

	mu      sync.Mutex
	running map[place]context.CancelCauseFunc
	tokens  int
	failed  error // the first that ends the run in this program
}

// sampleTime is how long a sample may take: the plan's budget is one of each, since samples
// of one problem need not run at the same time.
func sampleTime(plan engine.Plan) time.Duration {
	if plan.Budget.Wall <= 0 {
		return maxSampleTime
	}
	return min(plan.Budget.Wall, maxSampleTime)
}

func (w *worker) Timeout(*river.Job[place]) time.Duration { return sampleTime(w.run.Plan) + endTime }

func (w *worker) NextRetry(job *river.Job[place]) time.Time {
	return time.Now().Add(time.Duration(job.Attempt) * w.queue.retry) // by River's clock
}

// What a job fails with; another try is made, or another job.
var (
	errUnheard = errors.New("nothing was heard of the sample")
	errLate    = errors.New("the sample is somebody else's by now")
)

// Work takes the sample of a job, unless that is not wanted any more.
func (w *worker) Work(ctx context.Context, job *river.Job[place]) error {
	problem, wanted, err := w.queue.wanted(ctx, w.run.ID, job.Args)
	if err != nil {
		return w.fail(err)
	}
	if !wanted {
		return nil
	}
	said := w.take(ctx, problem, job.Args)
	switch {
	case ctx.Err() != nil: // River ends the job, not the sample itself
		return context.Cause(ctx)
	case said.unheard() && job.Attempt < maxTries:
		return errUnheard
	}
	err = w.queue.keep(context.WithoutCancel(ctx), w.run.ID, job, said)
	select {
	case w.changed <- struct{}{}:
	default:
	}
	if errors.Is(err, errLate) {
		w.queue.log.Warn("a sample came late and was dropped", "run", w.run.ID, "problem", job.Args.Problem, "sample", job.Args.Sample)
		return err
	}
	return w.fail(err)
}

// take has a sample say what it says.
func (w *worker) take(outer context.Context, problem engine.Problem, at place) *saying {
	ctx, stop := context.WithCancelCause(outer)
	defer stop(nil)
	ctx, free := context.WithTimeoutCause(ctx, sampleTime(w.run.Plan), engine.ErrBudget)
	defer free()
	w.mu.Lock()
	w.running[at] = stop
	w.mu.Unlock()
	defer func() {
		w.mu.Lock()
		delete(w.running, at)
		w.mu.Unlock()
	}()
	said := new(saying)
	w.sample(ctx, problem, w.run.Plan, at.Sample, func(f engine.Fact) {
		said.add(w.queue.now(), f)
		if d, ok := f.(engine.Delta); ok {
			w.count(d.Frames)
		}
	})
	return said
}

func (w *worker) count(tokens int) {
	w.mu.Lock()
	w.tokens += tokens
	w.mu.Unlock()
}

// stop ends the samples of a problem that run here, since its vote is decided.
func (w *worker) stop(problem int, why error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for at, stop := range w.running {
		if at.Problem == problem {
			stop(why)
		}
	}
}

// now is how many samples run here, how many tokens were generated here, and why no more
// can be kept.
func (w *worker) now() (running, tokens int, failed error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.running), w.tokens, w.failed
}

// fail remembers the first error, and returns err.
func (w *worker) fail(err error) error {
	if err == nil {
		return nil
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.failed == nil {
		w.failed = err
	}
	return err
}

// wanted is the problem of a sample that is still to be taken; false if it is not.
func (q *Queue) wanted(ctx context.Context, run string, at place) (p engine.Problem, wanted bool, err error) {
	var text string
	err = q.db.QueryRowContext(ctx, `SELECT problem FROM problems AS p WHERE run = ? AND n = ? AND decided = 0 AND verdict IS NULL
		AND NOT EXISTS (SELECT 1 FROM samples WHERE run = p.run AND problem = p.n AND sample = ?)`, run, at.Problem, at.Sample).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return p, false, nil
	}
	if err == nil {
		err = json.Unmarshal([]byte(text), &p)
	}
	return p, err == nil, q.fault("read", err)
}

// keep keeps what a sample said and completes its job, both or neither. It is late, and
// dropped, if the job was taken from this worker meanwhile: then it runs no more, or is at
// another attempt.
func (q *Queue) keep(ctx context.Context, run string, job *river.Job[place], said *saying) error {
	facts, err := pack(said.events)
	if err != nil {
		return err
	}
	ending, err := json.Marshal(said.ending())
	if err != nil {
		return err
	}
	err = q.inTx(ctx, func(tx *sql.Tx) error {
		var one int
		err := tx.QueryRowContext(ctx, `SELECT 1 FROM river_job WHERE id = ? AND state = 'running' AND attempt = ?`, job.ID, job.Attempt).Scan(&one)
		if errors.Is(err, sql.ErrNoRows) { // River would complete it all the same
			return errLate
		}
		if err != nil {
			return err
		}
		if _, err := river.JobCompleteTx[*riversqlite.Driver](ctx, tx, job); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO samples (run, problem, sample, ended, ending, facts) VALUES (?, ?, ?, ?, ?, ?)`,
			run, job.Args.Problem, job.Args.Sample, said.ending().At.UnixMilli(), string(ending), facts)
		return err
	})
	if errors.Is(err, errLate) {
		return err
	}
	return q.fault("write to", err)
}
