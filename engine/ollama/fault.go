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

// pattern is one row of the table of what Ollama says. Its texts differ by
// version, and its status codes tell little: a mistyped option is a 500. So
// the text decides, and the status only where no text is known.
type pattern struct {
	class   engine.Class
	what    string // %s is what the server said
	todo    string
	needles []string
}

func patterns() []pattern {
	const smaller = "choose a smaller model or a smaller context window, or close other programs"
	return []pattern{
		{
			engine.TooLong, "the problem does not fit the context window: %s", "raise the context window or shorten the problem",
			[]string{"exceeds the context length", "longer than the context", "exceeds the available context", "exceed context"},
		},
		{
			engine.Memory, "the model does not fit into memory: %s", smaller,
			[]string{
				"out of memory", "out-of-memory", "requires more system memory", "memory layout cannot be allocated", "failed to allocate",
				"unable to allocate", "cannot allocate memory", "insufficient memory", "cudamalloc failed", "bad_alloc",
			},
		},
		{
			engine.Invalid, "the model cannot think: %s", "turn thinking off or to auto, or choose a thinking model such as qwen3:8b",
			[]string{"does not support thinking", "think value"},
		},
		{engine.Invalid, "the model cannot chat: %s", "choose a chat model such as qwen3:8b", []string{"does not support chat"}},
		{
			engine.Invalid, "the server is too old for this model: %s", "update Ollama from https://ollama.com/download",
			[]string{"requires a newer version of ollama", "unknown model architecture", "unsupported model architecture"},
		},
		{engine.Invalid, "the server refused a setting: %s", "check the options of this attempt", []string{"must be of type", "invalid format", "invalid option"}},
		{engine.Stalled, "the model did not load in time: %s", "try again, or raise OLLAMA_LOAD_TIMEOUT of the server", []string{"timed out waiting for llama"}},
		{
			engine.Crashed, "the server's model runner died: %s", "try again; if it dies again, choose a smaller context window or model",
			[]string{"runner has unexpectedly stopped", "process has terminated", "process no longer running", "error was encountered while running the model"},
		},
		{engine.Busy, "the server is busy: %s", "wait, or run fewer samples at once", []string{"server busy", "no slots available", "maximum pending requests"}},
	}
}

// said is the fault for an error that the server reported itself.
func (c *Client) said(status int, text string) *engine.Fault {
	low := strings.ToLower(text)
	for _, p := range patterns() {
		for _, needle := range p.needles {
			if strings.Contains(low, needle) {
				return &engine.Fault{Class: p.class, What: fmt.Sprintf(p.what, c.clean(text)), Todo: p.todo}
			}
		}
	}
	return c.status(status, text)
}

// status is the fault for an error whose text is not known.
func (c *Client) status(code int, text string) *engine.Fault {
	f := &engine.Fault{Class: engine.Unknown, What: fmt.Sprintf("%s answered %d: %s", c.Host(), code, orNothing(c.clean(text))), Todo: "see the log of the Ollama server"}
	switch code {
	case http.StatusOK:
		f.What = "the server reported: " + c.clean(text)
	case http.StatusBadRequest:
		f.Class, f.What, f.Todo = engine.Invalid, "the server refused the request: "+orNothing(c.clean(text)), "please report this"
	case http.StatusUnauthorized:
		f.Class, f.What, f.Todo = engine.Invalid, "the server wants a sign-in for this model", "use a model that runs on this machine, or run `ollama signin`"
	case http.StatusForbidden:
		f.Class, f.Todo = engine.Invalid, "reach the server by its IP address, or add this address to its OLLAMA_ORIGINS"
	case http.StatusNotFound:
		return c.stranger("has no such page: " + orNothing(c.clean(text)))
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		f.Class, f.Todo = engine.Busy, "wait, or run fewer samples at once"
	case http.StatusBadGateway, http.StatusGatewayTimeout:
		f.Class, f.Todo = engine.Unreachable, "a gateway answers in place of Ollama: check that Ollama runs behind it, and its timeouts"
	}
	return f
}

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
