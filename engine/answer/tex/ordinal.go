package tex

import "strings"

// ordinal tells whether the letters s, which end at i, make an ordinal of what is
// before them: of a numeral that they touch or are raised behind, or of any name
// that they are raised behind. 2nd+1 has a product in it.
func (c *scanner) ordinal(s string) bool {
	switch s {
	case "st", "nd", "rd", "th":
	default:
		return false
	}
	n := len(c.toks)
	if n > 0 && c.toks[n-1].role == openBrace {
		n--
	}
	if n > 1 && c.toks[n-1].role == power {
		return true
	}
	if n == 0 || n < len(c.toks) || c.spaced {
		return false
	}
	if c.toks[n-1].role == minus && n > 1 && c.toks[n-2].role == numeral && s == "th" { // 5-th
		c.toks = c.toks[:n-1]
		return true
	}
	rest := strings.TrimLeft(c.s[c.i:], ` $\`)
	return c.toks[n-1].role == numeral && strings.HasSuffix(endingOf(c.toks[n-1].text), s) && (rest == "" || letter(rest[0]) || strings.IndexByte(",;.)}", rest[0]) >= 0)
}

// endingOf is what makes an ordinal of a numeral.
func endingOf(digits string) string {
	if !whole(digits) || len(digits) > 1 && digits[len(digits)-2] == '1' {
		return "th"
	}
	switch digits[len(digits)-1] {
	case '1':
		return "st"
	case '2':
		return "nd"
	case '3':
		return "rd"
	}
	return "th"
}
