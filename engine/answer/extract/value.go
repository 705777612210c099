package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/aimo3/aimo3/engine/answer/markup"
	"github.com/aimo3/aimo3/engine/answer/thousands"
)

// candidate makes one of a span.
func candidate(text string, at span, source Source) Candidate {
	return Candidate{Text: settled(tidy(joined(text[at.from:at.to]))), Source: source, From: at.from, To: at.to}
}

// joined takes the marks of formulas out of a list of them.
func joined(s string) string {
	if strings.Count(s, "$") > 2 || strings.Count(s, `\(`) > 1 {
		return strings.NewReplacer(`\$`, `\$`, "$", "", `\(`, "", `\)`, "").Replace(s)
	}
	return s
}

// settled is the end of a chain of equations, "a = b = 5" or "3 + 4 = 7"; one
// equation alone, "x = 5", may be the answer itself.
func settled(s string) string {
	if inner, ok := strings.CutPrefix(s, "("); ok && strings.HasSuffix(inner, ")") && strings.Count(inner, ")") == 1 && (strings.Contains(inner, "=") || len(inner) == 2) {
		s = strings.TrimSuffix(inner, ")")
	}
	var signs []int
	depth := 0
	for i := range len(s) {
		switch c := s[i]; {
		case strings.IndexByte("({[", c) >= 0:
			depth++
		case strings.IndexByte(")}]", c) >= 0:
			depth--
		case (c == ',' || c == ';' || c == '<' || c == '>' || c == '&') && depth == 0:
			return s
		case c == '=' && depth == 0 && (i == 0 || strings.IndexByte("!:=", s[i-1]) < 0):
			signs = append(signs, i)
		}
	}
	if len(signs) == 0 || len(signs) == 1 && !numeric(s[:signs[0]]) {
		return s
	}
	if last := strings.TrimSpace(s[signs[len(signs)-1]+1:]); last != "" {
		return last
	}
	return s
}

// numeric tells an expression without names from one with them.
func numeric(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' {
			for i++; i < len(s) && letter(s[i]); i++ {
			}
			i--
			continue
		}
		if letter(s[i]) {
			return false
		}
	}
	return true
}

// value is the mathematics with which a span begins: formulas, a list of them,
// or what looks like mathematics in plain text.
func value(text string, in span) (span, bool) {
	at := unopened(text, in)
	f, ok := formula(text, span{at, in.to})
	if !ok {
		n := plain(text[at:in.to])
		return span{at, at + n}, n > 0
	}
	whole := f
	for range maxList {
		next := strings.IndexAny(text[whole.to:min(in.to, whole.to+64)], `$\`)
		if next < 0 {
			break
		}
		gap := text[whole.to : whole.to+next]
		g, ok := formula(text, span{whole.to + next, in.to})
		if !ok || !separates(gap) {
			break
		}
		whole.to = g.to
	}
	return whole, true
}

// unopened is where a span begins without space, and marks of Markdown and tags
// of HTML that only open.
func unopened(text string, in span) int {
	at := in.from
	for range maxTries {
		for at < in.to && strings.IndexByte(" \t\r\n*_`\"", text[at]) >= 0 {
			at++
		}
		n := markup.Tag(text[at:in.to])
		if n == 0 {
			break
		}
		at += n
	}
	return at
}

// formula is the formula, with its marks, with which a span begins.
func formula(text string, in span) (span, bool) {
	s := text[in.from:min(in.to, in.from+maxContents)]
	for _, m := range [...][2]string{{"$$", "$$"}, {"$", "$"}, {`\(`, `\)`}, {`\[`, `\]`}} {
		rest, ok := strings.CutPrefix(s, m[0])
		if !ok {
			continue
		}
		n := strings.Index(rest, m[1])
		for n > 0 && rest[n-1] == '\\' && m[1] == "$" {
			k := strings.Index(rest[n+1:], m[1])
			if k < 0 {
				n = -1
				break
			}
			n += 1 + k
		}
		if n > 0 && !prose(rest[:n]) {
			return span{in.from, in.from + len(m[0]) + n + len(m[1])}, true
		}
	}
	return span{}, false
}

// prose tells whether what stands between two dollar signs is text: two sums
// of money enclose no formula.
func prose(s string) bool {
	if strings.TrimSpace(s) == "" || strings.Contains(s, "\n\n") {
		return true
	}
	words := 0
	for w := range strings.FieldsSeq(s) {
		if len(w) > 2 && strings.Trim(w, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ,.;:'") == "" && !strings.HasPrefix(w, `\`) {
			words++
		}
	}
	return words > 1 && !strings.Contains(s, `\text`) && !strings.Contains(s, `\mathrm`)
}

