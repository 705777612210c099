package remote

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// question is one request.
type question struct {
	method string
	path   string
	query  url.Values
	header map[string]string
	body   []byte // JSON; nil for none
	also   int    // a status besides those of success of which the body is wanted
}

// unanswered is that no answer came, or not all of it.
type unanswered struct{ err error }

func (u *unanswered) Error() string { return u.err.Error() }
func (u *unanswered) Unwrap() error { return u.err }

// send sends a request and is its answer, whose body the caller closes. An error is
// *unanswered, or that of who asks, whose context ended.
func (c *Client) send(ctx context.Context, q question) (*http.Response, error) {
	at := c.with.Address.url.JoinPath(q.path)
	at.RawQuery = q.query.Encode()
	var body io.Reader
	if q.body != nil {
		body = bytes.NewReader(q.body)
	}
	r, err := http.NewRequestWithContext(ctx, q.method, at.String(), body)
	if err != nil {
		return nil, err
	}
	r.GetBody = nil // net/http sends nothing again by itself
	r.Header.Set("User-Agent", "aimo3")
	if q.body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	for name, value := range q.header {
		r.Header.Set(name, value)
	}
	if !c.with.Key.Empty() {
		r.Header.Set("Authorization", "Bearer "+c.with.Key.Reveal())
	}
	resp, err := c.http.Do(r)
	if err != nil {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		return nil, &unanswered{err}
	}
	return resp, nil
}

// ask sends a request and reads the answer into a value, unless into is nil.
func (c *Client) ask(ctx context.Context, q question, into any) error {
	ctx, cancel := context.WithTimeoutCause(ctx, c.bounds.answer, &unanswered{errors.New("no answer within " + c.bounds.answer.String())})
	defer cancel()
	resp, err := c.send(ctx, q)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode/100 != 2 && resp.StatusCode != q.also {
		return c.refusal(resp)
	}
	if into == nil {
		return nil
	}
	if kind, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type")); kind != "application/json" {
		return c.garbled("its answer is not JSON")
	}
	text, err := io.ReadAll(io.LimitReader(resp.Body, c.bounds.answerBytes+1))
	switch {
	case err != nil && ctx.Err() != nil:
		return context.Cause(ctx)
	case err != nil:
		return &unanswered{err}
	case int64(len(text)) > c.bounds.answerBytes:
		return c.garbled("its answer is longer than " + strconv.FormatInt(c.bounds.answerBytes>>20, 10) + " MB")
	}
	if err := json.Unmarshal(text, into); err != nil {
		return c.garbled("its answer cannot be read")
	}
	return nil
}

// at is the server's address.
func (c *Client) at() string { return c.with.Address.String() }

// garbled is that what came is not what a server of this program sends.
func (c *Client) garbled(what string) *engine.Fault {
	return &engine.Fault{
		Class: engine.Garbled, What: c.at() + " does not answer as a server of aimo3 does: " + what,
		Todo: "check the address of --connect, and that both are of the same version",
	}
}

// silent is a Fault for a request that was not answered; another error stays what it is.
func (c *Client) silent(err error) error {
	if u := new(unanswered); errors.As(err, &u) {
		return &engine.Fault{Class: engine.Unreachable, What: "no server of aimo3 answers at " + c.at() + ": " + c.cause(u.err), Todo: "start it there with `aimo3 serve`, or check --connect"}
	}
	return err
}

// cause is why a request failed, without its address, which stands elsewhere.
func (c *Client) cause(err error) string {
	if u := new(url.Error); errors.As(err, &u) {
		err = u.Err
	}
	if op := new(net.OpError); errors.As(err, &op) {
		err = op.Err
	}
	if call := new(os.SyscallError); errors.As(err, &call) {
		err = call.Err
	}
	return c.quoted(err.Error(), 200)
}

// minKeyBytes is the length from which a text that repeats the key is taken to do so.
const minKeyBytes = 8

// quoted is what the server said, cut to so many characters, and without our key: what a
// server or something in front of it repeats of a request would show it to who looks on,
// and to who reads the log.
func (c *Client) quoted(text string, maxChars int) string {
	if key := c.with.Key.Reveal(); len(key) >= minKeyBytes {
		text = strings.ReplaceAll(text, key, engine.Hidden)
	}
	return fmt.Sprintf("%.*s", maxChars, engine.HideSecrets(strings.ToValidUTF8(text, "?")))
}

// maxQuoted is how many characters are shown of a line that a server says.
const maxQuoted = 400

// asked is ask for those who wait for no other answer.
func (c *Client) asked(ctx context.Context, q question, into any) error {
	return c.silent(c.ask(ctx, q, into))
}

// maxProblemBytes is what is read of an answer that says what is wrong.
const maxProblemBytes = 64 << 10

// refusal is the Fault that an answer other than success tells of.
func (c *Client) refusal(resp *http.Response) error {
	var said struct {
		Type, Detail string
	}
	text, _ := io.ReadAll(io.LimitReader(resp.Body, maxProblemBytes)) // half of it says nothing, which is told below
	_ = json.Unmarshal(text, &said)
	kind := strings.TrimPrefix(said.Type, "urn:aimo3:problem:")
	detail := c.quoted(said.Detail, maxQuoted)
	f := &engine.Fault{Class: engine.Invalid, What: detail}
	switch status := resp.StatusCode; {
	case status/100 == 3:
		f.What, f.Todo = fmt.Sprintf("%s leads elsewhere (status %d), which is not followed", c.at(), status), "give --connect the address of the server itself"
	case status == http.StatusUnauthorized, status == http.StatusForbidden:
		f.What, f.Todo = fmt.Sprintf("%s rejected this key", c.at()), "keep one that it takes: `aimo3 auth set connect`; made there by `aimo3 auth key create`"
		if c.with.Key.Empty() {
			f.What = c.at() + " wants a key"
		}
		if detail != "" {
			f.What += ": " + detail
		}
		return &barred{f}
	case (kind == said.Type || detail == "") && status >= http.StatusInternalServerError: // something in front of it
		f.Class, f.What, f.Todo = engine.Unreachable, fmt.Sprintf("%s answers with status %d", c.at(), status), "see whether `aimo3 serve` runs behind it"
	case kind == said.Type || detail == "":
		return c.garbled(fmt.Sprintf("status %d", status))
	case status == http.StatusMisdirectedRequest:
		f.Todo = "start it with --allow-host and the name that --connect has"
	case status == http.StatusTooManyRequests, kind == "full", kind == "shutting_down":
		f.Class, f.Todo = engine.Busy, "try again in "+retryAfter(resp).String()
	case status >= http.StatusInternalServerError:
		f.Class = engine.Unknown
		fallthrough
	default:
		if engine.Class(kind).Known() {
			f.Class = engine.Class(kind)
		}
	}
	return f
}

// barred is a Fault of a server that does not let us in.
type barred struct{ *engine.Fault }

// Unwrap is the Fault.
func (b *barred) Unwrap() error { return b.Fault }

// maxWait is the longest time that a server may have us wait by Retry-After.
const maxWait = time.Minute

// retryAfter is when an answer says that it may be asked for again.
func retryAfter(resp *http.Response) time.Duration {
	n, err := strconv.Atoi(resp.Header.Get("Retry-After"))
	if err != nil || n < 1 {
		return firstPause
	}
	return min(time.Duration(min(n, 3600))*time.Second, maxWait)
}
