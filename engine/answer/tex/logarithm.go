package tex

// logarithm reads the base and the argument of \log.
func (p *parser) logarithm() *Node {
	var base, exponent *Node
	for p.at(subscript) || p.at(power) {
		if p.take(power) {
			exponent = p.exponent()
			continue
		}
		p.i++
		if p.starts(p.toks[p.i+1]) {
			base = p.argument()
		} else {
			base = p.digitOrArgument() // \log_28
		}
	}
	if t := p.tok(); base == nil && t.role == numeral && !t.spaced && (t.text == "2" || t.text == "10") && p.toks[p.i+1].role == openParen {
		base = p.argument() // log2(8)
	}
	var n *Node
	args := []*Node{nil}
	if p.at(openParen) {
		args = p.arguments(openParen, closeParen)
	} else {
		args[0] = p.operand()
	}
	switch {
	case base != nil && len(args) == 1:
		n = p.make(Logarithm, "", base, args[0])
	case base == nil && len(args) == 2: // log(x, b)
		n = p.make(Logarithm, "", args[1], args[0])
	case base == nil && len(args) == 1:
		n = p.make(Call, "log", args[0])
	default:
		return p.fail("a logarithm of several numbers")
	}
	if exponent != nil {
		n = p.make(Power, "", n, exponent)
	}
	return n
}
