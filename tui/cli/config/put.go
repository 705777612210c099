package config

import (
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// Put is the text of a file with another value for a key. All else stays as it was,
// byte for byte, comments and blank lines too. A new key goes below the comment that
// Template writes for it, or to the end if there is none. What Put cannot change
// without touching more, such as a value over several lines, is an error.
func Put(path string, text []byte, key, value string) (string, error) {
	before, err := Parse(path, text)
	if err != nil {
		return "", err
	}
	pairs, err := pairsOf(path, text)
	if err != nil {
		return "", err
	}
	lines := slices.Collect(strings.Lines(string(text)))
	if n := len(lines); n > 0 && !strings.HasSuffix(lines[n-1], "\n") {
		lines[n-1] += "\n"
	}
	placed := false
	for i := 0; i+1 < len(pairs); i += 2 {
		if n := pairs[i].Line - 1; pairs[i].Value == key && n < len(lines) { // YAML knows more line breaks than Go
			lines[n], placed = replaced(lines[n], pairs[i], pairs[i+1], value), true
		}
	}
	if !placed {
		lines = slices.Insert(lines, placeOf(key, lines), key+": "+scalar(value)+"\n")
	}
	after := strings.Join(lines, "")
	if got, err := Parse(path, []byte(after)); err != nil || !slices.Equal(texts(got), texts(with(before, key, value))) {
		return "", wrong(path, 0, "change it with `aimo3 config edit`", "%s is written in a way that this command cannot change", key)
	}
	return after, nil
}

// replaced is a line with another value for its key. A comment after the value
// stays.
func replaced(line string, key, value *yaml.Node, text string) string {
	begin := value.Column - 1
	if value.Value == "" && value.Style == 0 || value.Line != key.Line || begin > len(line) { // nothing stands there, or in other lines
		begin = min(key.Column-1+len(key.Value)+1, len(line))
		return line[:begin] + " " + scalar(text) + line[begin:]
	}
	return line[:begin] + scalar(text) + line[begin+written(line[begin:], value):]
}

// written is the length of a value that stands at the start of s.
func written(s string, value *yaml.Node) int {
	if value.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) == 0 {
		return min(len(value.Value), len(s))
	}
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '\\' && s[0] == '"', s[i] == '\'' && s[0] == '\'' && strings.HasPrefix(s[i+1:], "'"):
			i++
		case s[i] == s[0]:
			return i + 1
		}
	}
	return len(s)
}

// placeOf is the index at which the line of a new key is inserted.
func placeOf(key string, lines []string) int {
	for i, line := range lines {
		if strings.HasPrefix(line, "# "+key+":") {
			return i + 1
		}
	}
	return len(lines)
}

// with is values with another text for a key.
func with(values []Value, key, text string) []Value {
	rest := slices.DeleteFunc(slices.Clone(values), func(v Value) bool { return v.Key == key })
	return append(rest, Value{Key: key, Text: text})
}

// texts are keys with their values, sorted.
func texts(values []Value) []string {
	var all []string
	for _, v := range values {
		all = append(all, v.Key+"\x00"+v.Text)
	}
	slices.Sort(all)
	return all
}
