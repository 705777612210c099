package config

import (
	"os"
	"regexp"
	"strings"
)

// ReadEnv is the variables that an env file at path sets, in its order: lines of
// NAME=VALUE, which a shell would read the same. There may be `export` before a
// name, quotes around a value and comments; "$" stands for itself.
func ReadEnv(path string) ([]Value, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, unreadable(path, err)
	}
	defer f.Close()
	text, err := bounded(path, f)
	if err != nil {
		return nil, err
	}
	return parseEnv(path, string(text))
}

var assignment = regexp.MustCompile(`^(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)=(.*)$`)

func parseEnv(path, text string) ([]Value, error) {
	var values []Value
	n := 0
	for line := range strings.Lines(strings.TrimPrefix(text, "\ufeff")) {
		n++
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		const todo = "write NAME=VALUE, such as AIMO3_SAMPLES=16" // never the line itself: it may hold a password
		said := assignment.FindStringSubmatch(line)
		if said == nil {
			return nil, wrong(path, n, todo, "this sets no variable")
		}
		value, ok := unquoted(said[2])
		if !ok {
			return nil, wrong(path, n, "close the quote, with nothing but a comment after it", "the quotes of %s do not match", said[1])
		}
		values = append(values, Value{Key: said[1], Text: value, From: Origin{Source: Environment, Variable: said[1], File: path, Line: n}})
	}
	return values, nil
}

// unquoted is a value as a shell reads it: all between single quotes, between
// double ones with \ before what would mean something there, else up to a comment.
func unquoted(s string) (value string, ok bool) {
	if s == "" || s[0] != '\'' && s[0] != '"' {
		if i := comment.FindStringIndex(s); i != nil {
			s = s[:i[0]]
		}
		return strings.TrimSpace(s), true
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == s[0]:
			rest := s[i+1:]
			return b.String(), strings.TrimSpace(rest) == "" || comment.MatchString(rest) && comment.FindStringIndex(rest)[0] == 0
		case s[0] == '"' && s[i] == '\\' && i+1 < len(s) && strings.IndexByte("\"\\$`", s[i+1]) >= 0:
			i++
		}
		b.WriteByte(s[i])
	}
	return "", false
}

var comment = regexp.MustCompile(`(^|\s+)#.*$`)
