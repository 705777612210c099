package tex

import (
	"errors"
	"strings"
)

// What Parse never goes beyond.
const (
	maxBytes  = 4096
	maxDepth  = 64
	maxTokens = 2048
	maxNodes  = 512
	maxDigits = 1000
	maxCells  = 256
	maxList   = 200
)

// ErrTooLarge is what Parse returns for text beyond its bounds.
var ErrTooLarge = errors.New("answer too large to be read")

// ErrNotMath is what Parse returns for text that is neither mathematics nor
// words, or nothing at all.
var ErrNotMath = errors.New("no mathematics")

// Parse reads one answer. It accepts LaTeX with or without its dollar signs,
// the notations of Python, SymPy and plain text, and words. An answer in words
// is a Words node, and so is one of which only parts are mathematics. Errors
// are ErrTooLarge or wrap ErrNotMath.
//
// Parse does a bounded amount of work on any text, and keeps no state.
func Parse(s string) (*Node, error) {
	if len(s) > maxBytes {
		return nil, ErrTooLarge
	}
	s, err := fold(s)
	if err != nil {
		return nil, err
	}
	s = trim(s)
	var p parser
	p.toks, err = scan(s, p.room[:0])
	if err == nil {
		p.toks = mixed(p.toks)
		p.answer()
		err = p.fault
	}
	if err == nil {
		return p.found, nil
	}
	if !errors.Is(err, ErrTooLarge) {
		if n := prose(s, p.toks); n != nil {
			return n, nil
		}
	}
	return nil, err
}

// trim takes off what may surround an answer and is no part of it.
func trim(s string) string {
	s = strings.Trim(s, " \t\n\r$")
	for strings.HasPrefix(s, "**") && strings.HasSuffix(s, "**") && len(s) > 4 {
		s = strings.Trim(s[2:len(s)-2], " \t\n\r$")
	}
	if len(s) > 2 && s[0] == '\'' && s[len(s)-1] == '\'' { // a string of Python's
		s = s[1 : len(s)-1]
	}
	if strings.HasPrefix(s, `\\begin{`) { // every backslash written twice
		s = strings.ReplaceAll(s, `\\`, `\`)
	}
	for _, mark := range [...]string{`\blacksquare`, `\square`, `\Box`, `\qed`, "∎", "■", "□", `\checkmark`, "✓"} {
		if rest := strings.TrimRight(strings.TrimSuffix(s, mark), " $"); rest != "" && len(rest) < len(s) {
			s = rest // the end of a proof
		}
	}
	for len(s) > 0 && !strings.HasSuffix(s, "...") {
		last := s[len(s)-1]
		switch escaped := strings.HasSuffix(s[:len(s)-1], `\`); {
		case escaped && strings.IndexByte(`\,;:!. ])`, last) >= 0:
			s = s[:len(s)-2]
		case !escaped && strings.IndexByte(" \t\n\r$.,;", last) >= 0:
			s = s[:len(s)-1]
		default:
			return s
		}
	}
	return s
}

// answer reads the whole text.
func (p *parser) answer() {
	p.skipLead()
	if p.tok().role == end {
		p.fail("nothing there")
		return
	}
	n := p.sequence()
	n = p.tail(n)
	if p.tok().role != end {
		p.fail("something left over")
	}
	p.found = n
}

// skipLead steps over what says only that an answer follows.
func (p *parser) skipLead() {
	for {
		switch t := p.tok(); {
		case t.role == relation && (t.text == "=" || t.text == `\approx` || t.text == `\in` || t.text == `\Rightarrow` || t.text == `\to`), t.role == colon, t.role == comma:
			p.i++
		case t.role == word && p.toks[p.i+1].role != end && (nearly(t.text) || strings.HasSuffix(t.text, ":")):
			p.i++
		case t.role == word && (t.text == "the" || t.text == "The") && p.toks[p.i+1].role == numeral && p.toks[p.i+2].role == ordinal:
			p.i++
		case t.role == word && p.toks[p.i+1].role == colon:
			p.i += 2
		default:
			p.skipSubject()
			return
		}
	}
}

// skipSubject steps over words such as "the area of ABC is", if something else
// than a word follows.
func (p *parser) skipSubject() {
	for i, t := range p.toks[p.i:] {
		next := p.i + i + 1
		switch {
		case t.role != word && t.role != name:
			return
		case t.role == word && (t.text == "is" || t.text == "are" || t.text == "equals" || strings.HasSuffix(t.text, " is") || strings.HasSuffix(t.text, "答案是") || strings.HasSuffix(t.text, "答案为") || strings.HasSuffix(t.text, "答えは")) && p.toks[next].role != word && p.toks[next].role != end:
			p.i = next
			return
		}
	}
}

// nearly tells the words for "approximately".
func nearly(s string) bool {
	switch strings.ToLower(s) {
	case "approximately", "approx", "approx.", "about", "roughly", "exactly", "around", "nearly", "almost", "or about", "or approximately", "or roughly", "which is about", "that is about":
		return true
	}
	return false
}

// tail drops a value in brackets that only repeats the answer roughly, as in
// √2 (approximately 1.41).
func (p *parser) tail(n *Node) *Node {
	if !p.aside() {
		return p.countedBehind(n)
	}
	p.i += 2
	p.sequence()
	for p.at(word) {
		p.i++
	}
	p.want(closeParen)
	return n
}

// things tells whether the text ends with words, or a unit, in brackets: of what
// is counted or measured.
func (p *parser) things() bool {
	if !p.at(openParen) || clause(p.toks[p.i+1].text) {
		return false
	}
	i, letters := p.i+1, ""
	for p.toks[i].role == word || p.toks[i].role == name {
		if p.toks[i].role == name {
			letters += p.toks[i].text
		}
		i++
	}
	_, unit := unitOf(letters)
	return i > p.i+1 && p.toks[i].role == closeParen && p.toks[i+1].role == end && (letters == "" || unit && len(letters) > 1)
}

// countedBehind reads what is counted where that stands in brackets: 9 (apples).
func (p *parser) countedBehind(n *Node) *Node {
	if !numeric(n) || !p.things() {
		return n
	}
	what := ""
	for p.i++; !p.take(closeParen); p.i++ {
		if p.at(word) && what != "" {
			what += " "
		}
		what += p.tok().text
	}
	if u, ok := unitOf(what); ok {
		what = u
	}
	return p.make(Quantity, what, n)
}
