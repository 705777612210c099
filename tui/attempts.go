package tui

import (
	"context"
	"sync"

	"github.com/aimo3/aimo3/engine"
)

// attempts keeps count of the long work that screens have begun, so that the
// app can end all of it, and wait for it, before it returns.
type attempts struct {
	ctx    context.Context
	cancel context.CancelCauseFunc

	mu    sync.Mutex
	ended bool
	wg    sync.WaitGroup
}

func newAttempts(ctx context.Context) *attempts {
	a := &attempts{}
	a.ctx, a.cancel = context.WithCancelCause(ctx)
	return a
}

// do runs work in the calling goroutine, with a context that ends with the
// app's. After end it runs nothing.
func (a *attempts) do(work func(context.Context) error) error {
	a.mu.Lock()
	if a.ended {
		a.mu.Unlock()
		return engine.ErrCancelled
	}
	a.wg.Add(1)
	a.mu.Unlock()
	defer a.wg.Done()
	return work(a.ctx)
}

// end cancels what runs and returns when all of it is over.
func (a *attempts) end(cause error) {
	a.mu.Lock()
	a.ended = true
	a.mu.Unlock()
	a.cancel(cause)
	a.wg.Wait()
}
