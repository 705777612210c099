package config

import (
	"slices"
	"strings"
)

// Drop is the text of a file without a key, which then counts no more. All else stays as
// it was, byte for byte, comments and blank lines too. What cannot be taken out without
// touching more, such as a value over several lines, is an error.
func Drop(path string, text []byte, key string) (string, error) {
	before, err := Parse(path, text)
	if err != nil {
		return "", err
	}
	pairs, err := pairsOf(path, text)
	if err != nil {
		return "", err
	}
	lines := slices.Collect(strings.Lines(string(text)))
	for i := 0; i+1 < len(pairs); i += 2 {
		if n := pairs[i].Line - 1; pairs[i].Value == key && n < len(lines) {
			lines[n] = ""
		}
	}
	after := strings.Join(lines, "")
	rest := slices.DeleteFunc(slices.Clone(before), func(v Value) bool { return v.Key == key })
	if got, err := Parse(path, []byte(after)); err != nil || !slices.Equal(texts(got), texts(rest)) {
		return "", wrong(path, 0, "change it with `aimo3 config edit`", "%s is written in a way that cannot be changed here", key)
	}
	return after, nil
}
