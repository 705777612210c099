// Package markdown draws Markdown with formulas as text for a terminal.
//
//	lines := markdown.Draw("Find $x^2$ where\n\n- $x>0$\n", markdown.Options{Width: 80})
//
// Formulas are found first, by formula.Find, and Markdown is read around them, so
// neither takes the other for its own: `\frac{a*b}{c*d}` keeps its asterisks, and a
// line of an equation that begins with = makes no heading. Where Markdown then finds
// that a formula stands in code, its source is shown.
//
// What comes out is clean text without styles, of lines no wider than Width but for
// formulas and code that cannot be broken. Draw is a pure function.
package markdown

import (
	"strconv"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"

	"github.com/aimo3/aimo3/engine/formula"
	"github.com/aimo3/aimo3/tui/mathtext"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// Options say how to draw.
type Options struct {
	Width   int // in cells; below minWidth it is that
	Charset mathtext.Charset
	Inline  bool // every formula on one line
}

const minWidth = 20

// Draw draws text. There is no line break at its end.
func Draw(source string, o Options) string {
	o.Width = max(o.Width, minWidth)
	pieces, macros := formula.Find(source)
	d := drawer{Options: o, macros: macros}
	var b strings.Builder
	for _, p := range pieces {
		if !p.Formula {
			b.WriteString(termsafe.Clean(p.Text))
			continue
		}
		b.WriteString(begin + strconv.Itoa(len(d.formulas)) + end)
		d.formulas = append(d.formulas, p)
	}
	d.text = []byte(b.String())
	parser := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough)).Parser()
	return strings.TrimRight(strings.Join(d.blocks(parser.Parse(text.NewReader(d.text)), o.Width), "\n"), "\n ")
}

// begin and end stand about the number of a formula in the text that Markdown is read
// from. Cleaned text holds neither.
const (
	begin = "\x02"
	end   = "\x03"
)

// drawer draws one document.
type drawer struct {
	Options
	text     []byte
	macros   formula.Macros
	formulas []formula.Piece
}

// mark finds the number of the next formula in s: s[:from] is before it, s[to:] after.
func mark(s string) (from, to, number int) {
	from = strings.Index(s, begin)
	if from < 0 {
		return len(s), len(s), -1
	}
	n := strings.Index(s[from:], end)
	if n < 0 {
		return len(s), len(s), -1
	}
	number, err := strconv.Atoi(s[from+1 : from+n])
	if err != nil {
		return len(s), len(s), -1
	}
	return from, from + n + 1, number
}

// restored is s with the sources of its formulas.
func (d *drawer) restored(s string) string {
	var b strings.Builder
	for s != "" {
		from, to, number := mark(s)
		b.WriteString(termsafe.Clean(s[:from]))
		if number >= 0 && number < len(d.formulas) {
			b.WriteString(termsafe.Clean(d.formulas[number].Text))
		}
		s = s[to:]
	}
	return b.String()
}

// lines is the source of a block, as it stands.
func (d *drawer) lines(n ast.Node) []string {
	var out []string
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		for l := range strings.SplitSeq(strings.TrimRight(d.restored(string(line.Value(d.text))), "\n"), "\n") {
			out = append(out, termsafe.Expand(l, 4))
		}
	}
	return out
}
