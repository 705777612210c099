package formula

import (
	"regexp"
	"strings"
)

// dollar judges one dollar sign or two.
func (f *finder) dollar(rest string) {
	if strings.HasPrefix(rest, "$$") {
		area := rest[2:min(len(rest), maxBytes)]
		n := dollars(area)
		f.spend(max(n, 0))
		if n > 0 && strings.TrimSpace(area[:n]) != "" && f.work > 0 {
			f.take(n+4, 2, 2, true)
			return
		}
		if n != 0 {
			f.spend(len(area))
		}
		f.i += 2
		return
	}
	area := paragraph(rest[:min(len(rest), maxInlineBytes)])
	n := oneDollar(area)
	looked := n
	if n == 0 {
		looked = len(area)
	}
	if !f.spend(looked) || n <= 1 || !f.mathematics(rest, n) {
		f.i++
		return
	}
	f.take(n+1, 1, 1, false)
}

// dollars is where the two dollar signs are that end s; -1 if there are none.
func dollars(s string) int {
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\':
			i++
		case strings.HasPrefix(s[i:], "$$"):
			return i
		case strings.HasPrefix(s[i:], "\n```"):
			return -1
		}
	}
	return -1
}

// oneDollar is where the dollar sign is that ends the formula that s begins; 0 if
// there is none. Those in braces belong to a text in the formula.
func oneDollar(s string) int {
	depth := 0
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '{':
			depth++
		case '}':
			depth--
		case '`':
			if depth <= 0 {
				return 0
			}
		case '$':
			if depth <= 0 {
				return i
			}
		}
	}
	return 0
}

// shell matches what begins like a variable of a shell, and ends where the next one
// begins.
var shell = regexp.MustCompile(`^(\{\w+\}|[A-Za-z_]\w+).*[:/;",=]$`)

// mathematics tells whether what stands between the dollar sign that rest begins with
// and the one at n is a formula, and no price and no shell's variable.
func (f *finder) mathematics(rest string, n int) bool {
	body := rest[1:n]
	var before, after byte
	if f.i > 0 {
		before = f.text[f.i-1]
	}
	if n+1 < len(rest) {
		after = rest[n+1]
	}
	first, last := body[0], body[n-2]
	worded := letter(after) || digit(after) || after == '{' || after == '_'
	trimmed := strings.TrimSpace(body)
	switch {
	case trimmed == "":
		return false
	case blank(last) && worded, blank(first) && (letter(before) || digit(before)):
		return false
	case blank(first) || blank(last):
		return len(trimmed) <= 2 || strings.ContainsAny(trimmed, `\^_=<>+|`) || digits(trimmed) || !strings.Contains(trimmed, " ")
	case digit(first):
		return !price(body, after)
	case worded && shell.MatchString(body), strings.Contains(body, `"`) && !strings.Contains(body, `\`):
		return false
	}
	return true
}

func digits(s string) bool { return strings.Trim(s, "0123456789.,") == "" }

// prose is a word with a space on one side.
var prose = regexp.MustCompile(`[A-Za-z]{2,}[.,;:!?]? | [A-Za-z]{2,}`)

// price tells 5-$10 and 5 for one, 10$, after a dollar sign.
func price(body string, after byte) bool {
	return digit(after) || !strings.ContainsAny(body, `\^_=`) && prose.MatchString(body)
}
