package export

import (
	"fmt"

	"github.com/aimo3/aimo3/engine/formula/mathml"
	"github.com/aimo3/aimo3/tui/markdown"
)

// blocks writes what untrusted Markdown was read into.
func (h *htmlWriter) blocks(all []markdown.Block) {
	for i := range all {
		h.block(&all[i])
	}
}

func (h *htmlWriter) block(b *markdown.Block) {
	switch b.Kind {
	case markdown.Paragraph:
		h.element("p", b.Parts)
	case markdown.Title: // of a model's: it is no heading of the document
		h.WriteString("<p class=\"title\">")
		h.parts(b.Parts)
		h.WriteString("</p>\n")
	case markdown.Listing:
		h.listing(b.Code)
	case markdown.Quote:
		h.around("blockquote", b.Blocks)
	case markdown.Bullets:
		h.around("ul", b.Blocks)
	case markdown.Numbers:
		h.WriteString("<ol>\n")
		for _, item := range b.Blocks {
			fmt.Fprintf(&h.Builder, "<li value=\"%d\">\n", item.Number)
			h.blocks(item.Blocks)
			h.WriteString("</li>\n")
		}
		h.WriteString("</ol>\n")
	case markdown.Item:
		h.around("li", b.Blocks)
	case markdown.Rule:
		h.WriteString("<hr>\n")
	case markdown.TableBlock:
		h.table(b)
	}
}

// around writes blocks in an element.
func (h *htmlWriter) around(name string, all []markdown.Block) {
	h.WriteString("<" + name + ">\n")
	h.blocks(all)
	h.WriteString("</" + name + ">\n")
}

func (h *htmlWriter) element(name string, parts []markdown.Part) {
	h.WriteString("<" + name + ">")
	h.parts(parts)
	h.WriteString("</" + name + ">\n")
}

func (h *htmlWriter) table(b *markdown.Block) {
	h.WriteString("<table>\n")
	for i, row := range b.Rows {
		name := "td"
		if i == 0 {
			name = "th"
		}
		h.WriteString("<tr>")
		for _, cell := range row {
			h.element(name, cell)
		}
		h.WriteString("</tr>\n")
	}
	h.WriteString("</table>\n")
}

// parts writes running text.
func (h *htmlWriter) parts(all []markdown.Part) {
	for _, p := range all {
		switch p.Kind {
		case markdown.Words:
			h.WriteString(escaped(p.Text))
		case markdown.Bold:
			h.within("strong", p.Parts)
		case markdown.Slanted:
			h.within("em", p.Parts)
		case markdown.CodeSpan:
			h.WriteString("<code>" + escaped(p.Text) + "</code>")
		case markdown.Break:
			h.WriteString("<br>\n")
		case markdown.Math:
			h.math(p)
		}
	}
}

func (h *htmlWriter) within(name string, parts []markdown.Part) {
	h.WriteString("<" + name + ">")
	h.parts(parts)
	h.WriteString("</" + name + ">")
}

// math writes a formula, or its source where none of it can be read.
func (h *htmlWriter) math(p markdown.Part) {
	if !p.Formula.Whole {
		h.WriteString("<span class=\"source\">" + escaped(p.Text) + "</span>")
		return
	}
	h.WriteString(mathml.Of(p.Formula, p.Display))
}
