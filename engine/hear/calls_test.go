package hear

import (
	"slices"
	"strings"
	"testing"
)

// callCase is a reply, what is before its calls, and what they run: nothing, if codes
// is nil.
type callCase struct {
	name, reply, before string
	codes               []string
}

func callCases() []callCase {
	const object = `{"name":"python","arguments":{"code":"print(6*7)"}}`
	run, wrong := []string{"print(6*7)"}, []string{"The call could not be read"}
	return []callCase{
		{"bare JSON", object, "", run},
		{"bare JSON after words", "I run it.\n\n" + object + "\n", "I run it.\n\n", run},
		{"bare JSON over lines", "{\n  \"name\": \"python\",\n  \"parameters\": {\n    \"code\": \"print(6*7)\"\n  }\n}", "", run},
		{"a list of two", "[" + object + "," + `{"name":"python","arguments":{"code":"1"}}]`, "", []string{"print(6*7)", "1"}},
		{"two lines of JSON", object + "\n" + object, "", []string{"print(6*7)", "print(6*7)"}},
		{"the arguments alone", `{"code": "print(6*7)"}`, "", run},
		{"as the OpenAI API has it", `{"type":"function","function":{"name":"python","arguments":"{\"code\":\"print(6*7)\"}"}}`, "", run},
		{"a fence of JSON", "So:\n```json\n" + object + "\n```", "So:\n", run},
		{"a fence of nothing in particular", "```\n" + object + "\n```\n", "", run},
		{"a fence of Python", "So:\n```python\nprint(6*7)\n```\n", "So:\n", []string{"print(6*7)\n"}},
		{"the last of two fences", "```text\na\n```\n```py\n6*7\n```", "```text\na\n```\n", []string{"6*7\n"}},
		{"tags", "So\n<tool_call>\n" + object + "\n</tool_call>", "So\n", run},
		{"tags without an end", "<tool_call>" + object, "", run},
		{"tags around code", "<tool_call>print(6*7)</tool_call>", "", run},
		{"two in tags", "<tool_call>" + object + "</tool_call>\n<tool_call>" + object + "</tool_call>", "", []string{"print(6*7)", "print(6*7)"}},
		{"tags that words name before", "I use <tool_call> here: <tool_call>" + object + "</tool_call>", "I use <tool_call> here: ", run},
		{"Mistral", "[TOOL_CALLS][" + object + "]", "", run},
		{"Mistral, newer", `[TOOL_CALLS]python[ARGS]{"code": "print(6*7)"}`, "", run},
		{"Mistral, newest", `[TOOL_CALLS]python[CALL_ID]a1[ARGS]{"code": "print(6*7)"}</s>`, "", run},
		{"Llama", "<|python_tag|>" + object + "<|eom_id|>", "", run},
		{"Llama, code", "<|python_tag|>x = {\"a\": \"b\"}\nprint(x)", "", []string{"x = {\"a\": \"b\"}\nprint(x)"}},
		{"Llama, by its name", `<function=python>{"code": "print(6*7)"}</function>`, "", run},
		{"Qwen's coders", "<tool_call>\n<function=python>\n<parameter=code>\nprint(6*7)\n</parameter>\n</function>\n</tool_call>", "", run},
		{"GLM", "<tool_call>python\n<arg_key>code</arg_key>\n<arg_value>print(6*7)</arg_value>\n</tool_call>", "", run},
		{"DeepSeek", "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>python<｜tool▁sep｜>{\"code\":\"print(6*7)\"}<｜tool▁call▁end｜><｜tool▁calls▁end｜>", "", run},
		{"DeepSeek, older", "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>python\n```json\n{\"code\":\"print(6*7)\"}\n```<｜tool▁call▁end｜><｜tool▁calls▁end｜><｜end▁of▁sentence｜>", "", run},
		{"DeepSeek, with another name for the argument", "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>python<｜tool▁sep｜>{\"script\":\"print(6*7)\"}<｜tool▁call▁end｜><｜tool▁calls▁end｜>", "", run},
		{"Kimi", `<|tool_calls_section_begin|><|tool_call_begin|>functions.python:0<|tool_call_argument_begin|>{"code":"print(6*7)"}<|tool_call_end|><|tool_calls_section_end|>`, "", run},
		{"harmony", `<|channel|>commentary to=functions.python <|constrain|>json<|message|>{"code":"print(6*7)"}<|call|>`, "", run},
		{"harmony, code", "<|channel|>analysis to=python code<|message|>print(6*7)", "", run},

		{"harmony, called before its channel", `<|start|>assistant to=functions.python<|channel|>commentary<|message|>{"code":"print(6*7)"}<|end|>`, "", run},
		{"harmony, after its analysis", `<|channel|>analysis<|message|>hm<|end|><|start|>assistant<|channel|>commentary to=functions.python <|constrain|>json<|message|>{"code":"print(6*7)"}<|call|>`, "<|channel|>analysis<|message|>hm<|end|>", run},
		{"DeepSeek, in ASCII", "<|tool▁calls▁begin|><|tool▁call▁begin|>function<|tool▁sep|>python\n```json\n{\"code\": \"print(6*7)\"}\n```<|tool▁call▁end|><|tool▁calls▁end|><|end▁of▁sentence|>", "", run},
		{"XML, with another name for the argument", "<tool_call>\n<function=python>\n<parameter=script>\nprint(6*7)\n</parameter>\n</function>\n</tool_call>", "", run},
		{"a list without its end", "[" + object, "", run},
		{"a bracket too many", "[" + object + "]]", "", run},
		{"a brace too many in tags", "<tool_call>" + object + "}", "", run},

		{"broken JSON in tags", `<tool_call>{"name":"python","arguments":{"code":"print("a")"}}</tool_call>`, "", wrong},
		{"half a call", `<tool_call>{"name": "pyth`, "", wrong},
		{"a call without arguments", `So <tool_call>{"name": "python", "arguments": {}}</tool_call>`, "So ", wrong},
		{"two XML arguments", "<tool_call>\n<function=python>\n<parameter=a>\n1\n</parameter>\n<parameter=b>\n2\n</parameter>\n</function>\n</tool_call>", "", wrong},
		{"DeepSeek, broken", "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>python<｜tool▁sep｜>{invalid json}<｜tool▁call▁end｜><｜tool▁calls▁end｜>", "", wrong},
	}
}

