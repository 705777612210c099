package ollama

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/aimo3/aimo3/engine"
)

// pattern is one row of the table of what Ollama says, and what stands in its
// place. Its texts differ by version, and its status codes tell little: a mistyped
// option is a 500. So the text decides, and the status only where no text is known.
type pattern struct {
	class  engine.Class
	what   string // %s is what the server said; if empty, the address and the status come before that
	todo   string
	texts  []string // any of them in what the server said, in small letters
	status []int    // of an answer that has no text of any row
}

const (
	smaller = "choose a smaller model or a smaller context window, or close other programs"
	logs    = "see the log of the Ollama server"
	relax   = "wait, or run fewer samples at once"
)

// patterns is that table; the first row that fits counts. Each row has a reply of a
// server in testdata.
var patterns = [...]pattern{
	{
		engine.TooLong, "the problem does not fit the context window: %s", "raise the context window or shorten the problem",
		[]string{"exceeds the context length", "longer than the context", "exceeds the available context", "exceed context"},
		nil,
	},
	{
		engine.Memory, "the model does not fit into memory: %s", smaller,
		[]string{
			"out of memory", "out-of-memory", "requires more system memory", "memory layout cannot be allocated", "failed to allocate",
			"unable to allocate", "cannot allocate memory", "insufficient memory", "cudamalloc failed", "bad_alloc",
		},
		nil,
	},
	{engine.NoTools, "the model cannot call tools: %s", "have it write its code in its replies, with --fences", []string{"does not support tools"}, nil},
	{
		engine.Invalid, "the model cannot think: %s", "turn thinking off or to auto, or choose a thinking model such as qwen3:8b",
		[]string{"does not support thinking", "think value"},
		nil,
	},
	{
		engine.Invalid, "the model cannot chat: %s", "choose a chat model such as qwen3:8b",
		[]string{"does not support chat", "does not support generate", "does not support completion"},
		nil,
	},
	{
		engine.Invalid, "the server is too old for this model: %s", "update Ollama from https://ollama.com/download",
		[]string{"requires a newer version of ollama", "unknown model architecture", "unsupported model architecture"},
		[]int{http.StatusPreconditionFailed},
	},
	{engine.Invalid, "the server refused a setting: %s", "check the options of this attempt", []string{"must be of type", "invalid format", "invalid option"}, nil},
	{
		engine.Stalled, "the model did not load in time: %s", "try again, or raise OLLAMA_LOAD_TIMEOUT of the server",
		[]string{"timed out waiting for llama", "aborting load"},
		nil,
	},
	{
		engine.Crashed, "the server's model runner died: %s", "try again; if it dies again, choose a smaller context window or model",
		[]string{
			"runner has unexpectedly stopped", "process has terminated", "process no longer running",
			"error was encountered while running the model", "model failed to load", "connection refused",
		},
		nil,
	},
	{
		engine.Busy, "the server is busy: %s", relax,
		[]string{"server busy", "no slots available", "maximum pending requests"},
		nil,
	},
	{engine.Busy, "", relax, nil, []int{http.StatusTooManyRequests, http.StatusServiceUnavailable}},
	{engine.Invalid, "the server wants a sign-in for this model: %s", "use a model that runs on this machine, or run `ollama signin`", nil, []int{http.StatusUnauthorized}},
	{engine.Invalid, "the server refused the request: %s", "check the settings of this attempt; " + logs, nil, []int{http.StatusBadRequest}},
	{engine.Invalid, "", "reach the server by its IP address, or add this address to its OLLAMA_ORIGINS", nil, []int{http.StatusForbidden}},
	{engine.Unreachable, "", "a gateway answers in place of Ollama: check that Ollama runs behind it, and its timeouts", nil, []int{http.StatusBadGateway, http.StatusGatewayTimeout}},
	{engine.Unknown, "the server reported: %s", logs, nil, []int{http.StatusOK}},
}

// said is the fault for an error that the server reported itself.
func (c *Client) said(status int, text string) *engine.Fault {
	low := strings.ToLower(text)
	for _, p := range patterns {
		if slices.ContainsFunc(p.texts, func(known string) bool { return strings.Contains(low, known) }) {
			return c.fault(p, status, text)
		}
	}
	return c.status(status, text)
}

// status is the fault for an error whose text is not known, nor need be Ollama's.
func (c *Client) status(code int, text string) *engine.Fault {
	if code == http.StatusNotFound {
		return c.stranger("has no such page: " + orNothing(c.clean(text)))
	}
	for _, p := range patterns {
		if slices.Contains(p.status, code) {
			return c.fault(p, code, text)
		}
	}
	return c.fault(pattern{class: engine.Unknown, todo: logs}, code, text)
}

func (c *Client) fault(p pattern, code int, text string) *engine.Fault {
	what := p.what
	if what == "" {
		what = fmt.Sprintf("%s answered %d: ", c.Host(), code) + "%s"
	}
	return &engine.Fault{Class: p.class, What: strings.Replace(what, "%s", orNothing(c.clean(text)), 1), Todo: p.todo}
}
