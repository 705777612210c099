package serve

import (
	"context"
	"sync"

	"github.com/aimo3/aimo3/engine"
)

// run is an attempt that this server takes, or has in its queue.
type run struct {
	id      engine.AttemptID
	problem engine.Problem
	plan    engine.Plan      // as it was wished
	key     string           // the beginning of the ID that an Idempotency-Key gives; "" if there was none
	who     string           // asks for it, as the audit log calls them; "" if it goes on
	goesOn  bool             // it was cut short, and is taken up again
	parent  engine.AttemptID // to which it adds more samples; "" if to none
	more    int
	feed    *feed
	began   chan struct{} // closed by its first event
	over    chan struct{} // closed when it has ended, or never will begin
	ctx     context.Context
	cancel  context.CancelCauseFunc
	err     error // why it failed; to be read once it is over

	once sync.Once
}

// hear is the engine.Sink of its events.
func (r *run) hear(e engine.Event) error {
	err := r.feed.put(e)
	r.once.Do(func() { close(r.began) })
	return err
}

// hasBegun says whether there are events of it.
func (r *run) hasBegun() bool {
	select {
	case <-r.began:
		return true
	default:
		return false
	}
}
