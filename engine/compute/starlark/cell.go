package starlark

import (
	"context"
	"fmt"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/compute"
)

// Run implements compute.Worker.
func (w *process) Run(ctx context.Context, number int, code string) (engine.Cell, error) {
	if err := w.send(number, code); err != nil {
		return w.gone(), nil
	}
	clock := time.NewTimer(w.limits.Cell)
	defer clock.Stop()
	interrupted := false
	for {
		select {
		case r, ok := <-w.replies:
			if !ok {
				return w.gone(), nil
			}
			if r.ID == w.id {
				return w.cell(r), nil
			}
		case <-ctx.Done():
			return engine.Cell{}, context.Cause(ctx)
		case <-clock.C:
			if interrupted {
				return engine.Cell{TimedOut: true, Err: fmt.Sprintf(
					"[TIMEOUT] The cell ran for %s and did not stop when it was interrupted. %s", w.limits.Cell, lost)}, nil
			}
			interrupted = true
			w.child.Interrupt()
			clock.Reset(compute.Grace)
		}
	}
}

// lost is what a model must know when its session was restarted.
const lost = "The session was restarted: every name that was defined before is gone.\n"

func (w *process) cell(r reply) engine.Cell {
	c := engine.Cell{Output: r.Out, Err: r.Err, Kept: true, Memory: r.Peak, Truncated: r.Dropped, TimedOut: r.Stopped}
	if r.Stopped {
		c.Err += fmt.Sprintf("[TIMEOUT] Execution interrupted after %s. Names that were defined before are still there.\n", w.limits.Cell)
	}
	return c
}

// gone is the cell during which the worker ended.
func (w *process) gone() engine.Cell {
	return engine.Cell{Err: "[CRASHED] The interpreter ended: " + w.why() + ". " + lost}
}
