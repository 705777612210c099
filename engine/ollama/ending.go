package ollama

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// finish judges a reply whose connection has ended with err.
func (r *reader) finish(err error) (engine.Ending, error) {
	if rest := bytes.TrimSpace(r.buf[r.start:r.end]); len(rest) > 0 {
		if _, derr := decode(rest, &scratch{}); derr != nil && r.last == nil && !r.strange(rest) {
			return engine.Ending{}, r.cut(err, "in the middle of a line")
		}
		if terr := r.take(rest); terr != nil {
			return engine.Ending{}, terr
		}
		r.flush()
	}
	switch {
	case r.last == nil && r.times >= ollamaRepeats:
		return engine.Ending{}, &engine.Fault{
			Class: engine.Looped,
			What:  fmt.Sprintf("the model repeated itself (%q) until the server gave up on it", clean(string(r.repeat))),
			Todo:  "try another seed or a higher temperature",
		}
	case r.last == nil:
		return engine.Ending{}, r.cut(err, "without its end")
	case !r.spoke && (r.last.reason == "load" || r.last.reason == "unload"):
		return engine.Ending{}, &engine.Fault{Class: engine.Busy, What: "the server did no more than " + r.last.reason + " the model", Todo: "try again", Err: errNoReply}
	}
	return r.ending(), nil
}

// errNoReply says that the server took a request for one to load the model.
var errNoReply = errors.New("no reply followed")

// cut is the fault for a reply that stops short, or the connection's own error.
func (r *reader) cut(err error, where string) error {
	if !errors.Is(err, io.EOF) {
		return err
	}
	return &engine.Fault{Class: engine.Truncated, What: "the reply stopped " + where, Todo: "see whether the server still runs, then try again"}
}

func (r *reader) ending() engine.Ending {
	return engine.Ending{
		Cut:          r.last.reason == "length",
		PromptTokens: r.last.promptTokens, Tokens: r.last.tokens,
		Load: time.Duration(r.last.load), Prompt: time.Duration(r.last.prompt), Generate: time.Duration(r.last.generate),
	}
}

func garbled(what string, got []byte, err error) error {
	return &engine.Fault{
		Class: engine.Garbled, What: fmt.Sprintf("%s: %s", what, orNothing(string(got))),
		Todo: "check that nothing but Ollama answers at this address", Err: err,
	}
}

func oversize(what string) error {
	return &engine.Fault{Class: engine.Oversize, What: what, Todo: "set a limit to the tokens of one reply"}
}

// errNoJSON says that something other than Ollama answers, a page for example.
var errNoJSON = errors.New("no JSON")

// strange says of a line that is no frame whether what sends it speaks no JSON at
// all: it is the first, and does not even begin as JSON.
func (r *reader) strange(line []byte) bool {
	return !r.framed && line[0] != '{' && line[0] != '['
}
