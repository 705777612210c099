package main

import (
	"context"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/desk"
	"github.com/aimo3/aimo3/engine/wire"
	"github.com/aimo3/aimo3/tui"
	"github.com/aimo3/aimo3/tui/screen"
)

// steered has the screens change attempts of the desk while they run and, where attempts
// are kept, add to those that have ended.
func steered(o *tui.Options, d *desk.Desk, listen engine.Sink) {
	o.Env.Hint, o.Env.ChangeRule, o.Env.AddSamples = d.Hint, d.ChangeRule, d.AddSamples
	kept := o.Env.Library
	if kept == nil {
		return
	}
	o.Extend = func(ctx context.Context, id, parent engine.AttemptID, samples int) error {
		from, err := ended(ctx, kept, parent)
		if err != nil {
			return err
		}
		_, err = d.Extend(ctx, id, from, samples, listen)
		return err
	}
}

// ended is all that is kept of an attempt that has ended, with what was said in those before.
func ended(ctx context.Context, kept screen.Library, id engine.AttemptID) (*engine.Progress, error) {
	const page = 2000
	read := func(id engine.AttemptID, after uint64) ([]engine.Event, error) {
		return kept.Events(ctx, id, after, page)
	}
	var p engine.Progress
	err := wire.EachEvent(page, func(after uint64) ([]engine.Event, error) { return read(id, after) }, func(e engine.Event) error {
		p.Apply(e)
		return nil
	})
	switch {
	case err != nil:
		return nil, err
	case len(p.Samples) == 0:
		return nil, &engine.Fault{Class: engine.Storage, What: "what was asked in attempt " + string(id) + " cannot be read", Todo: "solve the problem again"}
	case p.Verdict == nil:
		return nil, &engine.Fault{Class: engine.Invalid, What: "attempt " + string(id) + " has not ended", Todo: "go on with it, in the list of past attempts"}
	}
	wire.Lend(&p, page, read)
	return &p, nil
}
