package markdown

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/yuin/goldmark/ast"
	extensions "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"

	"github.com/aimo3/aimo3/engine/formula"
	"github.com/aimo3/aimo3/tui/mathtext"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// flow draws running text: words wrapped, and formulas that stand alone on lines of
// their own.
func (d *drawer) flow(n ast.Node, w int) []string {
	w = max(w, 1)
	var out []string
	var b strings.Builder
	put := func() {
		for para := range strings.SplitSeq(strings.TrimSpace(b.String()), "\n") {
			out = append(out, wrapped(strings.TrimSpace(para), w)...)
		}
		b.Reset()
	}
	s := d.inline(n)
	for s != "" {
		from, to, number := mark(s)
		b.WriteString(s[:from])
		s = s[to:]
		if number < 0 || number >= len(d.formulas) {
			continue
		}
		piece := d.formulas[number]
		f := formula.Parse(piece.Body, d.macros)
		if !piece.Display && !f.Display || d.Inline {
			b.WriteString(d.oneLine(piece, f))
			continue
		}
		if strings.TrimSpace(b.String()) != "" {
			put()
		}
		b.Reset()
		if len(out) > 0 && out[len(out)-1] != "" {
			out = append(out, "")
		}
		out = append(out, d.display(piece, f, w)...)
		if strings.TrimSpace(s) != "" {
			out = append(out, "")
		}
	}
	if strings.TrimSpace(b.String()) != "" || len(out) == 0 {
		put()
	}
	return out
}

// oneLine draws a formula in its line; spaces in it hold it together.
func (d *drawer) oneLine(piece formula.Piece, f formula.Formula) string {
	if _, ok := f.Body.(formula.Source); ok {
		return mathtext.Inline(formula.Formula{Body: formula.Source{Text: piece.Text}}, d.Charset)
	}
	s := mathtext.Inline(f, d.Charset)
	if ansi.StringWidth(s) <= d.Width/2 {
		return strings.ReplaceAll(s, " ", hold)
	}
	return s
}

// hold is a space at which no line is broken; cleaned text has none.
const hold = "\x04"

// display draws a formula on lines of its own, a little to the right.
func (d *drawer) display(piece formula.Piece, f formula.Formula, w int) []string {
	if _, ok := f.Body.(formula.Source); ok {
		f.Body = formula.Source{Text: piece.Text}
	}
	const margin = 4
	var out []string
	for i, box := range mathtext.Fit(f, d.Charset, w-margin) {
		left := margin
		if i > 0 {
			left *= 2
		}
		if box.Width+left > w {
			left = max(w-box.Width, 0)
		}
		for _, l := range box.Lines {
			out = append(out, strings.TrimRight(blanks(left)+l, " "))
		}
	}
	return out
}

// inline is the text in n, with the marks of its formulas.
func (d *drawer) inline(n ast.Node) string {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			b.WriteString(d.clean(string(c.Segment.Value(d.text)), !c.IsRaw()))
			switch {
			case c.HardLineBreak():
				b.WriteByte('\n')
			case c.SoftLineBreak():
				b.WriteByte(' ')
			}
		case *ast.String:
			b.WriteString(d.clean(string(c.Value), false))
		case *ast.CodeSpan:
			b.WriteString("`" + d.restored(d.inline(c)) + "`")
		case *ast.Emphasis:
			b.WriteString(d.inline(c))
		case *extensions.Strikethrough:
			b.WriteString("~~" + d.inline(c) + "~~")
		case *ast.AutoLink:
			b.WriteString(d.restored(string(c.Label(d.text))))
		case *ast.Link:
			b.WriteString(d.inline(c) + " (" + d.restored(string(c.Destination)) + ")")
		case *ast.Image:
			b.WriteString(d.inline(c) + " (" + d.restored(string(c.Destination)) + ")")
		case *ast.RawHTML:
			for i := range c.Segments.Len() {
				segment := c.Segments.At(i)
				b.WriteString(d.restored(string(segment.Value(d.text))))
			}
		default:
			b.WriteString(d.inline(c))
		}
	}
	return b.String()
}

// clean resolves the references to characters in s, if it has any, and cleans what is
// between our own marks.
func (d *drawer) clean(s string, references bool) string {
	var b strings.Builder
	for s != "" {
		from, to, _ := mark(s)
		words := []byte(s[:from])
		if references {
			words = util.UnescapePunctuations(util.ResolveEntityNames(util.ResolveNumericReferences(words)))
		}
		b.WriteString(termsafe.Clean(string(words)))
		b.WriteString(s[from:to])
		s = s[to:]
	}
	return b.String()
}

// wrapped breaks s into lines of w cells, and a word that is longer anywhere.
func wrapped(s string, w int) []string {
	lines := strings.Split(ansi.Wrap(s, w, ""), "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRight(strings.ReplaceAll(l, hold, " "), " ")
	}
	return lines
}
