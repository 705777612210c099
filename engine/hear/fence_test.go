package hear

import (
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
)

// heard is what fences made of a reply.
type heard struct {
	reply, writing, code, raw string
	whole                     bool
}

func hearFences(pieces ...string) heard {
	var h heard
	f := &Fences{Say: func(c engine.Channel, text string) {
		if c == engine.Writing {
			h.writing += text
		} else {
			h.reply += text
		}
	}}
	f.Found = func(code string) { h.code, h.whole = code, true }
	for _, p := range pieces {
		f.Feed(p)
	}
	f.Flush()
	h.raw = f.Raw.String()
	return h
}

func fenceCases() []struct{ name, reply, shown, code, raw string } {
	const made = "\n```output\n7\n```\nSo \\boxed{7}."
	return []struct{ name, reply, shown, code, raw string }{
		{"none", "Just `x` and ``` words, 2 < 3", "Just `x` and ``` words, 2 < 3", "", ""},
		{"python", "Try:\n```python\nprint(1)\n```\nthen", "Try:\n", "print(1)\n", "Try:\n```python\nprint(1)\n```"},
		{"py, midway in a line", "Try ```py\n1+1\n```", "Try ", "1+1\n", "Try ```py\n1+1\n```"},
		{"invented output", "```python\n3+4\n```" + made, "", "3+4\n", "```python\n3+4\n```"},
		{"output in place of the end", "```python\n3+4\n```output\n7\n```", "", "3+4\n", "```python\n3+4\n```"},
		{"longer fence", "````python\ns = '''\n```\n'''\n````\n", "", "s = '''\n```\n'''\n", "````python\ns = '''\n```\n'''\n````"},
		{"ticks within a line", "```python\ns = '```'\n```", "", "s = '```'\n", "```python\ns = '```'\n```"},
		{"indented end", "```python\n  1\n  ```", "", "  1\n", "```python\n  1\n  ```"},
		{"attributes", "```{.python .numberLines}\n1\n```", "", "1\n", "```{.python .numberLines}\n1\n```"},
		{"other language", "```text\n```python\n```\nend", "```text\n```python\n```\nend", "", ""},
		{"a block, then code", "```\na\n```\n```python\n1\n```", "```\na\n```\n", "1\n", "```\na\n```\n```python\n1\n```"},
		{"tags", "So <tool_call>\nprint(2)\n</tool_call> and", "So ", "\nprint(2)\n", "So <tool_call>\nprint(2)\n</tool_call>"},
		{"tags with JSON", `<tool_call>{"name": "python", "arguments": {"code": "1+1"}}</tool_call>`, "", "1+1", `<tool_call>{"name": "python", "arguments": {"code": "1+1"}}</tool_call>`},
		{"tags with a fence", "<tool_call>\n```python\nx = 1\nx\n```\n</tool_call>", "", "x = 1\nx\n", "<tool_call>\n```python\nx = 1\nx\n```\n</tool_call>"},
		{"llm-code", "<llm-code>\nx < 3\n</llm-code>", "", "\nx < 3\n", "<llm-code>\nx < 3\n</llm-code>"},
		{"carriage returns", "```python\r\n1\r\n```\r\n", "", "1\r\n", "```python\r\n1\r\n```"},
		{"never ends", "a ```python\nprint(1)\n", "a ", "", ""},
		{"tags never end", "<tool_call>\n1 </tool", "", "", ""},
		{"only a mark", "```python", "```python", "", ""},
	}
}

// TestFences: however a reply is cut into pieces, the same is heard.
func TestFences(t *testing.T) {
	for _, c := range fenceCases() {
		t.Run(c.name, func(t *testing.T) {
			whole := hearFences(c.reply)
			if whole.reply != c.shown || whole.code != c.code || whole.whole != (c.code != "") {
				t.Errorf("%+v, want reply %q and code %q", whole, c.shown, c.code)
			}
			if c.code != "" && whole.raw != c.raw {
				t.Errorf("raw %q, want %q", whole.raw, c.raw)
			}
			if c.code == "" && whole.raw != c.reply {
				t.Errorf("raw %q, want the reply", whole.raw)
			}
			for i := range c.reply {
				if got := hearFences(c.reply[:i], c.reply[i:]); got != whole {
					t.Errorf("cut at %d: %+v, want %+v", i, got, whole)
				}
			}
			if got := hearFences(strings.Split(c.reply, "")...); got != whole {
				t.Errorf("byte by byte: %+v, want %+v", got, whole)
			}
		})
	}
}

// TestCode: models write a call as JSON in more than one way.
func TestCode(t *testing.T) {
	for block, want := range map[string]string{
		"1 + 1\n": "1 + 1\n",
		`{"name": "python", "arguments": {"code": "1+1"}}`:           "1+1",
		` {"name": "python", "parameters": {"code": "1+1"}}`:         "1+1",
		`{"name": "python", "arguments": "{\"code\": \"1+1\"}"}`:     "1+1",
		`{"name": "python", "arguments": "1+1"}`:                     "1+1",
		`{"name": "python", "arguments": {"source": "1+1", "n": 2}}`: "1+1",
		`{"code": "1+1"}`: "1+1",
		"{\"arguments\": {\"code\": \"```python\\n1+1\\n```\"}}": "1+1\n",
		"{1: 2}":              "{1: 2}",
		`{"a": 1}`:            `{"a": 1}`,
		`{"arguments": {}}`:   `{"arguments": {}}`,
		`{"arguments": null}`: `{"arguments": null}`,
		"s = '''\n```\n'''":   "s = '''\n```\n'''",
		"```":                 "```",
		"``````":              "``````",
	} {
		if got := codeOf(block); got != want {
			t.Errorf("of %q it is to run %q, want %q", block, got, want)
		}
	}
}

func FuzzFences(f *testing.F) {
	for _, c := range fenceCases() {
		f.Add(c.reply, len(c.reply)/2)
	}
	f.Fuzz(func(t *testing.T, reply string, at int) {
		if at < 0 || at > len(reply) {
			return
		}
		whole := hearFences(reply)
		if got := hearFences(reply[:at], reply[at:]); got != whole {
			t.Errorf("cut at %d: %+v, want %+v", at, got, whole)
		}
		if !strings.HasPrefix(reply, whole.raw) || !whole.whole && whole.raw != reply {
			t.Errorf("raw %q is not what was written", whole.raw)
		}
	})
}

// BenchmarkFences: a reply that streams one long line of code must not cost its
// square.
func BenchmarkFences(b *testing.B) {
	long := strings.Split("```python\n"+strings.Repeat("x = 1; ", 10_000)+"\n```", " ")
	for b.Loop() {
		hearFences(long...)
	}
}
