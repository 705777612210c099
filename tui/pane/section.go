package pane

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/tui/markdown"
	"github.com/aimo3/aimo3/tui/mathtext"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// Voice says who speaks in a section of a transcript, and so how it is dressed.
type Voice int

// The voices. Only Thinking folds. Those from Code on have their title beside
// their text.
const (
	Reply Voice = iota
	Thinking
	Code
	Output
	Trace   // where an error came from
	Failure // what the error is
	Alert   // what a person should know of a cell
	Note    // figures of a cell, and what is left out
	Told    // what a person told the model
	voices  = iota
)

// section is an unbroken piece of a transcript in one voice.
type section struct {
	voice   Voice
	title   string // clean
	beside  int    // cells that a title beside the text takes
	of      *cell  // that this is a part of, or nil
	under   bool   // stands under a section with the same title, which is not shown again
	cleaner termsafe.Cleaner
	text    strings.Builder // clean, without tabs
	closed  bool            // no more text comes
	tokens  int             // 0 if not told
	counted bool

	doc   *markdown.Document // the drawing of text, if it was wanted once
	fed   int                // how much of text that has
	drawn *markdown.Document // the same while it is shown; else what follows is

	lines []string // text cut into lines; the last one only, open, may change
	ends  []int    // how many lines there were after each paragraph
	inked []string // the lines with the colours of code, if it has some
	open  int      // where in text that one begins
	hang  int      // cells before it, where it goes on with a line of code

	found found
}

const tab = "    "

// setTitle sets a title that may be untrusted.
func (s *section) setTitle(title string) {
	s.title = termsafe.Line(title)
	if s.voice >= Code && s.title != "" {
		s.beside = ansi.StringWidth(s.title) + 2
	}
}

func (s *section) add(text string) {
	text = strings.ReplaceAll(s.cleaner.Next(text), "\t", tab)
	if s.text.Len() == 0 {
		text = strings.TrimLeft(text, "\n")
	}
	s.text.WriteString(text)
}

func (s *section) close() {
	s.text.WriteString(s.cleaner.End())
	s.closed = true
}

// rewrap forgets the lines, for a new width or another way to draw.
func (s *section) rewrap() {
	s.lines, s.ends, s.inked, s.open, s.hang = s.lines[:0], s.ends[:0], nil, 0, 0
	s.found = found{}
}

// wrap brings lines up to date with text; what was final stays. Words are drawn as
// Markdown unless their source is wanted.
func (s *section) wrap(width int, source bool) {
	if s.drawn = nil; s.voice < Code && !source {
		s.draw(width)
		return
	}
	width -= s.indent(width)
	text := s.text.String()
	s.lines = s.lines[:max(0, len(s.lines)-1)]
	for {
		paragraph, _, more := strings.Cut(text[s.open:], "\n")
		last := s.wrapLine(paragraph, width)
		if !more {
			s.open += last
			break
		}
		s.open, s.hang = s.open+len(paragraph)+1, 0
		if s.voice == Code {
			s.ends = append(s.ends, len(s.lines))
		}
	}
}

// wrapLine adds the lines of a paragraph, or of the rest of one, and gives where in it the
// last of them begins. A line of code goes on under its own indentation.
func (s *section) wrapLine(paragraph string, width int) (last int) {
	hang := s.hang
	if s.voice == Code && hang == 0 {
		hang = min(len(paragraph)-len(strings.TrimLeft(paragraph, " ")), width/2)
	}
	s.lines, last = hung(s.lines, paragraph, width, s.hang, hang)
	if last > 0 {
		s.hang = hang
	}
	return last
}

// draw brings the drawing up to date with text.
func (s *section) draw(width int) {
	if s.doc == nil {
		s.doc, s.fed = markdown.New(markdown.Options{Width: width, Breaks: true}), 0
	}
	s.doc.Resize(width)
	s.doc.Write(s.text.String()[s.fed:])
	s.fed = s.text.Len()
	if s.closed {
		s.doc.End()
	}
	s.drawn = s.doc
}

// indent is the room beside the lines for a title such as "In [2]: ".
func (s *section) indent(width int) int {
	if s.beside <= width/3 {
		return s.beside
	}
	return 0
}

// titled says whether the title has a line of its own.
func (s *section) titled(width int) bool {
	return s.voice == Thinking || s.title != "" && !s.under && s.indent(width) == 0
}

// shown is how many lines there are, less empty ones at the end.
func (s *section) shown() int {
	if s.drawn != nil {
		n := s.drawn.Len()
		for n > 0 && len(s.drawn.At(n-1)) == 0 {
			n--
		}
		return n
	}
	n := len(s.lines)
	for n > 0 && s.lines[n-1] == "" {
		n--
	}
	return n
}

// lastWords are the latest words of a text that comes, with formulas in lines.
func (s *section) lastWords() string {
	text := strings.TrimRight(s.text.String(), "\n ")
	text = text[max(strings.LastIndexByte(text, '\n')+1, 0):]
	if from := len(text) - maxLastWords; from > 0 {
		if n := strings.IndexByte(text[from:], ' '); n >= 0 {
			from += n + 1
		}
		for from < len(text) && !utf8.RuneStart(text[from]) {
			from++
		}
		text = text[from:]
	}
	return markdown.OneLine(text, mathtext.Unicode)
}

// maxLastWords is how many bytes of a line are looked at for its last words.
const maxLastWords = 400

// header is the line above the text of a section that has one.
// Folded, it has how much there is and, while more comes, the latest words.
func (s *section) header(folded bool, width int) string {
	title := s.title
	if s.voice != Thinking {
		return title
	}
	if title == "" {
		title = "Thinking"
	}
	if !folded {
		return "▾ " + title
	}
	about, tokens := "≈", s.tokens
	if tokens == 0 {
		tokens = (s.text.Len() + 3) / 4 // what a token takes, as a rule
	} else if s.counted {
		about = ""
	}
	head := "▸ " + title + " (" + about + Count(tokens) + " tokens)"
	if s.closed {
		return head
	}
	head += " · "
	words, room := s.lastWords(), width-ansi.StringWidth(head)
	if n := ansi.StringWidth(words); n > room {
		words = ansi.TruncateLeft(words, n-room+1, "…")
	}
	return head + words
}
