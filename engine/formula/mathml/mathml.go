// Package mathml writes formulas as MathML Core, for documents that a browser shows.
//
//	mathml.Of(formula.Parse(`\frac{a}{2}`, nil), false)
//	// <math …><semantics><mrow><mfrac><mi>a</mi><mn>2</mn></mfrac></mrow>
//	// <annotation encoding="application/x-tex">\frac{a}{2}</annotation></semantics></math>
//
// The source stands in it as an annotation, so nothing is lost to who copies it. What
// could not be read is text of the class source. What comes out is well-formed XML,
// whatever the formula: its characters are escaped, and no markup is taken from it.
//
// Of is a pure function. The work is bounded by that of formula.Parse.
package mathml

import (
	"encoding/xml"
	"strings"

	"github.com/aimo3/aimo3/engine/formula"
)

// Of writes f, on a line of its own if display.
func Of(f formula.Formula, display bool) string {
	w := &writer{}
	w.WriteString(`<math xmlns="http://www.w3.org/1998/Math/MathML"`)
	if display {
		w.WriteString(` display="block"`)
	}
	w.WriteString("><semantics><mrow>")
	w.node(f.Body)
	if f.Tag != nil {
		w.element("mspace", `width="2em"`)
		w.leaf("mo", "(")
		w.node(f.Tag)
		w.leaf("mo", ")")
	}
	w.WriteString("</mrow>")
	w.leaf("annotation", f.Source, `encoding="application/x-tex"`)
	w.WriteString("</semantics></math>")
	return w.String()
}

type writer struct{ strings.Builder }

// leaf writes an element of text.
func (w *writer) leaf(name, text string, attributes ...string) {
	w.begin(name, attributes)
	_ = xml.EscapeText(w, []byte(text)) // a builder takes everything
	w.end(name)
}

// element writes an element around nodes, each as one child.
func (w *writer) element(name, attributes string, kids ...formula.Node) {
	var all []string
	if attributes != "" {
		all = append(all, attributes)
	}
	w.begin(name, all)
	for _, k := range kids {
		w.one(k)
	}
	w.end(name)
}

func (w *writer) begin(name string, attributes []string) {
	w.WriteString("<" + name)
	for _, a := range attributes {
		w.WriteString(" " + a)
	}
	w.WriteString(">")
}

func (w *writer) end(name string) { w.WriteString("</" + name + ">") }

// one writes n as exactly one element.
func (w *writer) one(n formula.Node) {
	if r, ok := n.(formula.Row); ok && len(r.Kids) == 1 {
		w.one(r.Kids[0])
		return
	}
	if _, leaf := n.(formula.Symbol); leaf {
		w.node(n)
		return
	}
	w.WriteString("<mrow>")
	w.node(n)
	w.WriteString("</mrow>")
}

// node writes n as any number of elements.
func (w *writer) node(n formula.Node) {
	switch n := n.(type) {
	case nil:
	case formula.Row:
		w.row(n.Kids)
	case formula.Symbol:
		w.symbol(n)
	case formula.Text:
		w.leaf("mtext", strings.ReplaceAll(n.Words, " ", "\u00a0"))
	case formula.Source:
		w.leaf("mtext", n.Text, `class="source"`)
	case formula.Styled:
		w.leaf("mi", n.Glyph()) // browsers do not know alphabets, but their letters
	case formula.Space:
		if n.Cells > 0 {
			w.element("mspace", widths[min(n.Cells, len(widths)-1)])
		}
	case formula.Phantom:
		w.element("mphantom", "", n.Body)
	case formula.Boxed:
		w.element("mrow", `style="border:1px solid;padding:0.2em"`, n.Body)
	case formula.Struck:
		w.element("mrow", `style="text-decoration:line-through"`, n.Body)
		if n.To != nil {
			w.leaf("mo", "→")
			w.one(n.To)
		}
	default:
		w.structure(n)
	}
}

// widths are spaces by their cells.
var widths = []string{`width="0"`, `width="0.28em"`, `width="1em"`, `width="1.5em"`, `width="2em"`}

// row writes parts beside each other; digits that follow each other are one number.
func (w *writer) row(kids []formula.Node) {
	for i := 0; i < len(kids); {
		number := ""
		for i < len(kids) && digit(kids[i], number != "" && i+1 < len(kids) && digit(kids[i+1], false)) {
			number += kids[i].(formula.Symbol).Glyph //nolint:errcheck // digit tells symbols only
			i++
		}
		if number != "" {
			w.leaf("mn", number)
			continue
		}
		w.node(kids[i])
		i++
	}
}

// digit tells a digit, or the point between two.
func digit(n formula.Node, between bool) bool {
	s, ok := n.(formula.Symbol)
	return ok && (len(s.Glyph) == 1 && '0' <= s.Glyph[0] && s.Glyph[0] <= '9' || between && s.Glyph == ".")
}