// plain is the length of the mathematics that s begins with where nothing marks
// it; it must hold a digit, a command or a lone letter. It ends before words.
func plain(s string) int {
	end, substance := 0, false
	for i := 0; i < len(s); {
		if digit(s[i]) {
			_, n := thousands.Read(s[i:], thousands.Open)
			i += n
			end, substance = i, true
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '\n', r == '$', r == '*' && strings.HasPrefix(s[i:], "**"), strings.HasPrefix(s[i:], "</") || r == '<' && markup.Token(s[i:]) > 0, r == ',' && !spaced(s[i+1:]):
			return trimmed(s[:end], substance)
		case r == '.' && (i+1 == len(s) || !digit(s[i+1])):
			return trimmed(s[:end], substance)
		case r == '\\' && i+1 < len(s):
			_, escaped := utf8.DecodeRuneInString(s[i+1:])
			n = max(1+escaped, commandLength(s[i:]))
			substance = true
		case unicode.IsLetter(r):
			if n = word(s[i:]); n == 0 {
				return trimmed(s[:end], substance)
			}
			substance = substance || n > 1 || capital(s[i:]) && strings.Trim(s[:i], "( ") == ""
		case unicode.IsDigit(r), r == '∞', r == '∅':
			substance = true
		case !unicode.IsSpace(r) && !strings.ContainsRune("+-−–*/·×÷^=<>≤≥≠±≈()[]{}|!%°′_,.√∪∩∈'⁰¹²³⁴⁵⁶⁷⁸⁹⁻₀₁₂₃₄₅₆₇₈₉€£", r):
			return trimmed(s[:end], substance)
		}
		i += n
		end = i
	}
	return trimmed(s[:end], substance)
}

// capital tells whether s begins with a capital letter that names a choice.
func capital(s string) bool { return 'A' <= s[0] && s[0] <= 'Z' && s[0] != 'I' }

// spaced tells whether a comma's right side goes on with a list's next number.
func spaced(s string) bool {
	s = strings.TrimLeft(s, " ")
	return s != "" && (digit(s[0]) || strings.IndexByte(`-(\[{$`, s[0]) >= 0 || len(s) > 3 && letter(s[0]) && strings.IndexByte(" =_", s[1]) >= 0 && strings.IndexByte(s[:min(len(s), 6)], '=') > 0)
}

// word is the length of a letter or function that may stand in mathematics, 0
// for a word of a language.
func word(s string) int {
	n := 0
	for n < len(s) && letter(s[n]) {
		n++
	}
	switch {
	case n == 0: // another script
		r, size := utf8.DecodeRuneInString(s)
		if r == 'π' || r == 'θ' || r == 'φ' || r == 'ω' {
			return size
		}
		return 0
	case n < len(s) && s[n] >= utf8.RuneSelf && s[n] < 0xe2: // "für"
		return 0
	case n == 1 && (s[0] == 'a' || s[0] == 'I') && len(s) > 2 && s[1] == ' ' && letter(s[2]):
		return 0
	case n == 1, functions[s[:n]]:
		return n
	}
	return 0
}

var functions = map[string]bool{
	"sqrt": true, "pi": true, "sin": true, "cos": true, "tan": true, "log": true, "ln": true, "exp": true, "cot": true, "arctan": true, "binom": true,
	"mod": true, "inf": true, "infinity": true, "and": true, "or": true, "cm": true, "km": true, "mm": true, "kg": true, "max": true, "min": true,
}

// trimmed is the length of a piece of plain mathematics without what it cannot
// end with; 0 if nothing of substance is left.
func trimmed(s string, substance bool) int {
	if !substance {
		return 0
	}
	for {
		t := strings.TrimRight(s, " \t\u00a0\u2009,;:.=<>+-−–*/_^'([{|≈")
		for _, w := range [...]string{" and", " or", " mod"} {
			t = strings.TrimSuffix(t, w)
		}
		if strings.HasSuffix(t, ")") && strings.Count(t, ")") > strings.Count(t, "(")+strings.Count(t, "[") {
			t = strings.TrimSuffix(t, ")")
		}
		if open := strings.LastIndexByte(t, '('); open > 0 && strings.IndexByte(t[open:], ')') < 0 && strings.IndexByte(t[open:], ']') < 0 {
			t = t[:open]
		}
		if t == s {
			return len(s)
		}
		s = t
	}
}
