package desk

import (
	"context"

	"github.com/aimo3/aimo3/engine"
)

// Health is how requests to each server fare now: breakers, limits, requests that
// run and wait, retries.
func (d *Desk) Health() []engine.Health { return d.hosts.Health() }

// TryNow has an open breaker let the next request try at once, and says whether it was
// open: that of a model at a host, or of the host if model is "".
func (d *Desk) TryNow(host, model string) bool { return d.hosts.TryNow(host, model) }

// HealthWatch returns a function that waits until Health may say something else than
// when it was called before, and returns that; at first it does not wait. False means
// that ctx has ended. Its calls must not overlap.
func (d *Desk) HealthWatch() func(ctx context.Context) ([]engine.Health, bool) {
	var changed <-chan struct{}
	return func(ctx context.Context) ([]engine.Health, bool) {
		if changed != nil {
			select {
			case <-changed:
			case <-ctx.Done():
				return nil, false
			}
		}
		changed = d.hosts.Changed()
		return d.Health(), ctx.Err() == nil
	}
}
