package ollama

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"syscall"

	"github.com/ollama/ollama/api"

	"github.com/aimo3/aimo3/engine"
)

// stranger is the fault for a server that answers but is no Ollama.
func (c *Client) stranger(how string) *engine.Fault {
	return &engine.Fault{
		Class: engine.Unreachable,
		What:  fmt.Sprintf("what answers at %s is not Ollama: it %s", c.Host(), how),
		Todo:  "check OLLAMA_HOST or --host, its port and its path",
	}
}

// failed turns an error of a request into a fault. The end of a context stays
// an ordinary error, with its cause.
func (c *Client) failed(ctx context.Context, err error) error {
	var status api.StatusError
	var login api.AuthorizationError
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	var fault *engine.Fault
	switch {
	case err == nil || errors.As(err, &fault):
		return err
	case ctx.Err() != nil:
		return fmt.Errorf("ask %s: %w", c.Host(), context.Cause(ctx))
	case errors.As(err, &status):
		return c.said(status.StatusCode, status.ErrorMessage)
	case errors.As(err, &login):
		return c.status(http.StatusUnauthorized, "")
	case errors.As(err, &syntax), errors.As(err, &kind), errors.Is(err, errTooLarge):
		f := c.stranger("sends no JSON that Ollama would")
		f.Err = c.cleaned(err)
		return f
	}
	return c.unreached(err)
}

// unreached is the fault for a connection that could not be made or was lost.
func (c *Client) unreached(err error) error {
	f := &engine.Fault{Class: engine.Unreachable, What: "no server answers at " + c.Host(), Todo: "check OLLAMA_HOST or --host, and that Ollama runs there", Err: c.cleaned(err)}
	var name *net.DNSError
	var record tls.RecordHeaderError
	var request *url.Error
	var timeout net.Error
	if errors.As(err, &request) {
		f.Err = c.cleaned(request.Err) // without the URL, which What names
	}
	switch {
	case errors.Is(err, errRedirect):
		return c.stranger("redirects to another address, which is not followed")
	case errors.Is(err, syscall.ECONNREFUSED):
		f.Err = nil
		if IsLocal(c.base) {
			f.Todo = "start it with `ollama serve`"
		}
	case errors.As(err, &name):
		f.What, f.Err = fmt.Sprintf("no machine is called %q", clean(name.Name)), nil
	case errors.As(err, &record), noHTTP(err):
		f = c.stranger("does not speak " + strings.ToUpper(c.base.Scheme))
	case errors.As(err, &timeout) && timeout.Timeout():
		f.What, f.Err = c.Host()+" does not answer in time", nil
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET):
		f.What, f.Todo = c.Host()+" closed the connection without an answer", "see whether Ollama still runs, then try again"
	}
	return f
}

// noHTTP says whether the other side spoke something else. The HTTP client has
// only texts for that; the second one is of a server that speaks first.
func noHTTP(err error) bool {
	text := err.Error()
	return strings.Contains(text, "malformed HTTP") || strings.Contains(text, "readLoopPeekFail") ||
		strings.Contains(text, "server gave HTTP response to HTTPS")
}

func orNothing(text string) string {
	if text = clean(text); text != "" {
		return text
	}
	return "(nothing)"
}
