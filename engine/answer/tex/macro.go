package tex

import "strings"

// command reads a backslash and what it begins.
func (c *scanner) command() {
	c.i++
	if c.i == len(c.s) {
		return // a backslash at the end
	}
	from := c.i
	for c.i < len(c.s) && letter(c.s[c.i]) {
		c.i++
	}
	id := c.s[from:c.i]
	if id == "" {
		c.escape()
		return
	}
	if c.axis(id) || c.ordered(id) {
		return
	}
	m, ok := commands[id]
	if !ok {
		if m, ok = plain[id]; !ok {
			c.strange(from)
			return
		}
	}
	if id == "times" && c.crosses() {
		c.fail(ErrNotMath)
		return
	}
	c.perform(m)
}

// strange reads a command of no known meaning, which begins before from. Its
// head may be a space that lost the one behind it, as in \quadx.
func (c *scanner) strange(from int) {
	for _, space := range [...]string{"quad", "qquad"} {
		if strings.HasPrefix(c.s[from:], space) {
			c.spaced = true
			c.i = from + len(space)
			return
		}
	}
	if id := c.s[from:c.i]; id == "matrix" || id == "pmatrix" || id == "cases" { // \pmatrix{1&2\cr3&4}
		at := c.i
		if inside, ok := c.argument(); ok {
			c.s = `\begin{` + id + "}" + inside + `\end{` + id + "}" + c.s[c.i:]
			c.i = 0
			return
		}
		c.i = at
	}
	c.emit(unknown, c.s[from-1:c.i])
}

// perform does what a command with a meaning does while scanning.
func (c *scanner) perform(m meaning) {
	switch m.role {
	case left, right:
		c.fence(m.role)
	case begin:
		c.environment()
	case finish:
		c.tables--
		inside, _ := c.argument()
		c.emit(finish, strings.TrimSuffix(strings.TrimSpace(inside), "*"))
	case siunitx:
		c.siunitx(m.text)
	case phantom:
		c.options()
		c.argument()
		c.spaced = true
	case thick:
		c.spaced = true
		c.unspace()
	case coloured:
		c.options()
		if c.argument(); m.text == "2" {
			c.argument()
		}
		c.box()
	case grouped:
		c.box()
	case written:
		c.text()
	case styled:
		c.roman(m.text == "operatorname")
	case lettered:
		c.alphabet(m.text)
	case bad:
		c.fail(ErrNotMath)
	default:
		c.mean(m)
	}
}

// escape reads a backslash before something that is no letter.
func (c *scanner) escape() {
	b := c.s[c.i]
	c.i++
	switch b {
	case '\\':
		c.doubled()
	case '{':
		c.mean(meaning{openSet, ""})
	case '}':
		c.mean(meaning{closeSet, ""})
	case '|':
		c.emit(openNorm, "")
	case '%':
		c.emit(percent, "")
	case '$':
		c.emit(money, "$")
	case '_':
		c.emit(subscript, "")
	case ',', ';', ':', '!', ' ', '>', '<', '(', ')', '[', ']', '/', '-', '\n', '\t', '\r':
		c.spaced = true
	default:
		c.fail(ErrNotMath)
	}
}

// doubled reads two backslashes. They end a row, except before the name of a
// command outside every table: there a program wrote each backslash twice.
func (c *scanner) doubled() {
	if c.tables == 0 {
		to := c.i
		for to < len(c.s) && letter(c.s[to]) {
			to++
		}
		if m, ok := commands[c.s[c.i:to]]; ok && to > c.i {
			c.i = to
			c.perform(m)
			return
		}
	}
	if c.has("[") { // \\[2pt]
		if to := strings.IndexByte(c.s[c.i:], ']'); to > 0 && to < 8 && digit(c.s[c.i]) && letter(c.s[c.i+to-1]) {
			c.i += to + 1
		} else {
			c.i--
		}
	}
	c.emit(newline, "")
}

// fence reads the delimiter after \left or \right. Only of bars it matters
// which it was.
func (c *scanner) fence(side role) {
	for c.i < len(c.s) && c.s[c.i] == ' ' {
		c.i++
	}
	switch {
	case c.has("."):
		c.spaced = true
	case c.has("|"), c.has(`\vert`), c.has(`\lvert`), c.has(`\rvert`):
		if side == left {
			c.emit(openBar, "")
		} else {
			c.emit(closeBar, "")
		}
	case c.has("<"):
		c.mean(meaning{openAngle, ""})
	case c.has(">"):
		c.mean(meaning{closeAngle, ""})
	case c.has("{"):
		c.mean(meaning{openSet, ""})
	case c.has("}"):
		c.mean(meaning{closeSet, ""})
	}
}

// environment reads the name after \begin, and drops the columns of an array.
func (c *scanner) environment() {
	c.tables++
	inside, ok := c.argument()
	if !ok {
		c.fail(ErrNotMath)
		return
	}
	inside = strings.TrimSuffix(strings.TrimSpace(inside), "*")
	if inside == "array" || inside == "tabular" {
		c.argument()
	}
	c.emit(begin, inside)
}

// argument reads what stands in the braces that come next, or the one letter or
// digit, and returns it as written.
func (c *scanner) argument() (string, bool) {
	for c.i < len(c.s) && c.s[c.i] == ' ' {
		c.i++
	}
	if c.i == len(c.s) {
		return "", false
	}
	if c.s[c.i] != '{' {
		if !letter(c.s[c.i]) && !digit(c.s[c.i]) {
			return "", false
		}
		c.i++
		return c.s[c.i-1 : c.i], true
	}
	from, depth := c.i+1, 0
	for i := c.i; i < len(c.s); i++ {
		switch c.s[i] {
		case '\\':
			i++
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				c.i = i + 1
				return c.s[from:i], true
			}
		}
	}
	return "", false
}

// alphabet reads the letter after \mathbb and its like.
func (c *scanner) alphabet(family string) {
	inside, ok := c.argument()
	inside = strings.TrimSpace(inside)
	if !ok || inside == "" || strings.ContainsAny(inside, `\{}`) {
		c.fail(ErrNotMath)
		return
	}
	if family == `\mathfrak` && (inside == "Re" || inside == "Im") {
		c.emit(function, inside)
		return
	}
	c.emit(name, family+"{"+inside+"}")
}
