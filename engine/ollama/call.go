package ollama

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/ollama/ollama/api"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/hear"
)

// parameter is the one argument of the tool that models are given.
const parameter = "code"

// tools is the wire form of the tool.
func tools(t *engine.Tool) api.Tools {
	if t == nil {
		return nil
	}
	code := api.NewToolPropertiesMap()
	code.Set(parameter, api.ToolProperty{Type: api.PropertyType{"string"}, Description: "the code of one cell"})
	return api.Tools{{Type: "function", Function: api.ToolFunction{
		Name: t.Name, Description: t.Description,
		Parameters: api.ToolFunctionParameters{Type: "object", Required: []string{parameter}, Properties: code},
	}}}
}

// messages is the wire form of the conversation. Thinking and calls go back as
// they came: the server's template for the model keeps of them what the model's
// family was trained to see again.
func messages(turns []engine.Turn) []api.Message {
	all := make([]api.Message, len(turns))
	for i, t := range turns {
		m := api.Message{Role: t.Role, Content: t.Text, Thinking: t.Thinking, ToolName: t.Answers.Name, ToolCallID: t.Answers.ID}
		for n, c := range t.Calls {
			args := api.NewToolCallFunctionArguments()
			args.Set(parameter, c.Code)
			m.ToolCalls = append(m.ToolCalls, api.ToolCall{ID: c.ID, Function: api.ToolCallFunction{Index: n, Name: c.Name, Arguments: args}})
		}
		all[i] = m
	}
	return all
}

// wireCall is a call as the server sends it.
type wireCall struct {
	ID       string `json:"id"`
	Function struct {
		Name      string          `json:"name"`
		Arguments json.RawMessage `json:"arguments"`
	} `json:"function"`
}

// call is what the model meant.
func (w wireCall) call() engine.Call {
	c := engine.Call{ID: w.ID, Name: w.Function.Name}
	code, err := hear.Argument(w.Function.Arguments)
	switch {
	case errors.Is(err, hear.ErrNoCode):
		c.Wrong = fmt.Sprintf("The call has no argument %q. Call %s again with the code as one string.", parameter, orNothing(c.Name))
	case err != nil:
		code, c.Wrong = string(w.Function.Arguments), misread(c.Name, err.Error())
	}
	c.Code = code
	return c
}

// misread is what a model is told of a call that could not be read.
func misread(name, why string) string {
	return fmt.Sprintf("The call could not be read (%s). Call %s again with one argument, %q: a string of code.", why, orNothing(name), parameter)
}

// misreadTexts are in the errors, in small letters, by which Ollama ends a reply whose
// call it could not parse; each family of models has its own parser, with its own words.
var misreadTexts = [...]string{
	"error parsing tool call", "failed to parse json:", "failed to parse xml:", "xml syntax error", "empty function name",
	"invalid tool call", "invalid function call format", "failed to parse function call", "failed to parse arguments",
	"mismatched arg_key and arg_value counts",
}

// strayCall is the call that an error of the server is about, if it could not parse
// one. Harmony models often send bare code where the server wants JSON; where the
// error quotes the call, it may be good for more than the server thought. Else it
// is one that the model is told to make again.
func strayCall(failure string) (engine.Call, bool) {
	low := strings.ToLower(failure)
	if !slices.ContainsFunc(misreadTexts[:], func(known string) bool { return strings.Contains(low, known) }) {
		return engine.Call{}, false
	}
	const name = "python"
	_, rest, quoted := strings.Cut(failure, "raw='")
	raw, _, whole := cutLast(rest, "', err=")
	if !quoted || !whole || strings.TrimSpace(raw) == "" {
		return engine.Call{Name: name, Wrong: misread(name, clean(failure))}, true
	}
	w := wireCall{}
	w.Function.Name, w.Function.Arguments = name, json.RawMessage(raw)
	if !strings.HasPrefix(strings.TrimSpace(raw), "{") {
		w.Function.Arguments, _ = json.Marshal(raw) // text that was cut out of a text can be
	}
	return w.call(), true
}

func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}
