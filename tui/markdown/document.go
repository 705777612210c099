package markdown

import (
	"strings"

	"github.com/yuin/goldmark/parser"

	"github.com/aimo3/aimo3/engine/formula"
)

// Document is a text that grows, with its drawing.
type Document struct {
	o      Options
	parser parser.Parser
	text   strings.Builder
	split  splitter
	ended  bool

	macros   formula.Macros
	lines    []Line   // of blocks that are finished
	kept     int      // what is before it in text is in lines
	begins   string   // what stands before that, as a part of it
	joined   bool     // what follows lines stands right below them
	rest     []Line   // of the block that is not
	restAt   int      // how long text was when that was drawn
	formulas drawings // of that block
	good     drawn    // the unfinished formula at its end, as it could be drawn last
}

// New returns an empty document.
func New(o Options) *Document {
	o.Width = max(o.Width, 1)
	return &Document{o: o, parser: grammar(), split: splitter{breaks: o.Breaks}, restAt: -1, formulas: drawings{}}
}

// Write adds text at the end.
func (d *Document) Write(text string) {
	d.text.WriteString(text)
	d.ended = false
}

// End says that no more text comes, so that nothing is taken for unfinished.
func (d *Document) End() {
	if !d.ended {
		d.ended, d.restAt = true, -1
	}
}

// Resize sets another width, for which all is drawn anew.
func (d *Document) Resize(width int) {
	if width = max(width, 1); width == d.o.Width {
		return
	}
	text, ended := d.text.String(), d.ended
	d.o.Width = width
	*d = Document{o: d.o, parser: d.parser, split: splitter{breaks: d.o.Breaks}, restAt: -1, formulas: drawings{}, ended: ended}
	d.text.WriteString(text)
}

// Len is how many lines the drawing has now.
func (d *Document) Len() int {
	d.update()
	if len(d.rest) == 0 {
		return len(d.lines)
	}
	return len(d.lines) + d.gap() + len(d.rest)
}

// Settled is how many of the first lines no text that is yet to come can change, unless
// the width does.
func (d *Document) Settled() int {
	d.update()
	return len(d.lines)
}

// At is line i of the drawing as Len found it. It must not be changed.
func (d *Document) At(i int) Line {
	if i < len(d.lines) {
		return d.lines[i]
	}
	if i -= len(d.lines) + d.gap(); i < 0 {
		return nil
	}
	return d.rest[i]
}

// update draws what is new.
func (d *Document) update() {
	if d.restAt == d.text.Len() {
		return
	}
	text := d.text.String()
	for {
		cut, joined := d.split.next(text, d.kept)
		if cut < 0 {
			break
		}
		d.finish(d.begins + text[d.kept:cut])
		d.kept, d.joined, d.begins = cut, joined, d.split.reopens()
	}
	d.rest, d.restAt = d.open(d.begins+text[d.kept:]), len(text)
}

// gap is the blank lines between what is finished and what follows.
func (d *Document) gap() int {
	if d.joined || len(d.lines) == 0 {
		return 0
	}
	return 1
}

// finish draws a block for the last time.
func (d *Document) finish(block string) {
	pieces, macros := formula.Find(block)
	lines := d.draw(pieces, macros)
	if len(lines) > 0 {
		d.lines = append(append(d.lines, make([]Line, d.gap())...), lines...)
	}
	d.good = drawn{}
	d.define(macros)
	clear(d.formulas)
}

// define keeps the macros of a block for those after it.
func (d *Document) define(macros formula.Macros) {
	if len(macros) == 0 {
		return
	}
	if d.macros == nil {
		d.macros = formula.Macros{}
	}
	for name, m := range macros {
		d.macros[name] = m
	}
}

// open draws the last block, which may go on.
func (d *Document) open(block string) []Line {
	pieces, macros := formula.Find(block)
	if len(macros) > 0 {
		clear(d.formulas) // they may mean another thing now
	}
	if !d.ended {
		pieces = d.mend(pieces, macros)
	}
	return d.draw(pieces, macros)
}

// draw draws the pieces of one block.
func (d *Document) draw(pieces []formula.Piece, macros formula.Macros) []Line {
	all := d.macros
	if len(macros) > 0 {
		all = formula.Macros{}
		for _, m := range []formula.Macros{d.macros, macros} {
			for name, one := range m {
				all[name] = one
			}
		}
	}
	dr := drawer{Options: d.o, macros: all, known: d.formulas}
	return dr.document(pieces, d.parser)
}
