package tex

import "strings"

// text reads the argument of \text and its family: mathematics if it holds no
// word, and otherwise one token for all of it.
func (c *scanner) text() {
	inside, ok := c.argument()
	if !ok {
		c.fail(ErrNotMath)
		return
	}
	c.said(strings.Trim(inside, " \t\n\r~"))
}

// said reads t, which stands in a text command.
func (c *scanner) said(t string) {
	body := strings.TrimSpace(strings.TrimLeft(t, ",;"))
	switch {
	case t == "":
		c.spaced = true
	case connective(body):
		if t != body {
			c.emit(comma, ",")
		}
		c.mean(plain[body])
	case c.ordinal(t), endsOrdinal(t) && (c.last() == closeParen || c.last() == name):
		c.emit(ordinal, "")
	case endsOrdinal(strings.TrimLeft(t, "0123456789")) && t != "":
		c.inline(t)
	case c.measures(t):
		c.emit(word, t)
	case remainderText(t):
		c.inline(t)
	case c.named(t):
		c.mean(meaningOf(t))
	case !wordy(t), t == "choose" && c.last() == numeral:
		c.inline(t)
	case t[0] == '(' && strings.IndexByte(t, ')') < 0: // \text{(about }18.9\text{ cm)}
		c.mean(symbols['('])
		c.said(strings.TrimSpace(t[1:]))
	case t[len(t)-1] == ')' && strings.IndexByte(t, '(') < 0:
		c.said(strings.TrimSpace(t[:len(t)-1]))
		c.mean(symbols[')'])
	case stating(t) > 0: // \text{The answer is 5}
		at := stating(t)
		c.emit(word, tidy(t[:at]))
		c.inline(strings.TrimSpace(t[at:]))
	default:
		if m, ok := plain[t]; ok && (m.role == percent || m.role == degree) {
			c.mean(m)
			return
		}
		c.emit(word, tidy(t))
	}
}

// stating is where what a sentence says that its subject is begins, if that is
// mathematics; else 0.
func stating(t string) int {
	at, verbs := 0, 0
	for _, verb := range [...]string{" is ", " are ", " equals ", ": "} {
		if i := strings.Index(t, verb); i > 0 {
			at = i + len(verb)
			verbs += strings.Count(t, verb)
		}
	}
	if verbs != 1 || wordy(t[at:]) || !strings.ContainsAny(t[at:], "0123456789") {
		return 0
	}
	return at
}

// remainderText tells mod 5 and (mod n).
func remainderText(t string) bool {
	of, ok := strings.CutPrefix(strings.TrimPrefix(t, "("), "mod ")
	of = strings.TrimSuffix(of, ")")
	return ok && of != "" && (strings.Trim(of, "0123456789") == "" || len(of) == 1 && letter(of[0]))
}

// named tells whether t is the name of a function, or mod.
func (c *scanner) named(t string) bool {
	switch meaningOf(t).role {
	case function, logarithm, remainder:
		return true
	case callable:
		return strings.HasPrefix(strings.TrimLeft(c.s[c.i:], " "), "(") || strings.HasPrefix(c.s[c.i:], `\left(`)
	default:
		return false
	}
}

// meaningOf is what a name of letters means, whether with a backslash or without.
func meaningOf(t string) meaning {
	if m, ok := commands[t]; ok && m.role == function {
		return m
	}
	return plain[t]
}

// connective tells the words that stand between answers.
func connective(s string) bool { return s == "and" || s == "or" }

// roman reads the argument of \mathrm, or of \operatorname, which is one name
// however it looks.
func (c *scanner) roman(operator bool) {
	c.has("*")
	at := c.i
	inside, ok := c.argument()
	t := strings.Trim(inside, " ~")
	if !ok || t == "" {
		c.fail(ErrNotMath)
		return
	}
	if c.ordinal(t) {
		c.emit(ordinal, "")
		return
	}
	minutes := !operator && t == "min" && c.measures(t) && !strings.HasPrefix(c.s[c.i:], "(")
	if m, ok := commands[t]; ok && !minutes && (m.role == function || m.role == logarithm) {
		c.mean(m)
		return
	}
	if m, ok := plain[t]; ok && !minutes {
		c.mean(m)
		return
	}
	switch {
	case c.measures(t):
		c.emit(word, t)
	case len(t) == 1 && letter(t[0]):
		c.emit(name, t)
	case !operator && (capitals(t) && len(t) <= 4 || !wordy(t)), strings.ContainsAny(t, `\{}$^_`):
		c.i = at // the braces are a group
		if c.i < len(c.s) && c.s[c.i] != '{' {
			c.inline(t)
			c.i = at + len(inside)
		}
	case !operator && c.last() == numeral: // 5\mathrm{ students}
		c.said(t)
	case operator:
		c.emit(name, `\operatorname{`+t+"}")
	default:
		c.emit(name, `\mathrm{`+t+"}")
	}
}

// measures tells whether t, right after a quantity, is its unit.
func (c *scanner) measures(t string) bool {
	switch c.last() {
	case numeral, scientific, repeating, closeBrace, closeParen, name, bang, word, slash:
		_, ok := unitOf(t)
		return ok
	default:
		return false
	}
}

// inline reads the mathematics that stands in text.
func (c *scanner) inline(t string) {
	if c.nested++; c.nested > maxDepth/8 {
		c.fail(ErrTooLarge)
		return
	}
	defer func() { c.nested-- }()
	rest, i := c.s, c.i
	c.s, c.i = t, 0
	for c.i < len(c.s) && c.fault == nil && len(c.toks) <= maxTokens {
		c.one()
	}
	if c.fault == nil {
		c.s, c.i = rest, i
	}
}

// short has the words of two and three letters that an answer in words may
// hold. Others of that length are products of names.
var short = map[string]bool{
	"all": true, "any": true, "are": true, "as": true, "at": true, "be": true, "but": true, "by": true, "can": true, "each": true, "few": true, "for": true, "has": true,
	"he": true, "if": true, "is": true, "it": true, "its": true, "no": true, "not": true, "nor": true, "odd": true, "of": true, "on": true, "one": true, "out": true,
	"she": true, "six": true, "sum": true, "ten": true, "that": true, "the": true, "there": true, "to": true, "two": true, "was": true, "we": true, "who": true,
	"yes": true, "Yes": true, "No": true, "All": true, "The": true, "Odd": true, "For": true, "If": true, "None": true, "sq": true, "per": true, "an": true, "way": true,
	"red": true, "day": true, "Let": true, "let": true, "iff": true, "set": true, "Any": true, "with": true, "only": true, "never": true, "else": true, "true": true, "True": true,
	"AM": true, "PM": true, "DNE": true, "NO": true, "YES": true, "May": true, "June": true, "July": true, "January": true, "February": true, "April": true, "December": true, "such": true, "then": true, "when": true, "where": true, "from": true, "even": true, "east": true, "west": true, "both": true, "None.": true, "than": true, "cannot": true,
}
