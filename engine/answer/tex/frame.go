package tex

import "strings"

// box reads a \boxed, of which only the inside counts. As an answer of its own
// it may hold a list.
func (c *scanner) box() {
	c.options()
	c.spaced = true
	switch c.last() {
	case end, comma, or, semicolon:
		at := c.i
		if inside, ok := c.argument(); ok {
			c.inline(inside)
			return
		}
		c.i = at
		c.has("{")
	default:
	}
}

// unspace takes the space out of a number in bold print of which each digit
// stands apart, as some books are scanned: \mathbf{1 0 2 4}.
func (c *scanner) unspace() {
	at := c.i
	inside, ok := c.argument()
	end := c.i
	c.i = at
	if !ok || len(inside) < 3 || strings.IndexByte(inside, ' ') < 0 {
		return
	}
	tight := make([]byte, 0, len(inside))
	for i := range len(inside) {
		b := inside[i]
		switch {
		case b == ' ' && i > 0 && i+1 < len(inside) && spacedDigit(inside, i-1) && spacedDigit(inside, i+1):
		case digit(b) && i > 0 && digit(inside[i-1]):
			return
		default:
			tight = append(tight, b)
		}
	}
	if len(tight) < len(inside) {
		c.s = c.s[:at] + "{" + string(tight) + "}" + c.s[end:]
	}
}

// spacedDigit tells a digit, or a point between digits, at i.
func spacedDigit(s string, i int) bool { return digit(s[i]) || s[i] == '.' }

// options steps over what stands in square brackets behind a command that has
// some: \bbox[5px], \framebox[2cm][c].
func (c *scanner) options() {
	for range 2 {
		to := strings.IndexByte(c.s[c.i:], ']')
		if to < 0 || c.s[c.i] != '[' || c.i+to+1 == len(c.s) || strings.IndexByte("{[", c.s[c.i+to+1]) < 0 {
			return
		}
		c.i += to + 1
	}
}
