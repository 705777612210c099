package desk

import (
	"context"
	"errors"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/secure/audit"
	"github.com/aimo3/aimo3/engine/solve"
)

// Extend has n samples more taken for the problem of an attempt that has ended, in a new
// attempt that names it as its parent and begins with its votes; see solve.Solver.Extend. A
// Fault before the first event is that of Parent. Else it is as Attempt.
func (d *Desk) Extend(ctx context.Context, id, parent engine.AttemptID, n int, listen engine.Sink) (engine.Verdict, error) {
	log := &diary{log: d.with.Log.With("attempt", id)}
	verdict, err := d.extend(ctx, id, parent, n, log.before(d.heard(listen)))
	log.failed(err)
	return verdict, err
}

func (d *Desk) extend(ctx context.Context, id, parent engine.AttemptID, n int, listen engine.Sink) (engine.Verdict, error) {
	from, err := d.Parent(ctx, parent, n)
	if err != nil {
		return engine.Verdict{}, err
	}
	plan, err := solve.Extended(from, n)
	if err != nil {
		return engine.Verdict{}, err
	}
	defer d.hosts.Join(plan.Parallel)()
	if d.with.Record == nil {
		return d.solver.Extend(ctx, id, from, n, listen)
	}
	d.with.Audit.Add(ctx, audit.Solve, string(id), audit.Begun)
	rec := d.with.Record(listen)
	d.hear(id, rec)
	verdict, err := d.solver.Extend(ctx, id, from, n, rec.Put)
	err = errors.Join(err, rec.Close())
	d.with.Audit.Add(ctx, audit.Solve, string(id), outcome(verdict, err))
	return verdict, err
}

// Parent is all that was kept of an attempt to which n samples can be added. A Fault says
// why they cannot: it cannot be read or has not ended, its model is not here or is another
// one now, or there would be too many samples. Options.Kept is needed.
func (d *Desk) Parent(ctx context.Context, id engine.AttemptID, n int) (*engine.Progress, error) {
	if d.with.Kept == nil {
		return nil, &engine.Fault{Class: engine.Invalid, What: "nothing is saved, so no attempt can be extended"}
	}
	from, err := d.with.Kept(ctx, id)
	if err == nil {
		_, err = solve.Extended(from, n)
	}
	if err == nil {
		err = d.has(ctx, &from.Plan)
	}
	return from, err
}
