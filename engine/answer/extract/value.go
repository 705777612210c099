package extract

import (
	"strings"

	"github.com/aimo3/aimo3/engine/answer/markup"
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
	alternatives := strings.Contains(s, " or ") || strings.Contains(s, " and ")
	if len(signs) == 0 || len(signs) > 1 && alternatives || len(signs) == 1 && !numeric(s[:signs[0]]) {
		return s
	}
	last := strings.TrimSpace(s[signs[len(signs)-1]+1:])
	if last == "" || len(signs) == 1 && len(last) == 1 && letter(last[0]) { // 40 = a
		return s
	}
	return last
}

// greek has the letters that stand for unknowns.
var greek = map[string]bool{
	"alpha": true, "beta": true, "gamma": true, "delta": true, "theta": true, "lambda": true, "mu": true, "rho": true, "sigma": true, "tau": true, "phi": true, "varphi": true, "psi": true, "omega": true, "Phi": true, "Psi": true, "angle": true,
}

// numeric tells an expression without names from one with them.
func numeric(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' {
			from := i + 1
			for i++; i < len(s) && letter(s[i]); i++ {
			}
			if greek[s[from:i]] {
				return false
			}
			i--
			continue
		}
		if letter(s[i]) && !times(s, i) {
			return false
		}
	}
	return true
}

// times tells whether the letter at i is the x of 3 x 4.
func times(s string, i int) bool {
	before, behind := strings.TrimRight(s[:i], " "), strings.TrimLeft(s[i+1:], " $")
	return s[i]|0x20 == 'x' && before != "" && strings.IndexByte("0123456789.)%", before[len(before)-1]) >= 0 && behind != "" && (digit(behind[0]) || behind[0] == '.')
}

// value is the answer with which a span begins: letters of choices, an amount or
// mathematics.
func value(text string, in span) (span, bool) {
	at := unopened(text, in)
	if v, ok := lettered(text, span{at, in.to}); ok {
		return v, true
	}
	if n := max(letters(text[at:in.to]), compound(text[at:in.to])); n > 0 {
		return span{at, at + n}, true
	}
	return mathematics(text, span{at, in.to})
}

// mathematics is that with which a span begins: formulas, a list of them, or what
// looks like mathematics in plain text.
func mathematics(text string, in span) (span, bool) {
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
		for at < in.to && strings.IndexByte(" \t\r\n*_`\"'", text[at]) >= 0 {
			at++
		}
		if n := first(text[at:in.to], []string{"R$", "US$", "A$", "C$", "HK$"}); n > 0 && at+n+1 < in.to && (digit(text[at+n]) || text[at+n] == ' ' && digit(text[at+n+1])) {
			at += n
			continue
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
