package export

import (
	"fmt"
	"strings"

	"github.com/aimo3/aimo3/engine/formula/latex"
	"github.com/aimo3/aimo3/tui/markdown"
)

// maxNested is how many lists and quotes are set in each other: TeX has no more levels.
const maxNested = 4

// blocks writes what untrusted Markdown was read into.
func (t *texWriter) blocks(all []markdown.Block, depth int) {
	for i := range all {
		t.block(&all[i], depth)
	}
}

func (t *texWriter) block(b *markdown.Block, depth int) {
	switch b.Kind {
	case markdown.Paragraph:
		t.parts(b.Parts)
		t.WriteString("\n\n")
	case markdown.Title: // of a model's: it is no section of the document
		t.WriteString("\\textbf{")
		t.parts(plainParts(b.Parts))
		t.WriteString("}\n\n")
	case markdown.Listing:
		t.listing(b.Code)
	case markdown.Quote:
		t.nested("quote", b.Blocks, depth)
	case markdown.Bullets, markdown.Numbers:
		t.list(b, depth)
	case markdown.Item:
		t.blocks(b.Blocks, depth)
	case markdown.Rule:
		t.WriteString("\\noindent\\rule{\\linewidth}{.4pt}\n\n")
	case markdown.TableBlock:
		t.table(b)
	}
}

// nested writes blocks in an environment, or without it where TeX has no more levels.
func (t *texWriter) nested(name string, all []markdown.Block, depth int) {
	if depth >= maxNested {
		t.blocks(all, depth)
		return
	}
	t.WriteString("\\begin{" + name + "}\n")
	t.blocks(all, depth+1)
	t.WriteString("\\mbox{}\\end{" + name + "}\n\n")
}

func (t *texWriter) list(b *markdown.Block, depth int) {
	if depth >= maxNested {
		t.blocks(b.Blocks, depth)
		return
	}
	t.WriteString("\\begin{itemize}\n")
	for i := range b.Blocks {
		label := "\\textbullet{}"
		if b.Kind == markdown.Numbers {
			label = fmt.Sprintf("%d.", b.Blocks[i].Number)
		}
		t.WriteString("\\item[{" + label + "}] \\mbox{}")
		t.blocks(b.Blocks[i].Blocks, depth+1)
	}
	t.WriteString("\\end{itemize}\n\n")
}

// plainParts are parts on one line, which may stand where no paragraph may end.
func plainParts(all []markdown.Part) []markdown.Part {
	var out []markdown.Part
	for _, p := range all {
		switch p.Display = false; p.Kind {
		case markdown.Break:
			p = markdown.Part{Text: " "}
		case markdown.Bold, markdown.Slanted:
			p.Parts = plainParts(p.Parts)
		case markdown.Words, markdown.CodeSpan, markdown.Math:
		}
		out = append(out, p)
	}
	return out
}

// parts writes running text.
func (t *texWriter) parts(all []markdown.Part) {
	for i, p := range all {
		switch p.Kind {
		case markdown.Words:
			t.WriteString(broken(p.Text))
		case markdown.Bold, markdown.Slanted:
			t.WriteString("{\\" + map[markdown.PartKind]string{markdown.Bold: "bfseries ", markdown.Slanted: "itshape "}[p.Kind])
			t.parts(p.Parts)
			t.WriteByte('}')
		case markdown.CodeSpan:
			t.WriteString("\\texttt{" + broken(p.Text) + "}")
		case markdown.Break:
			if i > 0 && i < len(all)-1 {
				t.WriteString("\\mbox{}\\newline\n")
			}
		case markdown.Math:
			t.math(p)
		}
	}
}

// math writes a formula, or its source where it cannot be set.
func (t *texWriter) math(p markdown.Part) {
	tex, ok := latex.Of(p.Formula)
	switch {
	case !ok:
		t.WriteString("\\texttt{" + broken(strings.Join(strings.Fields(p.Text), " ")) + "}")
	case p.Display:
		t.WriteString("\n\\[" + tex + "\\]\n")
	default:
		t.WriteString("\\(" + tex + "\\)")
	}
}

// maxColumns is how many columns of a table are set beside each other.
const maxColumns = 10

func (t *texWriter) table(b *markdown.Block) {
	columns := 1
	for _, row := range b.Rows {
		columns = max(columns, len(row))
	}
	if columns > maxColumns {
		for _, row := range b.Rows {
			for _, cell := range row {
				t.parts(plainParts(cell))
				t.WriteString("\\quad{}")
			}
			t.WriteString("\n\n")
		}
		return
	}
	fmt.Fprintf(&t.Builder, "\\begin{tabular}{@{}*{%d}{p{%.3f\\linewidth}}@{}}\n", columns, 0.9/float64(columns))
	for i, row := range b.Rows {
		for x, cell := range row {
			if x > 0 {
				t.WriteString(" & ")
			}
			t.WriteString("{}")
			t.parts(plainParts(cell))
		}
		t.WriteString(" \\\\\n")
		if i == 0 {
			t.WriteString("\\hline\n")
		}
	}
	t.WriteString("\\end{tabular}\n\n")
}
