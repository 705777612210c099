package ollama

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/ollama/ollama/api"

	"github.com/aimo3/aimo3/engine"
)

// Pull has the server fetch a model from its library and returns when it is
// installed. Tell is called in order, from this goroutine.
func (c *Client) Pull(ctx context.Context, name string, tell func(engine.Pull)) error {
	layers, finished := layers{}, false
	err := c.api.Pull(ctx, &api.PullRequest{Model: name}, func(p api.ProgressResponse) error {
		finished = finished || p.Status == "success"
		p.Status = c.clean(p.Status)
		tell(layers.add(p))
		return nil
	})
	c.forget(name)
	return c.installed(ctx, "fetch", name, finished, err)
}

// installed judges how the making of a model ended: the official client takes
// a connection that was cut for success.
func (c *Client) installed(ctx context.Context, doing, name string, finished bool, err error) error {
	var request *url.Error
	var status api.StatusError
	var login api.AuthorizationError
	switch {
	case err == nil && finished:
		return nil
	case ctx.Err() != nil:
		return fmt.Errorf("%s %s: %w", doing, clean(name), context.Cause(ctx))
	case err == nil:
		return &engine.Fault{
			Class: engine.Truncated, What: fmt.Sprintf("%s stopped answering before the model %q was complete", c.Host(), clean(name)),
			Todo: "try again: what is there already is kept",
		}
	case errors.As(err, &request), errors.As(err, &login):
		return c.failed(ctx, err)
	case errors.As(err, &status):
		return c.notInstalled(doing, name, status.StatusCode, status.ErrorMessage)
	}
	return c.notInstalled(doing, name, 200, err.Error()) // an error line within the stream
}

// notInstalled is the fault for what the server said while making a model.
func (c *Client) notInstalled(doing, name string, code int, text string) *engine.Fault {
	low := strings.ToLower(text)
	says := func(needles ...string) bool {
		for _, n := range needles {
			if strings.Contains(low, n) {
				return true
			}
		}
		return false
	}
	what := fmt.Sprintf("could not %s the model %q: %s", doing, clean(name), c.clean(text))
	switch {
	case says("file does not exist", "manifest unknown", "invalid model name", "model not found"):
		return &engine.Fault{Class: engine.NoModel, What: what, Todo: "see https://ollama.com/search for the names of models"}
	case says("no space left", "disk quota"):
		return &engine.Fault{Class: engine.Storage, What: what, Todo: "make room on the server's disk, or remove a model with `ollama rm`"}
	case says("no such host", "dial tcp", "i/o timeout", "network is unreachable", "tls:", "max retries"):
		return &engine.Fault{Class: engine.Unreachable, What: what, Todo: "check that the machine of the server is online; or import a model file with `aimo3 models import`"}
	}
	f := c.said(code, text)
	if f.Class == engine.Unknown {
		f.What = what
	}
	return f
}

// layers adds up how far the parts of a model are.
type layers struct {
	parts map[string]api.ProgressResponse
	done  int64
}

// add takes one report of the server. What is done never goes back, though
// the server begins parts again.
func (l *layers) add(p api.ProgressResponse) engine.Pull {
	if p.Digest != "" && p.Total > 0 {
		if l.parts == nil {
			l.parts = map[string]api.ProgressResponse{}
		}
		l.parts[p.Digest] = p
	}
	var done, total int64
	for _, part := range l.parts {
		done += min(max(part.Completed, 0), part.Total)
		total += part.Total
	}
	l.done = max(l.done, done)
	return engine.Pull{Status: p.Status, Done: l.done, Total: total}
}
