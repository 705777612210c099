package ollama

import (
	"encoding/json"
	"errors"
	"strings"
)

// frame is one line of a streamed reply. Its texts may lie in the line itself.
type frame struct {
	content, thinking []byte
	calls             []wireCall
	failure           string // the server's own error; it wins over all else
	last              *last  // nil but for the frame that ends the reply
}

// last is what the frame that ends a reply tells of it.
type last struct {
	reason                 string
	promptTokens, tokens   int
	load, prompt, generate int64 // nanoseconds
}

var errNoObject = errors.New("not a JSON object")

// decode reads a line. It gives what encoding/json would: most lines have the
// one usual shape and are scanned by hand, any other goes to encoding/json.
//
// The frame's texts hold until the next call with the same scratch space. The
// log-probabilities of its tokens are added to the space's.
func decode(line []byte, s *scratch) (frame, error) {
	s.text = s.text[:0]
	logs, ends := len(s.logprobs.logs), len(s.logprobs.ends)
	c := cursor{b: line, scratch: s}
	if f, ok := c.usual(); ok {
		return f, nil
	}
	s.logprobs.logs, s.logprobs.ends = s.logprobs.logs[:logs], s.logprobs.ends[:ends]
	return decodeAny(line, &s.logprobs)
}

// wire is a frame as Ollama writes it.
type wire struct {
	Message struct {
		Content  string `json:"content"`
		Thinking string `json:"thinking"`

		ToolCalls []wireCall `json:"tool_calls"`
	} `json:"message"`
	Logprobs   []wireToken     `json:"logprobs"`
	Done       bool            `json:"done"`
	DoneReason string          `json:"done_reason"`
	Error      json.RawMessage `json:"error"`

	LoadDuration       int64 `json:"load_duration"`
	PromptEvalCount    int   `json:"prompt_eval_count"`
	PromptEvalDuration int64 `json:"prompt_eval_duration"`
	EvalCount          int   `json:"eval_count"`
	EvalDuration       int64 `json:"eval_duration"`
}

func decodeAny(line []byte, t *tokenLogprobs) (frame, error) {
	if len(line) == 0 || line[0] != '{' {
		return frame{}, errNoObject
	}
	var w wire
	if err := json.Unmarshal(line, &w); err != nil {
		if w, err = decodeOdd(line, err); err != nil {
			return frame{}, err
		}
	}
	t.take(w.Logprobs)
	f := frame{content: []byte(w.Message.Content), thinking: []byte(w.Message.Thinking), calls: w.Message.ToolCalls, failure: failure(w.Error)}
	if len(f.content)+len(f.thinking)+len(f.calls)+len(f.failure) == 0 && !w.Done {
		f.failure = oddFailure(line)
	}
	if w.Done || w.DoneReason != "" { // some servers end with a reason alone
		f.last = &last{w.DoneReason, w.PromptEvalCount, w.EvalCount, w.LoadDuration, w.PromptEvalDuration, w.EvalDuration}
	}
	return f, nil
}

// decodeOdd reads a frame of which a field is not what it should be. What says the
// reply must be; the rest is left out if it is not. Why is what was found odd.
func decodeOdd(line []byte, why error) (wire, error) {
	var kind *json.UnmarshalTypeError
	if !errors.As(why, &kind) {
		return wire{}, why
	}
	var odd struct {
		wire
		Logprobs           loose[[]wireToken] `json:"logprobs"`
		DoneReason         loose[string]      `json:"done_reason"`
		LoadDuration       loose[float64]     `json:"load_duration"`
		PromptEvalCount    loose[float64]     `json:"prompt_eval_count"`
		PromptEvalDuration loose[float64]     `json:"prompt_eval_duration"`
		EvalCount          loose[float64]     `json:"eval_count"`
		EvalDuration       loose[float64]     `json:"eval_duration"`
	}
	if err := json.Unmarshal(line, &odd); err != nil {
		return wire{}, err
	}
	w := odd.wire
	w.Logprobs, w.DoneReason = odd.Logprobs.V, odd.DoneReason.V
	w.PromptEvalCount, w.EvalCount = int(whole(odd.PromptEvalCount.V)), int(whole(odd.EvalCount.V))
	w.LoadDuration, w.PromptEvalDuration, w.EvalDuration = whole(odd.LoadDuration.V), whole(odd.PromptEvalDuration.V), whole(odd.EvalDuration.V)
	return w, nil
}

// whole is a count or a time that was written as a fraction; 0 if it can be neither.
func whole(x float64) int64 {
	if x > 0 && x < 1<<62 {
		return int64(x)
	}
	return 0
}

// failure is the text of an error field: a string, or an object with a message.
func failure(raw json.RawMessage) string {
	var text string
	var object struct{ Message string }
	switch {
	case len(raw) == 0 || string(raw) == "null":
		return ""
	case json.Unmarshal(raw, &text) == nil:
		return text
	case json.Unmarshal(raw, &object) == nil && object.Message != "":
		return object.Message
	}
	return string(raw)
}

// oddFailure is the error that an object tells in the name of a field, as some
// versions do: {"error parsing tool call":"unexpected end"}.
func oddFailure(object []byte) string {
	var fields map[string]json.RawMessage
	if json.Unmarshal(object, &fields) != nil {
		return ""
	}
	for name, text := range fields {
		if strings.HasPrefix(strings.ToLower(name), "error ") {
			return name + ": " + failure(text)
		}
	}
	return ""
}
