package phrase

import (
	"bytes"
	"encoding/json"
	"strings"
)

// Field is one thing that a line of the log says besides.
type Field struct{ Name, Value string }

// Fields are those of an object of JSON, in the order in which they were written. A text
// of one word stands as it is, any other value as JSON.
func Fields(object json.RawMessage) (all []Field) {
	dec := json.NewDecoder(bytes.NewReader(object))
	if _, err := dec.Token(); err != nil { // the brace
		return nil
	}
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			break
		}
		var value json.RawMessage
		if dec.Decode(&value) != nil {
			break
		}
		shown := unescaped.Replace(string(value))
		var text string
		if json.Unmarshal(value, &text) == nil && !strings.ContainsAny(text, " \"") {
			shown = text
		}
		if name, ok := name.(string); ok {
			all = append(all, Field{name, shown})
		}
	}
	return all
}

// unescaped puts the characters of a value of JSON that are escaped for web pages as they are.
var unescaped = strings.NewReplacer(`\\`, `\\`, `\u003c`, "<", `\u003e`, ">", `\u0026`, "&")
