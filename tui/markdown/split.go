package markdown

import "strings"

// splitter finds where blocks end that nothing that follows can change: at a blank line
// outside of code and of formulas, if what follows is not indented. Where line breaks
// stay, a block that becomes long ends at one of them as well, or if it has none, between
// two words, so that what is drawn again and again is short.
type splitter struct {
	breaks bool   // line breaks stay
	at     int    // what is before it in the text has been read
	cut    int    // where a block ends, if what follows is not indented; 0 if none does
	fence  string // the signs that open the code that at is in
	until  string // what closes the formula that at is in
	since  int    // where that formula begins
}

const (
	maxOpenBytes = 4 << 10 // a formula that is not closed keeps its block open so long
	longBlock    = 2 << 10 // bytes from which a block may end at any line
	longLine     = 2 << 10 // bytes from which a line may end between two words
)

// next is where the block ends that begins at from, -1 if it may go on, and whether the
// next one follows it at once.
func (s *splitter) next(text string, from int) (cut int, joined bool) {
	for {
		if cut, joined = s.cut, false; cut <= from && s.breaks && s.free() && s.at-from > longBlock {
			cut, joined = s.at, true
		}
		if cut > from {
			rest := strings.TrimLeft(text[s.at:], "\n")
			if rest == "" {
				return -1, false
			}
			s.cut = 0
			if !strings.ContainsRune(" \t", rune(rest[0])) && (!joined || !strings.ContainsRune("|>", rune(rest[0]))) {
				return cut, joined
			}
		}
		n := strings.IndexByte(text[s.at:], '\n')
		if n < 0 {
			return s.inLine(text)
		}
		line := text[s.at : s.at+n]
		s.line(line)
		s.at += n + 1
		if strings.TrimSpace(line) == "" && s.free() && strings.TrimSpace(text[from:s.at]) != "" {
			s.cut = s.at
		}
	}
}

// free says that no code and no formula is open.
func (s *splitter) free() bool { return s.fence == "" && s.until == "" }

// inLine is where a line that is long and has no end yet may be cut.
func (s *splitter) inLine(text string) (cut int, joined bool) {
	rest := text[s.at:]
	if !s.breaks || !s.free() || len(rest) < longLine || strings.ContainsRune(" \t|>", rune(rest[0])) {
		return -1, false
	}
	n := strings.LastIndex(rest[:longLine], ". ") + 1
	if n < longLine/2 {
		n = strings.LastIndexByte(rest[:longLine], ' ')
	}
	if n < longLine/2 || n+1 == len(rest) || !letterAt(rest, n+1) || strings.Count(rest[:n], "$")%2 == 1 ||
		strings.Count(rest[:n], "`")%2 == 1 || strings.Count(rest[:n], `\(`) != strings.Count(rest[:n], `\)`) {
		return -1, false
	}
	s.line(rest[:n])
	s.at += n + 1
	return s.at, true
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
