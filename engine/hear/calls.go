package hear

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/aimo3/aimo3/engine"
)

// Calls finds the calls that a reply ends with, for a model that was to call a tool
// and wrote the call into its text, by the marks of its family or as JSON, or that
// wrote code into a fenced block. It returns the text before the first of them and,
// for each, its code or what is wrong with it; none if the reply ends with something
// else. They have no names.
//
// Only what ends a reply is a call: if text follows, the model went on to its answer,
// and had only shown what it would call. A call without the marks of a family must be
// one beyond doubt, so it must not lie in reasoning, and bare JSON must name a tool.
func Calls(reply string) (before string, calls []engine.Call) {
	text := withoutEnd(reply)
	for _, at := range marks(text) {
		if calls, ok := marked(text[at:]); ok {
			return strings.TrimSuffix(text[:at], "<|start|>assistant"), calls
		}
	}
	if at, codes := unmarked(text); len(codes) > 0 && !reasoning(text[:at]) {
		return text[:at], callsOf(codes)
	}
	return reply, nil
}

func callsOf(codes []string) []engine.Call {
	calls := make([]engine.Call, len(codes))
	for i := range codes {
		calls[i].Code = codes[i]
	}
	return calls
}

// callMark is what a family of models writes around a call.
type callMark struct {
	open, end string // end may be missing where the reply ends
	holds     holds
}

// holds says what may stand between marks besides JSON and XML.
type holds int

const (
	arguments holds = iota // nothing
	closed                 // code as it is, if the end is there
	code                   // code as it is
)

var callMarks = [...]callMark{
	{"<tool_call>", "</tool_call>", closed},
	{"<function_call>", "</function_call>", closed},
	{"<llm-code>", "</llm-code>", closed},
	{"<function=", "</function>", arguments},
	{"[TOOL_CALLS]", "[/TOOL_CALLS]", arguments},
	{"<|python_tag|>", "<|eom_id|>", code},
	{"<|tool_call|>", "<|/tool_call|>", arguments},
	{"<|tool_calls_section_begin|>", "<|tool_calls_section_end|>", arguments},
	{"<｜tool▁calls▁begin｜>", "<｜tool▁calls▁end｜>", arguments},
	{"<|tool▁calls▁begin|>", "<|tool▁calls▁end|>", arguments},
	{"<|channel|>commentary to=", "<|call|>", code},
	{"<|channel|>analysis to=", "<|call|>", code},
	{"<|start|>assistant to=", "<|call|>", code},
}

// turnEnds are marks of the end of a turn that a template may let through.
var turnEnds = [...]string{"<|eot_id|>", "<|im_end|>", "<|end|>", "<|endoftext|>", "</s>", "<｜end▁of▁sentence｜>", "<|end▁of▁sentence|>"}

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
func marked(text string) (calls []engine.Call, ok bool) {
	for text != "" {
		at, m := nextMark(text)
		if at != 0 {
			return nil, false
		}
		body, rest, ended := strings.Cut(text[len(m.open):], m.end)
		found := callsOf(callsIn(body))
		if len(found) == 0 {
			one, ok := m.call(body, ended)
			if !ok {
				return nil, false
			}
			found = []engine.Call{one}
		}
		calls, text = append(calls, found...), strings.TrimLeft(rest, " \t\r\n")
	}
	return calls, len(calls) > 0
}

// call is what stands between marks and can be read neither as JSON nor as XML: code,
// or a call that the model has to make again. It is none if what has no end may as
// well be words.
func (m callMark) call(body string, ended bool) (engine.Call, bool) {
	broken := strings.HasPrefix(strings.TrimSpace(body), `{"`) || strings.HasPrefix(strings.TrimSpace(body), "<")
	body = afterHeader(body)
	raw := m.holds == code && (ended || !strings.Contains(body, `\boxed`)) || m.holds == closed && ended
	switch {
	case strings.TrimSpace(body) == "", strings.Contains(body, m.open), !ended && !raw && !broken:
		return engine.Call{}, false
	case broken || m.holds == arguments:
		return engine.Call{Wrong: `The call could not be read. Make it again with one argument, "code": a string of code.`}, true
	}
	return engine.Call{Code: codeOf(body)}, raw
}

// parameter is an argument in the notations of Qwen's coders, of GLM and of others.
var parameter = regexp.MustCompile(`(?s)(?:<parameter(?:=|\s+name=)"?(\w+)"?>|<arg_key>(\w+)</arg_key>\s*<arg_value>)\n?(.*?)\n?(?:</parameter>|</arg_value>|\z)`)

// xmlCode is the argument called "code" in what stands between marks, or the only one.
func xmlCode(body string) (string, bool) {
	all := parameter.FindAllStringSubmatch(body, -1)
	for _, p := range all {
		if p[1]+p[2] == "code" || len(all) == 1 {
			return tidy(p[3]), true
		}
	}
	return "", false
}

// before and after the arguments, within the marks, may stand the name of the tool
// and further marks.
var (
	header = regexp.MustCompile("^(?:[\\s\\w.:>-]|```|<｜[^｜]*｜>|<\\|[^|]*\\|>|\\[[A-Z_]+\\])*$")
	footer = regexp.MustCompile("^(?:[\\s;,}\\]]|```|<｜[^｜]*｜>|<\\|[^|]*\\|>)*$")
)

// callsIn are the calls written as XML or JSON in the text between marks; nil if
// there is something else.
func callsIn(body string) (codes []string) {
	if c, ok := xmlCode(body); ok {
		return []string{c}
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
		named := strings.ContainsFunc(body[:at], unicode.IsLetter) // so it is a call, whatever its argument is called
		found, rest := jsonCalls(strings.TrimLeft(body[at:], " \t\r\n"), named)
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
