package queue

import (
	"context"

	"github.com/aimo3/aimo3/engine"
)

// look does what the samples that have ended since the last look ask for, and says whether
// the run is over.
func (c *coordinator) look(ctx context.Context) (over bool, err error) {
	running, tokens, failed := c.worker.now()
	if failed != nil {
		return false, failed
	}
	open, err := c.queue.openProblems(ctx, c.run.ID)
	if err != nil {
		return false, c.queue.fault("read", err)
	}
	for _, p := range open {
		if c.put[p.n] || c.seen[p.n] == p.ended && !p.decided {
			continue
		}
		if err := c.consider(ctx, p); err != nil {
			return false, c.queue.fault("write to", err)
		}
		c.seen[p.n] = p.ended
	}
	if !c.draining {
		if c.waiting, err = c.queue.fill(ctx, c.client, c.run, max(c.with.Parallel, 1)); err != nil {
			return false, c.queue.fault("write to", err)
		}
	}
	c.state.Running, c.state.Tokens = running, tokens
	if c.with.Tell != nil {
		c.with.Tell(c.state)
	}
	if len(open) > 0 || len(c.put) > 0 || c.waiting > 0 {
		return false, nil
	}
	open, err = c.queue.openProblems(ctx, c.run.ID) // the last may just have been opened
	return len(open) == 0, c.queue.fault("read", err)
}

// consider ends a problem's samples once its vote is decided, and has its attempt put
// together once none of them runs.
func (c *coordinator) consider(ctx context.Context, p openProblem) error {
	whole := p.ended >= c.run.Plan.Samples
	if !whole && !p.decided {
		endings, err := c.queue.endings(ctx, c.run.ID, p.n)
		if err != nil || c.with.Desk.Decided(p.problem, c.run.Plan, endings) == nil {
			return err
		}
		if err := c.queue.decide(ctx, c.run.ID, p.n); err != nil {
			return err
		}
	}
	if !whole {
		c.worker.stop(p.n, engine.ErrDecided)
		taken, err := c.queue.taken(ctx, c.run.ID, p.n)
		if err != nil || taken > 0 {
			return err
		}
	}
	c.assemble(ctx, p)
	return nil
}

// assemble has a problem's attempt put together and kept beside all else.
func (c *coordinator) assemble(ctx context.Context, p openProblem) {
	c.put[p.n] = true
	c.assembling.Go(func() {
		r := result{openProblem: p}
		var said []engine.Event
		if said, r.err = c.queue.said(ctx, c.run.ID, p.n); r.err == nil {
			r.verdict, r.err = c.with.Desk.Assemble(ctx, p.attempt, p.problem, c.run.Plan, said)
		}
		if r.err == nil {
			r.err = c.queue.end(ctx, c.run.ID, p.n, r.verdict)
		}
		r.err = c.queue.fault("write to", r.err)
		select {
		case c.results <- r:
		case <-c.gone:
		}
	})
}

// ended takes in what came of a problem.
func (c *coordinator) ended(r result) error {
	delete(c.put, r.n)
	delete(c.seen, r.n)
	if r.err != nil {
		return r.err
	}
	c.state.Ended++
	if r.verdict.Answer != "" {
		c.state.Answered++
	}
	if right := r.verdict.Correct; right != nil {
		c.state.Scored++
		if *right {
			c.state.Right++
		}
	}
	if c.with.Ended != nil {
		c.with.Ended(r.problem, r.verdict)
	}
	return nil
}
