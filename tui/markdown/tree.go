package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	extensions "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"github.com/aimo3/aimo3/engine/formula"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// BlockKind says what a Block is.
type BlockKind int

// The kinds of blocks.
const (
	Paragraph  BlockKind = iota
	Title                // a heading
	Listing              // code, or what else stays as it was written
	Quote                // Blocks that are quoted
	Bullets              // a list; its Blocks are Items
	Numbers              // a numbered list; its Blocks are Items
	Item                 // Blocks of a list
	Rule                 // a line between blocks
	TableBlock           // Rows
)

// Block is a part of a text. All text in it is clean and untrusted.
type Block struct {
	Kind   BlockKind
	Level  int        // of a Title, from 1
	Number int        // of an Item in Numbers
	Parts  []Part     // of a Paragraph or a Title
	Code   string     // of a Listing, without a line break at its end
	Python bool       // the Listing says that it is in Python
	Blocks []Block    // in a Quote, a list or an Item
	Rows   [][][]Part // of a TableBlock; the first is its head
}

// PartKind says what a Part is.
type PartKind int

// The kinds of parts.
const (
	Words    PartKind = iota
	Bold              // Parts between double asterisks
	Slanted           // Parts between single ones
	CodeSpan          // Text is code
	Math              // Formula, read; Text is its source with delimiters
	Break             // a line break
)

// Part is a stretch of running text.
type Part struct {
	Kind    PartKind
	Text    string
	Parts   []Part
	Formula formula.Formula
	Display bool // a Formula that stands on a line of its own
}

// Tree reads a text as Draw does, for those who write it in another form.
func Tree(source string) []Block {
	r := reader{parser: grammar()}
	split, kept, opener := splitter{breaks: true}, 0, ""
	for {
		cut, _ := split.next(source, kept)
		if cut < 0 {
			break
		}
		r.read(opener + source[kept:cut])
		kept, opener = cut, split.reopens()
	}
	r.read(opener + source[kept:])
	return r.out
}

// reader reads a text block by block.
type reader struct {
	parser parser.Parser
	out    []Block
	macros formula.Macros
	breaks bool // line breaks of the paragraph that is read stay
	drawer      // of the block that is read: its text and formulas
}

// read reads one block.
func (r *reader) read(block string) {
	pieces, macros := formula.Find(block)
	for name, m := range macros {
		if r.macros == nil {
			r.macros = formula.Macros{}
		}
		r.macros[name] = m
	}
	r.drawer = drawer{macros: r.macros}
	marked := r.marked(pieces)
	if len(r.text) > maxBlockBytes || deep(marked) {
		r.out = append(r.out, Block{Kind: Paragraph, Parts: r.lines(marked)})
		return
	}
	r.out = append(r.out, r.blocks(r.parser.Parse(text.NewReader(r.text)))...)
}

// lines are what is not read as Markdown, with its formulas.
func (r *reader) lines(marked string) []Part {
	var out []Part
	for line := range strings.SplitSeq(strings.TrimRight(marked, "\n"), "\n") {
		out = append(r.words(out, line, false), Part{Kind: Break})
	}
	return out[:len(out)-1]
}

// blocks are those in n.
func (r *reader) blocks(n ast.Node) []Block {
	var out []Block
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Heading:
			out = append(out, Block{Kind: Title, Level: c.Level, Parts: r.parts(nil, c)})
		case *ast.Paragraph, *ast.TextBlock:
			r.breaks = !r.filled(c)
			out = append(out, Block{Kind: Paragraph, Parts: r.parts(nil, c)})
		case *ast.Blockquote:
			out = append(out, Block{Kind: Quote, Blocks: r.blocks(c)})
		case *ast.List:
			out = append(out, r.list(c))
		case *ast.FencedCodeBlock:
			out = append(out, Block{Kind: Listing, Code: strings.Join(r.source(c), "\n"), Python: python(string(c.Language(r.text)))})
		case *ast.CodeBlock:
			out = append(out, Block{Kind: Listing, Code: strings.Join(r.source(c), "\n")})
		case *ast.HTMLBlock:
			out = append(out, r.html(c))
		case *ast.ThematicBreak:
			out = append(out, Block{Kind: Rule})
		case *extensions.Table:
			out = append(out, r.table(c))
		default:
			out = append(out, r.blocks(c)...)
		}
	}
	return out
}

// html is markup, as it was written.
func (r *reader) html(n *ast.HTMLBlock) Block {
	lines := r.source(n)
	if n.HasClosure() {
		lines = append(lines, strings.TrimRight(r.restored(string(n.ClosureLine.Value(r.text))), "\n"))
	}
	return Block{Kind: Listing, Code: strings.Join(lines, "\n")}
}

func (r *reader) list(n *ast.List) Block {
	b := Block{Kind: Bullets}
	if n.IsOrdered() {
		b.Kind = Numbers
	}
	number := n.Start
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if n.IsOrdered() {
			number = r.numbered(c, number)
		}
		b.Blocks = append(b.Blocks, Block{Kind: Item, Number: number, Blocks: r.blocks(c)})
		number++
	}
	return b
}

func (r *reader) table(n *extensions.Table) Block {
	b := Block{Kind: TableBlock}
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		var cells [][]Part
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			cells = append(cells, r.parts(nil, cell))
		}
		b.Rows = append(b.Rows, cells)
	}
	return b
}

// parts adds what runs in n.
func (r *reader) parts(out []Part, n ast.Node) []Part {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			out = r.words(out, string(c.Segment.Value(r.text)), !c.IsRaw())
			if c.HardLineBreak() || r.breaks && c.SoftLineBreak() {
				out = append(out, Part{Kind: Break})
			} else if c.SoftLineBreak() {
				out = append(out, Part{Text: " "})
			}
		case *ast.String:
			out = r.words(out, string(c.Value), false)
		case *ast.CodeSpan:
			out = append(out, Part{Kind: CodeSpan, Text: r.raw(c)})
		case *ast.Emphasis:
			kind := Slanted
			if c.Level > 1 {
				kind = Bold
			}
			out = append(out, Part{Kind: kind, Parts: r.parts(nil, c)})
		case *ast.AutoLink:
			out = append(out, Part{Text: flat(r.restored(string(c.Label(r.text))))})
		case *ast.RawHTML:
			for i := range c.Segments.Len() {
				segment := c.Segments.At(i)
				out = append(out, Part{Text: flat(r.restored(string(segment.Value(r.text))))})
			}
		default:
			out = r.parts(out, c)
		}
	}
	return out
}

// words adds text with marks of formulas in it.
func (r *reader) words(out []Part, s string, references bool) []Part {
	for s != "" {
		from, to, number := mark(s)
		if from > 0 {
			out = append(out, Part{Text: r.clean(s[:from], references)})
		}
		s = s[to:]
		if number < 0 || number >= len(r.formulas) {
			continue
		}
		piece := r.formulas[number]
		f := formula.Parse(piece.Body, r.macros)
		out = append(out, Part{Kind: Math, Text: termsafe.Clean(piece.Text), Formula: f, Display: piece.Display || f.Display})
	}
	return out
}
