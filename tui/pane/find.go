package pane

import (
	"sort"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/tui/termsafe"
)

// find is what is looked for in a transcript.
type find struct {
	words  string   // folded; "" if nothing is
	number int      // of the search: a section that was searched by another one is searched again
	in     *section // which has the current match,
	nth    int      // that has this number there
	looked int      // lines that were looked at since the transcript was made
}

// maxWords is how many bytes of words are looked for.
const maxWords = 200

// Find looks for words, in small letters or capitals, in what is shown and in the source of
// formulas that are drawn, and goes to the first match from the current one, or from the top
// of the view on. What comes later is searched too. Words of blanks end the search, and the
// reader stays.
//
// What it costs goes by the length of the transcript once, and then by what is new.
func (t *Transcript) Find(words string) {
	if words = folded(words); words == t.find.words {
		return
	}
	origin := t.first()
	if line, ok := t.currentLine(); ok {
		origin = line
	}
	t.find.words, t.find.in, t.drawn, t.lit = words, nil, "", lit{}
	t.find.number++
	if words == "" {
		t.parked = t.parked && t.first() < t.end()
		return
	}
	t.goToMatch(origin)
}

// folded are words as they are looked for.
func folded(words string) string {
	words = strings.ReplaceAll(termsafe.Line(words), "\t", " ")
	if strings.TrimSpace(words) == "" {
		return ""
	}
	words = strings.ToLower(words)
	for i := range words {
		if i > maxWords {
			return words[:i]
		}
	}
	return words
}

// FindNext goes to the next match if by is positive, else to the one before; after the last
// comes the first.
func (t *Transcript) FindNext(by int) {
	at, of, _ := t.Found()
	switch {
	case of == 0:
		return
	case at == 0: // the text that had it is gone
		t.goToMatch(t.first())
		return
	}
	n := ((at-1+by)%of + of) % of
	for i, s := range t.sections {
		if n < len(s.found.matches) {
			t.showMatch(i, n)
			return
		}
		n -= len(s.found.matches)
	}
}

// Found is which match is the current one, counted from 1, and how many there are; more says
// that there may be more than that.
func (t *Transcript) Found() (at, of int, more bool) {
	if t.find.words == "" {
		return 0, 0, false
	}
	t.search()
	for _, s := range t.sections {
		n := len(s.found.matches)
		if s == t.find.in && n > 0 {
			t.find.nth = min(t.find.nth, n-1)
			at = of + t.find.nth + 1
		}
		of, more = of+n, more || n >= maxMatches
	}
	return at, of, more
}

// search looks for the words in all that is new.
func (t *Transcript) search() {
	t.wrap()
	for _, s := range t.sections {
		t.find.looked += s.search(t.find.words, t.find.number)
	}
}

// goToMatch goes to the first match from a line on, else to the last one.
func (t *Transcript) goToMatch(from int) {
	t.search()
	last, line := -1, 0
	for i, s := range t.sections {
		n, begin := len(s.found.matches), line+t.textIn(i)
		k := sort.Search(n, func(k int) bool { return begin+s.found.matches[k][0].line >= from })
		if k < n {
			t.showMatch(i, k)
			return
		}
		if n > 0 {
			last = i
		}
		line += t.height(i)
	}
	if last >= 0 {
		t.showMatch(last, len(t.sections[last].found.matches)-1)
	}
}

// currentLine is the line of the current match.
func (t *Transcript) currentLine() (line int, ok bool) {
	for i, s := range t.sections {
		if s == t.find.in && t.find.nth < len(s.found.matches) {
			return t.textAt(i) + s.found.matches[t.find.nth][0].line, true
		}
	}
	return 0, false
}

// showMatch makes match n of section i the current one, and brings it into view.
func (t *Transcript) showMatch(i, n int) {
	s := t.sections[i]
	t.find.in, t.find.nth, t.lit = s, n, lit{}
	t.show(i, s.found.matches[n][0])
}

// show brings a part of section i into view, and what is folded over it is opened. The end
// is no longer followed.
func (t *Transcript) show(i int, at stretch) {
	s := t.sections[i]
	if t.folds(s) {
		t.Fold(false)
	}
	line, first := t.textAt(i)+at.line, t.first()
	if line < first || line >= first+t.h {
		first = line - t.h/3
	}
	t.top, t.parked, t.drawn = min(max(first, 0), t.end()), true, ""
	if s.drawn == nil || cellsOf(s.drawn.At(at.line)) <= t.w {
		return
	}
	if at.from < t.left+1 || at.to > t.left+t.w-1 {
		t.left = max(min(at.from-t.w/3, cellsOf(s.drawn.At(at.line))-t.w), 0)
	}
}

// textAt is how many lines are before the text of section i.
func (t *Transcript) textAt(i int) int {
	t.wrap()
	line := t.textIn(i)
	for k := range i {
		line += t.height(k)
	}
	return line
}

// marked is a dressed line of section s with what was found on it marked.
func (t *Transcript) marked(s *section, line int, text string) string {
	if t.lit.in == s && t.lit.at.line == line && !t.lit.title {
		return t.mark(text, t.lit.at, true)
	}
	if t.find.words == "" {
		return text
	}
	s.search(t.find.words, t.find.number)
	all := s.found.matches
	from := sort.Search(len(all), func(i int) bool { return all[i][0].line > line-s.found.tall })
	to := from + sort.Search(len(all)-from, func(i int) bool { return all[from+i][0].line > line })
	for i := to - 1; i >= from; i-- { // from the right, so that marks move nothing
		for _, one := range all[i] {
			if one.line == line {
				text = t.mark(text, one, s == t.find.in && i == t.find.nth)
			}
		}
	}
	return text
}

// mark marks a stretch of a dressed line.
func (t *Transcript) mark(text string, at stretch, current bool) string {
	p := t.match
	if current {
		p = t.current
	}
	n := ansi.StringWidth(text)
	if at.from >= n {
		return text
	}
	return ansi.Cut(text, 0, at.from) + p.over(ansi.Strip(ansi.Cut(text, at.from, at.to))) + ansi.Cut(text, at.to, n)
}

// endsBefore says whether what is in a line from a cell on is no part of what came so far.
func (m match) endsBefore(line, cell int) bool {
	if len(m) == 0 {
		return false
	}
	last := m[len(m)-1]
	return last.line < line-1 || last.line == line && last.to != cell
}
