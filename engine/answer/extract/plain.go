package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/aimo3/aimo3/engine/answer/markup"
	"github.com/aimo3/aimo3/engine/answer/thousands"
)

// plain is the length of the mathematics that s begins with where nothing marks
// it; it must hold a digit, a command or a lone letter. It ends before words.
func plain(s string) int {
	if n := compound(s); n > 0 {
		return n
	}
	end, substance := 0, false
	for i := 0; i < len(s); {
		n := raised(s[i:])
		if digit(s[i]) {
			n = figures(s[i:])
		}
		if n > 0 {
			i += n
			end, substance = i, true
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case breaksOff(s[i:], r), clauseEnds(s, i):
			return trimmed(s[:end], substance)
		case r == '\\' && i+1 < len(s):
			_, escaped := utf8.DecodeRuneInString(s[i+1:])
			n = max(1+escaped, commandLength(s[i:]))
			substance = true
		case unicode.IsLetter(r):
			if n = word(s[i:]); n == 0 || end > 0 && labels(s[i:], n) {
				return trimmed(s[:end], substance)
			}
			substance = substance || n > 1 || capital(s[i:]) && strings.Trim(s[:i], "( ") == ""
		case unicode.IsDigit(r), strings.ContainsRune("∞∅½⅓⅔¼¾", r):
			substance = true
		case !unicode.IsSpace(r) && !strings.ContainsRune("+-−–*/·×÷^=<>≤≥≠±≈()[]{}|!%°′_,;.√⋅∙•∪∩∈⟨⟩'⁰¹²³⁴⁵⁶⁷⁸⁹⁻₀₁₂₃₄₅₆₇₈₉€£", r):
			return trimmed(s[:end], substance)
		}
		i += n
		end = i
	}
	return trimmed(s[:end], substance)
}

// clauseEnds says whether the mark at i ends a clause and does not stand in a number or
// a list.
func clauseEnds(s string, i int) bool {
	switch s[i] {
	case ',':
		return !spaced(s[i+1:]) && !lastMember(s, i)
	case ';', '.':
		return i+1 == len(s) || !digit(s[i+1])
	}
	return false
}

// breaksOff says whether s, which begins with r, begins with what no mathematics holds
// without a mark: the end of a line, a dollar sign, Markdown or a tag.
func breaksOff(s string, r rune) bool {
	return r == '\n' || newline(s) || r == '$' || r == '*' && strings.HasPrefix(s, "**") || strings.HasPrefix(s, "</") || r == '<' && markup.Token(s) > 0
}

// raised is the length of the exponent or index of HTML that s begins with.
func raised(s string) int {
	s = s[:min(len(s), 32)]
	for _, name := range [...]string{"sup>", "sub>"} {
		if at := strings.Index(s, "</"+name); at > 0 && strings.HasPrefix(s, "<"+name) {
			return at + len("</"+name)
		}
	}
	return 0
}

// labels says whether the word of that length that s begins with is the name of
// what follows: 42 Q: What.
func labels(s string, word int) bool {
	return capital(s) && strings.HasPrefix(s[word:], ": ")
}

// figures is the length of the number, ratio or time of day that s begins with,
// up to its point.
func figures(s string) int {
	_, n := thousands.Read(s, thousands.Open)
	if strings.HasPrefix(s[n:], "{,}") { // 2{,}5
		n += len("{,}")
	}
	if rest, ok := strings.CutPrefix(s[n:], " : "); ok && rest != "" && digit(rest[0]) { // 5 : 1
		return n + len(" : ") + figures(rest)
	}
	timed := false
	for n+1 < len(s) && s[n] == ':' && digit(s[n+1]) {
		for n++; n < len(s) && digit(s[n]); n++ {
		}
		timed = true
	}
	if timed {
		n += half(s[n:])
	}
	return n
}

// half is the length of what s begins with that says which half of the day a
// time is of: 10:30 AM.
func half(s string) int {
	rest := strings.TrimLeft(s, " \u00a0\u202f")
	for _, w := range [...]string{"a.m.", "p.m.", "am", "pm", "noon", "midnight"} {
		if n := len(w); foldPrefix(rest, w) && (n == len(rest) || !letter(rest[n])) {
			return len(s) - len(rest) + n
		}
	}
	return 0
}

// newline tells whether s begins with a newline that whoever wrote the text down
// left escaped: no command of TeX goes on in capitals.
func newline(s string) bool {
	return strings.HasPrefix(s, `\n`) && (len(s) == 2 || s[2] < 'a' || s[2] > 'z')
}

// capital tells whether s begins with a capital letter that names a choice.
func capital(s string) bool { return 'A' <= s[0] && s[0] <= 'Z' && s[0] != 'I' }

// spaced tells whether a comma's right side goes on with a list's next number.
func spaced(s string) bool {
	s = strings.TrimLeft(s, " ")
	return s != "" && (digit(s[0]) || strings.IndexByte(`-(\[{$`, s[0]) >= 0 || len(s) > 2 && letter(s[0]) && strings.IndexByte(" =_", s[1]) >= 0 && strings.IndexByte(s[:min(len(s), 6)], '=') > 0)
}

// lastMember tells whether the comma at i stands before the last member of a list:
// 1, 2, and 3.
func lastMember(s string, i int) bool {
	rest := strings.TrimLeft(s[i+1:], " ")
	n := first(rest, []string{"and ", "or "})
	return n > 0 && strings.Contains(s[:i], ", ") && spaced(rest[n:])
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
	for !strings.HasSuffix(s, "</sup>") && !strings.HasSuffix(s, "</sub>") {
		t := strings.TrimRight(s, " \t\u00a0\u2009,;:.=<>+-−–*/_^'([{≈")
		if strings.Count(t, "|")%2 == 1 {
			t = strings.TrimSuffix(t, "|")
		}
		for _, w := range [...]string{" and", " or", " mod"} {
			t = strings.TrimSuffix(t, w)
		}
		if strings.HasSuffix(t, ")") && strings.Count(t, ")") > strings.Count(t, "(")+strings.Count(t, "[") {
			t = strings.TrimSuffix(t, ")")
		}
		if open := strings.LastIndexByte(t, '('); open > 0 && strings.IndexByte(t[open:], ')') < 0 && strings.IndexByte(t[open:], ']') < 0 {
			t = t[:open]
		}
		if len(t) == 2 && t[1] == '!' && capital(t) { // the answer is C!
			t = t[:1]
		}
		if t == s {
			break
		}
		s = t
	}
	return len(s)
}
