package tex

// element reads one answer: an expression, a relation or a chain of them.
func (p *parser) element() *Node {
	for p.at(relation) && (p.tok().text == "=" || p.tok().text == `\approx`) {
		p.i++ // = 5
	}
	left := p.unions()
	if !p.relates() && !p.modular() {
		return left
	}
	mark := len(p.stack)
	for p.relates() {
		text := p.relationText()
		right := p.unions()
		if text == `\approx` && rough(left, right) && !p.relates() {
			continue
		}
		p.push(p.make(Relation, text, left, right))
		left = right
	}
	if len(p.stack) == mark {
		p.push(left)
	}
	if p.modular() {
		return p.congruence(mark)
	}
	return p.gather(And, mark)
}

// modular tells whether \pmod comes next, or (mod.
func (p *parser) modular() bool {
	return p.at(modulo) || p.at(openParen) && p.toks[p.i+1].role == remainder
}

// relates tells whether a relation comes next.
func (p *parser) relates() bool {
	return p.at(relation) && (!p.builder || p.tok().text != `\mid`) || p.at(negated) || p.divides()
}

// divides tells whether a bar comes next that means divisibility: one that
// neither closes an absolute value nor separates a set from its condition.
func (p *parser) divides() bool { return p.at(bar) && p.bars == 0 && !p.builder }

// relationText reads the sign of a relation.
func (p *parser) relationText() string {
	t := p.tok()
	p.i++
	switch t.role {
	case bar:
		return `\mid`
	case negated:
		return p.denied()
	default:
		return t.text
	}
}

// denied reads what follows \not.
func (p *parser) denied() string {
	switch t := p.next(); t.text {
	case "=":
		return `\ne`
	case `\in`:
		return `\notin`
	case `\mid`:
		return `\nmid`
	case `\equiv`, `\subset`, `\subseteq`, `<`, `>`, `\le`, `\ge`, `\approx`, `\sim`, `\cong`:
		return `\not` + t.text
	}
	p.fail("nothing to deny")
	return ""
}

// rough tells whether b only repeats a as a decimal, so that it can be dropped.
func rough(a, b *Node) bool {
	if b.Op == Neg {
		b = b.Args[0]
	}
	return a.Op != Name && a.Op != Words && a.Op != Call && b.Op == Num && !named(a)
}

// named tells whether n adds, multiplies or divides names, as m+n does.
func named(n *Node) bool {
	switch n.Op {
	case Name:
		return n.Text != `\pi` && n.Text != "e" && n.Text != "i"
	case Sum, Product, Quotient, Neg, Power:
		return named(n.Args[0]) || len(n.Args) > 1 && named(n.Args[1])
	default:
		return false
	}
}

// congruence reads the modulus after \pmod, for the relations since mark or for
// an expression by itself.
func (p *parser) congruence(mark int) *Node {
	m := p.modulus()
	for i, n := range p.stack[mark:] {
		switch {
		case n.Op != Relation:
			p.stack[mark+i] = p.make(Mod, "", n, m)
		case n.Text == `\equiv` || n.Text == "=":
			p.stack[mark+i] = p.make(Congruence, "", n.Args[0], n.Args[1], m)
		case n.Text == `\not\equiv` || n.Text == `\ne`:
			p.stack[mark+i] = p.make(Congruence, `\not`, n.Args[0], n.Args[1], m)
		default:
			p.fail("a modulus of no congruence")
		}
	}
	return p.gather(And, mark)
}

// share makes congruences of n ≡ 1, 3 (mod 4), where only the last element has
// the modulus and only the first the left side.
func (p *parser) share(args []*Node) {
	first, last := args[0], args[len(args)-1]
	if first.Op != Relation || first.Text != `\equiv` || last.Op != Mod && last.Op != Congruence {
		return
	}
	left, m := first.Args[0], last.Args[len(last.Args)-1]
	for i, a := range args {
		switch {
		case a.Op == Relation && a.Text == `\equiv`:
			args[i] = p.make(Congruence, "", a.Args[0], a.Args[1], m)
		case a.Op == Mod && i == len(args)-1:
			args[i] = p.make(Congruence, "", left, a.Args[0], m)
		case !related(a):
			args[i] = p.make(Congruence, "", left, a, m)
		}
	}
}

// modulus reads \pmod{7} or (mod 7).
func (p *parser) modulus() *Node {
	if p.take(openParen) {
		p.i++
		n := p.bracketed(p.sum)
		p.want(closeParen)
		return n
	}
	p.i++
	if p.at(openBrace) || p.at(openParen) {
		return p.primary()
	}
	return p.factor()
}

// unions reads sets put together: \cup, \setminus and, closer, \cap.
func (p *parser) unions() *Node {
	from := p.i
	left := p.intersections()
	if p.at(union) || p.at(without) {
		left = p.asSet(from, left)
	}
	for {
		switch {
		case p.at(union):
			left = p.flat(Union, union, left, p.set)
		case p.take(without):
			left = p.make(Minus, "", left, p.set())
		default:
			return left
		}
	}
}

// set reads a set that stands after \cup or the like.
func (p *parser) set() *Node {
	from := p.i
	return p.asSet(from, p.intersections())
}

// asSet makes a set of n, which the tokens from there are, if it is a number in
// braces: {3} is no group where sets are united.
func (p *parser) asSet(from int, n *Node) *Node {
	if p.toks[from].role == openBrace && p.toks[p.i-1].role == closeBrace && numeric(n) {
		return p.make(Set, "", n)
	}
	return n
}

func (p *parser) intersections() *Node { return p.flat(Intersect, intersect, p.ratio(), p.ratio) }

// ratio reads 1 : 2 : 3.
func (p *parser) ratio() *Node {
	left := p.divided()
	if p.builder {
		return left
	}
	return p.flat(Ratio, colon, left, p.divided)
}

// divided reads a sum, or two of which one stands over the other, as in 1\over 2
// and 5\choose 2.
func (p *parser) divided() *Node {
	n := p.sum()
	switch {
	case p.take(choose):
		return p.make(Binomial, "", n, p.sum())
	case p.take(over):
		return p.make(Quotient, "", n, p.sum())
	}
	return n
}

// flat reads the operands after first of an operator that takes any number.
func (p *parser) flat(op Op, by role, first *Node, operand func() *Node) *Node {
	if !p.at(by) {
		return first
	}
	mark := len(p.stack)
	p.push(first)
	for p.take(by) {
		p.push(operand())
	}
	return p.gather(op, mark)
}
