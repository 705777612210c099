package tex

import "fmt"

// parser reads tokens by recursive descent, one method a level of precedence,
// from lists down to primary expressions. Its first fault sends it to the end
// of the tokens, where every loop stops, so that methods need not look for
// faults and always return a node.
type parser struct {
	toks  []token
	i     int
	depth int
	nodes int
	fault error
	found *Node

	bars         int     // how many absolute values are open in this bracket
	builder      bool    // a bar or colon separates here: { x | … }
	script       bool    // in a subscript, where a function needs no argument
	square       bool    // in a bracket that [ or ] opened
	inside       int     // the depth of the integral that looks for its differential, or 0
	differential bool    // the last factor was one
	by           *Node   // the name of the differential that was found
	approach     int     // the depth at which + and - in a superscript are sides of a limit
	stack        []*Node // operands of the nodes that are being read

	arena []Node
	refs  []*Node
	room  [24]token
}

// tok is the token that comes next.
func (p *parser) tok() token { return p.toks[p.i] }

// at tells whether the next token has the role.
func (p *parser) at(r role) bool { return p.toks[p.i].role == r }

// take steps over the next token if it has the role.
func (p *parser) take(r role) bool {
	if p.toks[p.i].role != r || r == end {
		return false
	}
	p.i++
	return true
}

// next is the next token, which is stepped over unless it is the end.
func (p *parser) next() token {
	t := p.toks[p.i]
	if t.role != end {
		p.i++
	}
	return t
}

// want is take for a token that must be there.
func (p *parser) want(r role) {
	if !p.take(r) {
		p.fail("something is missing")
	}
}

// fail keeps the first fault and ends the reading.
func (p *parser) fail(what string) *Node {
	if p.fault == nil {
		p.fault = fmt.Errorf("%w: %s", ErrNotMath, what)
	}
	return p.stop()
}

func (p *parser) tooLarge() *Node {
	if p.fault == nil {
		p.fault = ErrTooLarge
	}
	return p.stop()
}

// stop goes to the end, and returns a node for callers to go on with.
func (p *parser) stop() *Node {
	p.i = len(p.toks) - lookahead
	return &Node{Op: Words}
}

// enter counts the depth of nesting; whoever enters leaves.
func (p *parser) enter() bool {
	p.depth++
	if p.depth > maxDepth {
		p.tooLarge()
		return false
	}
	return true
}

func (p *parser) leave() { p.depth-- }

// node makes a node without arguments.
func (p *parser) node(op Op, text string) *Node {
	if p.nodes++; p.nodes > maxNodes {
		p.tooLarge()
	}
	if len(p.arena) == cap(p.arena) {
		p.arena = make([]Node, 0, 8)
	}
	p.arena = append(p.arena, Node{Op: op, Text: text})
	return &p.arena[len(p.arena)-1]
}

// make makes a node of arguments.
func (p *parser) make(op Op, text string, args ...*Node) *Node {
	if joins(op) {
		for _, a := range args {
			if a.Op == Words {
				p.fail("words in a formula")
			}
		}
	}
	n := p.node(op, text)
	if len(args) > cap(p.refs)-len(p.refs) {
		p.refs = make([]*Node, 0, max(12, len(args)))
	}
	from := len(p.refs)
	p.refs = append(p.refs, args...)
	n.Args = p.refs[from:len(p.refs):len(p.refs)]
	return n
}

// joins tells the nodes that words cannot be a part of.
func joins(op Op) bool {
	switch op {
	case Sum, Neg, PlusMinus, Product, Quotient, Power, Root, Logarithm, Factorial, Degrees, Percent, Mod:
		return true
	default:
		return false
	}
}

// gather makes a node of what was pushed since mark, or of a single one that
// one itself.
func (p *parser) gather(op Op, mark int) *Node {
	n := p.stack[mark]
	if len(p.stack) > mark+1 {
		n = p.make(op, "", p.stack[mark:]...)
	}
	p.stack = p.stack[:mark]
	return n
}

func (p *parser) push(n *Node) { p.stack = append(p.stack, n) }
