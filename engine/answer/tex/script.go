package tex

// powered reads the exponent after n, and what else a superscript can be.
func (p *parser) powered(n *Node) *Node {
	p.i++
	braced := p.at(openBrace) && p.toks[p.i+2].role == closeBrace
	at := p.i
	if braced {
		at++
	}
	sign := ""
	switch t := p.toks[at]; {
	case t.role == degree, n.Op == Num && t.role == name && t.text == "o":
		n = p.make(Degrees, "", n)
	case t.role == ordinal:
	case t.role == prime && n.Op == Name:
		n = p.renamed(n, n.Text+"'")
	case n.Op == Name && t.role == plus && (braced || !p.starts(p.toks[at+1])):
		sign = "+"
	case n.Op == Name && t.role == times:
		sign = "*"
	case t.role == times && (braced || !p.starts(p.toks[at+1])) && p.conjugate(n) != nil:
		n = p.conjugate(n)
	case n.Op == Name && t.role == minus && (braced || !p.starts(p.toks[at+1])):
		sign = "-"
	default:
		return p.make(Power, "", n, p.exponent())
	}
	p.i = at + 1
	if braced {
		p.want(closeBrace)
	}
	if sign != "" {
		n = p.renamed(n, n.Text+"^"+sign)
	}
	return n
}

// exponent reads what is raised: a group, or without braces a number, a name or
// whatever else is one piece, with a sign.
func (p *parser) exponent() *Node {
	if !p.enter() {
		return p.stop()
	}
	defer p.leave()
	switch {
	case p.take(minus):
		return p.make(Neg, "", p.exponent())
	case p.take(plus):
		return p.exponent()
	case p.at(openBrace):
		return p.group()
	}
	n := p.argument()
	for p.at(power) { // x^y^z
		n = p.powered(n)
	}
	if p.at(subscript) && n.Op == Name {
		n = p.subscripted(n)
	}
	return n
}

// renamed is the name n with another text.
func (p *parser) renamed(n *Node, text string) *Node { return p.make(Name, text, n.Args...) }

// primed reads the strokes after a name.
func (p *parser) primed(n *Node) *Node {
	if n.Op != Name {
		return p.fail("a stroke after what is no name")
	}
	for p.take(prime) {
		n = p.renamed(n, n.Text+"'")
	}
	if p.at(openParen) {
		return p.applied(n)
	}
	return n
}

// subscripted reads the subscript after n: the base of a numeral, or the index
// of a name.
func (p *parser) subscripted(n *Node) *Node {
	p.i++
	switch n.Op {
	case Num:
		return p.radix(n.Text)
	case Name:
		n = p.make(Name, n.Text, append(n.Args[:len(n.Args):len(n.Args)], p.index()...)...)
		if p.callee(n) {
			return p.applied(n)
		}
		return n
	case Power: // x^2_1
		if base := n.Args[0]; base.Op == Name {
			return p.make(Power, "", p.make(Name, base.Text, append(base.Args[:len(base.Args):len(base.Args)], p.index()...)...), n.Args[1])
		}
	default:
	}
	return p.fail("a subscript after what is no name")
}

// index reads a subscript.
func (p *parser) index() []*Node {
	if !p.enter() {
		return nil
	}
	defer p.leave()
	script := p.script
	p.script = true
	defer func() { p.script = script }()
	if !p.at(openBrace) {
		return []*Node{p.argument()}
	}
	p.i++
	if t := p.tok(); t.role == relation { // \mathbb{Z}_{>0}
		p.i++
		n := p.make(Relation, t.text, p.node(Words, ""), p.sum())
		p.want(closeBrace)
		return []*Node{n}
	}
	n := p.bracketed(func() *Node { return p.sequence() })
	p.want(closeBrace)
	if n.Op == List {
		return n.Args
	}
	return []*Node{n}
}

// radix reads the base of the numeral digits, in figures or in a word.
func (p *parser) radix(digits string) *Node {
	braced := p.take(openBrace)
	if p.at(word) && p.tok().text == "base" {
		p.i++
	}
	t := p.next()
	base := t.text
	switch t.role {
	case numeral:
	case word:
		base = bases[t.text]
	default:
		base = ""
	}
	if braced {
		p.want(closeBrace)
	}
	if base == "" || len(base) > 2 {
		return p.fail("no base")
	}
	return p.make(Radix, digits, p.node(Num, base))
}

// bases are those that are written in words.
var bases = map[string]string{
	"two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "sixteen": "16",
}
