package ollama

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/aimo3/aimo3/engine"
)

// Unload has the server give up the memory of a model. A reply under way is finished
// first, and the next request loads the model again.
func (c *Client) Unload(ctx context.Context, name string) error {
	ask, err := json.Marshal(map[string]any{"model": name, "keep_alive": 0, "stream": false})
	if err != nil {
		return fmt.Errorf("write the request: %w", err)
	}
	var answer struct {
		Done loose[bool] `json:"done"`
	}
	switch err := c.fetch(ctx, http.MethodPost, "/api/generate", ask, &answer); {
	case err != nil:
		return c.modelFailed(ctx, name, err)
	case !answer.Done.V:
		return &engine.Fault{Class: engine.Garbled, What: fmt.Sprintf("%s did not say that it unloads %q", c.Host(), clean(name))}
	}
	return nil
}

// Unload has the current server give up the memory of a model. It starts none.
func (f *Finder) Unload(ctx context.Context, name string) error {
	f.mu.Lock()
	c := f.current
	f.mu.Unlock()
	if c == nil {
		return &engine.Fault{Class: engine.Unreachable, What: "no model server answers"}
	}
	return c.Unload(ctx, name)
}
