package desk

import (
	"context"
	"errors"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/secure/audit"
)

// Hint tells a running attempt's sample, or all of them if it is negative, what a person has
// to say; ChangeRule sets when the attempt ends; AddSamples has it take more. All are as the
// methods of solve.Solver by their names.
func (d *Desk) Hint(id engine.AttemptID, sample int, text string) error {
	return d.solver.Hint(id, sample, text)
}

// ChangeRule is told of at Hint.
func (d *Desk) ChangeRule(id engine.AttemptID, rule engine.StopRule) error {
	return d.solver.ChangeRule(id, rule)
}

// AddSamples is told of at Hint.
func (d *Desk) AddSamples(id engine.AttemptID, n int) error { return d.solver.AddSamples(id, n) }

// Extend has n samples more taken for the problem of an attempt that has ended, in a new
// attempt that names it as its parent and begins with its votes; see solve.Solver.Extend. A
// Fault before the first event says that they cannot be had here: the model is another one
// now, or there would be too many. Else it is as Attempt.
func (d *Desk) Extend(ctx context.Context, id engine.AttemptID, from *engine.Progress, n int, listen engine.Sink) (engine.Verdict, error) {
	log := &diary{log: d.with.Log.With("attempt", id)}
	verdict, err := d.extend(ctx, id, from, n, log.before(d.heard(listen)))
	log.failed(err)
	return verdict, err
}

func (d *Desk) extend(ctx context.Context, id engine.AttemptID, from *engine.Progress, n int, listen engine.Sink) (engine.Verdict, error) {
	if err := d.has(ctx, &from.Plan); err != nil {
		return engine.Verdict{}, err
	}
	defer d.hosts.Join(from.Plan.WithDefaults().Parallel)()
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
