package remote

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/wire"
)

// standing is an attempt as the server tells of it.
type standing struct {
	wire.Attempt
	State string `json:"state"`
}

func (c *Client) standing(ctx context.Context, id engine.AttemptID) (a standing, err error) {
	err = c.ask(ctx, question{method: http.MethodGet, path: pathOf(id)}, &a)
	if err == nil && a.Attempt.Attempt != id {
		err = c.garbled("it tells of another attempt")
	}
	return a, err
}

func pathOf(id engine.AttemptID) string { return "/v1/attempts/" + string(id) }

// maxPage is how many attempts a server lists at once.
const maxPage = 1000

// Attempts lists attempts of the server, newest first.
func (c *Client) Attempts(ctx context.Context, f engine.Filter) ([]engine.Summary, error) {
	limit := f.Limit
	if limit <= 0 {
		limit = 200
	}
	limit = min(limit, maxPage)
	query := url.Values{"limit": {strconv.Itoa(limit)}}
	if f.Words != "" {
		query.Set("words", f.Words)
	}
	if len(f.Terms) > 0 { // servers of before there were terms take words
		query.Set("query", engine.Filter{Terms: f.Terms}.String())
	}
	if f.Before != "" {
		query.Set("before", string(f.Before))
	}
	var said struct{ Attempts []engine.Summary }
	if err := c.asked(ctx, question{method: http.MethodGet, path: "/v1/attempts", query: query}, &said); err != nil {
		return nil, err
	}
	if len(said.Attempts) > limit {
		return nil, c.garbled("it lists more attempts than were asked for")
	}
	for _, a := range said.Attempts {
		if !validID(a.ID) {
			return nil, c.garbled("it lists an invalid ID")
		}
	}
	return said.Attempts, nil
}

// Attempt finds one attempt by its ID, by the beginning of it if no other's begins so, or by
// "last". Deleted ones are not found.
func (c *Client) Attempt(ctx context.Context, name string) (engine.Summary, error) {
	f := engine.Filter{Words: name, Limit: maxPage}
	if name == "last" {
		f = engine.Filter{Limit: 1}
	}
	all, err := c.Attempts(ctx, f)
	if err != nil {
		return engine.Summary{}, err
	}
	all = slices.DeleteFunc(all, func(a engine.Summary) bool {
		return name != "last" && (name == "" || !strings.HasPrefix(string(a.ID), name))
	})
	exact := slices.IndexFunc(all, func(a engine.Summary) bool { return string(a.ID) == name })
	switch {
	case exact >= 0:
		return all[exact], nil
	case len(all) == 0:
		return engine.Summary{}, &engine.Fault{Class: engine.Invalid, What: fmt.Sprintf("%s has no attempt that is named %q", c.at(), name), Todo: "history lists them"}
	case len(all) > 1:
		return engine.Summary{}, &engine.Fault{Class: engine.Invalid, What: fmt.Sprintf("several attempts begin with %q", name), Todo: "give more of the ID"}
	}
	return all[0], nil
}

// Events returns at most limit events of an attempt with Seq > after that the server has
// stored.
func (c *Client) Events(ctx context.Context, id engine.AttemptID, after uint64, limit int) ([]engine.Event, error) {
	if !validID(id) {
		return nil, &engine.Fault{Class: engine.Invalid, What: "no attempt has this ID"}
	}
	ctx, cancel := context.WithTimeout(ctx, c.bounds.answer)
	defer cancel()
	resp, err := c.send(ctx, question{method: http.MethodGet, path: pathOf(id) + "/events", query: url.Values{"after": {strconv.FormatUint(after, 10)}, "limit": {strconv.Itoa(limit)}}})
	if err != nil {
		return nil, c.silent(err)
	}
	defer func() { _ = resp.Body.Close() }()
	switch resp.StatusCode {
	case http.StatusOK:
	case http.StatusNoContent:
		return nil, nil
	default:
		return nil, c.refusal(resp)
	}
	var events []engine.Event
	b := c.bounds
	b.streamEvents = limit
	w := &watch{Client: &Client{with: c.with, bounds: b}, id: id, after: after, put: func(e engine.Event) error {
		events = append(events, e)
		return nil
	}}
	err = w.read(newStream(resp.Body, b.eventBytes, b.streamBytes))
	return events, c.silent(err)
}

// Splits tells how often votes that fell in each way were right.
func (c *Client) Splits(ctx context.Context) ([]engine.Split, error) {
	var said struct{ Splits []engine.Split }
	err := c.asked(ctx, question{method: http.MethodGet, path: "/v1/splits"}, &said)
	return said.Splits, err
}

// Delete hides an attempt, which is stopped first if it runs; Restore brings it back.
func (c *Client) Delete(ctx context.Context, id engine.AttemptID) error {
	return c.asked(ctx, question{method: http.MethodDelete, path: pathOf(id)}, nil)
}

// Restore is told of at Delete.
func (c *Client) Restore(ctx context.Context, id engine.AttemptID) error {
	return c.asked(ctx, question{method: http.MethodPost, path: pathOf(id) + "/restore"}, nil)
}

// Stop ends one sample of an attempt that runs, all of them if negative.
func (c *Client) Stop(ctx context.Context, id engine.AttemptID, sample int) error {
	return c.asked(ctx, question{method: http.MethodPost, path: pathOf(id) + "/stop", query: url.Values{"sample": {strconv.Itoa(max(sample, -1))}}}, nil)
}

// maxPassageBytes is more than the text of a passage takes.
const maxPassageBytes = 1 << 10

// Passage is where words stand in what the samples of an attempt said, and not ok where
// nothing need be shown: see engine.Progress.Passage. A server of an older version has none to
// give, and refuses.
func (c *Client) Passage(ctx context.Context, id engine.AttemptID, words string) (p engine.Passage, ok bool, err error) {
	if !validID(id) {
		return p, false, &engine.Fault{Class: engine.Invalid, What: "no attempt has this ID"}
	}
	var said struct{ Found *engine.Passage }
	err = c.asked(ctx, question{method: http.MethodGet, path: pathOf(id) + "/passage", query: url.Values{"words": {words}}}, &said)
	switch f := said.Found; {
	case err != nil || f == nil:
		return p, false, err
	case f.Sample < 0 || f.Cell < 0 || len(f.Text) > maxPassageBytes:
		return p, false, c.garbled("it tells of an impossible passage")
	}
	return *said.Found, true, nil
}
