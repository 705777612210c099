package queue

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/riverqueue/river"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/dataset"
	"github.com/aimo3/aimo3/engine/desk"
	"github.com/aimo3/aimo3/engine/enginetest"
)

// openedAt is the queue at path.
func openedAt(t *testing.T, path string, now func() time.Time) *Queue {
	t.Helper()
	q, err := Open(t.Context(), Options{Path: path, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = q.Close() })
	return q
}

// begun is a run of one problem with so many samples, each of which has a job.
func begun(t *testing.T, q *Queue, samples int) (Run, *coordinator) {
	t.Helper()
	set := []dataset.Entry{{Problem: engine.Problem{ID: "p1", Statement: "What is 6 times 7?"}}}
	run, err := q.Begin(t.Context(), "wish", "set.csv", engine.Plan{Model: "a", Samples: samples}.WithDefaults(), set)
	if err != nil {
		t.Fatal(err)
	}
	c, err := q.coordinate(run, Work{Desk: desk.New(desk.Options{}), Parallel: 1})
	if err != nil {
		t.Fatal(err)
	}
	if waiting, err := q.fill(t.Context(), c.client, run, 1); err != nil || waiting != 0 {
		t.Fatal(waiting, err)
	}
	return run, c
}

// jobs counts those of a state.
func (q *Queue) jobs(t *testing.T, state string) (n int) {
	t.Helper()
	if err := q.db.QueryRowContext(t.Context(), `SELECT count(*) FROM river_job WHERE state = ?`, state).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// TestSilentWorkersAreFreed: of a worker that lives no job is taken; of one that died all
// are, within a minute of its last beat, and there is another job for each of its samples.
func TestSilentWorkersAreFreed(t *testing.T) {
	clock := new(enginetest.Clock)
	q := openedAt(t, filepath.Join(t.TempDir(), "queue"), clock.Now)
	run, c := begun(t, q, 3)
	if _, err := q.beat(t.Context(), "dies"); err != nil {
		t.Fatal(err)
	}
	if _, err := q.db.ExecContext(t.Context(), `UPDATE river_job SET state = 'running', attempt = 1, attempted_by = jsonb('["before","dies"]') WHERE id <= 2`); err != nil {
		t.Fatal(err)
	}
	if _, err := q.db.ExecContext(t.Context(), `UPDATE river_job SET state = 'running', attempt = 1, attempted_by = jsonb('["lives"]') WHERE id = 3`); err != nil {
		t.Fatal(err)
	}
	var silent time.Duration
	for freed := int64(0); freed == 0; silent += beatInterval {
		clock.Pass(beatInterval)
		if _, err := q.beat(t.Context(), "lives"); err != nil {
			t.Fatal(err)
		}
		freed = int64(q.jobs(t, "cancelled"))
	}
	if silent > time.Minute || silent < maxSilence || q.jobs(t, "cancelled") != 2 || q.jobs(t, "running") != 1 {
		t.Errorf("after %s: %d jobs taken, %d left", silent, q.jobs(t, "cancelled"), q.jobs(t, "running"))
	}
	for range 2 { // and not twice
		if _, err := q.fill(t.Context(), c.client, run, 1); err != nil {
			t.Fatal(err)
		}
		if n := q.jobs(t, "available"); n != 2 {
			t.Errorf("%d jobs are there for two samples", n)
		}
	}
}

// TestLateSamplesAreDropped: what a worker says of a job that was taken from it, or that is
// at another attempt, is not kept; what is kept stays.
func TestLateSamplesAreDropped(t *testing.T) {
	for _, tt := range []struct {
		name, meanwhile string
		want            error
		kept            int
	}{
		{"in time", `SELECT 1`, nil, 1},
		{"taken from it", `UPDATE river_job SET state = 'cancelled', finalized_at = '2026-11-28 12:00:00.000'`, errLate, 0},
		{"at another attempt", `UPDATE river_job SET attempt = 2`, errLate, 0},
		{"another's is kept", `UPDATE river_job SET state = 'completed', finalized_at = '2026-11-28 12:00:00.000';
			INSERT INTO samples SELECT id, 0, 0, 1, 'another''s', x'00' FROM runs`, errLate, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			q := openedAt(t, filepath.Join(t.TempDir(), "queue"), nil)
			run, c := begun(t, q, 1)
			got := make(chan error, 1)
			c.worker.sample = func(ctx context.Context, _ engine.Problem, _ engine.Plan, _ int, tell func(engine.Fact)) {
				if _, err := q.db.ExecContext(ctx, tt.meanwhile); err != nil {
					t.Error(err)
				}
				tell(engine.SampleFinished{Answer: "42"})
			}
			workers := river.NewWorkers()
			river.AddWorker(workers, river.WorkFunc(func(ctx context.Context, job *river.Job[place]) error {
				err := c.worker.Work(ctx, job)
				got <- err
				return err
			}))
			c.workOn(t, workers)
			if err := <-got; !errors.Is(err, tt.want) || err != nil && tt.want == nil {
				t.Errorf("%v; want %v", err, tt.want)
			}
			var n, others int
			err := q.db.QueryRowContext(t.Context(), `SELECT count(*), count(*) FILTER (WHERE ending = 'another''s') FROM samples WHERE run = ?`, run.ID).Scan(&n, &others)
			if err != nil || n != tt.kept || others == 1 != (tt.name == "another's is kept") {
				t.Errorf("%d samples are kept, %d of them another's, %v", n, others, err)
			}
		})
	}
}

// workOn has a client of these workers work until the test ends.
func (c *coordinator) workOn(t *testing.T, workers *river.Workers) {
	t.Helper()
	client, err := river.NewClient(c.client.Driver(), &river.Config{
		Queues: map[string]river.QueueConfig{c.run.ID: {MaxWorkers: 1}}, Workers: workers, PollOnly: true, FetchPollInterval: fetchInterval, FetchCooldown: fetchCooldown,
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := client.Start(context.WithoutCancel(t.Context())); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = client.Stop(context.Background()) })
}
