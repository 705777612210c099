package pane

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// Wrapped is one paragraph of clean text in at most so many lines, at least one, of at most w
// cells each; the last one ends in … where there is more.
func Wrapped(s string, w, maxLines int) []string {
	w, maxLines = max(w, 1), max(maxLines, 1)
	lines, _ := wrap(nil, s, w)
	if len(lines) > maxLines {
		lines = lines[:maxLines]
		lines[maxLines-1] = ansi.Truncate(lines[maxLines-1], w-1, "") + "…"
	}
	return lines
}

// wrap appends the lines of one paragraph of clean text to lines, each at most
// w cells: broken at spaces, which vanish there, beside wide characters, and
// within words longer than a line. It returns them and where in s the last one
// begins. More text at the end of s changes no line but the last, so that it
// is enough to wrap that one again.
func wrap(lines []string, s string, w int) ([]string, int) { return hung(lines, s, w, 0, 0) }

// hung does the same with so many blank cells before the first line, and before those that
// follow it.
func hung(lines []string, s string, width, first, rest int) ([]string, int) {
	indent, w := first, max(width-first, 1)
	put := func(text string) {
		if text = strings.TrimRight(text, " "); text != "" {
			text = spaces(indent) + text
		}
		lines = append(lines, text)
		indent, w = rest, max(width-rest, 1)
	}
	start, column := 0, 0 // of the line, and the cells it takes so far
	word, before := 0, 0  // where the last word begins, and the cells before it
	for i := 0; i < len(s); {
		size, cells, wide := cluster(s[i:])
		if s[i] == ' ' && size == 1 { // no mark sits on it
			if column < w { // else it hangs over the edge, unseen
				column++
			}
			i++
			word, before = i, column
			continue
		}
		if wide {
			word, before = i, column
		}
		if column+cells > w && strings.Trim(s[start:word], " ") != "" {
			put(s[start:word])
			start, column = word, column-before
			before = 0
		}
		if column+cells > w && i > start {
			put(s[start:i])
			start, column, word, before = i, 0, i, 0
		}
		column += cells
		i += size
		if wide {
			word, before = i, column
		}
	}
	put(s[start:])
	return lines, start
}

// cluster is the size in bytes and in cells of the first character of s, and
// whether lines may break beside it. That must not depend on the marks of a
// character, which may come later.
func cluster(s string) (size, cells int, wide bool) {
	if s[0] < utf8.RuneSelf && (len(s) == 1 || s[1] < utf8.RuneSelf) {
		return 1, 1, false
	}
	first, cells := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
	_, n := utf8.DecodeRuneInString(first)
	return len(first), cells, cells > 1 && ansi.StringWidth(first[:n]) > 1
}
