package extract

import (
	"strings"
	"unicode/utf8"

	"github.com/aimo3/aimo3/engine/answer/thousands"
)

// scan reads boxes from the end of a text towards its beginning. It pairs the
// braces as it goes, so that a flood of boxes or braces costs one pass.
type scan struct {
	text    string
	at      int   // what lies from here on has been read
	floor   int   // where it stops
	limit   int   // where the span ends
	closers []int // closing braces whose partner is still to come
}

// next returns the box that begins last among those not yet read.
func (s *scan) next() (box, bool) {
	for s.at > s.floor {
		s.at--
		switch s.text[s.at] {
		case '}':
			if !escaped(s.text, s.at, s.floor) {
				s.closers = append(s.closers, s.at)
			}
		case '{':
			if escaped(s.text, s.at, s.floor) {
				continue
			}
			if b, ok := s.opened(s.at, &s.closers); ok {
				s.at = b.start
				return b, true
			}
		case 'd', 'x':
			if b, ok := s.braceless(); ok {
				s.at = b.start
				return b, true
			}
		}
	}
	return box{}, false
}

// opened takes the partner of the brace at i from closers, and returns the box
// whose brace that is, if it is one's.
func (s *scan) opened(i int, closers *[]int) (box, bool) {
	b := box{from: i + 1, to: s.limit, end: s.limit}
	if n := len(*closers); n > 0 {
		b.to, b.end, b.closed = (*closers)[n-1], (*closers)[n-1]+1, true
		*closers = (*closers)[:n-1]
	}
	if b.closed && s.text[b.from:b.to] == "boxed" && strings.HasSuffix(s.text[s.floor:i], `\begin`) {
		return s.environment(i-len(`\begin`), b.end)
	}
	start, ok := command(s.text[s.floor:i])
	b.start = s.floor + start
	if !b.closed {
		b.to = lineEnd(s.text, b.from, within(s.text, b.from, min(s.limit, b.from+maxContents)))
		b.end = b.to
	}
	return b, ok
}

// within is the limit, or a place up to three bytes earlier, but not before
// from, at which no rune is cut.
func within(text string, from, limit int) int {
	for at := limit; at > max(from, limit-utf8.UTFMax) && at < len(text); at-- {
		if utf8.RuneStart(text[at]) {
			return at
		}
	}
	return limit
}

// lineEnd is where the first line with anything on it ends.
func lineEnd(text string, from, limit int) int {
	for from < limit && strings.IndexByte(" \t\r\n", text[from]) >= 0 {
		from++
	}
	if n := strings.IndexByte(text[from:limit], '\n'); n >= 0 {
		return from + n
	}
	return limit
}

// environment is \begin{boxed}…\end{boxed}.
func (s *scan) environment(start, from int) (box, bool) {
	const end = `\end{boxed}`
	n := strings.Index(s.text[from:min(s.limit, from+maxContents)], end)
	if n < 0 {
		return box{}, false
	}
	return box{start: start, from: from, to: from + n, end: from + n + len(end), closed: true}, true
}

// command returns where the box command begins that ends s. Commands whose
// backslash, or whose \b, was lost on the way are known too.
func command(s string) (start int, ok bool) {
	bare := strings.TrimRight(s, " \t\r\n")
	if bare == "" || bare[len(bare)-1] != 'd' && bare[len(bare)-1] != 'x' {
		return 0, false
	}
	for _, name := range [...]string{`\beginboxed`, `\boxed`, `\fbox`, `\framebox`} {
		if strings.HasSuffix(bare, name) {
			start = len(bare) - len(name)
			if head := bare[:start]; strings.HasSuffix(head, `\`) && !strings.HasSuffix(head, `\\`) {
				start-- // doubled by whoever wrote the text down
			}
			return start, true
		}
	}
	for _, name := range [...]string{"boxed", "oxed"} {
		if strings.HasSuffix(s, name) {
			start = len(s) - len(name)
			return start, start == 0 || !letter(s[start-1])
		}
	}
	return 0, false
}

// braceless is a box around the one thing that follows its command: \boxed 5.
func (s *scan) braceless() (box, bool) {
	head := s.text[s.floor : s.at+1]
	name := ""
	for _, n := range [...]string{`\boxed`, `\fbox`} {
		if strings.HasSuffix(head, n) {
			name = n
		}
	}
	if name == "" {
		return box{}, false
	}
	from := s.at + 1
	for from < s.limit && (s.text[from] == ' ' || s.text[from] == '\t') {
		from++
	}
	n := argument(s.text[from:min(s.limit, from+maxContents)])
	if n == 0 {
		return box{}, false
	}
	return box{start: s.at + 1 - len(name), from: from, to: from + n, end: from + n, closed: true}, true
}

// argument is the length of the number, command or bracket that s begins with.
// Any other letter may as well be the next word of a sentence about boxes.
func argument(s string) int {
	switch {
	case s == "":
		return 0
	case s[0] == '\\':
		return commandLength(s)
	case s[0] == '(':
		return strings.IndexByte(s, ')') + 1
	case s[0] == '[':
		return strings.IndexByte(s, ']') + 1
	case !digit(s[0]) && (strings.IndexByte("+-", s[0]) < 0 || len(s) == 1 || !digit(s[1])):
		return 0
	}
	n := 1
	if digit(s[0]) {
		_, n = thousands.Read(s, thousands.Open)
	}
	for n < len(s) && (digit(s[n]) || strings.IndexByte(".,/", s[n]) >= 0 && n+1 < len(s) && digit(s[n+1])) {
		n++
	}
	return n
}

// commandLength is the length of a command with the groups that follow it.
func commandLength(s string) int {
	n := 1
	for n < len(s) && letter(s[n]) {
		n++
	}
	if n == 1 {
		return 0
	}
	depth := 0
	for i := n; i < len(s); i++ {
		switch {
		case s[i] == '{':
			depth++
		case s[i] == '}' && depth > 0:
			depth--
			if depth == 0 {
				n = i + 1
			}
		case depth == 0:
			return n
		}
	}
	return n
}

// outermost returns the box that b stands in, or b: what else a box holds
// belongs to the answer.
func (s *scan) outermost(b box) box {
	closers := s.closers
	inner := 0
	floor := max(s.floor, b.start-maxContents)
	for i := b.start - 1; i >= floor && len(closers) > 0; i-- {
		c := s.text[i]
		if c != '{' && c != '}' || escaped(s.text, i, s.floor) {
			continue
		}
		if c == '}' {
			inner++
			continue
		}
		if inner > 0 {
			inner--
			continue
		}
		if outer, ok := s.opened(i, &closers); ok {
			b, i = outer, outer.start
			s.at, s.closers = outer.start, closers
		}
	}
	return b
}

// escaped tells whether an odd number of backslashes stands before i.
func escaped(s string, i, floor int) bool {
	n := 0
	for i-n-1 >= floor && s[i-n-1] == '\\' {
		n++
	}
	return n%2 == 1
}

func letter(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }
func digit(c byte) bool  { return '0' <= c && c <= '9' }
