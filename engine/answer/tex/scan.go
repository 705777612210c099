package tex

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// scanner cuts text into tokens, in one pass from left to right. What cannot be
// understood is left to fault, after which it stands at the end.
type scanner struct {
	s        string
	i        int
	toks     []token
	spaced   bool // there was space since the last token
	brackets int  // how many brackets are open that commas separate things in
	tables   int  // how many environments are open
	nested   int  // how many arguments are being read that count as if they stood alone
	fault    error
}

// lookahead is how many tokens of the role end close a text, so that a look at
// those that follow needs no care.
const lookahead = 4

// scan cuts s, which holds no control characters, into tokens, the last of which
// are of the role end.
func scan(s string, room []token) ([]token, error) {
	c := scanner{s: s, toks: room}
	for c.i < len(c.s) && c.fault == nil {
		c.one()
		if len(c.toks) > maxTokens {
			return nil, ErrTooLarge
		}
	}
	for range lookahead {
		c.emit(end, "")
	}
	return c.toks, c.fault
}

// one reads whatever comes next.
func (c *scanner) one() {
	switch b := c.s[c.i]; {
	case b == ' ' || b == '\n' || b == '\t' || b == '\r':
		c.i++
		c.spaced = true
	case digit(b), b == '.' && fractional(c.s[c.i+1:]):
		c.number()
	case letter(b), b >= utf8.RuneSelf:
		c.letters()
	case b == '\\':
		c.command()
	default:
		c.symbol()
	}
}

// fractional tells whether s, after a point, is the rest of a decimal.
func fractional(s string) bool {
	return s != "" && digit(s[0]) || strings.HasPrefix(s, `\overline{`) && len(s) > 10 && digit(s[10])
}

// emit adds a token.
func (c *scanner) emit(r role, text string) {
	c.toks = append(c.toks, token{role: r, spaced: c.spaced, text: text})
	c.spaced = false
}

// last is the role of the token before, or end.
func (c *scanner) last() role {
	if len(c.toks) == 0 {
		return end
	}
	return c.toks[len(c.toks)-1].role
}

// fail makes everything that follows be left alone.
func (c *scanner) fail(err error) {
	if c.fault == nil {
		c.fault = err
	}
	c.i = len(c.s)
}

// has tells whether what comes next is s, and steps over it if so.
func (c *scanner) has(s string) bool {
	if !strings.HasPrefix(c.s[c.i:], s) {
		return false
	}
	c.i += len(s)
	return true
}

// mean adds the token for what has a meaning of its own.
func (c *scanner) mean(m meaning) {
	switch m.role {
	case blank:
		c.spaced = true
		return
	case openParen, openSquare, openSet, openAngle:
		c.brackets++
	case closeParen, closeSquare, closeSet, closeAngle:
		c.brackets--
	default:
	}
	c.emit(m.role, m.text)
}

// symbol reads a character, or two or three, that are neither letters nor
// digits.
func (c *scanner) symbol() {
	if c.has("...") {
		c.emit(name, `\ldots`)
		return
	}
	if c.has("+/-") || c.opens() && c.has("+-") {
		c.emit(plusMinus, `\pm`)
		return
	}
	if c.i+2 <= len(c.s) {
		if m, ok := pairs[c.s[c.i:c.i+2]]; ok && !c.factorialEquals() {
			c.i += 2
			c.mean(m)
			return
		}
	}
	m := symbols[c.s[c.i]]
	if m.role == end {
		c.fail(ErrNotMath)
		return
	}
	c.i++
	if m.role == comma && c.has(`\!`) {
		c.spaced = true
	}
	c.mean(m)
}

// factorialEquals tells 5!=120, which no one writes for 5 ≠ 120.
func (c *scanner) factorialEquals() bool {
	return c.s[c.i] == '!' && c.s[c.i+1] == '=' && c.i > 0 && digit(c.s[c.i-1]) && c.last() == numeral
}

// opens tells whether an expression begins here.
func (c *scanner) opens() bool {
	switch c.last() {
	case end, relation, comma, semicolon, or, openParen, openSet:
		return true
	default:
		return false
	}
}

// letters reads a run of letters: a word if it is one, and names otherwise.
func (c *scanner) letters() {
	from := c.i
	for c.i < len(c.s) {
		b := c.s[c.i]
		if letter(b) {
			c.i++
			continue
		}
		if b < utf8.RuneSelf {
			break
		}
		r, n := utf8.DecodeRuneInString(c.s[c.i:])
		if !unicode.IsLetter(r) && !unicode.IsMark(r) {
			break
		}
		c.i += n
	}
	if c.i == from {
		c.fail(ErrNotMath)
		return
	}
	c.run(c.s[from:c.i])
}

// run adds the tokens for a run of letters.
func (c *scanner) run(s string) {
	if len(s) == 1 {
		c.emit(name, s)
		return
	}
	if c.ordinal(s) {
		c.emit(ordinal, "")
		return
	}
	if s == "choose" && c.last() == numeral {
		c.emit(choose, "")
		return
	}
	if m, ok := plain[s]; ok && (m.role != function || !c.measures(s) || strings.HasPrefix(c.s[c.i:], "(")) {
		c.mean(m)
		return
	}
	if stem, ok := glued(s); ok {
		c.mean(plain[stem])
		s = s[len(stem):]
	}
	if c.worded(s) {
		if c.measures(s) && strings.HasPrefix(c.s[c.i:], ". ") { // 1 hr. 30 min.
			c.i++
		}
		c.emit(word, s)
		return
	}
	for i := range s {
		c.emit(name, s[i:i+1])
	}
}

// glued finds the function at the head of a run such as sinx or lnx.
func glued(s string) (string, bool) {
	if len(s) < 3 || len(s) > 4 {
		return "", false
	}
	for _, f := range [...]string{"sin", "cos", "tan", "cot", "log", "ln"} {
		if strings.HasPrefix(s, f) && len(s) == len(f)+1 {
			return f, true
		}
	}
	return "", false
}

func digit(b byte) bool { return b-'0' < 10 }

func letter(b byte) bool { return b|0x20-'a' < 26 }
