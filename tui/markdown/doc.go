// Package markdown draws Markdown with formulas as text for a terminal.
//
//	text := markdown.Draw("Find $x^2$ where\n\n- $x>0$\n", markdown.Options{Width: 80})
//
// A text that grows, as the reply of a model does, is a Document. What of it can no
// longer change is drawn once; only its last block is drawn again:
//
//	doc := markdown.New(markdown.Options{Width: 80})
//	doc.Write("So $x^2")
//	doc.Len() // lines, the last of which has the formula as far as it can be drawn
//	doc.Write("+1$.")
//
// Formulas are found first, by formula.Find, and Markdown is read around them, so
// neither takes the other for its own: `\frac{a*b}{c*d}` keeps its asterisks, and a
// line of an equation that begins with = makes no heading. Where Markdown then finds
// that a formula stands in code, its source is shown.
//
// Markdown is read so that no mathematics in plain text is altered: an asterisk beside
// a letter, a digit or a bracket is a sign of multiplication, a minus before a number is
// no bullet, links stand as they were written, and numbers of lists stay.
//
// What comes out is clean text without styles, of lines no wider than Width but for
// tables, code and formulas that cannot be broken. Draw is a pure function. A Document
// belongs to one goroutine.
package markdown

import (
	"strings"

	"github.com/aimo3/aimo3/engine/formula"
	"github.com/aimo3/aimo3/tui/mathtext"
)

// Options say how to draw.
type Options struct {
	Width   int // in cells
	Charset mathtext.Charset
	Inline  bool // every formula on one line
	Breaks  bool // a line break in a paragraph stays one, unless it was made by filling lines
}

// Ink says what a stretch of a line is, so that it can be dressed.
type Ink int

// The inks.
const (
	Plain    Ink = iota
	Strong       // between double asterisks
	Emphasis     // between single ones
	Heading      // a heading, with its signs
	Code         // code, in a line or on lines of its own
	Python       // code on lines of its own that says it is in Python
	Faint        // signs that stand for the layout: bars and rules
	Source       // a formula that cannot be drawn
)

// Span is a stretch of a line in one ink. Its text is clean.
type Span struct {
	Text    string
	Ink     Ink
	Formula string // the source of the formula that this is drawn of, with its delimiters; else ""
}

// Line is one line. An empty one has no spans.
type Line []Span

func (l Line) String() string {
	if len(l) == 1 {
		return l[0].Text
	}
	var b strings.Builder
	for _, s := range l {
		b.WriteString(s.Text)
	}
	return b.String()
}

// Draw draws text. There is no line break at its end.
func Draw(source string, o Options) string {
	d := New(o)
	d.Write(source)
	d.End()
	var b strings.Builder
	for i := range d.Len() {
		if i > 0 {
			b.WriteByte('\n')
		}
		for _, s := range d.At(i) {
			b.WriteString(s.Text)
		}
	}
	return strings.TrimRight(b.String(), "\n ")
}

// OneLine draws text on one line, every formula in it and every block.
func OneLine(source string, set mathtext.Charset) string {
	const endless = 1 << 20
	d := New(Options{Width: endless, Charset: set, Inline: true})
	d.Write(source)
	d.End()
	var b strings.Builder
	for i := range d.Len() {
		if s := strings.TrimSpace(d.At(i).String()); s != "" {
			if b.Len() > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(s)
		}
	}
	return b.String()
}

// Formula draws a formula without delimiters on one line; false if some of it cannot be
// drawn.
func Formula(source string, set mathtext.Charset) (string, bool) {
	f := formula.Parse(source, nil)
	return mathtext.Inline(f, set), f.Whole
}
