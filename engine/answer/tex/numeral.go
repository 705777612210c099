package tex

import "strings"

// number reads a numeral: digits with separators of thousands, a point, an
// exponent or a repeating end.
func (c *scanner) number() {
	from := c.i
	c.digits()
	text := c.s[from:c.i]
	if grouped, n := c.thousands(text); n > 0 {
		c.i += n
		text = grouped
	}
	if c.i < len(c.s) && c.s[c.i] == '.' && c.ended(c.i+1) {
		c.i++ // the full stop after 12., which says nothing
	} else if c.i < len(c.s) && c.s[c.i] == '.' && !strings.HasPrefix(c.s[c.i:], "..") {
		start := c.i
		c.i++
		c.digits()
		text = joined(text, c.s[start:c.i], c.s[from:c.i])
	}
	if len(text) > maxDigits {
		c.fail(ErrTooLarge)
		return
	}
	if strings.Contains(text, ".") && c.repeats(text) {
		return
	}
	if text == "." {
		c.fail(ErrNotMath)
		return
	}
	if n := exponent(c.s[c.i:]); n > 0 {
		from := c.i
		c.i += n
		c.emit(scientific, text+c.s[from:c.i])
		return
	}
	c.emit(numeral, strings.TrimSuffix(text, "."))
}

// joined is whole followed by part, without a copy where both are the source.
func joined(whole, part, source string) string {
	if len(whole)+len(part) == len(source) {
		return source
	}
	return whole + part
}

func (c *scanner) digits() {
	for c.i < len(c.s) && digit(c.s[c.i]) {
		c.i++
	}
}

// ended tells whether at i nothing comes that a point could belong to.
func (c *scanner) ended(i int) bool {
	if i >= len(c.s) {
		return true
	}
	switch c.s[i] {
	case ' ', '\n', '\t', '\r', ',', ';', ')', ']', '}', '$', '+', '-', '*', '/', '^':
		return true
	}
	return false
}

// thousandsMarks stand between the groups of three digits of a numeral.
var thousandsMarks = [...]string{`{,}`, `,\!`, `\,`, `\ `, `\;`, `\:`, `\!`, "~", ",", " "}

// thousands reads the groups of three that follow the first digits of a
// numeral, and returns the numeral without separators and their length. All of
// one numeral's separators are alike. In brackets a bare comma separates
// numbers, and before a bar of fraction a space does.
func (c *scanner) thousands(first string) (string, int) {
	if len(first) == 0 || len(first) > 3 || first[0] == '0' || c.i == len(c.s) || digit(c.s[c.i]) {
		return "", 0
	}
	for _, sep := range thousandsMarks {
		if !strings.HasPrefix(c.s[c.i:], sep) {
			continue
		}
		n, groups := groups(c.s[c.i:], sep)
		if groups == 0 || sep == "," && c.brackets > 0 || sep == " " && strings.HasPrefix(c.s[c.i+n:], "/") {
			return "", 0
		}
		text := []byte(first)
		for _, b := range []byte(c.s[c.i : c.i+n]) {
			if digit(b) {
				text = append(text, b)
			}
		}
		return string(text), n
	}
	return "", 0
}

// groups counts how often s repeats sep and three digits, and how long that is.
// If a further number follows the separator the whole is a list: none.
func groups(s, sep string) (length, count int) {
	for strings.HasPrefix(s[length:], sep) {
		i := length + len(sep)
		for sep == `,\!` && i < len(s) && s[i] == ' ' {
			i++
		}
		if i+3 > len(s) || !digit(s[i]) || !digit(s[i+1]) || !digit(s[i+2]) {
			if i < len(s) && digit(s[i]) && sep == "," {
				return 0, 0
			}
			return length, count
		}
		if i+3 < len(s) && digit(s[i+3]) {
			return 0, 0
		}
		length = i + 3
		count++
	}
	return length, count
}

// exponent is the length of the e-5 that s begins with, or 0.
func exponent(s string) int {
	if len(s) < 2 || s[0]|0x20 != 'e' {
		return 0
	}
	i := 1
	if s[i] == '+' || s[i] == '-' {
		i++
	}
	from := i
	for i < len(s) && digit(s[i]) {
		i++
	}
	if i == from || i-from > 6 || i < len(s) && letter(s[i]) {
		return 0
	}
	return i
}

// repeats reads the repeating end of the decimal text: \overline{6}, dots over
// digits, (6) right after the point, or an ellipsis after three equal periods.
func (c *scanner) repeats(text string) bool {
	at := c.i
	for _, mark := range [...]string{`\overline{`, `\bar{`, `\dot{`, `\overline `, `\overline`, `\bar`, `\dot`, "("} {
		if !c.has(mark) {
			continue
		}
		from := c.i
		c.digits()
		period := c.s[from:c.i]
		ok := period != "" && (mark != "(" || strings.HasSuffix(text, "."))
		switch {
		case strings.HasSuffix(mark, "{"):
			ok = c.has("}") && ok
		case mark == "(":
			ok = c.has(")") && ok
		case ok:
			c.i = from + 1
			period = period[:1]
		}
		if ok && strings.HasPrefix(mark, `\dot`) {
			period += c.dotted()
		}
		if !ok || len(period) > maxDigits {
			c.i = at
			return false
		}
		c.emit(repeating, text+"("+period+")")
		return true
	}
	return c.trailing(text)
}

// dotted reads the rest of a period between dots, as in 0.\dot{1}4\dot{2}.
func (c *scanner) dotted() string {
	at := c.i
	c.digits()
	middle := c.s[at:c.i]
	for _, mark := range [...]string{`\dot{`, `\dot`} {
		if c.has(mark) && c.i < len(c.s) && digit(c.s[c.i]) {
			c.i++
			last := c.s[c.i-1 : c.i]
			if mark == `\dot` || c.has("}") {
				return middle + last
			}
		}
	}
	c.i = at
	return ""
}

// trailing reads an ellipsis after a decimal. It makes a repeating decimal of
// one that ends in three equal periods, and is dropped after any other.
func (c *scanner) trailing(text string) bool {
	if !c.has("...") && !c.has(`\ldots`) && !c.has(`\dots`) && !c.has(`\cdots`) {
		return false
	}
	point := strings.IndexByte(text, '.')
	for n := 1; n <= 6 && 3*n < len(text)-point; n++ {
		period := text[len(text)-n:]
		if strings.HasSuffix(text[point+1:], period+period+period) {
			for strings.HasSuffix(text[point+1:], period) {
				text = text[:len(text)-n]
			}
			c.emit(repeating, text+"("+period+")")
			return true
		}
	}
	c.emit(numeral, strings.TrimSuffix(text, "."))
	return true
}