func noCallCases() []callCase {
	const object = `{"name":"python","arguments":{"code":"print(6*7)"}}`
	return []callCase{
		{"none", "The answer is 42.", "", nil},
		{"nothing", "", "", nil},
		{"an answer follows", object + "\nSo it is 42.", "", nil},
		{"an answer follows tags", "<tool_call>" + object + "</tool_call>\nSo it is 42.", "", nil},
		{"an answer follows tags without an end", "<tool_call> is what I would write. It is 42.", "", nil},
		{"an answer follows a list", "[TOOL_CALLS][" + object + "] So it is 42.", "", nil},
		{"an answer follows Llama's mark", "<|python_tag|>print(6*7)\n\nSo it is \\boxed{42}.", "", nil},
		{"an answer follows a fence", "```python\n6*7\n```\nSo it is 42.", "", nil},
		{"other JSON", `{"answer": 42, "name": "x"}`, "", nil},
		{"a set", "The set is\n{1, 2, 3}", "", nil},
		{"a list of numbers", "[1, 2]", "", nil},
		{"LaTeX", "\\[\n\\frac{1}{2}\n\\]\n$\\{x\\}", "", nil},
		{"JSON within a line", "I would call " + object, "", nil},
		{"a fence without an end", "```python\n6*7", "", nil},
		{"an empty fence", "```python\n```", "", nil},
		{"a fence of text", "```text\n6*7\n```", "", nil},
		{"ticks that end no block", "6*7\n```", "", nil},
		{"quoted in reasoning", "[THINK]I could write\n```python\n6*7\n```", "", nil},
		{"quoted in the analysis", "<|channel|>analysis<|message|>I could write\n" + object, "", nil},
	}
}

// TestCalls: a reply that ends with a call, however that is written, has its code run;
// one that goes on to an answer has not.
func TestCalls(t *testing.T) {
	for _, c := range append(callCases(), noCallCases()...) {
		if c.codes == nil {
			c.before = c.reply
		}
		before, calls := Calls(c.reply)
		var codes []string
		for _, call := range calls {
			codes = append(codes, call.Code+cut(call.Wrong))
		}
		if before != c.before || !slices.Equal(codes, c.codes) {
			t.Errorf("%s: of %q it is to run %q after %q, want %q after %q", c.name, c.reply, codes, before, c.codes, c.before)
		}
	}
}

// cut is the first sentence of what is wrong with a call.
func cut(wrong string) string {
	first, _, _ := strings.Cut(wrong, ".")
	return first
}

func FuzzCalls(f *testing.F) {
	for _, c := range append(callCases(), noCallCases()...) {
		f.Add(c.reply)
	}
	f.Fuzz(func(t *testing.T, reply string) {
		before, calls := Calls(reply)
		if !strings.HasPrefix(reply, before) || len(calls) == 0 && before != reply {
			t.Errorf("of %q, %q is before %q", reply, before, calls)
		}
	})
}
