package pane

import (
	"strings"

	"github.com/aimo3/aimo3/theme"
)

// inks colour code: what stands before and after a piece of it.
type inks struct{ plain, keyword, quoted, numeral, comment paint }

func newInks(s theme.TextStyles) inks {
	return inks{newPaint(s.Code), newPaint(s.Keyword), newPaint(s.Quoted), newPaint(s.Numeral), newPaint(s.Comment)}
}

// python colours the lines of a piece of Python, or of what looks like it. They
// are clean and may have been wrapped: ends are how many lines there are after
// each line of the code but the last.
func (k inks) python(lines []string, ends []int) []string {
	inked := make([]string, len(lines))
	within := "" // the quotes that end the text that a line begins in, or # in a comment
	for i, line := range lines {
		var out strings.Builder
		out.Grow(2 * len(line))
		for line != "" {
			var n int
			ink := k.quoted
			switch within {
			case "":
				n, ink, within = k.next(line)
			case "#":
				n, ink = len(line), k.comment
			default:
				n, within = ended(line, 0, within)
			}
			out.WriteString(ink.over(line[:n]))
			line = line[n:]
		}
		inked[i] = out.String()
		if len(ends) > 0 && ends[0] == i+1 {
			ends = ends[1:]
			if len(within) == 1 { // what ends with its line
				within = ""
			}
		}
	}
	return inked
}

// next is the length and the ink of the first piece of a line, and what the line
// is within after it.
func (k inks) next(line string) (n int, ink paint, within string) {
	switch c := line[0]; {
	case c == '#':
		return len(line), k.comment, "#"
	case c == '"' || c == '\'':
		quotes := line[:1]
		if strings.HasPrefix(line, strings.Repeat(quotes, 3)) {
			quotes = line[:3]
		}
		n, within = ended(line, len(quotes), quotes)
		return n, k.quoted, within
	case '0' <= c && c <= '9':
		for n < len(line) && (letter(line[n]) || line[n] == '.') {
			n++
		}
		return n, k.numeral, ""
	case letter(c):
		for n < len(line) && letter(line[n]) {
			n++
		}
		if keywords[line[:n]] {
			return n, k.keyword, ""
		}
		return n, k.plain, ""
	}
	for n < len(line) && !letter(line[n]) && strings.IndexByte(`#"'`, line[n]) < 0 {
		n++
	}
	return n, k.plain, ""
}

// ended is where a text in quotes ends, looked for from a place on, and the
// quotes again if it does not.
func ended(line string, from int, quotes string) (int, string) {
	for i := from; i < len(line); i++ {
		switch {
		case line[i] == '\\':
			i++
		case strings.HasPrefix(line[i:], quotes):
			return i + len(quotes), ""
		}
	}
	return len(line), quotes
}

// letter says whether c may be part of a name or a numeral; bytes that are not
// ASCII are taken to be.
func letter(c byte) bool {
	return c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c >= 0x80
}

var keywords = map[string]bool{
	"False": true, "None": true, "True": true, "and": true, "as": true, "assert": true, "async": true, "await": true,
	"break": true, "class": true, "continue": true, "def": true, "del": true, "elif": true, "else": true, "except": true,
	"finally": true, "for": true, "from": true, "global": true, "if": true, "import": true, "in": true, "is": true,
	"lambda": true, "nonlocal": true, "not": true, "or": true, "pass": true, "raise": true,
	"return": true, "try": true, "while": true, "with": true, "yield": true,
}
