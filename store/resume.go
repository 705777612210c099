package store

import (
	"context"
	"fmt"

	"github.com/aimo3/aimo3/engine"
)

// Resume begins to keep an attempt that never ended further, and returns the fold
// over what was kept. All that was kept is handed to next first, then what is put.
// An attempt that has ended, is damaged or deleted, or runs in a living process is a Fault,
// and then nothing has been changed.
func (d *DB) Resume(ctx context.Context, id engine.AttemptID, next engine.Sink) (*Recorder, *engine.Progress, error) {
	mark, err := d.claim(id)
	if err != nil {
		return nil, nil, fault(d.path, "go on with an attempt in", err)
	}
	from, err := d.recall(ctx, id, next)
	if err != nil {
		mark.release()
		return nil, nil, fault(d.path, "go on with an attempt in", err)
	}
	return d.recordAs(mark, next, commitEvery), from, nil
}

// recall folds what is kept of an attempt that may go on.
func (d *DB) recall(ctx context.Context, id engine.AttemptID, next engine.Sink) (*engine.Progress, error) {
	if _, deleted, err := d.Stored(ctx, id); err != nil {
		return nil, err
	} else if deleted {
		return nil, isDeleted(id)
	}
	var from engine.Progress
	for after := int64(0); ; {
		p, err := d.page(ctx, id, after, defaultEvents)
		switch {
		case err != nil:
			return nil, err
		case p.lost:
			return nil, &engine.Fault{Class: engine.Storage, What: fmt.Sprintf("attempt %s is damaged and cannot go on", id), Todo: "show or export what is left of it, and solve the problem anew"}
		}
		for _, e := range p.events {
			from.Apply(e)
			if next == nil {
				continue
			}
			if err := next(e); err != nil {
				return nil, err
			}
		}
		if len(p.events) < defaultEvents {
			break
		}
		after = int64(from.Seq) //nolint:gosec // as it was stored
	}
	switch {
	case from.ID == "":
		return nil, unknown(id)
	case from.Verdict != nil:
		return nil, &engine.Fault{Class: engine.Invalid, What: fmt.Sprintf("attempt %s has ended", id), Todo: fmt.Sprintf("`aimo3 history show %s` shows it", id)}
	}
	return &from, nil
}
