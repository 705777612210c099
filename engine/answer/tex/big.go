package tex

// bounds are what stands below and above a big operator.
type bounds struct{ below, above *Node }

// bounds reads _{…}^{…} in either order.
func (p *parser) bounds() bounds {
	var b bounds
	for p.at(subscript) || p.at(power) {
		of := &b.above
		if p.at(subscript) {
			of = &b.below
		}
		p.i++
		if p.at(openBrace) && p.toks[p.i+1].role == closeBrace {
			p.i += 2
			continue
		}
		if p.at(minus) || p.at(plus) {
			*of = p.exponent()
			continue
		}
		*of = p.argument()
	}
	return b
}

// big reads a sum or a product over a name from one bound to another. Other
// ranges, as of divisors, make a Call of the condition and the expression.
func (p *parser) big(op Op) *Node {
	if !p.enter() {
		return p.stop()
	}
	defer p.leave()
	b := p.bounds()
	body := p.term()
	switch {
	case b.below != nil && b.above != nil && b.below.Op == Relation && b.below.Text == "=" && b.below.Args[0].Op == Name:
		return p.make(op, "", b.below.Args[0], b.below.Args[1], b.above, body)
	case b.below != nil && b.above == nil:
		call := `\sum`
		if op == BigProd {
			call = `\prod`
		}
		return p.make(Call, call, b.below, body)
	}
	return p.fail("a range that is not understood")
}

// limit reads \lim_{x \to a}.
func (p *parser) limit() *Node {
	if !p.enter() {
		return p.stop()
	}
	defer p.leave()
	p.want(subscript)
	p.want(openBrace)
	x := p.factor()
	p.take(relation)
	approach := p.approach
	p.approach = p.depth + 1
	to := p.sum()
	p.approach = approach
	side := ""
	if p.take(power) {
		side = p.side()
	}
	p.want(closeBrace)
	if x.Op != Name {
		return p.fail("a limit for what is no name")
	}
	return p.make(Limit, side, x, to, p.term())
}

// sided tells whether the superscript that comes next is a side.
func (p *parser) sided() bool {
	i := p.i + 1
	if p.toks[i].role == openBrace {
		i++
	}
	return (p.toks[i].role == plus || p.toks[i].role == minus) && p.toks[i+1].role == closeBrace
}

// side reads the + or - from which a limit is approached.
func (p *parser) side() string {
	braced := p.take(openBrace)
	side := "+"
	if !p.take(plus) {
		side = "-"
		p.want(minus)
	}
	if braced {
		p.want(closeBrace)
	}
	return side
}

// integral reads an integral up to its differential, which may also be a factor
// of a numerator.
func (p *parser) integral() *Node {
	if !p.enter() {
		return p.stop()
	}
	defer p.leave()
	b := p.bounds()
	by, inside := p.by, p.inside
	p.by, p.inside = nil, p.depth
	body := p.sum()
	name := p.by
	p.by, p.inside = by, inside
	switch {
	case name == nil:
		return p.fail("an integral by nothing")
	case b.below != nil && b.above != nil:
		return p.make(Integral, "", body, name, b.below, b.above)
	case b.below == nil && b.above == nil:
		return p.make(Integral, "", body, name)
	}
	return p.fail("an integral with one bound")
}

// undifferential drops the one that stands for a differential among the factors
// since mark.
func (p *parser) undifferential(mark int) {
	if !p.differential {
		return
	}
	p.differential = false
	last := p.stack[len(p.stack)-1]
	if len(p.stack) > mark+1 && last.Op == Num && last.Text == "1" {
		p.stack = p.stack[:len(p.stack)-1]
	}
}
