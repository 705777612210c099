package markdown

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	extensions "github.com/yuin/goldmark/extension/ast"

	"github.com/aimo3/aimo3/tui/mathtext"
)

// maxDepth is how deep blocks are drawn in each other; deeper ones as they stand.
const maxDepth = 12

// blocks draws the blocks in n, with a blank line between them.
func (d *drawer) blocks(n ast.Node, w int) []Line {
	var out []Line
	d.depth++
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c != n.FirstChild() && !tight(c) {
			out = append(out, nil)
		}
		out = append(out, d.block(c, w)...)
	}
	d.depth--
	return out
}

// tight tells blocks that no blank line parts from the one before.
func tight(n ast.Node) bool {
	switch parent := n.Parent().(type) {
	case *ast.List:
		return parent.IsTight
	case *ast.ListItem:
		list, ok := parent.Parent().(*ast.List)
		return ok && list.IsTight
	}
	return false
}

func (d *drawer) block(n ast.Node, w int) []Line {
	w = max(w, 1)
	switch n := n.(type) {
	case *ast.Heading:
		sign := inked(strings.Repeat("#", n.Level)+" ", Heading)
		return prefixed(sign, inked(blanks(n.Level+1), Plain), d.flow(n, w-n.Level-1, Heading))
	case *ast.Paragraph, *ast.TextBlock:
		return d.flow(n, w, Plain)
	case *ast.Blockquote:
		bar := inked(d.pick("│ ", "> "), Faint)
		if d.depth > maxDepth || d.signed(n, true) {
			bar = inked("> ", Plain)
		}
		return prefixed(bar, bar, d.blocks(n, w-2))
	case *ast.List:
		return d.list(n, w)
	case *ast.FencedCodeBlock, *ast.CodeBlock, *ast.HTMLBlock:
		return d.code(n)
	case *ast.ThematicBreak:
		return []Line{inked(strings.Repeat(d.pick("─", "-"), min(w, maxRule)), Faint)}
	case *extensions.Table:
		return d.table(n, w)
	}
	return d.blocks(n, w)
}

// maxRule is how wide a rule between blocks is, in cells.
const maxRule = 400

// pick is one of two texts by the charset.
func (d *drawer) pick(unicode, ascii string) string {
	if d.Charset == mathtext.ASCII {
		return ascii
	}
	return unicode
}

// code draws what stays as it is, behind a margin.
func (d *drawer) code(n ast.Node) []Line {
	margin, ink := "    ", Code
	lines := d.source(n)
	if f, ok := n.(*ast.FencedCodeBlock); ok && python(string(f.Language(d.text))) {
		ink = Python
	}
	if h, ok := n.(*ast.HTMLBlock); ok {
		margin = ""
		if h.HasClosure() {
			lines = append(lines, strings.TrimRight(d.restored(string(h.ClosureLine.Value(d.text))), "\n"))
		}
	}
	out := make([]Line, len(lines))
	for i, l := range lines {
		switch {
		case l == "":
		case margin == "":
			out[i] = inked(l, Code)
		default:
			out[i] = append(inked(margin, Plain), inked(l, ink)...)
		}
	}
	return out
}

// python tells the names of a language that mean Python.
func python(name string) bool {
	switch strings.ToLower(name) {
	case "python", "python3", "py":
		return true
	}
	return false
}

func (d *drawer) list(n *ast.List, w int) []Line {
	var out []Line
	number := n.Start
	open := false // the item before has blank lines
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if len(out) > 0 && (!n.IsTight || open) {
			out = append(out, nil)
		}
		bullet := d.pick("• ", "* ")
		if d.signed(c, !n.HasBlankPreviousLines() && n.PreviousSibling() != nil) {
			bullet = string(n.Marker) + " "
		}
		if n.IsOrdered() {
			number = d.numbered(c, number)
			bullet = fmt.Sprintf("%d%c ", number, n.Marker)
			number++
		}
		in := mathtext.Width(bullet)
		lines := d.blocks(c, w-in)
		if len(lines) == 0 {
			lines = []Line{nil}
		}
		open = slices.ContainsFunc(lines, func(l Line) bool { return len(l) == 0 })
		out = append(out, prefixed(inked(bullet, Plain), inked(blanks(in), Plain), lines)...)
	}
	return out
}

// signed tells blocks whose text begins with a number or, where they may go on with a
// line of mathematics, with a formula: the sign before it may be one of mathematics.
func (d *drawer) signed(n ast.Node, formulas bool) bool {
	at, ok := d.begins(n)
	if !ok {
		return false
	}
	c := d.text[at]
	return '0' <= c && c <= '9' || formulas && (c == begin[0] || c == '(' || c == '\\')
}

// begins is where the text of a block begins.
func (d *drawer) begins(n ast.Node) (int, bool) {
	for c := n.FirstChild(); c != nil; c = c.FirstChild() {
		if c.Type() != ast.TypeBlock {
			break
		}
		if lines := c.Lines(); lines != nil && lines.Len() > 0 {
			at := lines.At(0).Start
			return at, at < len(d.text)
		}
	}
	return 0, false
}

// numbered is the number that an item of a list was written with.
func (d *drawer) numbered(n ast.Node, otherwise int) int {
	at, ok := d.begins(n)
	if !ok {
		return otherwise
	}
	line := d.text[bytes.LastIndexByte(d.text[:at], '\n')+1 : at]
	line = bytes.TrimRight(line, " \t")
	line = bytes.TrimRight(line, ".)")
	from := len(line)
	for from > 0 && '0' <= line[from-1] && line[from-1] <= '9' {
		from--
	}
	if from == len(line) || len(line)-from > 9 {
		return otherwise
	}
	number := 0
	for _, c := range line[from:] {
		number = 10*number + int(c-'0')
	}
	return number
}

// prefixed puts first before the first line, and rest before the others.
func prefixed(first, rest Line, lines []Line) []Line {
	out := make([]Line, len(lines))
	for i, l := range lines {
		before := rest
		if i == 0 {
			before = first
		}
		if i > 0 && len(l) == 0 && strings.TrimSpace(rest.String()) == "" {
			continue
		}
		out[i] = append(append(make(Line, 0, len(before)+len(l)), before...), l...)
	}
	return out
}

// inked is a line in one ink.
func inked(text string, ink Ink) Line { return Line{{Text: text, Ink: ink}} }

func blanks(n int) string { return strings.Repeat(" ", max(n, 0)) }
