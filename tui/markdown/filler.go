package markdown

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// filler fills lines with words.
type filler struct {
	w      int
	lines  []Line
	line   Line   // that is filled, but for
	last   []byte // its end,
	ink    Ink    // in this ink
	drawn  string // of this formula, if it is of one
	of     string // the formula that what is added is drawn of, if it is of one
	used   int    // cells of both
	word   []Span // the last one, which may go on, but for
	tail   []byte // its end,
	worn   Ink    // in this ink
	wornOf string // of this formula, if it is of one
	cells  int    // of it
	gap    bool   // a space stands before it
	apart  bool   // a blank line is to be put before what follows
}

// text adds words, which may be broken at their spaces.
func (f *filler) text(s string, ink Ink) {
	for s != "" {
		n := strings.IndexByte(s, ' ')
		if n < 0 {
			f.part(s, ink)
			return
		}
		f.part(s[:n], ink)
		f.space()
		s = s[n+1:]
	}
}

// part adds a part of a word; between characters that take two cells a line may be
// broken.
func (f *filler) part(s string, ink Ink) {
	if printable(s) {
		f.solid(s, len(s), ink)
		return
	}
	from := 0
	for i := 0; i < len(s); {
		cluster, cells := ansi.FirstGraphemeCluster(s[i:], ansi.GraphemeWidth)
		if r, _ := utf8.DecodeRuneInString(cluster); cells > 1 && r >= ideographs {
			f.solid(s[from:i], ansi.StringWidth(s[from:i]), ink)
			f.close()
			f.solid(cluster, cells, ink)
			f.close()
			from = i + len(cluster)
		}
		i += len(cluster)
	}
	f.solid(s[from:], ansi.StringWidth(s[from:]), ink)
}

// ideographs begin here; their words are not parted by spaces.
const ideographs = 0x2e80

// solid adds what is not broken, unless it is longer than a line.
func (f *filler) solid(s string, cells int, ink Ink) {
	if s == "" {
		return
	}
	if ink != f.worn || f.of != f.wornOf {
		f.whole()
		f.worn, f.wornOf = ink, f.of
	}
	f.tail = append(f.tail, s...)
	f.cells += cells
}

// whole puts all of the word into word.
func (f *filler) whole() {
	if len(f.tail) > 0 {
		f.word = append(f.word, Span{string(f.tail), f.worn, f.wornOf})
		f.tail = f.tail[:0]
	}
}

// space ends a word.
func (f *filler) space() {
	f.close()
	f.gap = f.used > 0
}

// close puts the word that is written onto a line.
func (f *filler) close() {
	if f.whole(); len(f.word) == 0 {
		return
	}
	gap := 0
	if f.gap {
		gap = 1
	}
	if f.used+gap+f.cells > f.w && f.used > 0 {
		f.feed()
		gap = 0
	}
	if gap > 0 {
		f.blank()
	}
	if f.used+gap+f.cells > f.w {
		f.broken()
	} else {
		for _, s := range f.word {
			f.put(s)
		}
		f.used += gap + f.cells
	}
	f.word, f.cells, f.gap = f.word[:0], 0, false
}

// blank puts a space before the word, of the kind of both that it parts.
func (f *filler) blank() {
	s := Span{Text: " ", Ink: f.word[0].Ink}
	if s.Ink != f.ink || s.Ink == Source {
		s.Ink = Plain
	}
	if f.word[0].Formula == f.drawn {
		s.Formula = f.drawn
	}
	f.put(s)
}

// put adds text to the line.
func (f *filler) put(s Span) {
	if f.apart {
		f.lines, f.apart = append(f.lines, nil), false
	}
	if s.Ink != f.ink || s.Formula != f.drawn {
		f.flush()
		f.ink, f.drawn = s.Ink, s.Formula
	}
	f.last = append(f.last, s.Text...)
}

func (f *filler) flush() {
	if len(f.last) > 0 {
		f.line = append(f.line, Span{string(f.last), f.ink, f.drawn})
		f.last = f.last[:0]
	}
}

// broken puts a word that is longer than a line onto several.
func (f *filler) broken() {
	for _, span := range f.word {
		s := span.Text
		for s != "" {
			cluster, cells := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
			if f.used+cells > f.w && f.used > 0 {
				f.feed()
			}
			f.put(Span{cluster, span.Ink, span.Formula})
			f.used += cells
			s = s[len(cluster):]
		}
	}
}

// feed ends the line.
func (f *filler) feed() {
	f.flush()
	f.lines = append(f.lines, f.line)
	f.line, f.used, f.gap = nil, 0, false
}

// end ends the word and, if there is something on it, the line.
func (f *filler) end() {
	f.close()
	f.gap = false
	if f.used > 0 {
		f.feed()
	}
}

// printable says that s is plain ASCII, a cell for each byte.
func printable(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}
