package rewrite

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

type kind int

const (
	ending kind = iota
	newline
	name
	number
	text
	operator
)

// A token is a span of the source.
type token struct {
	kind       kind
	start, end int
}

// operators, the longest first.
var operators = []string{
	"**=", "//=", ">>=", "<<=", "...", "**", "//", ">>", "<<", "<=", ">=", "==", "!=", "->", ":=",
	"+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "@=",
}

const single = "+-*/%@&|^~<>()[]{},:.;="

// scanner cuts the source into tokens; comments, spaces and the line ends
// inside brackets are between them.
type scanner struct {
	src    string
	at     int
	depth  int
	tokens []token
}

// scan gives ok false for what cannot be cut: Starlark's own parser says why.
func scan(src string) (tokens []token, ok bool) {
	s := &scanner{src: src}
	for s.at < len(src) {
		if !s.next() {
			return nil, false
		}
	}
	s.add(newline, s.at)
	s.add(ending, s.at)
	return s.tokens, true
}

func (s *scanner) add(k kind, end int) {
	s.tokens = append(s.tokens, token{k, s.at, end})
	s.at = end
}

func (s *scanner) next() bool {
	rest := s.src[s.at:]
	switch c := rest[0]; {
	case c == '\n' && s.depth == 0:
		s.add(newline, s.at+1)
	case c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f':
		s.at++
	case strings.HasPrefix(rest, "\\\n"):
		s.at += 2
	case c == '#':
		s.at += strings.IndexByte(rest+"\n", '\n')
	case c >= '0' && c <= '9' || c == '.' && len(rest) > 1 && rest[1] >= '0' && rest[1] <= '9':
		s.add(number, s.at+numberLen(rest))
	default:
		if prefix := quotePrefix(rest); prefix >= 0 {
			n := textLen(rest, prefix)
			if n < 0 {
				return false
			}
			s.add(text, s.at+n)
			return true
		}
		return s.word(rest)
	}
	return true
}

func (s *scanner) word(rest string) bool {
	if n := identLen(rest); n > 0 {
		s.add(name, s.at+n)
		return true
	}
	for _, op := range operators {
		if strings.HasPrefix(rest, op) {
			s.add(operator, s.at+len(op))
			return true
		}
	}
	if rest[0] == '!' || !strings.Contains(single, rest[:1]) {
		return false
	}
	switch rest[0] {
	case '(', '[', '{':
		s.depth++
	case ')', ']', '}':
		s.depth = max(s.depth-1, 0)
	}
	s.add(operator, s.at+1)
	return true
}

func identLen(rest string) int {
	n := 0
	for n < len(rest) {
		r, size := utf8.DecodeRuneInString(rest[n:])
		if r != '_' && !unicode.IsLetter(r) && (n == 0 || !unicode.IsDigit(r)) || r == utf8.RuneError {
			break
		}
		n += size
	}
	return n
}

func numberLen(rest string) int {
	hex := len(rest) > 1 && rest[0] == '0' && strings.ContainsRune("xXbBoO", rune(rest[1]))
	n := 0
	for n < len(rest) && inNumber(rest, n, hex) {
		n++
	}
	return n
}

func inNumber(rest string, n int, hex bool) bool {
	switch c := rest[n]; {
	case c >= '0' && c <= '9' || c == '_':
		return true
	case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
		return hex || n > 0 && (c|0x20 == 'j' || c|0x20 == 'e' && exponent(rest[n+1:]))
	case c == '+' || c == '-':
		return !hex && n > 0 && rest[n-1]|0x20 == 'e'
	default:
		return c == '.' && !hex
	}
}

// exponent keeps the e of `1 if x else 2` written as `1else` out of the number.
func exponent(rest string) bool {
	rest = strings.TrimLeft(rest, "+-")
	return rest != "" && rest[0] >= '0' && rest[0] <= '9'
}

// quotePrefix is how many letters stand before the quote of a string, -1 if
// none begins here.
func quotePrefix(rest string) int {
	for i := 0; i < len(rest) && i < 3; i++ {
		if rest[i] == '"' || rest[i] == '\'' {
			return i
		}
		if !strings.ContainsRune("rRbBfFuU", rune(rest[i])) {
			return -1
		}
	}
	return -1
}

// quoteOf is the quote that begins a string: one sign or three.
func quoteOf(rest string) string {
	if len(rest) >= 3 && rest[1] == rest[0] && rest[2] == rest[0] {
		return rest[:3]
	}
	return rest[:1]
}

// textLen is the length of a string with its prefix, -1 if it does not end. In
// the braces of an f-string other strings may use the same quote.
func textLen(rest string, prefix int) int {
	quote := quoteOf(rest[prefix:])
	format := strings.ContainsAny(rest[:prefix], "fF")
	braces := 0
	for i := prefix + len(quote); i < len(rest); i++ {
		switch c := rest[i]; {
		case c == '\\' && braces == 0:
			i++
		case braces == 0 && strings.HasPrefix(rest[i:], quote):
			return i + len(quote)
		case c == '\n' && len(quote) == 1:
			return -1
		case format && braces == 0 && (strings.HasPrefix(rest[i:], "{{") || strings.HasPrefix(rest[i:], "}}")):
			i++
		case format && c == '{':
			braces++
		case format && c == '}':
			braces = max(braces-1, 0)
		case braces > 0 && (c == '"' || c == '\''):
			n := textLen(rest[i:], 0)
			if n < 0 {
				return -1
			}
			i += n - 1
		}
	}
	return -1
}
