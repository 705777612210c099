package tex

import "strings"

// primary reads an expression that needs no brackets.
func (p *parser) primary() *Node {
	t := p.tok()
	switch t.role {
	case numeral:
		p.i++
		return p.number(t.text)
	case scientific:
		p.i++
		return p.scientific(t.text)
	case repeating:
		p.i++
		return p.node(Repeating, t.text)
	case name, unknown:
		p.i++
		return p.name(t)
	case word:
		return p.words()
	case money:
		p.i++
		return p.make(Quantity, t.text, p.product(false))
	case function, callable:
		p.i++
		return p.function(t)
	case logarithm:
		p.i++
		return p.logarithm()
	case begin:
		p.i++
		return p.environment(t.text)
	case openBrace, subscript, power:
		if p.prescribed() {
			return p.prescript()
		}
	default:
	}
	if n := p.enclosed(t.role); n != nil {
		return n
	}
	return p.construct(t)
}

// construct reads what begins with a command that has arguments of its own.
func (p *parser) construct(t token) *Node {
	p.i++
	switch t.role {
	case empty:
		return p.node(Empty, "")
	case fraction:
		return p.fraction()
	case binomial:
		above := p.digitOrArgument()
		return p.make(Binomial, "", above, p.digitOrArgument())
	case root:
		return p.root()
	case rootOf:
		return p.rootOf()
	case radical:
		return p.make(Root, "", p.primary())
	case summation:
		return p.big(BigSum)
	case production:
		return p.big(BigProd)
	case integral:
		return p.integral()
	case limit:
		return p.limit()
	case accent:
		return p.accent(t.text)
	case brace:
		return p.underbrace()
	default:
	}
	p.i--
	return p.fail("an expression is missing")
}

// name reads on after a name: the call of a function, or the differential that
// an integral waits for.
func (p *parser) name(t token) *Node {
	if t.role == unknown && (p.at(openBrace) || p.at(openSquare) && !p.shuts()) {
		return p.fail("a command that is not known")
	}
	if t.text == "d" && p.inside > 0 && p.by == nil && p.at(name) {
		p.by = p.node(Name, p.tok().text)
		p.differential = true
		p.i++
		return p.node(Num, "1")
	}
	n := p.node(Name, t.text)
	switch {
	case p.callee(n):
		return p.applied(n)
	case p.at(power) && functional(n.Text) && !p.script:
		return p.iterated(n)
	}
	return n
}

// words reads words as far as they go.
func (p *parser) words() *Node {
	from := p.i
	if clause(p.tok().text) && !p.script {
		return p.fail("a condition in words")
	}
	for p.at(word) {
		p.i++
	}
	if p.i == from+1 {
		return p.node(Words, p.toks[from].text)
	}
	var b strings.Builder
	for i, t := range p.toks[from:p.i] {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(t.text)
	}
	return p.node(Words, b.String())
}

// fraction reads the arguments of \frac. Without braces a digit is enough for
// each.
func (p *parser) fraction() *Node {
	above := p.digitOrArgument()
	return p.make(Quotient, "", above, p.digitOrArgument())
}

// digitOrArgument reads an argument, of which a numeral gives one digit only,
// unless it ends where the next argument begins.
func (p *parser) digitOrArgument() *Node {
	t := p.tok()
	if t.role != numeral || len(t.text) < 2 || p.toks[p.i+1].role == openBrace || !whole(t.text) {
		return p.argument()
	}
	p.toks[p.i].text = t.text[1:]
	p.toks[p.i].spaced = false
	return p.node(Num, t.text[:1])
}

// argument reads the argument of a command: a group, or one piece.
func (p *parser) argument() *Node {
	if !p.enter() {
		return p.stop()
	}
	defer p.leave()
	if p.at(openBrace) {
		return p.group()
	}
	if t := p.tok(); t.role == numeral || t.role == name {
		p.i++
		if t.role == name {
			return p.node(Name, t.text)
		}
		return p.node(Num, t.text)
	}
	return p.primary()
}

// root reads what stands under \sqrt, and its degree.
func (p *parser) root() *Node {
	var degree *Node
	if p.take(openSquare) {
		degree = p.bracketed(p.sum)
		p.want(closeSquare)
	}
	under := p.argument()
	if degree == nil || degree.Op == Num && degree.Text == "2" {
		return p.make(Root, "", under)
	}
	return p.make(Root, "", under, degree)
}

// rootOf reads TeX's own \root 3\of 8.
func (p *parser) rootOf() *Node {
	degree := p.bracketed(p.sum)
	p.want(of)
	return p.make(Root, "", p.argument(), degree)
}

// accent reads what a line or a hat stands over: digits of a number, or a name.
func (p *parser) accent(mark string) *Node {
	before, text := p.i-1, p.lettersInBraces()
	under := p.argument()
	if mark == `\overline` {
		switch n := p.conjugate(under); {
		case n != nil:
			return n
		case under.Op == Num && whole(under.Text) && !p.at(subscript) && !touches(p.toks[:before]):
			return under // the digits of a number
		}
	}
	if text == "" {
		text = under.String()
	}
	if under.Op == Num && mark == `\overline` && p.at(subscript) {
		return under // \overline{1010}_2
	}
	return p.node(Name, mark+"{"+text+"}")
}

// touches tells whether tokens end with one that a numeral beside it would join.
func touches(toks []token) bool { return len(toks) > 0 && toks[len(toks)-1].role == numeral }

// lettersInBraces is the text of the names and numerals in the group that comes
// next, or "" if there is anything else in it.
func (p *parser) lettersInBraces() string {
	if !p.at(openBrace) {
		return ""
	}
	var b strings.Builder
	for _, t := range p.toks[p.i+1:] {
		switch t.role {
		case name, numeral:
			b.WriteString(t.text)
			if t.text[0] == '\\' {
				b.WriteByte(' ')
			}
		case closeBrace:
			return strings.TrimSpace(b.String())
		default:
			return ""
		}
	}
	return ""
}

// underbrace reads what is braced, and the text at the brace.
func (p *parser) underbrace() *Node {
	what := p.argument()
	if !p.take(subscript) && !p.take(power) {
		return what
	}
	return p.make(Call, `\underbrace`, what, p.argument())
}
