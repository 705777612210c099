package hear

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// ErrNoCode says of the arguments of a call that they can be read and hold no code.
var ErrNoCode = errors.New("no code among the arguments")

// maxNesting is how deep arguments may lie within arguments.
const maxNesting = 4

// Argument is the code in the arguments of a call, which are JSON: the argument
// called "code" or, since models rename it, the only text there is. Text may be a
// list of lines. The arguments may lie within others, as a call within a call, or be
// the code itself. The error is ErrNoCode, or says why they cannot be read.
func Argument(raw []byte) (string, error) {
	var args any
	if err := json.Unmarshal(raw, &args); err != nil {
		return "", fmt.Errorf("read the arguments: %w", err)
	}
	if quoted, ok := args.(string); ok { // as the OpenAI API has it
		if strings.HasPrefix(strings.TrimSpace(quoted), `{"`) {
			return Argument([]byte(quoted))
		}
		if args, ok = quotedArguments(quoted); !ok {
			return tidy(quoted), nil
		}
	}
	code, ok := argument(args, maxNesting)
	if !ok {
		return "", ErrNoCode
	}
	return tidy(code), nil
}

// quotedArguments are arguments that were sent as text, if the text is no code.
func quotedArguments(text string) (args any, ok bool) {
	ok = json.Unmarshal([]byte(text), &args) == nil && structured(args)
	return args, ok
}

// structured says whether arguments are an object, or a list of those or of lines.
// Code may be valid JSON too: a number, a list of numbers.
func structured(args any) bool {
	switch args := args.(type) {
	case map[string]any:
		return true
	case []any:
		return len(args) > 0 && (isLines(args) || len(args) == 1 && structured(args[0]))
	}
	return false
}

// wrappers are the keys under which arguments lie within a call.
var wrappers = [...]string{"arguments", "parameters", "args", "kwargs", "input", "function"}

// labels are keys of texts that say what is called, not with what.
var labels = [...]string{"name", "function", "tool", "type", "id", "language"}

func argument(args any, depth int) (string, bool) {
	object, ok := args.(map[string]any)
	switch {
	case depth == 0:
		return "", false
	case !ok:
		return text(args, depth)
	}
	if code, ok := text(object["code"], depth); ok {
		return code, true
	}
	for _, key := range wrappers {
		if v, ok := object[key]; ok && (key != "function" || structured(v)) {
			return wrapped(v, depth)
		}
	}
	var only []string
	for key, v := range object {
		if code, ok := text(v, depth); ok && !slices.Contains(labels[:], key) {
			only = append(only, code)
		}
	}
	if len(only) == 1 {
		return only[0], true
	}
	return "", false
}

// wrapped is the code in arguments that lie within a call, as an object or as the
// text of one.
func wrapped(v any, depth int) (string, bool) {
	if quoted, ok := v.(string); ok {
		if v, ok = quotedArguments(quoted); !ok {
			return quoted, quoted != ""
		}
	}
	return argument(v, depth-1)
}

// text is the text that a value is, or holds as lines or in an object of its own.
func text(v any, depth int) (string, bool) {
	switch v := v.(type) {
	case string:
		return v, true
	case map[string]any:
		return argument(v, depth-1)
	case []any:
		if isLines(v) {
			lines := make([]string, len(v))
			for i := range v {
				lines[i] = strings.TrimSuffix(fmt.Sprint(v[i]), "\n")
			}
			return strings.Join(lines, "\n"), true
		}
		if len(v) == 1 {
			return argument(v[0], depth-1)
		}
	}
	return "", false
}

func isLines(v []any) bool {
	for _, line := range v {
		if _, ok := line.(string); !ok {
			return false
		}
	}
	return len(v) > 0
}

// tidy is code without what a model puts around or into it that no interpreter takes:
// a fence, a mark of byte order, spaces that are not the usual one, prompts.
func tidy(code string) string {
	return withoutPrompts(withoutFence(withSpaces(code)))
}

// withSpaces is code with one kind of space, and without marks of no width.
func withSpaces(code string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r <= unicode.MaxASCII:
			return r
		case unicode.Is(unicode.Zs, r):
			return ' '
		case r == '\uFEFF', r == '\u200B', r == '\u2060':
			return -1
		}
		return r
	}, code)
}

// withoutPrompts is code without the prompts of an interactive session, if it begins
// with one. Lines without a prompt stay: they may be code as well as output.
func withoutPrompts(code string) string {
	if !strings.HasPrefix(strings.TrimLeft(code, " \t\r\n"), ">>>") {
		return code
	}
	lines := strings.SplitAfter(code, "\n")
	for i, line := range lines {
		start := strings.TrimLeft(line, " \t")
		for _, prompt := range [...]string{">>> ", "... ", ">>>", "..."} {
			if rest, ok := strings.CutPrefix(start, prompt); ok {
				lines[i] = rest
				break
			}
		}
	}
	return strings.Join(lines, "")
}

// withoutFence is code without the fence that a model may have put around it as
// well.
func withoutFence(code string) string {
	text := strings.TrimSpace(code)
	_, body, ok := strings.Cut(text, "\n")
	body, closed := strings.CutSuffix(body, "```")
	if !ok || !closed || !strings.HasPrefix(text, "```") {
		return code
	}
	return body
}
