package queue

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riversqlite"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/desk"
)

const (
	lookInterval  = time.Second            // at most, between two looks at what others did
	fetchInterval = 100 * time.Millisecond // at most, until a job that waits is seen by a free worker
	fetchCooldown = 20 * time.Millisecond
)

// Work says how a program takes part in a run.
type Work struct {
	Desk     *desk.Desk  // decides how samples are taken, when a problem needs no more, and what comes of them
	Parallel int         // samples that it takes at once, at least 1
	Tell     func(State) // is told now and then how the run stands; if nil, nobody is
	// Ended is told of each problem that ended here; if nil, nobody is.
	Ended func(problem engine.Problem, v engine.Verdict)
}

// Work takes part in a run until all of its problems have ended: this program takes
// samples, and does what is to be done between them. Several programs may take part in one
// run; what they do twice counts once.
//
// When ctx ends, no more samples are begun, and those that run are waited for; the error
// then wraps engine.ErrCancelled. Whatever ends a program, another call goes on where the
// run was: no sample that had ended is taken again. Other errors are those of Desk.Join
// and Desk.Assemble, and Faults of class Storage.
func (q *Queue) Work(ctx context.Context, run Run, with Work) error {
	leave, err := with.Desk.Join(ctx, run.Plan, with.Parallel)
	if err != nil {
		return err
	}
	defer leave()
	c, err := q.coordinate(run, with)
	if err != nil {
		return err
	}
	within := context.WithoutCancel(ctx) // what has ended is kept, whoever stops
	if _, err = q.beat(within, c.client.ID()); err != nil {
		return err
	}
	if c.state, err = q.State(within, run.ID); err != nil {
		return err
	}
	if err := c.client.Start(within); err != nil {
		return q.fault("work at", err)
	}
	err = c.goOn(ctx)
	stop := c.client.Stop
	if err != nil && !errors.Is(err, engine.ErrCancelled) {
		stop = c.client.StopAndCancel
	}
	err = errors.Join(err, stop(within))
	<-c.client.Stopped() // it may have been told before
	close(c.gone)
	c.assembling.Wait()
	return errors.Join(err, q.leave(within, c.client.ID()))
}

// coordinator does what is to be done between the samples of a run. Its goroutine alone
// touches what has no lock.
type coordinator struct {
	queue  *Queue
	run    Run
	with   Work
	worker *worker
	client *river.Client[*sql.Tx]

	seen       map[int]int  // samples of open problems that had ended when they were looked at last
	put        map[int]bool // open problems whose attempts are being put together
	assembling sync.WaitGroup
	results    chan result
	gone       chan struct{} // closed once nobody takes results any more
	state      State
	waiting    int  // problems that nobody has opened yet
	draining   bool // no more samples are begun here
}

// result is what came of a problem whose attempt was put together.
type result struct {
	openProblem
	verdict engine.Verdict
	err     error
}

func (q *Queue) coordinate(run Run, with Work) (*coordinator, error) {
	w := &worker{queue: q, run: run, sample: with.Desk.Sample, changed: make(chan struct{}, 1), running: map[place]context.CancelCauseFunc{}}
	workers := river.NewWorkers()
	river.AddWorker(workers, w)
	client, err := river.NewClient(riversqlite.New(q.db), &river.Config{
		ID:     string(engine.NewAttemptID(q.now())),
		Queues: map[string]river.QueueConfig{run.ID: {MaxWorkers: max(with.Parallel, 1)}}, Workers: workers,
		FetchPollInterval: fetchInterval, FetchCooldown: fetchCooldown, PollOnly: true,
		// A job of a dead worker is freed by beat, long before River would.
		JobTimeout: maxSampleTime + endTime, RescueStuckJobsAfter: 2 * maxSampleTime,
		Logger: slog.New(slog.DiscardHandler), // what fails is told by who asked for it
	})
	if err != nil {
		return nil, err
	}
	return &coordinator{queue: q, run: run, with: with, worker: w, client: client, seen: map[int]int{}, put: map[int]bool{}, results: make(chan result), gone: make(chan struct{})}, nil
}

// goOn looks after the run until it is over, or this program's part of it.
func (c *coordinator) goOn(ctx context.Context) error {
	within := context.WithoutCancel(ctx)
	looks, beats := time.NewTicker(lookInterval), time.NewTicker(beatInterval)
	defer looks.Stop()
	defer beats.Stop()
	ending, drained := ctx.Done(), make(chan error, 1)
	for {
		if over, err := c.look(within); err != nil || over {
			return err
		}
		var err error
		select {
		case <-ending:
			ending, c.draining = nil, true
			go func() { drained <- c.client.Stop(within) }()
		case err = <-drained:
			return errors.Join(err, c.rest(within), fmt.Errorf("%w: %w", engine.ErrCancelled, context.Cause(ctx)))
		case r := <-c.results:
			err = c.ended(r)
		case <-c.worker.changed:
		case <-looks.C:
		case <-beats.C:
			err = c.beat(within)
		}
		if err != nil {
			return err
		}
	}
}

// rest does what is to be done once no more samples are taken here.
func (c *coordinator) rest(ctx context.Context) error {
	if _, err := c.look(ctx); err != nil {
		return err
	}
	for len(c.put) > 0 {
		if err := c.ended(<-c.results); err != nil {
			return err
		}
	}
	return nil
}

// beat says that this worker lives, and counts anew what others may have done.
func (c *coordinator) beat(ctx context.Context) error {
	if _, err := c.queue.beat(ctx, c.client.ID()); err != nil {
		return err
	}
	if len(c.put) > 0 { // their results are still to be counted
		return nil
	}
	state, err := c.queue.State(ctx, c.run.ID)
	c.state = state
	return err
}
