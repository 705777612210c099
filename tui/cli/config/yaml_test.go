package config

import (
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
)

// said is values as "key=text", one after the other.
func said(values []Value) string {
	var all []string
	for _, v := range values {
		all = append(all, v.Key+"="+v.Text)
	}
	return strings.Join(all, " ")
}

func TestAValueIsTheTextThatStandsThere(t *testing.T) {
	for text, want := range map[string]string{
		"":                                    "",
		"# nothing\n":                         "",
		"---\n# nothing\n":                    "",
		"~\n":                                 "",
		"samples: 16 # more\n":                "samples=16",
		"samples: 0x10\nseed: 1_000\n":        "samples=0x10 seed=1_000",
		"think: on\ntools: off\nfences: No\n": "think=on tools=off fences=No",
		"answer: integer:0..99999\n":          "answer=integer:0..99999",
		"model: 'qwen3: \"8b\"'\n":            `model=qwen3: "8b"`,
		"\"budget\": \"5m\"\r\ncell: 2s\r\n":  "budget=5m cell=2s",
		"choose: [verify, select]\n":          "choose=verify,select",
		"stop:\n  - asc:0.9\n  - esc:3\n":     "stop=asc:0.9,esc:3",
		"model:\nhost: null\nseed: 2\n":       "seed=2",
		"model: ''\n":                         "model=",
		"\ufeffseed: 3":                       "seed=3",
		"{seed: 3, top: 0}":                   "seed=3 top=0",
		"unheard.of: 1\n":                     "unheard.of=1",
	} {
		values, err := Parse("f", []byte(text))
		if got := said(values); err != nil || got != want {
			t.Errorf("%q: %q, %v; want %q", text, got, err, want)
		}
	}
}

func TestAWrongFileIsAnErrorWithItsLine(t *testing.T) {
	bomb := "a: &a [x,x,x,x,x,x,x,x,x]\n"
	for c := 'b'; c < 'k'; c++ {
		bomb += string(c) + ": &" + string(c) + " [" + strings.Repeat("*"+string(c-1)+",", 9) + "]\n"
	}
	for _, c := range []struct{ text, want string }{
		{"samples\n", "f:1: this is not a setting"},
		{"- samples\n", "f:1: this is not a setting"},
		{"a: 1\n\nsamples 16\n", "f:3: this is not YAML: could not find expected ':'"},
		{"a: b: c\n", "f:1: this is not YAML: mapping values are not allowed in this context"},
		{"seed: 1\nseed: 2\n", "f:2: seed is already set in line 1"},
		{"seed: 1\nplan:\n  samples: 3\n", "f:3: plan: takes one value"},
		{"choose:\n- [a]\n", "f:2: choose: each item of its list must be one value"},
		{"[a, b]: 1\n", "f:1: a key must be one word"},
		{strings.Repeat("k", 65) + ": 1\n", "f:1: a key must be one word"},
		{"\nmodel: " + strings.Repeat("m", 4097), "f:2: model: its value is longer than 4096 bytes"},
		{"seed: 1\n---\nseed: 2\n", "f:2: a second document begins"},
		{"a: 1\nb: \x00\n", "f:2: this is not text"},
		{"a: 1\nb: \xff\n", "f:2: this is not text"},
		{"a: &x 1\nseed: *x\n", "f:2: seed: takes one value"},
		{"<<: *x\n", "unknown anchor 'x' referenced"},
		{bomb, "f:2: b: each item of its list must be one value"},
		{strings.Repeat("[", 60_000), "this is not YAML: exceeded max depth of 10000"},
	} {
		values, err := Parse("f", []byte(c.text))
		if err == nil || !strings.Contains(err.Error(), c.want) || engine.ClassOf(err) != engine.Invalid {
			t.Errorf("%.60q: %v, %v; want %q", c.text, values, err, c.want)
		}
	}
}
