package ollama

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"sync"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// streamTimeouts are how long a stream may bring nothing.
type streamTimeouts struct {
	first time.Duration // before the first byte: the server may load the model
	next  time.Duration // between bytes
	after time.Duration // once the reply is complete, for the connection to end
}

func defaultStreamTimeouts() streamTimeouts {
	return streamTimeouts{first: 10 * time.Minute, next: 60 * time.Second, after: 2 * time.Second}
}

var errStalled = errors.New("nothing came for too long")

// Stream implements engine.Backend. Unlike the official client, it takes a
// reply for complete only if the server said so.
func (c *Client) Stream(ctx context.Context, ask engine.Ask, say func(engine.Piece)) (engine.Ending, error) {
	v := &voice{say: say, begin: func() { c.speaking.Add(1) }}
	defer func() {
		if v.begun {
			c.speaking.Add(-1)
		}
	}()
	watching, stop := context.WithCancel(ctx)
	v.stop = stop
	var wg sync.WaitGroup
	defer wg.Wait()
	defer stop()
	wg.Go(func() { c.watchPhase(watching, ask.Model, v) })

	if err := c.checkFirst(ctx, ask); err != nil {
		return engine.Ending{}, err
	}
	b, err := c.request(ctx, ask)
	if err != nil {
		return engine.Ending{}, err
	}
	end, err := c.chat(ctx, ask.Model, b, v)
	if errors.Is(err, errNoReply) { // it is loaded now
		end, err = c.chat(ctx, ask.Model, b, v)
	}
	return end, c.checkReplied(ctx, ask, err)
}

func (c *Client) chat(ctx context.Context, model string, body []byte, v *voice) (engine.Ending, error) {
	alive, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	dog := c.watchdog(v, func() { cancel(errStalled) })
	defer dog.Stop()

	req, err := http.NewRequestWithContext(alive, http.MethodPost, c.base.JoinPath("/api/chat").String(), bytes.NewReader(body))
	if err != nil {
		return engine.Ending{}, fmt.Errorf("ask %s: %w", c.Host(), err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/x-ndjson")
	resp, err := c.http.Do(req)
	if err != nil {
		return engine.Ending{}, c.lost(ctx, alive, err, false)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return engine.Ending{}, c.refused(ctx, model, resp, v.text)
	}
	if !framed(resp.Header) {
		return engine.Ending{}, c.stranger("sends " + orNothing(c.clean(resp.Header.Get("Content-Type"))))
	}
	r := reader{
		from: resp.Body, say: v.text,
		failed: func(text string) error { return c.said(http.StatusOK, text) },
		heard: func(done bool) {
			if done {
				dog.Reset(c.wait.after)
			} else {
				dog.Reset(c.wait.next)
			}
		},
	}
	end, err := r.read()
	return end, c.lost(ctx, alive, err, true)
}

// watchdog calls bark when nothing has been heard for too long. While other
// streams of this client speak and this one has not begun, it waits in their
// queue and nothing is wrong.
func (c *Client) watchdog(v *voice, bark func()) *time.Timer {
	var mu sync.Mutex // orders the first bark after the assignment
	mu.Lock()
	defer mu.Unlock()
	var dog *time.Timer
	dog = time.AfterFunc(c.wait.first, func() {
		mu.Lock()
		defer mu.Unlock()
		if v.waiting() && c.speaking.Load() > 0 {
			dog.Reset(c.wait.first)
			return
		}
		bark()
	})
	return dog
}

// lost turns an error of the connection into a fault. Headers says that the
// server had begun to answer.
func (c *Client) lost(ctx, alive context.Context, err error, headers bool) error {
	var fault *engine.Fault
	switch {
	case err == nil || errors.As(err, &fault):
		return err
	case errors.Is(err, errNoJSON):
		return c.stranger("sends no JSON")
	case ctx.Err() != nil:
		return fmt.Errorf("ask %s: %w", c.Host(), context.Cause(ctx))
	case errors.Is(context.Cause(alive), errStalled):
		return &engine.Fault{Class: engine.Stalled, What: c.Host() + " timed out: it has sent nothing for too long", Todo: "see whether the server is overloaded or hangs, then try again"}
	case headers:
		return &engine.Fault{Class: engine.Truncated, What: "the connection broke in the middle of the reply", Todo: "see whether the server still runs, then try again", Err: err}
	}
	return c.unreached(err)
}

// refused is what an answer that is no stream comes to: a fault, or the whole of a
// reply whose only call the server could not parse.
func (c *Client) refused(ctx context.Context, model string, resp *http.Response, say func(engine.Piece)) error {
	text, _ := io.ReadAll(io.LimitReader(resp.Body, 64<<10)) // what can be read will do
	said := reported(text)
	switch call, ok := strayCall(said); {
	case said == "":
		return c.status(resp.StatusCode, string(text))
	case ok:
		say(engine.Piece{Call: &call, Frames: 1})
		return nil
	case missing(resp.StatusCode, said):
		return c.noModel(ctx, model)
	}
	return c.said(resp.StatusCode, said)
}

// reported is the error in an answer that is JSON; "" if there is none.
func reported(body []byte) string {
	var said struct {
		Error json.RawMessage `json:"error"`
	}
	if json.Unmarshal(body, &said) != nil {
		return ""
	}
	return cmp.Or(failure(said.Error), oddFailure(body))
}

func framed(h http.Header) bool {
	kind, _, err := mime.ParseMediaType(h.Get("Content-Type"))
	return err == nil && (kind == "application/x-ndjson" || kind == "application/json")
}
