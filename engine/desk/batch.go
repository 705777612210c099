package desk

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/secure/audit"
)

// Settle completes a wish once for many problems, as Attempt does for one: the plan has
// every default filled and names its models by their digests. Notes say, a line each, where
// it gives less than was wished; a Fault says that it cannot be had here. Models to fall
// back to are left out, since samples that are taken by themselves cannot agree on one.
func (d *Desk) Settle(ctx context.Context, wish engine.Plan) (plan engine.Plan, notes []string, err error) {
	if len(wish.Fallback) > 0 {
		notes = append(notes, "samples of many problems do not fall back to another model: going on without --fallback")
		wish.Fallback = nil
	}
	plan, more, err := d.resolve(ctx, d.Server(ctx), wish)
	return plan.WithDefaults(), append(notes, more...), err
}

// Join says that so many samples of a settled plan will be taken at once until leave is
// called. A Fault says that the plan's models are not here, or are other ones now.
func (d *Desk) Join(ctx context.Context, plan engine.Plan, parallel int) (leave func(), err error) {
	if err := d.has(ctx, &plan); err != nil {
		return nil, ofRun(err)
	}
	return d.hosts.Join(parallel), nil
}

// ofRun is err, which tells of an attempt whose model is gone or another one now, for what
// has none yet.
func ofRun(err error) error {
	var f *engine.Fault
	if !errors.As(err, &f) || f.Class != engine.NoModel || !strings.Contains(f.What, "the attempt was begun") {
		return err
	}
	return &engine.Fault{
		Class: f.Class, What: strings.Replace(f.What, "the attempt was begun", "the run was begun", 1),
		Todo: "install that model again, or begin another run: one vote is never of two models",
	}
}

// Sample takes one sample of a settled plan by itself, as solve.Solver.Sample.
func (d *Desk) Sample(ctx context.Context, problem engine.Problem, plan engine.Plan, number int, tell func(engine.Fact)) {
	d.solver.Sample(ctx, problem, plan, number, tell)
}

// Decided is why no more samples of a settled plan need be taken, as solve.Solver.Decided.
func (d *Desk) Decided(problem engine.Problem, plan engine.Plan, endings []engine.Event) error {
	return d.solver.Decided(problem, plan, endings)
}

// Assemble puts an attempt together from samples that were taken by themselves, as
// solve.Solver.Assemble, and keeps it whole or not at all. To assemble one again changes
// nothing: the verdict is that of the attempt as it is kept. No answer, and samples that
// all failed, are no errors. Options.Import and Options.Kept are needed.
func (d *Desk) Assemble(ctx context.Context, id engine.AttemptID, problem engine.Problem, plan engine.Plan, said []engine.Event) (engine.Verdict, error) {
	var events []engine.Event
	v, err := d.solver.Assemble(ctx, id, problem, plan, said, func(e engine.Event) error {
		events = engine.Append(events, e)
		return nil
	})
	if ctx.Err() != nil {
		return engine.Verdict{}, err
	}
	fresh, err := d.with.Import(ctx, events)
	if err != nil {
		return engine.Verdict{}, err
	}
	if !fresh {
		return d.keptVerdict(ctx, id)
	}
	listen := (&diary{log: d.with.Log.With("attempt", id)}).before(d.heard(nil))
	for _, e := range events {
		if err := listen(e); err != nil {
			return v, err
		}
	}
	d.with.Audit.Add(ctx, audit.Solve, string(id), outcome(v, nil))
	return v, nil
}

// keptVerdict is that of an attempt that was kept before.
func (d *Desk) keptVerdict(ctx context.Context, id engine.AttemptID) (engine.Verdict, error) {
	p, err := d.with.Kept(ctx, id)
	switch {
	case err != nil:
		return engine.Verdict{}, err
	case p.Verdict == nil:
		return engine.Verdict{}, &engine.Fault{Class: engine.Storage, What: fmt.Sprintf("attempt %s is kept without its end", id), Todo: "close it: `aimo3 history close " + string(id) + "`"}
	}
	return *p.Verdict, nil
}
