package hear

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
)

// Calls finds the calls that a reply ends with, for a model that was to call a tool
// and wrote the call into its text, by the marks of its family or as JSON, or that
// wrote code into a fenced block. It returns the text before the first of them and the
// code of each, none if the reply ends with something else.
//
// Only what ends a reply is a call: if text follows, the model went on to its answer,
// and had only shown what it would call. A call without the marks of a family must be
// one beyond doubt, so it must not lie in reasoning, and bare JSON must name a tool.
func Calls(reply string) (before string, codes []string) {
	text := withoutEnd(reply)
	for _, at := range marks(text) {
		if codes, ok := marked(text[at:]); ok {
			return text[:at], codes
		}
	}
	if at, codes := unmarked(text); len(codes) > 0 && !reasoning(text[:at]) {
		return text[:at], codes
	}
	return reply, nil
}

// callMark is what a family of models writes around a call.
type callMark struct {
	open, end string // end may be missing where the reply ends
	code      bool   // code may stand there as it is, also without the end
}

var callMarks = [...]callMark{
	{"<tool_call>", "</tool_call>", false},
	{"<function_call>", "</function_call>", false},
	{"<llm-code>", "</llm-code>", false},
	{"<function=", "</function>", false},
	{"[TOOL_CALLS]", "[/TOOL_CALLS]", false},
	{"<|python_tag|>", "<|eom_id|>", true},
	{"<|tool_call|>", "<|/tool_call|>", false},
	{"<|tool_calls_section_begin|>", "<|tool_calls_section_end|>", false},
	{"<｜tool▁calls▁begin｜>", "<｜tool▁calls▁end｜>", false},
	{"<|channel|>commentary to=", "<|call|>", true},
	{"<|channel|>analysis to=", "<|call|>", true},
}

// turnEnds are marks of the end of a turn that a template may let through.
var turnEnds = [...]string{"<|eot_id|>", "<|im_end|>", "<|end|>", "<|endoftext|>", "</s>", "<｜end▁of▁sentence｜>"}

func withoutEnd(text string) string {
	for {
		text = strings.TrimRight(text, " \t\r\n")
		i := slices.IndexFunc(turnEnds[:], func(mark string) bool { return strings.HasSuffix(text, mark) })
		if i < 0 {
			return text
		}
		text = strings.TrimSuffix(text, turnEnds[i])
	}
}

// maxMarks bounds how many marks of a reply are looked at, so that one which repeats
// them costs no more.
const maxMarks = 32

// marks is where the last marks of calls stand.
func marks(text string) (all []int) {
	for from := 0; ; from++ {
		next, _ := nextMark(text[from:])
		if next < 0 {
			return all[max(0, len(all)-maxMarks):]
		}
		from += next
		all = append(all, from)
	}
}

// nextMark is where the first mark of a call stands, and which it is; -1 if there
// is none.
func nextMark(text string) (int, callMark) {
	for at := 0; ; at++ {
		n := strings.IndexAny(text[at:], "<[")
		if n < 0 {
			return -1, callMark{}
		}
		at += n
		for _, m := range callMarks {
			if strings.HasPrefix(text[at:], m.open) {
				return at, m
			}
		}
	}
}

// marked reads calls that follow on each other to the end of text.
func marked(text string) (codes []string, ok bool) {
	for text != "" {
		at, m := nextMark(text)
		if at != 0 {
			return nil, false
		}
		body, rest, closed := strings.Cut(text[len(m.open):], m.end)
		found := callsIn(body)
		if found == nil {
			body = afterHeader(body)
			open := !closed && (!m.code || strings.Contains(body, `\boxed`)) // it may go on with what is no code
			if open || strings.TrimSpace(body) == "" || strings.Contains(body, m.open) {
				return nil, false
			}
			found = []string{code(body)}
		}
		codes, text = append(codes, found...), strings.TrimLeft(rest, " \t\r\n")
	}
	return codes, len(codes) > 0
}

// xmlCode is the argument in the notations of Qwen's coders, of GLM and of others.
var xmlCode = regexp.MustCompile(`(?s)(?:<parameter(?:=|\s+name=)"?code"?>|<arg_key>code</arg_key>\s*<arg_value>)\n?(.*?)\n?(?:</parameter>|</arg_value>|\z)`)

// before and after the arguments, within the marks, may stand the name of the tool
// and further marks.
var (
	header = regexp.MustCompile("^(?:[\\s\\w.:>-]|```|<｜[^｜]*｜>|<\\|[^|]*\\|>|\\[[A-Z_]+\\])*$")
	footer = regexp.MustCompile("^(?:[\\s;,]|```|<｜[^｜]*｜>|<\\|[^|]*\\|>)*$")
)

// callsIn are the calls written as XML or JSON in the text between marks; nil if
// there is something else.
func callsIn(body string) (codes []string) {
	if m := xmlCode.FindStringSubmatch(body); m != nil {
		return []string{tidy(m[1])}
	}
	for !footer.MatchString(body) {
		at := strings.IndexByte(body, '{')
		if at < 0 {
			return nil
		}
		at = len(strings.TrimSuffix(strings.TrimRight(body[:at], " \t\r\n"), "[")) // of a list, too
		if !header.MatchString(body[:at]) {
			return nil
		}
		found, rest := jsonCalls(strings.TrimLeft(body[at:], " \t\r\n"))
		if found == nil {
			return nil
		}
		codes, body = append(codes, found...), rest
	}
	return codes
}

// afterHeader is what follows the header of a message in the harmony format.
func afterHeader(body string) string {
	if _, message, ok := strings.Cut(body, "<|message|>"); ok {
		return message
	}
	return body
}

// jsonCalls reads the call, or the list of calls, at the head of text, and returns
// what follows it; nil if it is anything else.
func jsonCalls(text string) (codes []string, rest string) {
	from := json.NewDecoder(strings.NewReader(text))
	var raw json.RawMessage
	if from.Decode(&raw) != nil {
		return nil, text
	}
	all := []json.RawMessage{raw}
	if raw[0] == '[' && json.Unmarshal(raw, &all) != nil {
		return nil, text
	}
	for _, one := range all {
		var object map[string]any
		if json.Unmarshal(one, &object) != nil || !isCall(object) {
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
