package config

import (
	"fmt"
	"strings"

	"gopkg.in/yaml.v3"
)

// Entry is a key as a new file shows it.
type Entry struct {
	Key, Default string
	About        string // one or more sentences
}

// Template is a file in which every key stands at its default, commented out.
func Template(head string, entries []Entry) string {
	var b strings.Builder
	b.WriteString(commented(head))
	for _, e := range entries {
		fmt.Fprintf(&b, "\n%s# %s\n", commented(e.About), line(e.Key, e.Default))
	}
	return b.String()
}

// commented is text as lines of comment that fit a terminal.
func commented(text string) string {
	const width = 78
	var b strings.Builder
	for paragraph := range strings.SplitSeq(text, "\n") {
		row := "#"
		for word := range strings.FieldsSeq(paragraph) {
			if len(row)+1+len(word) > width {
				b.WriteString(row + "\n")
				row = "#"
			}
			row += " " + word
		}
		b.WriteString(row + "\n")
	}
	return b.String()
}

// line is a key and its value as YAML. Without a value it sets nothing.
func line(key, value string) string {
	if value == "" {
		return key + ":"
	}
	return key + ": " + scalar(value)
}

// scalar is text written such that Parse reads it as that text: as it is if that
// does, else in quotes.
func scalar(text string) string {
	single := "'" + strings.ReplaceAll(text, "'", "''") + "'"
	for _, written := range []string{text, single} {
		if values, err := Parse("", []byte("k: "+written+" # a comment\n")); err == nil && len(values) == 1 && values[0].Text == text {
			return written
		}
	}
	written, err := yaml.Marshal(&yaml.Node{Kind: yaml.ScalarNode, Style: yaml.DoubleQuotedStyle, Value: text})
	if err != nil { // it never does for a scalar
		return single
	}
	return strings.TrimSuffix(string(written), "\n")
}
