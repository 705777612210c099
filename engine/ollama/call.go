package ollama

import (
	"encoding/json"
	"fmt"
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

// call is what the model meant. Its code is the argument of that name or, since
// models rename arguments, the only text among them.
func (w wireCall) call() engine.Call {
	c := engine.Call{ID: w.ID, Name: w.Function.Name}
	var args map[string]any
	raw := w.Function.Arguments
	var quoted string
	if json.Unmarshal(raw, &quoted) == nil { // as the OpenAI API has it
		raw = json.RawMessage(quoted)
	}
	if err := json.Unmarshal(raw, &args); err != nil {
		c.Code, c.Wrong = string(raw), fmt.Sprintf("The call could not be read (%v). Call %s again with one argument, %q: a string of code.", err, orNothing(c.Name), parameter)
		return c
	}
	code, ok := hear.Argument(args)
	if !ok {
		c.Wrong = fmt.Sprintf("The call has no argument %q. Call %s again with the code as one string.", parameter, orNothing(c.Name))
	}
	c.Code = code
	return c
}

// strayCall reads a call out of the error by which Ollama ends a reply whose
// call it could not parse. Harmony models often send bare code where the server
// wants JSON.
func strayCall(failure string) (engine.Call, bool) {
	_, rest, ok := strings.Cut(failure, "error parsing tool call: raw='")
	if !ok {
		return engine.Call{}, false
	}
	raw, _, ok := cutLast(rest, "', err=")
	if !ok || strings.TrimSpace(raw) == "" {
		return engine.Call{}, false
	}
	var w wireCall
	w.Function.Name = "python"
	if strings.HasPrefix(strings.TrimSpace(raw), "{") {
		w.Function.Arguments = json.RawMessage(raw)
		return w.call(), true
	}
	return engine.Call{Name: w.Function.Name, Code: raw}, true
}

func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}
