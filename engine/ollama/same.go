package ollama

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// listTimeout is for the list after a reply. It may be longer than that for a screen: what
// hangs on it is whether a vote counts.
const listTimeout = 5 * time.Second

// checkFirst fails if the server is known to have another model by the name that is asked
// for than the one that is wished. Its latest list may be old, so a new one has to say so.
func (c *Client) checkFirst(ctx context.Context, ask engine.Ask) error {
	if is := c.cardKey(ask.Model).digest; is == "" || is == ask.Digest {
		return nil // or it was never listed, and the check of the reply will do
	}
	return c.checkSame(ctx, ask)
}

// checkReplied fails if the server has another model now than the one that is wished: the
// reply that has just come may be that one's. So no reply of it counts, however the server
// came by it; a reply does not say whose it is.
func (c *Client) checkReplied(ctx context.Context, ask engine.Ask, err error) error {
	if err != nil && !errors.Is(context.Cause(ctx), engine.ErrHeard) {
		return err // there is no reply
	}
	if other := c.checkSame(context.WithoutCancel(ctx), ask); other != nil {
		return other
	}
	return err
}

// checkSame fails if the server lists another model by the name, or none. While it lists
// nothing at all, nothing is known: what can reply is asked.
func (c *Client) checkSame(ctx context.Context, ask engine.Ask) error {
	if ask.Digest == "" {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, listTimeout)
	defer cancel()
	models, err := c.Models(ctx)
	wanted := func(m engine.Model) bool {
		return m.Digest == ask.Digest && engine.FullName(m.Name) == engine.FullName(ask.Model)
	}
	if err != nil || len(models) == 0 || slices.ContainsFunc(models, wanted) {
		return nil
	}
	return &engine.Fault{
		Class: engine.NoModel, What: fmt.Sprintf("%q at %s is another model now than when this began", clean(ask.Model), c.Host()),
		Todo: "solve again once nothing runs: one vote is never of two models",
	}
}
