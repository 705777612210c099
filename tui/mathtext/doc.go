// Package mathtext draws formulas as text for a terminal.
//
//	f := formula.Parse(`\frac{1}{n}\sum_{k=1}^n k^2`, nil)
//	mathtext.Inline(f, mathtext.Unicode)  // (1/n) ∑ₖ₌₁ⁿ k²
//	box := mathtext.Display(f, mathtext.Unicode)
//	box.Lines // of equal width; Lines[box.Baseline] is in line with the words around it
//
// Inline gives one line, where a script is written in small glyphs only if there is one
// for each of its characters, and of a pair of scripts for both; else it stands after a
// caret or an underscore. Display gives a box in two dimensions.
//
// What the formula could not be read as is drawn as its source between ⟪ and ⟫. What
// comes out is clean: no text of a formula can steer a terminal. Widths are cells as
// ansi.StringWidth counts them, as everywhere in this program.
//
// Everything here is a pure function.
package mathtext

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/engine/formula"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// Charset is what may be drawn with.
type Charset int

// The charsets.
const (
	Unicode Charset = iota
	ASCII
)

// Inline draws f on one line.
func Inline(f formula.Formula, set Charset) string {
	w := writer{set: set}
	out := w.node(f.Body)
	if f.Tag != nil {
		out += "  (" + w.node(f.Tag) + ")"
	}
	return tidy(termsafe.Line(out))
}

// Display draws f in two dimensions. A drawing that would have more than maxCells
// cells is given as source.
func Display(f formula.Formula, set Charset) Box {
	d := drawer{writer: writer{set: set}, cells: maxCells}
	b := d.box(f.Body)
	if f.Tag != nil {
		b = d.tagged(b, f.Tag)
	}
	if d.cells < 0 {
		return d.box1(d.marked(f.Source))
	}
	return b
}

// maxCells bounds what all boxes of a drawing take together.
const maxCells = 1 << 20

// tidy leaves single spaces only, and none at the ends.
func tidy(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' }), " ")
}

// Width is how many cells s takes.
func Width(s string) int {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return ansi.StringWidth(s)
		}
	}
	return len(s)
}
