package tex

// beside tells whether a further factor comes next after last, without a sign.
// Numerals side by side are no product, but 2^3 3^2 is.
func (p *parser) beside(last *Node) bool {
	t := p.tok()
	switch t.role {
	case numeral, scientific, repeating:
		before := p.toks[p.i-1].role
		return before != numeral && before != scientific && before != repeating || last.Op == Power && t.spaced
	case openSquare:
		return !p.shuts()
	case bar:
		return p.bars == 0 && !p.builder && p.paired()
	case openParen:
		return !p.aside() && !p.things()
	case word, openSet:
		return false
	default:
		return p.starts(t)
	}
}

// aside tells whether a parenthesis comes next that is no factor: (mod 7), or
// (approximately 1.41).
func (p *parser) aside() bool {
	next := p.toks[p.i+1]
	return p.at(openParen) && (next.role == remainder || next.role == word && nearly(next.text) || next.role == relation && next.text == `\approx`)
}

// starts tells whether a token can begin a factor.
func (p *parser) starts(t token) bool {
	switch t.role {
	case numeral, scientific, repeating, name, unknown, function, callable, logarithm, openBrace, openParen, openSquare, openBar, openNorm, openFloor, openCeil, openAngle,
		fraction, binomial, root, rootOf, radical, summation, production, integral, limit, accent, brace, begin:
		return t.role != openNorm || p.bars == 0
	default:
		return false
	}
}

// shuts tells whether the [ that comes next ends an interval, as in [0, 1[.
func (p *parser) shuts() bool {
	next := p.toks[p.i+1]
	return p.square && !p.starts(next) && next.role != minus && next.role != plus && next.role != openSet && next.role != bar
}

// paired tells whether the bar that comes next opens an absolute value: whether
// there is an even number of bars from here on.
func (p *parser) paired() bool {
	n := 0
	for _, t := range p.toks[p.i:] {
		if t.role == bar {
			n++
		}
	}
	return n%2 == 0
}

// factor reads a primary expression with its powers and what else stands behind
// it.
func (p *parser) factor() *Node {
	if !p.enter() {
		return p.stop()
	}
	n := p.scripted(p.postfix(p.primary()))
	p.leave()
	return n
}

// postfix reads exponents, factorials, degrees and per cents after n.
func (p *parser) postfix(n *Node) *Node {
	for {
		switch t := p.tok(); t.role {
		case power:
			if p.approach == p.depth && p.sided() {
				return n
			}
			if n = p.powered(n); n.Op == Power && p.at(power) {
				return p.fail("a power with two exponents")
			}
		case subscript:
			n = p.subscripted(n)
		case ordinal:
			p.i++
		case bang:
			n = p.factorial(n)
		case degree:
			if p.i++; t.text == `\circ` && p.beside(n) {
				return p.fail("a composition")
			}
			n = p.make(Degrees, "", n)
		case percent:
			if p.starts(p.toks[p.i+1]) {
				return n
			}
			p.i++
			n = p.make(Percent, "", n)
		case prime:
			n = p.primed(n)
		default:
			return n
		}
	}
}

// factorial reads one ! or two of them.
func (p *parser) factorial(n *Node) *Node {
	p.i++
	if p.at(bang) && !p.tok().spaced && p.toks[p.i-2].role != bang && p.toks[p.i+1].role != bang {
		p.i++
		return p.make(Factorial, "!!", n)
	}
	return p.make(Factorial, "!", n)
}
