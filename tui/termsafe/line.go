package termsafe

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Line is Clean for a place with room for one line: LF and TAB become spaces.
func Line(s string) string {
	s = Clean(s)
	if !strings.ContainsAny(s, "\n\t") {
		return s
	}
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' {
			return ' '
		}
		return r
	}, s)
}

// Expand puts spaces for the tabs of clean text, up to stops every n columns.
func Expand(s string, n int) string {
	if strings.IndexByte(s, '\t') < 0 {
		return s
	}
	n = max(n, 1)
	var out strings.Builder
	column := 0
	for s != "" {
		i := strings.IndexAny(s, "\t\n")
		if i < 0 {
			i = len(s)
		}
		out.WriteString(s[:i])
		column += ansi.StringWidth(s[:i])
		switch {
		case i == len(s):
			return out.String()
		case s[i] == '\n':
			out.WriteByte('\n')
			column = 0
		default:
			gap := n - column%n
			out.WriteString(strings.Repeat(" ", gap))
			column += gap
		}
		s = s[i+1:]
	}
	return out.String()
}

// Styled is Clean for text that we have dressed: colour and weight (SGR)
// sequences stay. Untrusted parts of it could bring some of their own, and
// should have been cleaned before.
func Styled(s string) string {
	var out strings.Builder
	kept, from := 0, 0 // s[:kept] is in out; text from from on is not cleaned yet
	put := func(to int) {
		text := s[from:to]
		if clean := Clean(text); clean != text {
			out.WriteString(s[kept:from])
			out.WriteString(clean)
			kept = to
		}
	}
	for i := 0; i < len(s); {
		n := strings.IndexByte(s[i:], '\x1b')
		if n < 0 {
			break
		}
		i += n
		if n = sgr(s[i:]); n == 0 {
			i++
			continue
		}
		put(i)
		i += n
		from = i
	}
	put(len(s))
	if kept == 0 {
		return s
	}
	return out.String() + s[kept:]
}

// sgr is the length of the SGR sequence that s begins with, or 0.
func sgr(s string) int {
	if !strings.HasPrefix(s, "\x1b[") {
		return 0
	}
	for i := 2; i < len(s); i++ {
		switch b := s[i]; {
		case b == 'm':
			return i + 1
		case b != ';' && b != ':' && (b < '0' || b > '9'):
			return 0
		}
	}
	return 0
}
