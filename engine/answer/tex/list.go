package tex

import (
	"strings"

	"github.com/aimo3/aimo3/engine/answer/thousands"
)

// sequence reads answers side by side: what a whole text is, or the inside of a
// bracket. Semicolons and ends of rows separate more than commas do.
func (p *parser) sequence() *Node {
	first := p.commas()
	if !p.at(semicolon) && !p.at(newline) {
		return first
	}
	mark := len(p.stack)
	p.push(first)
	for p.take(semicolon) || p.take(newline) {
		if closes(p.tok().role) {
			break
		}
		p.push(p.commas())
		if len(p.stack)-mark > maxList {
			p.tooLarge()
		}
	}
	return p.gather(List, mark)
}

// separators are what stood between the elements of a list.
type separators struct {
	ors   int  // how many were the word "or"
	split int  // before which element a word stood that no comma came before
	bare  bool // all were commas with no space on either side
	ands  bool // one was \land
	signs int  // how many were \land or \lor
}

// commas reads answers separated by commas and by words.
func (p *parser) commas() *Node {
	first := p.element()
	if !p.at(comma) && !p.at(or) {
		return first
	}
	mark, seps := len(p.stack), separators{}
	p.push(first)
	for p.separator(len(p.stack)-mark, &seps) && !closes(p.tok().role) && !p.at(ampersand) && !p.at(newline) {
		p.push(p.element())
		if len(p.stack)-mark > maxList {
			p.tooLarge()
		}
	}
	p.share(p.stack[mark:])
	n := p.list(p.stack[mark:], seps)
	p.stack = p.stack[:mark]
	return n
}

// separator steps over what stands after the first so many elements.
func (p *parser) separator(so int, seps *separators) bool {
	t := p.tok()
	switch {
	case t.role == or:
		seps.ors++
		seps.split = so
	case t.role != comma:
		return false
	case t.text != ",":
		seps.split = so
	}
	if t.text == `\land` || t.text == `\lor` {
		seps.signs++
		seps.ands = seps.ands || t.text == `\land`
	}
	p.i++
	seps.bare = (so == 1 || seps.bare) && t.text == "," && !t.spaced && !p.tok().spaced
	for t.text == "," && (p.at(comma) || p.at(or)) { // 1, 2, and 3
		if p.at(or) {
			seps.ors++
		}
		p.i++
	}
	return true
}

// closes tells what ends the inside of a bracket.
func closes(r role) bool {
	switch r {
	case closeParen, closeSquare, closeSet, closeBrace, finish, end:
		return true
	default:
		return false
	}
}

// list makes one node of elements.
func (p *parser) list(args []*Node, seps separators) *Node {
	switch {
	case len(args) == 1:
		return args[0]
	case (seps.signs > 0 || seps.ors == len(args)-1 && every(args, isName)) && !every(args, related):
		return p.statement(args, seps)
	case !every(args, related):
		n := p.make(List, "", args...)
		if seps.bare && oneNumber(args) {
			n.Text = ","
		}
		return n
	case seps.split > 1 && seps.split < len(args)-1: // p = 5, q = 2 and p = 7, q = 2
		return p.make(List, "", p.make(List, "", args[:seps.split]...), p.make(List, "", args[seps.split:]...))
	case seps.ors > 0:
		return p.make(Or, "", args...)
	}
	return p.make(List, "", args...)
}

// statement makes a list of what is joined by one sign of logic: p ∧ q, which is no
// p ∨ q.
func (p *parser) statement(args []*Node, seps separators) *Node {
	switch {
	case seps.signs > 0 && seps.signs != len(args)-1 || seps.ands && seps.ors > 0:
		return p.fail("a statement of several signs")
	case seps.ands:
		return p.make(List, `\land`, args...)
	}
	return p.make(List, `\lor`, args...)
}

// isName tells a variable by itself: of p or q it is not known that both are meant.
func isName(n *Node) bool {
	return n.Op == Name && len(n.Text) == 1 && len(n.Args) == 0
}

// stated tells whether n is p ∧ q or p ∨ q.
func stated(n *Node) bool { return n.Op == List && len(n.Text) > 1 }

// oneNumber tells numbers that, with bare commas between them, may as well be
// one: 2,74 and 1.234,5 as in Germany, 12,34,567 as in India.
func oneNumber(args []*Node) bool {
	first := args[0]
	if first.Op == Neg {
		first = first.Args[0]
	}
	last := args[len(args)-1]
	if first.Op != Num || !every(args[1:], func(n *Node) bool { return n.Op == Num && (whole(n.Text) || n == last && len(args) > 2) }) {
		return false
	}
	if len(args) == 2 {
		return whole(first.Text) || germanThousands(first.Text)
	}
	parts := []string{first.Text}
	for _, n := range args[1:] {
		digits, _, _ := strings.Cut(n.Text, ".") // 12,34,567.5
		parts = append(parts, digits)
	}
	return thousands.Indian(parts)
}

func related(n *Node) bool {
	switch n.Op {
	case Relation, And, Or, Congruence:
		return true
	case List:
		return every(n.Args, related)
	default:
		return false
	}
}

func every(nodes []*Node, is func(*Node) bool) bool {
	for _, n := range nodes {
		if !is(n) {
			return false
		}
	}
	return true
}
