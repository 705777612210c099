package markdown

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/yuin/goldmark/ast"
	extensions "github.com/yuin/goldmark/extension/ast"

	"github.com/aimo3/aimo3/tui/mathtext"
)

// blocks draws the blocks in n, with a blank line between them.
func (d *drawer) blocks(n ast.Node, w int) []string {
	var out []string
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c != n.FirstChild() && !tight(c) {
			out = append(out, "")
		}
		out = append(out, d.block(c, w)...)
	}
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

func (d *drawer) block(n ast.Node, w int) []string {
	w = max(w, 1)
	switch n := n.(type) {
	case *ast.Heading:
		return prefixed(strings.Repeat("#", n.Level)+" ", blanks(n.Level+1), d.flow(n, w-n.Level-1))
	case *ast.Paragraph, *ast.TextBlock:
		return d.flow(n, w)
	case *ast.Blockquote:
		bar := d.pick("│ ", "> ")
		return prefixed(bar, bar, d.blocks(n, w-2))
	case *ast.List:
		return d.list(n, w)
	case *ast.FencedCodeBlock, *ast.CodeBlock, *ast.HTMLBlock:
		return d.code(n)
	case *ast.ThematicBreak:
		return []string{strings.Repeat(d.pick("─", "-"), w)}
	case *extensions.Table:
		return d.table(n)
	}
	return d.blocks(n, w)
}

// pick is one of two texts by the charset.
func (d *drawer) pick(unicode, ascii string) string {
	if d.Charset == mathtext.ASCII {
		return ascii
	}
	return unicode
}

// code draws what stays as it is, behind a margin.
func (d *drawer) code(n ast.Node) []string {
	lines := d.lines(n)
	if h, ok := n.(*ast.HTMLBlock); ok {
		if h.HasClosure() {
			lines = append(lines, strings.TrimRight(d.restored(string(h.ClosureLine.Value(d.text))), "\n"))
		}
		return lines
	}
	return prefixed("    ", "    ", lines)
}

func (d *drawer) list(n *ast.List, w int) []string {
	var out []string
	number := n.Start
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if len(out) > 0 && !n.IsTight {
			out = append(out, "")
		}
		bullet := d.pick("• ", "* ")
		if n.IsOrdered() {
			bullet = fmt.Sprintf("%d%c ", number, n.Marker)
			number++
		}
		in := ansi.StringWidth(bullet)
		lines := d.blocks(c, w-in)
		if len(lines) == 0 {
			lines = []string{""}
		}
		out = append(out, prefixed(bullet, blanks(in), lines)...)
	}
	return out
}

// prefixed puts first before the first line, and rest before the others.
func prefixed(first, rest string, lines []string) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		switch {
		case i == 0:
			out[i] = first + l
		case l == "" && strings.TrimSpace(rest) == "":
		default:
			out[i] = rest + l
		}
	}
	return out
}

func blanks(n int) string { return strings.Repeat(" ", max(n, 0)) }

// table draws a table with columns as wide as they need to be.
func (d *drawer) table(n *extensions.Table) []string {
	var rows [][]string
	var widths []int
	for r := n.FirstChild(); r != nil; r = r.NextSibling() {
		var row []string
		for c := r.FirstChild(); c != nil; c = c.NextSibling() {
			cell := strings.Join(d.flow(c, 1<<16), " ")
			if len(row) == len(widths) {
				widths = append(widths, 0)
			}
			widths[len(row)] = max(widths[len(row)], ansi.StringWidth(cell))
			row = append(row, cell)
		}
		rows = append(rows, row)
	}
	var out []string
	for y, row := range rows {
		var line []string
		for x, cell := range row {
			line = append(line, aligned(cell, widths[x], n.Alignments, x))
		}
		out = append(out, strings.TrimRight(strings.Join(line, "  "), " "))
		if y == 0 {
			total := 2 * (len(widths) - 1)
			for _, one := range widths {
				total += one
			}
			out = append(out, strings.Repeat(d.pick("─", "-"), max(total, 0)))
		}
	}
	return out
}

// aligned is a cell in its column.
func aligned(cell string, w int, all []extensions.Alignment, x int) string {
	room := w - ansi.StringWidth(cell)
	left := 0
	if x < len(all) {
		switch all[x] {
		case extensions.AlignRight:
			left = room
		case extensions.AlignCenter:
			left = room / 2
		case extensions.AlignLeft, extensions.AlignNone:
		}
	}
	return blanks(left) + cell + blanks(room-left)
}
