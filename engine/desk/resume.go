package desk

import (
	"context"
	"errors"
	"fmt"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/secure/audit"
)

// Resume goes on with an attempt that was cut short: samples that had not ended are
// taken, as its plan said, and the votes of the others stand. Listen is told all that
// was kept, and then what happens. Options.Resume is needed.
//
// A Fault before anything new is kept says that it cannot go on: it has ended, runs
// elsewhere or is damaged, or its model is not here.
func (d *Desk) Resume(ctx context.Context, id engine.AttemptID, listen engine.Sink) (engine.Verdict, error) {
	log := d.with.Log.With("attempt", id)
	verdict, err := d.goOn(ctx, id, listen, func(from *engine.Progress) error {
		err := d.has(ctx, &from.Plan)
		if err == nil {
			d.with.Audit.Add(ctx, audit.Resume, string(id), audit.Begun)
		}
		return err
	})
	d.with.Audit.Add(ctx, audit.Resume, string(id), outcome(verdict, err))
	if err == nil {
		log.Info("attempt went on", "votes", verdict.Votes, "of", verdict.Of)
	} else {
		(&diary{log: log}).failed(err)
	}
	return verdict, err
}

// Close ends an attempt that was cut short with the votes that it has: nothing is
// asked of any server. Else it is as Resume.
func (d *Desk) Close(ctx context.Context, id engine.AttemptID, listen engine.Sink) (engine.Verdict, error) {
	if err := ctx.Err(); err != nil {
		return engine.Verdict{}, err
	}
	stopped, stop := context.WithCancelCause(ctx)
	stop(engine.ErrStopped)
	verdict, err := d.goOn(stopped, id, listen, nil)
	if errors.Is(err, engine.ErrCancelled) && !errors.Is(err, &engine.Fault{Class: engine.Storage}) {
		err = nil
	}
	d.with.Audit.Add(ctx, audit.Close, string(id), outcome(verdict, err))
	return verdict, err
}

func (d *Desk) goOn(ctx context.Context, id engine.AttemptID, listen engine.Sink, may func(*engine.Progress) error) (engine.Verdict, error) {
	if d.with.Resume == nil {
		return engine.Verdict{}, &engine.Fault{Class: engine.Invalid, What: "nothing is kept, so no attempt can go on"}
	}
	rec, from, err := d.with.Resume(context.WithoutCancel(ctx), id, d.heard(listen))
	if err != nil {
		return engine.Verdict{}, err
	}
	if may != nil {
		if err := may(from); err != nil {
			return engine.Verdict{}, errors.Join(err, rec.Close())
		}
	}
	defer d.hosts.Join(from.Plan.WithDefaults().Parallel)()
	d.hear(id, rec)
	verdict, err := d.solver.Resume(ctx, from, rec.Put)
	return verdict, errors.Join(err, rec.Close())
}

// hear has the attempt tell what its recorder cannot keep, if that can happen.
func (d *Desk) hear(id engine.AttemptID, rec Recorder) {
	if r, ok := rec.(interface{ OnNotKept(func(engine.NotKept)) }); ok {
		r.OnNotKept(func(f engine.NotKept) { d.solver.Tell(id, f) })
	}
}

// has fails if what an attempt was planned with is not here: the models by their digests
// too. Of a plan by an earlier version, models without digests are taken for those that are
// here, and tools that are no longer supported for auto.
func (d *Desk) has(ctx context.Context, plan *engine.Plan) error {
	seen := d.hosts.lookFor(ctx, plan.Digests)
	if seen.Fault != nil {
		return seen.Fault
	}
	for _, model := range []string{plan.Model, plan.Judge} {
		if model == "" {
			continue
		}
		if name, err := d.named(ctx, seen.Models, model); err != nil {
			return err
		} else if name != model {
			return &engine.Fault{Class: engine.NoModel, What: fmt.Sprintf("the attempt was begun with %s, which is not installed", model), Todo: "pull it, or close the attempt with the votes that it has"}
		}
	}
	if err := same(seen.Models, plan); err != nil {
		return err
	}
	if plan.Tools.Retired() {
		plan.Tools = engine.ToolsAuto
	}
	return d.canRun(ctx, plan.Tools)
}

// same fails if a model of the plan is not the one that it was when the plan was made.
func same(installed []engine.Model, plan *engine.Plan) error {
	here := digests(installed, append([]string{plan.Model, plan.Judge}, plan.Fallback...)...)
	if plan.Digests == nil {
		plan.Digests = here
	}
	for _, model := range []string{plan.Model, plan.Judge} {
		if was := plan.Digest(model); model != "" && was != "" && here[engine.FullName(model)] != was {
			return &engine.Fault{Class: engine.NoModel, What: fmt.Sprintf("the attempt was begun with another model than the %s that is here now", model), Todo: "close the attempt with the votes that it has, or solve the problem again: one vote is never of two models"}
		}
	}
	return nil
}
