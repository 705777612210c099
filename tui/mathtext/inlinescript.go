package mathtext

import (
	"strings"
	"unicode/utf8"

	"github.com/aimo3/aimo3/engine/formula"
)

// scripts writes a base with its scripts: both in small glyphs, or neither.
func (w writer) scripts(n formula.Scripts) string {
	base := w.node(n.Body)
	if grouped(n.Body) {
		base = "(" + base + ")"
	}
	sub, sup, ok := w.pair(n)
	if ok {
		return base + sub + sup
	}
	return base + w.script("_", n.Sub) + w.script("^", n.Sup)
}

// grouped tells the bases that a script would be read as a part of.
func grouped(n formula.Node) bool {
	switch n := n.(type) {
	case formula.Fraction:
		return n.Line
	case formula.Root, formula.Scripts:
		return true
	case formula.Row:
		return len(n.Kids) == 1 && grouped(n.Kids[0])
	}
	return false
}

// pair is both scripts in small glyphs, if each of their characters has one.
func (w writer) pair(n formula.Scripts) (sub, sup string, ok bool) {
	if w.set == ASCII {
		if s, ok := w.primes(n.Sup); ok && n.Sub == nil {
			return "", s, true
		}
		return "", "", false
	}
	w.tight = true
	ok = true
	if n.Sub != nil {
		sub, ok = small(sunk, w.node(n.Sub))
	}
	if ok && n.Sup != nil {
		sup, ok = small(raised, w.node(n.Sup))
	}
	return sub, sup, ok
}

// primes is n if it is primes only.
func (w writer) primes(n formula.Node) (string, bool) {
	if n == nil {
		return "", false
	}
	s := w.node(n)
	return s, s != "" && strings.Trim(s, "'") == ""
}

// script writes one script behind its sign.
func (w writer) script(sign string, n formula.Node) string {
	if n == nil {
		return ""
	}
	w.tight = true
	s := w.node(n)
	if utf8.RuneCountInString(s) == 1 || digits(s) || enclosed(s) {
		return sign + s
	}
	return sign + "(" + s + ")"
}

// enclosed tells whether one pair of brackets is about all of s.
func enclosed(s string) bool {
	if !strings.HasPrefix(s, "(") || !strings.HasSuffix(s, ")") {
		return false
	}
	depth := 0
	for i, r := range s {
		switch r {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i == len(s)-1
			}
		}
	}
	return false
}

// root writes a root.
func (w writer) root(n formula.Root) string {
	sign := "√"
	body := w.node(n.Body)
	bare := utf8.RuneCountInString(body) == 1 || digits(body)
	if w.set == ASCII {
		sign, bare = "sqrt", false
	}
	if n.Index != nil {
		w.tight = true
		index := w.node(n.Index)
		w.tight = false
		small, ok := small(raised, index)
		switch {
		case w.set == ASCII:
			sign = "root[" + index + "]"
		case ok:
			sign = small + sign
		default:
			sign, bare = "√["+index+"]", false
		}
	}
	if bare || enclosed(body) {
		return sign + body
	}
	return sign + "(" + body + ")"
}

// accent writes a mark as a combining character where there is one for it, and the
// letter of a vector bold and slanted, which is the other custom for vectors and tells it
// from a letter that is only bold.
func (w writer) accent(n formula.Accent) string {
	body := w.node(n.Body)
	if strings.TrimSpace(body) == "" {
		return alone(n.Mark)
	}
	if n.Mark == "vec" && w.set == Unicode && len(body) == 1 && plainLetter(body[0]) {
		return w.styled(formula.Styled{Alphabet: "bi", Letter: body})
	}
	mark, ok := marks[n.Mark]
	long := utf8.RuneCountInString(body) > 1
	lines := n.Mark == "overline" || n.Mark == "underline" || n.Mark == "bar" || n.Mark == "struck"
	if w.set == ASCII || !ok || long && (!lines || len(kidsOf(n.Body)) > 12) {
		return accentName(n.Mark) + "(" + body + ")"
	}
	if n.Mark == "bar" && long {
		mark = marks["overline"]
	}
	var b strings.Builder
	for i, r := range body {
		if i > 0 && combining(r) {
			b.WriteRune(r)
			continue
		}
		if i > 0 {
			b.WriteString(mark)
		}
		b.WriteRune(r)
	}
	return b.String() + mark
}

func plainLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// alone is a mark on nothing; a line below nothing is a gap to be filled.
func alone(mark string) string {
	switch mark {
	case "hat", "widehat":
		return "^"
	case "tilde", "widetilde":
		return "~"
	case "underline", "underbar":
		return "__"
	case "check":
		return "v"
	}
	return "-"
}

func combining(r rune) bool { return 0x300 <= r && r < 0x370 || 0x20d0 <= r && r < 0x2100 }

// accentName is what a mark is called in words.
func accentName(mark string) string {
	switch mark {
	case "overrightarrow":
		return "vec"
	case "overline":
		return "bar"
	case "widehat":
		return "hat"
	case "widetilde":
		return "tilde"
	case "overparen", "overarc", "wideparen", "overgroup":
		return "arc"
	}
	return mark
}

// stack writes what stands above and below behind its body.
func (w writer) stack(n formula.Stack) string {
	body := w.node(n.Body)
	if n.Brace {
		over, under := "⏞", "⏟"
		if w.set == ASCII {
			over, under = "^^", "__"
		}
		out := body
		if !enclosed(body) {
			out = "(" + body + ")"
		}
		if n.Over != nil {
			out += over + "(" + w.node(n.Over) + ")"
		}
		if n.Under != nil {
			out += under + "(" + w.node(n.Under) + ")"
		}
		return out
	}
	return body + w.script("_", n.Under) + w.script("^", n.Over)
}

// struck writes what is crossed out.
func (w writer) struck(n formula.Struck) string {
	body := w.node(n.Body)
	if w.set == ASCII {
		body = "cancel(" + body + ")"
	} else {
		body = w.accent(formula.Accent{Mark: "struck", Body: n.Body})
	}
	if n.To != nil {
		body += w.glyph(formula.Symbol{Glyph: "→"}) + w.node(n.To)
	}
	return body
}
