package pane

import (
	"strings"
	"unicode/utf8"
)

// A text longer than the first of each of these is long, and shown are so much
// of its beginning and its end.
const (
	longLines, headLines, tailLines = 20, 8, 6
	longBytes, headBytes, tailBytes = 2400, 900, 700
)

// excerpt is the beginning and the end of a long text, and in words how much is
// between them; hidden is "" if the text is not long. It looks at no more of the
// text than to count its lines.
func excerpt(text string) (head, hidden, tail string) {
	lines := strings.Count(text, "\n") + 1
	if lines <= longLines && len(text) <= longBytes {
		return text, "", ""
	}
	to, from := 0, len(text)
	for range headLines {
		n := strings.IndexByte(text[to:], '\n')
		if n < 0 || to+n > headBytes {
			break
		}
		to += n + 1
	}
	for range tailLines {
		n := strings.LastIndexByte(text[:from-1], '\n')
		if n < 0 || len(text)-n-1 > tailBytes {
			break
		}
		from = n + 1
	}
	if to == 0 { // the first line is long
		to = headBytes
	}
	if from == len(text) {
		from -= tailBytes
	}
	return cutText(text, to, from)
}

// cutText takes what is between to and from out of a text, moving both to where
// a character begins.
func cutText(text string, to, from int) (head, hidden, tail string) {
	for to > 0 && to < len(text) && !utf8.RuneStart(text[to]) {
		to--
	}
	for from < len(text) && !utf8.RuneStart(text[from]) {
		from++
	}
	if to >= from {
		return text, "", ""
	}
	middle := text[to:from]
	const maxLineBytes = 200 // bytes of a line, at most
	if n := strings.Count(middle, "\n"); n > 0 && len(middle)/n <= maxLineBytes {
		hidden = Count(n) + " lines"
	} else {
		hidden = Count(utf8.RuneCountInString(middle)) + " characters"
	}
	return strings.TrimRight(text[:to], "\n"), hidden, text[from:]
}
