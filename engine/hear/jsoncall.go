package hear

import (
	"encoding/json"
	"slices"
	"strings"
)

// jsonCalls reads the call, or the list of calls, at the head of text, and returns
// what follows it; nil if it is anything else. An object that says itself what it calls
// is a call; if named, any is.
func jsonCalls(text string, named bool) (codes []string, rest string) {
	if !strings.HasPrefix(text, "{") && !strings.HasPrefix(text, "[") {
		return nil, text
	}
	from := json.NewDecoder(strings.NewReader(text))
	var raw json.RawMessage
	if from.Decode(&raw) != nil {
		if list, ok := strings.CutPrefix(text, "["); ok { // without its end
			return jsonCalls(strings.TrimLeft(list, " \t\r\n"), named)
		}
		return nil, text
	}
	all := []json.RawMessage{raw}
	if raw[0] == '[' && json.Unmarshal(raw, &all) != nil {
		return nil, text
	}
	for _, one := range all {
		var object map[string]any
		if json.Unmarshal(one, &object) != nil || !named && !isCall(object) {
			return nil, text
		}
		c, err := Argument(one)
		if err != nil {
			return nil, text
		}
		codes = append(codes, c)
	}
	return codes, text[from.InputOffset():]
}

// isCall says whether an object holds code, or names what it calls and with what.
func isCall(object map[string]any) bool {
	has := func(key string) bool { _, ok := object[key]; return ok }
	return has("code") || slices.ContainsFunc(labels[:], has) && slices.ContainsFunc(wrappers[:], has)
}
