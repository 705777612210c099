package tex

import (
	"strconv"
	"strings"

	"github.com/aimo3/aimo3/engine/answer/thousands"
)

// number reads a numeral: digits with separators of thousands, a point, an
// exponent or a repeating end.
func (c *scanner) number() {
	if c.programmed() {
		return
	}
	from, in := c.i, thousands.Open
	if c.brackets > 0 || c.listed() {
		in = thousands.Brackets
	}
	text, n := thousands.Read(c.s[from:], in)
	c.i += n
	if c.i < len(c.s) && c.s[c.i] == '.' && c.ended(c.i+1) {
		c.i++ // the full stop after 12., which says nothing
	} else if c.i < len(c.s) && c.s[c.i] == '.' && !strings.HasPrefix(c.s[c.i:], "..") {
		start := c.i
		c.i++
		c.digits()
		text = joined(text, c.s[start:c.i], c.s[from:c.i])
	}
	text = c.periodAfterComma(c.commaAsPoint(text))
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

// listed tells whether a numeral and a bare comma come just before, so that a
// further comma separates too: 12,34,567.
func (c *scanner) listed() bool {
	n := len(c.toks)
	return n > 1 && !c.spaced && c.toks[n-1] == token{role: comma, text: ","} && c.toks[n-2].role == numeral
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

// commaAsPoint reads the decimals that follow a comma in braces, which separates
// no numbers: 2{,}5 and 1.234{,}5.
func (c *scanner) commaAsPoint(text string) string {
	if !strings.HasPrefix(c.s[c.i:], "{,}") || c.i+3 == len(c.s) || !digit(c.s[c.i+3]) {
		return text
	}
	if strings.Contains(text, ".") {
		if !germanThousands(text) {
			return text
		}
		text = strings.Replace(text, ".", "", 1)
	}
	from := c.i + 3
	c.i = from
	c.digits()
	return text + "." + c.s[from:c.i]
}

// periodAfterComma reads the comma of 0,(3) and 0,1(6), behind which a period
// stands, as a point.
func (c *scanner) periodAfterComma(text string) string {
	behind, found := strings.CutPrefix(c.s[c.i:], ",")
	figures, period, opened := strings.Cut(behind, "(")
	rest := strings.TrimLeft(period, "0123456789")
	if !found || !opened || len(figures) > 2 || strings.Trim(figures, "0123456789") != "" || len(rest) == len(period) || strings.TrimRight(rest, " $%") != ")" || c.brackets > 0 || !whole(text) {
		return text
	}
	c.i += 1 + len(figures)
	return text + "." + figures
}

// programmed reads 0b1010 and 0x1F, as programs write whole numbers.
func (c *scanner) programmed() bool {
	rest := c.s[c.i:]
	if len(rest) < 3 || rest[0] != '0' || rest[1] != 'x' && rest[1] != 'b' {
		return false
	}
	end := 2
	for end < len(rest) && (digit(rest[end]) || letter(rest[end])) {
		end++
	}
	n, err := strconv.ParseUint(rest[:end], 0, 63)
	if err != nil {
		return false
	}
	c.i += end
	c.emit(numeral, strconv.FormatUint(n, 10))
	return true
}

// germanThousands tells a decimal that may as well be a number in thousands.
func germanThousands(s string) bool {
	point := strings.IndexByte(s, '.')
	return 0 < point && point <= 3 && len(s) == point+4 && s[0] != '0'
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
// digits, (6) right after the point or where nothing follows that it could be a
// factor of, or an ellipsis after three equal periods.
func (c *scanner) repeats(text string) bool {
	at := c.i
	for _, mark := range [...]string{`\overline{`, `\bar{`, `\dot{`, `\overline `, `\overline`, `\bar`, `\dot`, "("} {
		if !c.has(mark) {
			continue
		}
		from := c.i
		c.digits()
		period := c.s[from:c.i]
		ok := period != ""
		switch {
		case strings.HasSuffix(mark, "{"):
			ok = c.has("}") && ok
		case mark == "(":
			ok = c.has(")") && ok && (strings.HasSuffix(text, ".") || c.stops())
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

// stops tells whether nothing follows, or what ends a numeral.
func (c *scanner) stops() bool {
	rest := strings.TrimLeft(c.s[c.i:], " $")
	return rest == "" || strings.IndexByte(",;%}", rest[0]) >= 0
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
