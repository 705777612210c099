package serve

import (
	"context"
	"slices"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// drain lets nothing begin any more, gives what runs so much time to end, ends it
// then, and returns when all of it is kept.
func (h *hub) drain(timeout time.Duration) {
	h.mu.Lock()
	h.draining = true
	for _, r := range h.queue {
		r.err = errDraining
		h.close(r)
	}
	h.queue = nil
	h.mu.Unlock()
	stop := time.AfterFunc(timeout, func() { h.cancel(engine.ErrCancelled) })
	h.work.Wait()
	stop.Stop()
	h.cancel(engine.ErrCancelled)
}

// goOn takes up the attempts that an earlier server had to leave.
func (h *hub) goOn(ctx context.Context) error {
	all, err := h.with.Store.Unfinished(ctx)
	for _, a := range slices.Backward(all) {
		if a.Problem.Source != Source {
			continue
		}
		if _, err := h.start(&run{id: a.ID, problem: a.Problem, goesOn: true}); err != nil {
			return err
		}
	}
	return err
}
