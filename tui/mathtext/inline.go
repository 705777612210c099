package mathtext

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/aimo3/aimo3/engine/formula"
)

// writer writes formulas on one line.
type writer struct {
	set   Charset
	tight bool // in a script: no room around signs
}

// node is n on one line.
func (w writer) node(n formula.Node) string {
	switch n := n.(type) {
	case formula.Row:
		return w.row(n.Kids)
	case formula.Symbol:
		return w.glyph(n)
	case formula.Styled:
		return w.styled(n)
	case formula.Text:
		return n.Words
	case formula.Space:
		return strings.Repeat(" ", n.Cells)
	case formula.Source:
		return w.marked(n.Text)
	case formula.Scripts:
		return w.scripts(n)
	case formula.Fraction:
		return w.fraction(n)
	case formula.Root:
		return w.root(n)
	case formula.Phantom:
		return ""
	}
	return w.construct(n)
}

// construct is n if it is one of the larger parts.
func (w writer) construct(n formula.Node) string {
	switch n := n.(type) {
	case formula.Fence:
		var b strings.Builder
		b.WriteString(w.bracket(n.Left))
		for i, k := range n.Kids {
			if i > 0 {
				b.WriteString(" " + w.bracket(n.Middle[i-1]) + " ")
			}
			b.WriteString(w.node(k))
		}
		return b.String() + w.bracket(n.Right)
	case formula.Accent:
		return w.accent(n)
	case formula.Stack:
		return w.stack(n)
	case formula.Table:
		return w.table(n)
	case formula.Boxed:
		return "[ " + w.node(n.Body) + " ]"
	case formula.Struck:
		return w.struck(n)
	}
	return ""
}

// marked shows that s is source.
func (w writer) marked(s string) string {
	if w.set == ASCII {
		return "<<" + s + ">>"
	}
	return "⟪" + s + "⟫"
}

func (w writer) bracket(glyph string) string { return w.glyph(formula.Symbol{Glyph: glyph}) }

// row writes parts beside each other. A fraction that touches another part is put into
// brackets, except behind a whole number.
func (w writer) row(kids []formula.Node) string {
	var b strings.Builder
	parts := place(kids)
	before := ""
	for i, p := range parts {
		s := w.node(p.node) + w.missing(parts, i)
		gap := p.gap
		if w.tight && gap > 0 && !worded(p.node) && (i == 0 || !worded(parts[i-1].node)) {
			gap = 0
		}
		if w.apart(parts, i, before) {
			s = "(" + s + ")"
			if i > 0 && p.gap == 1 && factor(parts[i-1].node) {
				gap = 0
			}
		}
		if i > 0 && gap > 0 && inner(parts[i-1].node) && p.gap == 1 && opensOrLetter(s) && touches(parts, i-1) {
			gap = 0
		}
		if gap == 0 && w.clash(before, s) {
			gap = 1
		}
		b.WriteString(strings.Repeat(" ", gap))
		b.WriteString(s)
		if s != "" {
			before = s
		}
	}
	return b.String()
}

// apart tells whether the part at i is put into brackets, for what is beside it.
func (w writer) apart(parts []placed, i int, before string) bool {
	f, ok := core(parts[i].node).(formula.Fraction)
	return ok && f.Line && touches(parts, i) && !w.mixed(before, f) || factorialOf(parts, i)
}

// worded tells the parts that need room about them even in a script.
func worded(n formula.Node) bool {
	switch n := n.(type) {
	case formula.Text:
		return true
	case formula.Symbol:
		return n.Class == formula.Fun || n.Glyph == "mod"
	case formula.Scripts:
		return worded(n.Body)
	}
	return false
}

func inner(n formula.Node) bool {
	f, ok := core(n).(formula.Fraction)
	return ok && f.Line
}

// core is n without groups of one part about it.
func core(n formula.Node) formula.Node {
	for {
		r, ok := n.(formula.Row)
		if !ok || len(r.Kids) != 1 {
			return n
		}
		n = r.Kids[0]
	}
}

// missing is the brace that cases go without: what follows them on the line would read as
// a part of the last one.
func (w writer) missing(parts []placed, i int) string {
	if i+1 == len(parts) {
		return ""
	}
	left, right := "", ""
	switch n := core(parts[i].node).(type) {
	case formula.Table:
		left, right = n.Left, n.Right
	case formula.Fence:
		left, right = n.Left, n.Right
	}
	if left == "{" && right == "" {
		return w.bracket("}")
	}
	return ""
}

// opensOrLetter tells text that can stand right behind a bracket.
func opensOrLetter(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return r == '(' || unicode.IsLetter(r)
}

// factor tells what a bracket stands right behind.
func factor(n formula.Node) bool {
	_, r := edges(n)
	return r == formula.Ord || r == formula.Inner || r == formula.Close
}

// touches tells whether the part at i has a factor beside it.
func touches(parts []placed, i int) bool {
	factor := func(c formula.Class) bool {
		return c == formula.Ord || c == formula.Inner || c == formula.Fun || c == formula.Big
	}
	if i > 0 && parts[i].gap < 2 {
		if _, r := edges(parts[i-1].node); factor(r) || r == formula.Close {
			return true
		}
	}
	if i+1 < len(parts) && parts[i+1].gap < 2 {
		l, _ := edges(parts[i+1].node)
		_, words := parts[i+1].node.(formula.Text)
		return (factor(l) || l == formula.Open) && !words
	}
	return false
}

// factorialOf tells a fraction or a root before the sign of a factorial, which would read as
// one of its last part alone.
func factorialOf(parts []placed, i int) bool {
	if i+1 == len(parts) {
		return false
	}
	sign, _ := core(parts[i+1].node).(formula.Symbol)
	_, root := core(parts[i].node).(formula.Root)
	return sign.Glyph == "!" && (inner(parts[i].node) || root)
}

// mixed tells a fraction of numbers behind a whole number.
func (w writer) mixed(before string, f formula.Fraction) bool {
	return before != "" && digits(before) && digits(w.node(f.Over)) && digits(w.node(f.Under))
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789.") == "" }

// clash tells two parts that would read as one: the digits of a root or of a script behind
// its sign and those that follow, and names in ASCII.
func (w writer) clash(before, s string) bool {
	if before == "" || s == "" {
		return false
	}
	a, n := utf8.DecodeLastRuneInString(before)
	b, m := utf8.DecodeRuneInString(s)
	if under := strings.TrimRight(before, "0123456789."); under != before && under != "" && b >= '0' && b <= '9' {
		if sign, _ := utf8.DecodeLastRuneInString(under); strings.ContainsRune("√^_", sign) {
			return true
		}
	}
	if w.set == Unicode {
		return false
	}
	isWord := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	return isWord(a) && isWord(b) && (!unicode.IsDigit(a) || !unicode.IsDigit(b)) && (len(before) > n && unicode.IsLetter(a) || len(s) > m && unicode.IsLetter(b))
}
