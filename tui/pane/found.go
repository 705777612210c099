package pane

import (
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/tui/markdown"
	"github.com/aimo3/aimo3/tui/mathtext"
)

// stretch is a part of one line of a section's text, in cells.
type stretch struct{ line, from, to int }

// match is where words were found; on several lines if they were wrapped, or if they are in
// the source of a formula that is drawn on several.
type match []stretch

// found is where in the lines of a section words were found.
type found struct {
	number  int // of the search
	matches []match
	tall    int  // lines of the tallest of them
	final   int  // lines before this one cannot change
	lines   int  // that there were
	size    int  // of the text, then
	closed  bool // it was, then
}

// maxMatches is how many matches are found in one section.
const maxMatches = 9_999

// search brings found up to date with the lines, for folded words, and gives how many
// lines it looked at: those that are new or may have changed, and as many before them as
// the words may begin on.
func (s *section) search(words string, number int) (looked int) {
	f, n := &s.found, s.shown()
	switch {
	case f.number != number:
		*f = found{number: number}
	case f.lines == n && f.size == s.text.Len() && f.closed == s.closed, len(f.matches) >= maxMatches:
		return 0
	}
	from := max(min(f.final, n)-len(words)-1, 0)
	for from > 0 && s.goesOn(from) {
		from--
	}
	keep := sort.Search(len(f.matches), func(i int) bool { return f.matches[i][0].line >= from })
	f.matches = f.matches[:keep]
	var after stretch
	if keep > 0 {
		last := f.matches[keep-1]
		after = last[len(last)-1]
	}
	for _, m := range s.matches(words, from, n, after) {
		f.tall = max(f.tall, len(m))
		f.matches = append(f.matches, m)
	}
	f.matches = f.matches[:min(len(f.matches), maxMatches)]
	f.final, f.lines, f.size, f.closed = min(s.settled(), n), n, s.text.Len(), s.closed
	return n - from
}

// settled is how many of the first lines cannot change.
func (s *section) settled() int {
	switch {
	case s.closed:
		return s.shown()
	case s.drawn != nil:
		return s.drawn.Settled()
	}
	return max(len(s.lines)-1, 0)
}

// plain is line i without styles.
func (s *section) plain(i int) string {
	if s.drawn != nil {
		return s.drawn.At(i).String()
	}
	return s.lines[i]
}

// margin says that a span may stand before what a line says: blanks, bars and bullets.
func margin(s markdown.Span) bool {
	return s.Formula == "" && (s.Ink == markdown.Faint || strings.TrimSpace(s.Text) == "")
}

// goesOn says whether line i begins with more of a formula that the line before it ends in.
func (s *section) goesOn(i int) bool {
	if s.drawn == nil {
		return false
	}
	line, before := s.drawn.At(i), s.drawn.At(i-1)
	for len(line) > 1 && margin(line[0]) {
		line = line[1:]
	}
	return len(line) > 0 && len(before) > 0 && line[0].Formula != "" && line[0].Formula == before[len(before)-1].Formula
}

// matches finds words in lines from one to another, after a stretch: in what is shown, and
// in the source of a formula if they are not in what is shown of it.
func (s *section) matches(words string, from, to int, after stretch) []match {
	shown := s.flat(from, to).find(s, words, after)
	if s.drawn == nil {
		return shown
	}
	var taken []stretch
	for _, m := range shown {
		taken = append(taken, m...)
	}
	all := shown
	s.formulas(from, to, func(source string, m match) {
		if strings.Contains(strings.ToLower(source), words) && !overlaps(taken, m) {
			all = append(all, m)
		}
	})
	slices.SortStableFunc(all, func(a, b match) int {
		if a[0].line != b[0].line {
			return a[0].line - b[0].line
		}
		return a[0].from - b[0].from
	})
	return all
}

// overlaps says whether a match shares a cell with stretches that are in order.
func overlaps(taken []stretch, m match) bool {
	for _, one := range m {
		i := sort.Search(len(taken), func(i int) bool {
			return taken[i].line > one.line || taken[i].line == one.line && taken[i].to > one.from
		})
		if i < len(taken) && taken[i].line == one.line && taken[i].from < one.to {
			return true
		}
	}
	return false
}

// formulas gives every formula that is drawn in lines from one to another, and where.
func (s *section) formulas(from, to int, give func(source string, at match)) {
	var at match
	source := ""
	flush := func() {
		if source != "" {
			give(source, at)
		}
		at, source = nil, ""
	}
	for i := from; i < to; i++ {
		begins, cells := true, 0 // a line, and how many are before the span
		for _, span := range s.drawn.At(i) {
			n := mathtext.Width(span.Text)
			if begins = begins && margin(span); !begins && span.Formula != source {
				flush()
			} else if span.Formula != "" && at.endsBefore(i, cells) {
				flush()
			}
			if span.Formula != "" {
				source, at = span.Formula, append(at, stretch{i, cells, cells + n})
			}
			cells += n
		}
	}
	flush()
}

// flat is lines as one folded text, with a blank between two: what was wrapped is found.
type flat struct {
	text   string
	first  int   // the number of the first line
	starts []int // of each line in text
	blanks []int // bytes that were left out at the beginning of each
}

func (s *section) flat(from, to int) flat {
	f := flat{first: from}
	var b strings.Builder
	for i := from; i < to; i++ {
		line := s.plain(i)
		text := strings.TrimLeft(line, " ")
		f.starts, f.blanks = append(f.starts, b.Len()), append(f.blanks, len(line)-len(text))
		b.WriteString(strings.ToLower(text))
		b.WriteByte(' ')
	}
	f.text = b.String()
	return f
}

// find finds folded words after a stretch; at most maxMatches times.
func (f flat) find(s *section, words string, after stretch) []match {
	var all []match
	line := 0
	for at := 0; len(all) < maxMatches; {
		n := strings.Index(f.text[at:], words)
		if n < 0 {
			break
		}
		begin, end := at+n, at+n+len(words)
		for line+1 < len(f.starts) && f.starts[line+1] <= begin {
			line++
		}
		m := f.match(s, line, begin, end)
		if len(m) == 0 || m[0].line < after.line || m[0].line == after.line && m[0].from < after.to {
			_, size := utf8.DecodeRuneInString(f.text[begin:])
			at = begin + size
			continue
		}
		all, at = append(all, m), end
	}
	return all
}

// match is where text from begin to end stands, which begins in a line.
func (f flat) match(s *section, line, begin, end int) match {
	var m match
	for ; line < len(f.starts) && f.starts[line] < end; line++ {
		start, stop := f.starts[line], len(f.text)-1
		if line+1 < len(f.starts) {
			stop = f.starts[line+1] - 1
		}
		whole := s.plain(f.first + line)
		cell := func(at int) int { // of a place in text
			folded := f.text[start:at]
			rest := whole[f.blanks[line]:]
			if printable(whole) {
				return f.blanks[line] + len(folded)
			}
			n := 0
			for range folded {
				_, size := utf8.DecodeRuneInString(rest[n:])
				n += size
			}
			return ansi.StringWidth(whole[:f.blanks[line]+n])
		}
		from, to := max(begin, start), min(end, stop)
		if from < to {
			m = append(m, stretch{f.first + line, cell(from), cell(to)})
		}
	}
	return m
}
