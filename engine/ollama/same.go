package ollama

import (
	"context"
	"fmt"

	"github.com/aimo3/aimo3/engine"
)

// checkSame fails if the server has another model by the name that is asked for than the
// one that the caller knows by its digest. The server's latest list tells. After a reply
// that broke off the list is fetched anew: the server may have been restarted with others.
func (c *Client) checkSame(ctx context.Context, ask engine.Ask) error {
	if ask.Digest == "" {
		return nil
	}
	c.mu.Lock()
	current := c.listedAfter == c.broken
	c.mu.Unlock()
	if !current {
		short, cancel := context.WithTimeout(ctx, answerTimeout)
		defer cancel()
		if _, err := c.Models(short); err != nil {
			return c.asFault(ctx, short, err)
		}
	}
	is := c.cardKey(ask.Model).digest
	if is == "" || is == ask.Digest { // one that is not listed is refused by the server itself
		return nil
	}
	return &engine.Fault{
		Class: engine.NoModel, What: fmt.Sprintf("%q at %s is another model now than when this began", clean(ask.Model), c.Host()),
		Todo: "solve again once nothing runs: one vote is never of two models",
	}
}

// doubt notes that a reply broke off if err says so.
func (c *Client) doubt(err error) {
	switch engine.ClassOf(err) { //nolint:exhaustive // after the others the server is the same
	case engine.Unreachable, engine.Truncated, engine.Stalled:
		c.mu.Lock()
		c.broken++
		c.mu.Unlock()
	}
}
