package tui

import (
	"context"
	"fmt"
	"io"

	"github.com/aimo3/aimo3/engine"
	lines "github.com/aimo3/aimo3/tui/plain"
	"github.com/aimo3/aimo3/tui/screen"
)

// RunPlain is Run without screens: the app as text that only grows, on the same Options.
// It ends as Run does; where the input ends, when all that runs has ended too.
func RunPlain(ctx context.Context, o Options) error {
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	work := newAttempts(inner)
	defer work.end(engine.ErrCancelled)
	defer o.Feed.Close()
	if o.Machine != nil {
		go o.watchMachine(inner)
	}
	err := lines.Run(ctx, lines.Options{
		Env: o.env(work, io.Discard), Server: o.Server, Tell: o.Tell, In: o.input(), Out: standard(o.Output),
		Next: func() ([]engine.Event, bool) {
			arrived, more := o.Feed.Next().(screen.Arrived)
			return arrived.Events, more
		},
	})
	if err != nil {
		return fmt.Errorf("run the app as text: %w", err)
	}
	return nil
}

// watchMachine reads the machine for as long as the app is shown, so that whoever chooses
// a model knows what room there is.
func (o Options) watchMachine(ctx context.Context) {
	for {
		if _, more := o.Machine(ctx); !more {
			return
		}
	}
}
