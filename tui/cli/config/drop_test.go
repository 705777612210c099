package config

import (
	"slices"
	"strings"
	"testing"
)

func TestDropTakesOneKeyOutAndNothingElse(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{"a: 1\n", "a: 1\n"},
		{"# of b\nb: 2 # two\n\na: 1", "# of b\n\na: 1"},
		{"b: '2'\r\na: 1\r\n", "a: 1\r\n"},
		{"b:\na: 1\n", "a: 1\n"},
		{"# b: 1\nb: 2", "# b: 1\n"},
	} {
		got, err := Drop("f", []byte(c.text), "b")
		if got != c.want || err != nil {
			t.Errorf("%q:\n%q, %v; want\n%q", c.text, got, err, c.want)
		}
	}
	for _, text := range []string{"b: |\n  2\na: 1\n", "{b: 1, c: 2}", "b:\n- 1\n- 2\nc: 1\n", "b: &x 1\nc: *x\n"} {
		if got, err := Drop("f", []byte(text), "b"); err == nil {
			t.Errorf("%q: %q; want a refusal", text, got)
		}
	}
}

// FuzzDrop: whatever a file holds, what is left says all that was said of other keys, and
// no comment on a line of its own is lost.
func FuzzDrop(f *testing.F) {
	for _, text := range []string{"a: 1 # x\nb: 'y'\n", "# b: 2\n", "b: |\n  x\n", "{b: 1}", "b:\n- 1\n", "? b\n: 1\n", "b: &a 1\nc: *a\n", "\ufeffb: 1", "\"b\" : 1\n", "b: 1\n...\n"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		before, err := Parse("f", []byte(text))
		if len(text) > 2000 || err != nil {
			return
		}
		after, err := Drop("f", []byte(text), "b")
		if err != nil {
			return
		}
		rest := slices.DeleteFunc(before, func(v Value) bool { return v.Key == "b" })
		got, err := Parse("f", []byte(after))
		if err != nil || !slices.Equal(texts(got), texts(rest)) {
			t.Fatalf("%q: %v\n%q: %v, %v", text, before, after, got, err)
		}
		for line := range strings.Lines(text) {
			if strings.HasPrefix(line, "#") && !strings.Contains(after, strings.TrimRight(line, "\r\n")) {
				t.Fatalf("%q: lost from\n%q", line, after)
			}
		}
	})
}
