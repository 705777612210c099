package config

import (
	"slices"
	"strings"
	"testing"
)

func TestPutChangesOneValueAndNothingElse(t *testing.T) {
	for _, c := range []struct{ text, key, value, want string }{
		{"", "seed", "1", "seed: 1\n"},
		{"# only a comment", "seed", "1", "# only a comment\nseed: 1\n"},
		{"a: 1\n\n# of b\nb:   2   # two\n", "b", "3", "a: 1\n\n# of b\nb:   3   # two\n"},
		{"b: '2''' # two\nc: 1\n", "b", "x", "b: x # two\nc: 1\n"},
		{`b: "2\" # no" # two`, "b", "x", "b: x # two\n"},
		{"b: # none yet\nc: 1\n", "b", "x", "b: x # none yet\nc: 1\n"},
		{"b:\n", "b", "x", "b: x\n"},
		{"b: ~\n", "b", "x", "b: x\n"},
		{"# b: 1\n\n# c: 2\n", "b", "x", "# b: 1\nb: x\n\n# c: 2\n"},
		{"a: 1\r\nb: 2\r\n", "b", "3", "a: 1\r\nb: 3\r\n"},
		{"a: b\n", "b", "3", "a: b\nb: 3\n"},
		{"s: 1\n", "s", "a: #b", "s: 'a: #b'\n"},
		{"s: 1\n", "s", "it's: 1", "s: 'it''s: 1'\n"},
		{"s: 1\n", "s", "", "s: ''\n"},
		{"s: 1\n", "s", "null", "s: 'null'\n"},
		{"s: 1\n", "s", "a\nb", "s: \"a\\nb\"\n"},
		{"s: 1\n", "s", "on", "s: on\n"},
	} {
		got, err := Put("f", []byte(c.text), c.key, c.value)
		if got != c.want || err != nil {
			t.Errorf("%q, %s=%q:\n%q, %v; want\n%q", c.text, c.key, c.value, got, err, c.want)
		}
	}
	for _, text := range []string{"b: |\n  2\n", "b:\n- 1\n- 2\n", "{b: 1, c: 2}", "b: [1,\n 2]\n", "b:\n  2\n", "b: one\n  two\n", "b: &x 1\n", "b b\n", "# x\rb: 1", "\u2028b: 1\n"} {
		if got, err := Put("f", []byte(text), "b", "3"); err == nil && said(mustParse(t, got)) != "b=3" && text != "{b: 1, c: 2}" {
			t.Errorf("%q: %q; want a refusal or b=3", text, got)
		}
	}
}

func mustParse(t *testing.T, text string) []Value {
	t.Helper()
	values, err := Parse("f", []byte(text))
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return values
}

func TestATemplateSetsNothingAndTakesEveryKey(t *testing.T) {
	entries := []Entry{{"samples", "8", "samples to take"}, {"stop", "a: b", strings.Repeat("long ", 40)}, {"model", "", "model to ask"}}
	text := Template("Settings.\nMore.", entries)
	if got := said(mustParse(t, text)); got != "" {
		t.Errorf("it sets %s", got)
	}
	for line := range strings.Lines(text) {
		if len(line) > 79 || line != "\n" && line[0] != '#' {
			t.Errorf("line %q", line)
		}
	}
	for _, e := range entries {
		after, err := Put("f", []byte(text), e.Key, "1")
		if err != nil || !strings.Contains(after, "# "+line(e.Key, e.Default)+"\n"+e.Key+": 1\n") {
			t.Errorf("%s: %v\n%s", e.Key, err, after)
		}
	}
	if got := said(mustParse(t, strings.ReplaceAll(text, "# stop:", "stop:"))); got != "stop=a: b" {
		t.Errorf("uncommented, stop is %q", got)
	}
}

// FuzzPut: whatever a file holds, what is written can be read, and says what was
// put and all that was said before; no comment on a line of its own is lost.
func FuzzPut(f *testing.F) {
	for _, text := range []string{"a: 1 # x\nb: 'y'\n", "# b: 2\n", "b: |\n  x\n", "{b: 1}", "b:\n- 1\n", "? b\n: 1\n", "b: &a 1\nc: *a\n", "\ufeffb: 1", "\"b\" : 1\n", "b: 1\n...\n", "%YAML 1.2\n---\nb: 1\n"} {
		f.Add(text, "3")
		f.Add(text, "x: 'y' # z")
	}
	f.Fuzz(func(t *testing.T, text, value string) {
		if len(text)+len(value) > 2000 || notText([]byte(value)) > 0 {
			return
		}
		before, err := Parse("f", []byte(text))
		if err != nil {
			return
		}
		after, err := Put("f", []byte(text), "b", value)
		if err != nil {
			return
		}
		got, err := Parse("f", []byte(after))
		if err != nil || !slices.Equal(texts(got), texts(with(before, "b", value))) {
			t.Fatalf("%q: %v\n%q: %v, %v", text, before, after, got, err)
		}
		for line := range strings.Lines(text) {
			if strings.HasPrefix(line, "#") && !strings.Contains(after, strings.TrimRight(line, "\r\n")) {
				t.Fatalf("%q: lost from\n%q", line, after)
			}
		}
	})
}
