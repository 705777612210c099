package python

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/compute"
)

// workerTimeout is how long a worker may take to get ready, and to answer once a
// cell was interrupted and did end: for a machine that is very busy.
const workerTimeout = 60 * time.Second

// Run implements compute.Worker.
func (w *process) Run(ctx context.Context, number int, code string) (engine.Cell, error) {
	reply, err := w.send(number, code)
	if err != nil {
		return w.deaf(), nil
	}
	clock := time.NewTimer(w.limits.Cell)
	defer clock.Stop()
	end := time.Time{} // when an interrupted cell is killed
	for {
		select {
		case r := <-reply:
			if w.child.Crowded() {
				return w.gone(), nil
			}
			return w.cell(r, !end.IsZero()), nil
		case <-w.lost:
			return w.gone(), nil
		case <-ctx.Done():
			return engine.Cell{}, context.Cause(ctx)
		case <-clock.C:
			if end.IsZero() {
				end = time.Now().Add(compute.Grace)
			}
			if !time.Now().Before(end) {
				return engine.Cell{TimedOut: true, Err: fmt.Sprintf(
					"[TIMEOUT] The cell ran for %s and did not stop when it was interrupted. %s", w.limits.Cell, lost)}, nil
			}
			// Again and again: the code may catch the first interrupt.
			w.child.Interrupt()
			clock.Reset(compute.Grace / 8)
		}
	}
}

// lost is what a model must know when its session was restarted.
const lost = "The session was restarted: every name that was defined before is gone, imports too.\n"

func (w *process) cell(r reply, interrupted bool) engine.Cell {
	r = r.bounded(w.limits)
	c := engine.Cell{Output: r.out, Err: r.err, Kept: true, Memory: r.peak << 10, Truncated: r.dropped}
	if interrupted && strings.HasSuffix(r.err, "KeyboardInterrupt\n") {
		c.TimedOut = true
		c.Err += fmt.Sprintf("[TIMEOUT] Execution interrupted after %s. Names that were defined before are still there.\n", w.limits.Cell)
	}
	if w.child.Contained() {
		c.Err += refused(c.Err)
	}
	if r.broken != "" {
		c.Kept = false
		c.Err += "[BROKEN] " + r.broken + ". " + lost
	}
	return c
}

// deaf is the cell that could not be handed over. The worker is ending, or it
// lives and reads nothing more, since a cell put another file in the place of
// the pipe: then it is killed.
func (w *process) deaf() engine.Cell {
	select {
	case <-w.lost:
	case <-time.After(compute.Grace):
		w.child.Kill()
	}
	c := w.gone()
	c.Err += "Nothing of this cell was run.\n"
	return c
}

// gone is the cell during which the worker ended.
func (w *process) gone() engine.Cell {
	return engine.Cell{Err: "[CRASHED] Python ended: " + w.why() + ". " + lost}
}
