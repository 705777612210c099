package ollama

import (
	"context"
	"fmt"

	"github.com/aimo3/aimo3/engine"
)

// checkSame fails if the server has another model by the name that is asked for than the
// one that the caller knows by its digest, or lists none by it. The server's latest list
// tells. After a reply that failed, however it did, the list is fetched anew: the server may
// have been restarted with others.
func (c *Client) checkSame(ctx context.Context, ask engine.Ask) error {
	if ask.Digest == "" {
		return nil
	}
	c.mu.Lock()
	current := c.known && c.listedAfter == c.broken
	c.mu.Unlock()
	if !current {
		short, cancel := context.WithTimeout(ctx, answerTimeout)
		defer cancel()
		if _, err := c.Models(short); err != nil {
			return c.asFault(ctx, short, err)
		}
	}
	if c.cardKey(ask.Model).digest == ask.Digest {
		return nil
	}
	return &engine.Fault{
		Class: engine.NoModel, What: fmt.Sprintf("%q at %s is another model now than when this began", clean(ask.Model), c.Host()),
		Todo: "solve again once nothing runs: one vote is never of two models",
	}
}

// doubt notes that a reply failed, unless who asked for it wanted no more.
func (c *Client) doubt(ctx context.Context, err error) {
	if err == nil || ctx.Err() != nil {
		return
	}
	c.mu.Lock()
	c.broken++
	c.mu.Unlock()
}
