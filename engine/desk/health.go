package desk

import (
	"context"

	"github.com/aimo3/aimo3/engine"
)

// Health is how requests to each server fare now: breakers, limits, requests that
// run and wait, retries.
func (d *Desk) Health() []engine.Health { return d.hosts.Health() }

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
