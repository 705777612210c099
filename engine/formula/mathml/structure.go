package mathml

import (
	"unicode"
	"unicode/utf8"

	"github.com/aimo3/aimo3/engine/formula"
)

// symbol writes one glyph, or the name of a function.
func (w *writer) symbol(s formula.Symbol) {
	r, n := utf8.DecodeRuneInString(s.Glyph)
	switch {
	case digit(s, false):
		w.leaf("mn", s.Glyph)
	case s.Class == formula.Fun:
		w.leaf("mi", s.Glyph, `mathvariant="normal"`)
	case s.Class == formula.Ord && unicode.IsLetter(r) && n == len(s.Glyph):
		w.leaf("mi", s.Glyph)
	case s.Class == formula.Big:
		w.leaf("mo", s.Glyph, `largeop="true"`, `movablelimits="true"`)
	case s.Class == formula.Open || s.Class == formula.Close:
		w.leaf("mo", s.Glyph, `stretchy="false"`)
	default:
		w.leaf("mo", s.Glyph)
	}
}

// structure writes what has parts in two dimensions.
func (w *writer) structure(n formula.Node) {
	switch n := n.(type) {
	case formula.Fraction:
		w.bracket(n.Left)
		attributes := ""
		if !n.Line {
			attributes = `linethickness="0"`
		}
		w.element("mfrac", attributes, n.Over, n.Under)
		w.bracket(n.Right)
	case formula.Root:
		if n.Index == nil {
			w.element("msqrt", "", n.Body)
			return
		}
		w.element("mroot", "", n.Body, n.Index)
	case formula.Scripts:
		w.scripts(n.Body, n.Sub, n.Sup, n.Limits)
	case formula.Stack:
		w.stack(n)
	case formula.Accent:
		mark := formula.Symbol{Glyph: glyphOf(n.Mark), Class: formula.Bin}
		if n.Under {
			w.element("munder", `accentunder="true"`, n.Body, mark)
			return
		}
		w.element("mover", `accent="true"`, n.Body, mark)
	case formula.Fence:
		w.WriteString("<mrow>")
		w.bracket(n.Left)
		for i, k := range n.Kids {
			if i > 0 {
				w.bracket(n.Middle[i-1])
			}
			w.one(k)
		}
		w.bracket(n.Right)
		w.WriteString("</mrow>")
	case formula.Table:
		w.table(n)
	}
}

// bracket writes one that is as tall as what it is about; "" is none.
func (w *writer) bracket(glyph string) {
	if glyph != "" {
		w.leaf("mo", glyph, `fence="true"`, `stretchy="true"`)
	}
}

// scripts writes a base with those that there are, behind it or with limits below and
// above.
func (w *writer) scripts(body, sub, sup formula.Node, limits bool) {
	names := [...]string{"msub", "msup", "msubsup"}
	if limits {
		names = [...]string{"munder", "mover", "munderover"}
	}
	switch {
	case sub != nil && sup != nil:
		w.element(names[2], "", body, sub, sup)
	case sub != nil:
		w.element(names[0], "", body, sub)
	case sup != nil:
		w.element(names[1], "", body, sup)
	default:
		w.one(body)
	}
}

// stack writes what is small above or below a body, beyond a brace if there is one.
func (w *writer) stack(n formula.Stack) {
	body := n.Body
	if n.Brace {
		brace := formula.Scripts{Body: body, Sub: formula.Symbol{Glyph: "⏟", Class: formula.Bin}, Limits: true}
		if n.Above {
			brace.Sub, brace.Sup = nil, formula.Symbol{Glyph: "⏞", Class: formula.Bin}
		}
		body = brace
	}
	w.scripts(body, n.Under, n.Over, true)
}

// table writes rows of cells; a tag is one more cell at the end of its row.
func (w *writer) table(n formula.Table) {
	w.WriteString("<mrow>")
	w.bracket(n.Left)
	w.WriteString("<mtable>")
	for y, row := range n.Rows {
		w.WriteString("<mtr>")
		for x, cell := range row {
			w.element("mtd", `style="text-align:`+side(n, x)+`"`, cell)
		}
		if y < len(n.Tags) && n.Tags[y] != nil {
			w.WriteString("<mtd>")
			w.leaf("mo", "(")
			w.one(n.Tags[y])
			w.leaf("mo", ")")
			w.WriteString("</mtd>")
		}
		w.WriteString("</mtr>")
	}
	w.WriteString("</mtable>")
	w.bracket(n.Right)
	w.WriteString("</mrow>")
}

// side is where cells of column x stand.
func side(n formula.Table, x int) string {
	align := formula.Center
	switch {
	case n.Equations && x%2 == 0:
		align = formula.Right
	case n.Equations:
		align = formula.Left
	case len(n.Columns) > 0:
		align = n.Columns[min(x, len(n.Columns)-1)]
	}
	return map[formula.Align]string{formula.Left: "left", formula.Right: "right", formula.Center: "center"}[align]
}

// glyphOf is the mark of an accent by the command's name; the name if there is none.
func glyphOf(mark string) string {
	if g, ok := marks[mark]; ok {
		return g
	}
	return mark
}

var marks = map[string]string{
	"hat": "^", "widehat": "^", "bar": "¯", "overline": "‾", "underline": "_", "underbar": "_", "tilde": "~", "widetilde": "~", "utilde": "~",
	"vec": "→", "overrightarrow": "→", "underrightarrow": "→", "overleftarrow": "←", "underleftarrow": "←", "overleftrightarrow": "↔",
	"dot": "˙", "ddot": "¨", "dddot": "⃛", "check": "ˇ", "widecheck": "ˇ", "breve": "˘", "acute": "´", "grave": "`", "mathring": "˚",
	"overparen": "⏜", "overarc": "⏜", "wideparen": "⏜", "overgroup": "⏠", "underparen": "⏝",
}
