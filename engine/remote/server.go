package remote

import (
	"context"
	"net/http"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// Server is the model server behind the server, as it was last told of; or why there is
// nothing to tell. It asks nobody.
func (c *Client) Server(context.Context) engine.Server {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch c.link.State {
	case engine.LinkConnecting:
		return engine.Server{Name: "aimo3", Host: c.at(), Busy: "connecting to " + c.at()}
	case engine.LinkLost, engine.LinkGone:
		f := c.refused
		if f == nil {
			f = &engine.Fault{Class: engine.Unreachable, What: "no server of aimo3 answers at " + c.at() + ": " + c.link.Why, Todo: "start it there with `aimo3 serve`"}
		}
		return engine.Server{Name: "aimo3", Host: c.at(), Fault: f}
	case engine.LinkConnected:
	}
	m := c.seen.Models
	seen := engine.Server{
		Name: m.Name, Host: m.Host, Version: m.Version, Models: m.Models, Busy: m.Busy, Seats: m.Seats, MaxTopLogprobs: m.MaxTopLogprobs,
	}
	if m.Fault != nil {
		seen.Fault = &engine.Fault{Class: m.Fault.Class, What: c.quoted(m.Fault.What, maxQuoted), Todo: c.quoted(m.Fault.Todo, maxQuoted)}
	}
	return seen
}

// Check is what the server's own checks found, and first how the connection is.
func (c *Client) Check(ctx context.Context) []engine.Finding {
	var said struct {
		Version string
		Checks  []struct {
			Component, State, What, Todo string
			Millis                       float64 `json:"duration_ms"`
		}
	}
	begun := c.with.Now()
	err := c.asked(ctx, question{method: http.MethodGet, path: "/health", also: http.StatusServiceUnavailable}, &said)
	link := engine.Finding{Component: "connection", State: engine.Pass, What: "aimo3 " + c.quoted(said.Version, maxQuoted) + " answers at " + c.at(), Took: c.with.Now().Sub(begun)}
	if err != nil {
		link.State, link.What, link.Todo = engine.Fail, engine.Hint(err), ""
	}
	found := []engine.Finding{link}
	for _, one := range said.Checks[:min(len(said.Checks), maxChecks)] {
		f := engine.Finding{
			Component: c.quoted(one.Component, maxQuoted), State: engine.FindingState(one.State), What: c.quoted(one.What, maxQuoted), Todo: c.quoted(one.Todo, maxQuoted),
			Took: time.Duration(one.Millis * float64(time.Millisecond)),
		}
		if f.State != engine.Pass && f.State != engine.Fail {
			f.State = engine.Warn
		}
		if f.What == "" {
			f.What = "told to keys with the scope admin"
		}
		found = append(found, f)
	}
	return found
}

// maxChecks is how many checks of a server are shown.
const maxChecks = 64
