package mathtext

import (
	"strings"

	"github.com/aimo3/aimo3/engine/formula"
)

// fraction writes a fraction with a slash, and others as what they are called.
func (w writer) fraction(f formula.Fraction) string {
	if f.Line {
		return w.operand(f.Over, true) + "/" + w.operand(f.Under, false)
	}
	over, under := w.node(f.Over), w.node(f.Under)
	switch f.Left {
	case "(":
		return "C(" + over + ", " + under + ")"
	case "":
		return "(" + over + " over " + under + ")"
	}
	return f.Left + over + " over " + under + f.Right
}

// operand writes what stands on one side of a slash, in brackets if it is more than one
// factor, or, on the left, than one term.
func (w writer) operand(n formula.Node, left bool) string {
	s := w.node(n)
	kids := kidsOf(n)
	if len(kids) == 1 {
		if r, ok := kids[0].(formula.Row); ok {
			return w.operand(r, left)
		}
	}
	if digits(s) || s != "" && single(kids) {
		return s
	}
	if left && product(kids) {
		return s
	}
	return "(" + s + ")"
}

func kidsOf(n formula.Node) []formula.Node {
	if r, ok := n.(formula.Row); ok {
		return r.Kids
	}
	return []formula.Node{n}
}

// single tells one factor.
func single(kids []formula.Node) bool {
	if len(kids) != 1 {
		return false
	}
	switch n := kids[0].(type) {
	case formula.Symbol, formula.Styled, formula.Accent, formula.Root:
		return true
	case formula.Scripts:
		return single([]formula.Node{n.Body})
	case formula.Text:
		return !strings.Contains(strings.TrimSpace(n.Words), " ")
	case formula.Fence:
		return n.Left != "" && n.Right != ""
	case formula.Fraction:
		return !n.Line
	}
	return false
}

// product tells factors without a sign between them.
func product(kids []formula.Node) bool {
	for _, k := range kids {
		if s, ok := k.(formula.Symbol); ok && (s.Glyph == "!" || s.Glyph == ".") {
			continue
		}
		if l, r := edges(k); !term(l) || !term(r) || !single([]formula.Node{k}) {
			return false
		}
	}
	return len(kids) > 0
}

// term tells the classes of factors and of brackets about them.
func term(c formula.Class) bool {
	return c == formula.Ord || c == formula.Open || c == formula.Close
}
