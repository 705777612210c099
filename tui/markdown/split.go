package markdown

import (
	"strings"
	"unicode/utf8"
)

// splitter finds where blocks end that nothing that follows can change: at a blank line
// outside of code and of formulas, if what follows is not indented. Where line breaks
// stay, a block that becomes long ends at one of them as well, or if it has none, between
// two words, so that what is drawn again and again is short. One that becomes longer than
// any is written for people ends wherever it is.
type splitter struct {
	breaks bool   // line breaks stay
	at     int    // what is before it in the text has been read
	cut    int    // where a block ends, if what follows is not indented; 0 if none does
	fence  string // the signs that open the code that at is in
	opener string // the line that they stand in
	until  string // what closes the formula that at is in
	since  int    // where that formula begins
}

const (
	maxOpenBytes = 4 << 10 // a formula that is not closed keeps its block open so long
	longBlock    = 2 << 10 // bytes from which a block may end at any line
	longLine     = 2 << 10 // bytes from which a line may end between two words
	maxBlock     = 8 << 10 // bytes from which a block ends wherever it is, and so does a line
)

// next is where the block ends that begins at from, -1 if it may go on, and whether the
// next one follows it at once.
func (s *splitter) next(text string, from int) (cut int, joined bool) {
	for {
		long := s.breaks && s.at-from > maxBlock
		if cut, joined = s.cut, false; cut <= from && (long || s.breaks && s.free() && s.at-from > longBlock) {
			cut, joined = s.at, true
		}
		switch {
		case cut <= from:
		case long:
			s.cut, s.until = 0, ""
			return cut, joined
		case s.at == len(text):
			return -1, false
		case text[s.at] != '\n': // else what follows is not known yet
			s.cut = 0
			if after := rune(text[s.at]); !strings.ContainsRune(" \t", after) && (!joined || !strings.ContainsRune("|>", after)) {
				return cut, joined
			}
		}
		rest, _, ended := strings.Cut(text[s.at:], "\n")
		if cut, joined := s.inLine(rest); cut >= 0 || !ended {
			return cut, joined
		}
		s.line(rest)
		s.at += len(rest) + 1
		if strings.TrimSpace(rest) == "" && s.free() && strings.TrimSpace(text[from:s.at]) != "" {
			s.cut = s.at
		}
	}
}

// free says that no code and no formula is open.
func (s *splitter) free() bool { return s.fence == "" && s.until == "" }

// inLine is where a line that is long may be cut, of which rest has been written.
func (s *splitter) inLine(rest string) (cut int, joined bool) {
	if !s.breaks || len(rest) < longLine {
		return -1, false
	}
	n, gap := between(rest)
	if !s.free() || strings.ContainsRune(" \t|>", rune(rest[0])) || !whole(rest, n, gap) {
		if len(rest) <= maxBlock {
			return -1, false
		}
		n, gap, s.until = runeStart(rest, longLine), 0, ""
	}
	s.line(rest[:n])
	s.at += n + gap
	return s.at, true
}

// between is a place between two words of a long line, and what parts them; one anywhere
// if it is twice as long and has no words.
func between(rest string) (n, gap int) {
	n = strings.LastIndex(rest[:longLine], ". ") + 1
	if n < longLine/2 {
		n = strings.LastIndexByte(rest[:longLine], ' ')
	}
	if n < longLine/2 && len(rest) > 2*longLine {
		return runeStart(rest, longLine), 0
	}
	return n, 1
}

// runeStart is where the character begins that byte n of s belongs to.
func runeStart(s string, n int) int {
	for !utf8.RuneStart(s[n]) {
		n--
	}
	return n
}

// whole says that a cut at n leaves no formula and no code open.
func whole(rest string, n, gap int) bool {
	return n >= longLine/2 && n+gap < len(rest) && (gap == 0 || letterAt(rest, n+1)) && strings.Count(rest[:n], "$")%2 == 0 &&
		strings.Count(rest[:n], "`")%2 == 0 && strings.Count(rest[:n], `\(`) == strings.Count(rest[:n], `\)`)
}

// reopens is what code begins with that a cut fell into, or "".
func (s *splitter) reopens() string {
	if s.fence == "" {
		return ""
	}
	return s.opener + "\n"
}

// line takes in one line.
func (s *splitter) line(line string) {
	if s.until != "" && s.at-s.since > maxOpenBytes {
		s.until = ""
	}
	trimmed := strings.TrimLeft(line, " \t>")
	switch {
	case s.fence != "":
		if strings.HasPrefix(trimmed, s.fence) && strings.Trim(trimmed, s.fence[:1]+" \t\r") == "" {
			s.fence = ""
		}
		return
	case s.until == "":
		if s.fence = fenceOf(trimmed); s.fence != "" {
			s.opener = trimmed[:min(len(trimmed), longLine)]
			return
		}
	}
	for line != "" {
		if s.until == "" {
			s.since = s.at
			line = s.opens(line)
			continue
		}
		n := strings.Index(line, s.until)
		if n < 0 {
			return
		}
		line, s.until = line[n+len(s.until):], ""
	}
}

// fenceOf is the signs that open code at the beginning of s, or "".
func fenceOf(s string) string {
	for _, sign := range []string{"`", "~"} {
		n := len(s) - len(strings.TrimLeft(s, sign))
		if n >= 3 && (sign == "~" || !strings.Contains(s[n:], "`")) {
			return s[:n]
		}
	}
	return ""
}

// opens reads line up to what opens a formula of several lines, and gives the rest.
func (s *splitter) opens(line string) string {
	for {
		n := strings.IndexAny(line, `$\`)
		if n < 0 || n+1 == len(line) {
			return ""
		}
		line = line[n:]
		switch {
		case strings.HasPrefix(line, "$$"):
			s.until = "$$"
			return line[2:]
		case strings.HasPrefix(line, `\[`):
			s.until = `\]`
			return line[2:]
		case strings.HasPrefix(line, `\begin{`):
			name, rest, ok := strings.Cut(line[len(`\begin{`):], "}")
			if ok {
				s.until = `\end{` + name + "}"
			}
			return rest
		case line[0] == '\\':
			line = line[2:]
		default:
			line = line[1:]
		}
	}
}
