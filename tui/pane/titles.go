package pane

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/tui/markdown"
	"github.com/aimo3/aimo3/tui/mathtext"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// Titles writes the statements of a list on one line each, with their formulas drawn.
// Where two of the list begin alike, what tells them apart is shown.
type Titles struct {
	source bool
	drawn  map[string]string   // by statement
	alike  map[string][]string // statements of the list, each once, by how they begin
}

// Of says which statements are in the list.
func (t *Titles) Of(statements []string) {
	t.alike = map[string][]string{}
	seen := map[string]bool{}
	for _, s := range statements {
		if !seen[s] {
			seen[s] = true
			t.alike[beginning(s)] = append(t.alike[beginning(s)], s)
		}
	}
	for s := range t.drawn {
		if !seen[s] {
			delete(t.drawn, s)
		}
	}
}

// Source shows statements as they were written, or drawn.
func (t *Titles) Source(shown bool) {
	if t.source != shown {
		t.source, t.drawn = shown, nil
	}
}

// beginning is what statements that look alike have in common.
func beginning(s string) string { return s[:min(len(s), 16)] }

// Title is an untrusted statement in at most w cells.
func (t *Titles) Title(statement string, w int) string {
	line := t.line(statement)
	if len(line) <= w || ansi.StringWidth(line) <= w {
		return line
	}
	apart := 0
	for _, other := range t.alike[beginning(statement)] {
		if other != statement {
			apart = max(apart, common(line, t.line(other)))
		}
	}
	if short := cutWords(line, w); apart < common(short, line) { // it is in view as it is
		return short
	}
	return around(line, apart, w)
}

// around is line without its middle or its end, so that what begins at the byte at is
// shown.
func around(line string, at, w int) string {
	head := ansi.Truncate(line, w/3, "")
	if n := strings.LastIndexByte(head, ' '); n > 0 {
		head = head[:n]
	}
	tail := line[strings.LastIndexByte(line[:at], ' ')+1:]
	if room := w - ansi.StringWidth(head) - 3; ansi.StringWidth(tail) < room { // to the end, with more before
		tail = ansi.TruncateLeft(line, ansi.StringWidth(line)-room, "")
		if n := strings.IndexByte(tail, ' '); n >= 0 && n < len(tail)-len(line[at:]) {
			tail = tail[n+1:]
		}
	}
	return cutWords(head+" … "+strings.TrimSpace(tail), w)
}

// cutWords is what of line fits into w cells, up to the end of a word if that leaves
// most of it.
func cutWords(line string, w int) string {
	if ansi.StringWidth(line) <= w {
		return line
	}
	cut := ansi.Truncate(line, w-1, "")
	if n := strings.LastIndexByte(cut, ' '); n > len(cut)*3/4 && n < len(line) {
		return cut[:n] + " …"
	}
	return cut + "…"
}

// common is how many bytes two lines have in common at their beginnings, up to where a
// character begins.
func common(a, b string) int {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	for n > 0 && n < len(a) && !utf8.RuneStart(a[n]) {
		n--
	}
	return n
}

// line is a statement on one line.
func (t *Titles) line(statement string) string {
	if s, ok := t.drawn[statement]; ok {
		return s
	}
	s := strings.Join(strings.Fields(termsafe.Line(statement)), " ")
	if !t.source {
		s = markdown.OneLine(statement, mathtext.Unicode)
	}
	if t.drawn == nil {
		t.drawn = map[string]string{}
	}
	t.drawn[statement] = s
	return s
}
