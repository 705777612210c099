package tex

// bracketed reads with read what stands in a bracket, where bars and separators
// have nothing to do with those outside.
func (p *parser) bracketed(read func() *Node) *Node {
	if !p.enter() {
		return p.stop()
	}
	bars, builder, square := p.bars, p.builder, p.square
	p.bars, p.builder, p.square = 0, false, false
	n := read()
	p.bars, p.builder, p.square = bars, builder, square
	p.leave()
	return n
}

// enclosed reads what begins with an opening bracket of the role, or returns
// nil if it is none.
func (p *parser) enclosed(r role) *Node {
	switch r {
	case openBrace:
		return p.group()
	case openParen, openSquare, closeSquare, openAngle:
		return p.bracket()
	case openSet:
		return p.drawn()
	case openBar:
		return p.between("abs", closeBar)
	case openNorm:
		return p.between("norm", openNorm)
	case openFloor:
		return p.between("floor", closeFloor)
	case openCeil:
		return p.between("ceil", closeCeil)
	case bar:
		return p.absolute()
	default:
		return nil
	}
}

// absolute reads what stands between two bars.
func (p *parser) absolute() *Node {
	if !p.enter() {
		return p.stop()
	}
	defer p.leave()
	p.i++
	p.bars++
	n := p.sum()
	p.bars--
	p.want(bar)
	return p.construction("abs", []*Node{n})
}

// between reads a function that is written as a pair of brackets.
func (p *parser) between(call string, closing role) *Node {
	p.i++
	n := p.bracketed(func() *Node {
		if closing == openNorm {
			p.bars++
		}
		return p.sum()
	})
	if closing == closeBar && p.take(bar) {
		return p.construction(call, []*Node{n})
	}
	p.want(closing)
	return p.construction(call, []*Node{n})
}

// group reads the inside of TeX's braces, which is a set if commas are in it.
func (p *parser) group() *Node {
	p.i++
	n := p.bracketed(p.grouped)
	p.want(closeBrace)
	return n
}

func (p *parser) grouped() *Node {
	if p.at(closeBrace) {
		return p.fail("empty braces")
	}
	n := p.sequence()
	if stated(n) {
		return p.fail("a statement in brackets")
	}
	if n.Op == List {
		return p.make(Set, "", n.Args...)
	}
	return n
}

// bracket reads what begins with ( or [ or, as an interval's end does, with ].
func (p *parser) bracket() *Node {
	opening := p.tok().role
	p.i++
	if opening == openSquare && p.take(closeSquare) {
		return p.node(Empty, "")
	}
	n := p.bracketed(func() *Node {
		p.square = opening != openParen
		return p.sequence()
	})
	if stated(n) {
		return p.fail("a statement in brackets")
	}
	closing := p.next().role
	pair := n.Op == List && len(n.Args) == 2
	switch {
	case opening == openAngle && closing == closeAngle, opening == openParen && closing == closeParen:
		if n.Op == List {
			return p.make(Tuple, "", n.Args...)
		}
		return p.numeralInBase(n)
	case opening == openSquare && closing == closeSquare && !pair:
		return p.matrixOf(n)
	case pair:
		return p.interval(opening, closing, n.Args)
	}
	return p.fail("brackets that do not match")
}

// numeralInBase reads (1010)_2.
func (p *parser) numeralInBase(n *Node) *Node {
	if n.Op == Num && p.at(subscript) {
		p.i++
		return p.radix(n.Text)
	}
	return n
}

// interval makes an interval, in either of two notations.
func (p *parser) interval(opening, closing role, ends []*Node) *Node {
	text := [2]byte{'(', ')'}
	switch opening {
	case openParen, closeSquare:
	case openSquare:
		text[0] = '['
	default:
		return p.fail("no interval")
	}
	switch closing {
	case closeParen, openSquare:
	case closeSquare:
		text[1] = ']'
	default:
		return p.fail("no interval")
	}
	if text == [2]byte{'[', ']'} && ends[0].Op == Interval && ends[0].Text == "[]" && ends[1].Op == Interval && ends[1].Text == "[]" {
		return p.matrixOf(p.make(List, "", ends...))
	}
	return p.make(Interval, string(text[:]), ends...)
}

// matrixOf makes a matrix of a Python list of lists of one length, and leaves
// other lists as they are.
func (p *parser) matrixOf(n *Node) *Node {
	if n.Op != List || !every(n.Args, bracketList) {
		return n
	}
	mark := len(p.stack)
	for _, row := range n.Args {
		if len(row.Args) != len(n.Args[0].Args) {
			p.stack = p.stack[:mark]
			return n
		}
		p.push(p.make(Row, "", row.Args...))
	}
	m := p.make(Matrix, "", p.stack[mark:]...)
	p.stack = p.stack[:mark]
	return m
}

// bracketList tells what [1, 2] and [1, 2, 3] are read as.
func bracketList(n *Node) bool { return n.Op == List || n.Op == Interval && n.Text == "[]" }

// drawn reads what stands in braces that are drawn: the elements of a set, or
// what they are of with a condition.
func (p *parser) drawn() *Node {
	p.i++
	if p.take(closeSet) {
		return p.node(Empty, "")
	}
	n := p.bracketed(func() *Node {
		p.builder = !p.timed()
		first := p.sequence()
		p.builder = false
		if !p.take(colon) && !p.take(bar) && !p.take(semicolon) && !p.middle() {
			if first.Op == List {
				return p.make(Set, "", first.Args...)
			}
			return p.make(Set, "", first)
		}
		condition := p.sequence()
		if condition.Op == List {
			condition = p.make(And, "", condition.Args...)
		}
		return p.make(SetOf, "", first, condition)
	})
	if !p.take(closeBrace) {
		p.want(closeSet)
	}
	return n
}

// timed tells whether times of day, or ratios of numbers, come next: {12:00, 3:00}.
func (p *parser) timed() bool {
	return p.at(numeral) && p.toks[p.i+1].role == colon && p.toks[p.i+2].role == numeral
}

// middle steps over \mid where it separates.
func (p *parser) middle() bool { return p.tok().text == `\mid` && p.take(relation) }
