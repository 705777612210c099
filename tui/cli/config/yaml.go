package config

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// What a key and a value may have: a key is a word, a value a path at most.
const maxKeyBytes, maxValueBytes = 64, 4096

// keyed says how to write a setting; errors end with it.
const keyed = "write KEY: VALUE on a line of its own, such as samples: 16"

// Parse is the values in the text of a file, in its order. The text is YAML with one
// level. A value is a scalar, which is taken as the text that was written, or a list
// of scalars, which is the same as joining them with commas. A key without a value
// is left out.
func Parse(path string, text []byte) ([]Value, error) {
	pairs, err := pairsOf(path, text)
	if err != nil {
		return nil, err
	}
	var values []Value
	lines := map[string]int{}
	for i := 0; i+1 < len(pairs); i += 2 {
		key, value := pairs[i], pairs[i+1]
		if key.Kind != yaml.ScalarNode || len(key.Value) > maxKeyBytes {
			return nil, wrong(path, key.Line, keyed, "a key must be one word")
		}
		if first := lines[key.Value]; first > 0 {
			return nil, wrong(path, key.Line, "remove one of the two", "%s is already set in line %d", key.Value, first)
		}
		lines[key.Value] = key.Line
		said, filled, err := textOf(path, key.Value, value)
		if err != nil {
			return nil, err
		}
		if len(said) > maxValueBytes {
			return nil, wrong(path, key.Line, "", "%s: its value is longer than %d bytes", key.Value, maxValueBytes)
		}
		if filled {
			values = append(values, Value{Key: key.Value, Text: said, From: Origin{Source: File, File: path, Line: key.Line}})
		}
	}
	return values, nil
}

// pairsOf are the keys and values of a file, in turn.
func pairsOf(path string, text []byte) ([]*yaml.Node, error) {
	if line := notText(text); line > 0 {
		return nil, wrong(path, line, keyed, "this is not text: it is not valid UTF-8, or holds control characters")
	}
	var document, second yaml.Node
	d := yaml.NewDecoder(bytes.NewReader(text))
	switch err := d.Decode(&document); {
	case errors.Is(err, io.EOF): // comments at most
		return nil, nil
	case err != nil:
		return nil, notYAML(path, err)
	}
	switch err := d.Decode(&second); {
	case err == nil:
		return nil, wrong(path, second.Line, "remove the line ---", "a second document begins")
	case !errors.Is(err, io.EOF):
		return nil, notYAML(path, err)
	}
	top := document.Content[0]
	switch {
	case top.Kind == yaml.MappingNode:
		return top.Content, nil
	case empty(top):
		return nil, nil
	}
	return nil, wrong(path, top.Line, keyed, "this is not a setting")
}

// notText is the first line, from 1, that holds what no text does; 0 if none does.
func notText(text []byte) int {
	n := 0
	for line := range bytes.Lines(text) {
		n++
		odd := func(r rune) bool { return unicode.IsControl(r) && !strings.ContainsRune("\t\r\n", r) }
		if !utf8.Valid(line) || bytes.ContainsFunc(line, odd) {
			return n
		}
	}
	return 0
}

func empty(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null"
}

// textOf is what a value says, and whether it says anything.
func textOf(path, key string, n *yaml.Node) (text string, filled bool, err error) {
	switch {
	case empty(n):
		return "", false, nil
	case n.Kind == yaml.ScalarNode:
		return n.Value, true, nil
	case n.Kind != yaml.SequenceNode:
		return "", false, wrong(path, n.Line, keyed, "%s: takes one value", key)
	}
	var items []string
	for _, item := range n.Content {
		if item.Kind != yaml.ScalarNode {
			return "", false, wrong(path, item.Line, keyed, "%s: each item of its list must be one value", key)
		}
		items = append(items, item.Value)
	}
	return strings.Join(items, ","), true, nil
}

var saysLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?(.*)$`)

// notYAML is an error of the YAML parser, with its line after the file's name.
func notYAML(path string, err error) error {
	said := saysLine.FindStringSubmatch(err.Error())
	if said == nil {
		return wrong(path, 0, keyed, "this is not YAML: %s", err)
	}
	line, _ := strconv.Atoi(said[1]) // 0 if it names none, as of the first
	return wrong(path, max(line, 1), keyed, "this is not YAML: %s", said[2])
}
