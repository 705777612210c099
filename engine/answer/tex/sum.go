package tex

import "strings"

// sum reads terms that are added, subtracted or both, and the unit of it all.
func (p *parser) sum() *Node {
	left := p.unit(p.term())
	mark := len(p.stack)
	p.push(left)
	for !p.integrated() {
		t := p.tok()
		switch t.role {
		case plus:
			p.i++
			p.push(p.addend(left))
		case minus:
			p.i++
			p.subtract(mark, p.addend(left))
		case plusMinus:
			p.i++
			sum := p.gather(Sum, mark)
			p.push(p.make(PlusMinus, t.text, sum, p.addend(left)))
		default:
			return p.unit(p.gather(Sum, mark))
		}
	}
	return p.gather(Sum, mark)
}

// addend reads a term, with a unit of its own if the first term has one: in
// 100 + 20π cm the unit is that of the sum.
func (p *parser) addend(first *Node) *Node {
	n := p.term()
	if first.Op == Quantity {
		return p.unit(n)
	}
	return n
}

// integrated tells whether dx has ended the expression that an integral is of.
func (p *parser) integrated() bool { return p.by != nil && p.depth == p.inside }

// subtract pushes n negated. A set is taken away from the set before it instead.
func (p *parser) subtract(mark int, n *Node) {
	if n.Op == Set || n.Op == SetOf || n.Op == Interval {
		left := p.gather(Sum, mark)
		p.push(p.make(Minus, "", left, n))
		return
	}
	p.push(p.make(Neg, "", n))
}

// term reads a product with its sign.
func (p *parser) term() *Node {
	negative := false
	for {
		switch t := p.tok(); t.role {
		case plus:
			p.i++
		case minus:
			p.i++
			negative = !negative
		case plusMinus:
			p.i++
			if !p.enter() {
				return p.stop()
			}
			n := p.term()
			p.leave()
			if n.Op == Num && n.Text == "0" {
				return n // ±0
			}
			n = p.make(PlusMinus, t.text, n)
			if negative {
				n = p.make(Neg, "", n)
			}
			return n
		default:
			return p.product(negative)
		}
	}
}

// product reads factors, written side by side or with signs between, and
// quotients with a slash. The sign belongs to what is before the first mod.
func (p *parser) product(negative bool) *Node {
	mark, from := len(p.stack), p.i
	p.push(p.factor())
	for {
		switch {
		case p.integrated():
			return p.signedProduct(negative, mark)
		case p.take(times):
			p.push(p.signed())
		case p.multiplies():
			p.i++
			p.push(p.signed())
		case p.take(slash):
			above := p.gather(Product, mark)
			p.push(p.make(Quotient, "", above, p.below(above)))
		case p.at(remainder), p.at(percent) && p.starts(p.toks[p.i+1]):
			p.i++
			above := p.gather(Product, mark)
			if negative {
				above, negative = p.make(Neg, "", above), false
			}
			p.push(p.make(Mod, "", above, p.signed()))
		case p.beside(p.stack[len(p.stack)-1]):
			p.push(p.factor())
		default:
			return p.lettered(p.signedProduct(negative, mark), from)
		}
		p.undifferential(mark)
	}
}

// lettered notes how a product is spelled that began at the token from, if it is but
// capital letters side by side: as points their order may matter.
func (p *parser) lettered(n *Node, from int) *Node {
	if n.Op != Product || len(n.Args) != p.i-from {
		return n
	}
	for i, t := range p.toks[from:p.i] {
		if t.role != name || len(t.text) != 1 || !capitals(t.text) || t.spaced && i > 0 {
			return n
		}
	}
	var b strings.Builder
	for _, t := range p.toks[from:p.i] {
		b.WriteString(t.text)
	}
	n.Text = b.String()
	return n
}

func (p *parser) signedProduct(negative bool, mark int) *Node {
	n := p.gather(Product, mark)
	if negative {
		n = p.make(Neg, "", n)
	}
	return n
}

// below reads what a slash divides by. Letters that touch it belong to it, as
// in h/2π and a/bc, but in 1/2x only the number does.
func (p *parser) below(above *Node) *Node {
	first := p.signed()
	if above.Op == Num && first.Op == Num {
		return first
	}
	mark := len(p.stack)
	p.push(first)
	for t := p.tok(); t.role == name && !t.spaced && (first.Op == Num || first.Op == Name); t = p.tok() {
		p.push(p.factor())
	}
	return p.gather(Product, mark)
}

// signed reads a factor that may have a sign.
func (p *parser) signed() *Node {
	negative := false
	for {
		switch {
		case p.take(minus):
			negative = !negative
		case p.take(plus):
		default:
			n := p.factor()
			if negative {
				n = p.make(Neg, "", n)
			}
			return n
		}
	}
}
