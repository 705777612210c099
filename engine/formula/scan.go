package formula

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is a piece of LaTeX: a command with its backslash, a run of space, or one
// character with the marks on it. All tokens of a text, put together, are the text.
type token string

const eof token = "" // what follows the last token

// scan cuts s into tokens. A percent sign is one, since models mean it as one; only at
// the end of a line it goes with that.
func scan(s string) []token {
	toks := make([]token, 0, len(s)/2+1)
	for s != "" {
		n := 1
		switch b := s[0]; {
		case b == '\\':
			n = commandLength(s)
		case blank(b):
			for n < len(s) && blank(s[n]) {
				n++
			}
		case strings.HasPrefix(s, "%\n"):
			s = s[2:]
			continue
		case b >= utf8.RuneSelf:
			n = character(s)
		}
		toks = append(toks, token(s[:n]))
		s = s[n:]
	}
	return toks
}

// commandLength is the length of the command that s begins with.
func commandLength(s string) int {
	n := 1
	for n < len(s) && letter(s[n]) {
		n++
	}
	switch {
	case n > 1:
		if n < len(s) && s[n] == '*' && starred(s[1:n]) {
			n++
		}
		return n
	case len(s) == 1:
		return 1
	case s[1] >= utf8.RuneSelf:
		_, size := utf8.DecodeRuneInString(s[1:])
		return 1 + size
	}
	return 2
}

// starred tells the commands that may have a star, which is then no product.
func starred(name string) bool {
	switch name {
	case "operatorname", "hspace", "vspace", "tag", "newcommand", "renewcommand", "DeclareMathOperator", "DeclarePairedDelimiter":
		return true
	}
	return false
}

// character is the length of the first character of s with the marks on it.
func character(s string) int {
	_, n := utf8.DecodeRuneInString(s)
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		if r < 0x300 || !unicode.Is(unicode.M, r) {
			break
		}
		n += size
	}
	return n
}

func (t token) command() bool { return len(t) > 1 && t[0] == '\\' }
func (t token) space() bool   { return t != "" && blank(t[0]) }

// name is a command's name without backslash and star.
func (t token) name() string {
	if len(t) < 2 {
		return ""
	}
	if n := len(t) - 1; n > 1 && t[n] == '*' {
		return string(t[1:n])
	}
	return string(t[1:])
}

func join(toks []token) string {
	var b strings.Builder
	for _, t := range toks {
		b.WriteString(string(t))
	}
	return b.String()
}

func blank(b byte) bool  { return b == ' ' || b == '\n' || b == '\t' || b == '\r' }
func letter(b byte) bool { return b|0x20-'a' < 26 }
func digit(b byte) bool  { return b-'0' < 10 }
