package tex

import "strings"

// callee tells whether n is applied to the parenthesis that comes next: f, g
// and h always are, x, y and the constants never.
func (p *parser) callee(n *Node) bool {
	if !p.at(openParen) {
		return false
	}
	if functional(n.Text) || strings.HasPrefix(n.Text, `\operatorname{`) || strings.HasPrefix(n.Text, `\mathrm{`) {
		return true
	}
	switch n.Text {
	case `\Gamma`, `\zeta`:
		return true
	case `\phi`:
		return p.counts() || p.called()
	case "e", "i", "x", "y", "z", `\pi`:
		return false
	}
	return p.called()
}

// functional tells the letters that are functions and nothing else where a
// parenthesis follows.
func functional(letter string) bool {
	switch letter {
	case "f", "g", "h", "F", "G", "H":
		return true
	}
	return false
}

// iterated reads what follows f in f^{-1}(x), and in f^2(x) or f^2.
func (p *parser) iterated(n *Node) *Node {
	p.i++
	exponent := p.exponent()
	if !p.at(openParen) {
		return p.make(Power, "", n, exponent)
	}
	if exponent.Op == Neg && exponent.Args[0].Op == Num && exponent.Args[0].Text == "1" {
		return p.make(Call, n.Text+"^{-1}", p.arguments(openParen, closeParen)...)
	}
	return p.make(Power, "", p.applied(n), exponent)
}

// called tells whether a parenthesis comes next that no factor looks like: a
// name alone, or several things separated by commas.
func (p *parser) called() bool {
	depth, commas := 0, 0
	for i, t := range p.toks[p.i:] {
		switch t.role {
		case openParen, openSquare, openSet:
			depth++
		case closeParen, closeSquare, closeSet:
			if depth--; depth == 0 {
				return i == 2 && p.toks[p.i+1].role == name || commas > 0 && t.role == closeParen
			}
		case comma, semicolon:
			if depth == 1 && !closes(p.toks[p.i+i+1].role) {
				commas++
			}
		case end:
			return false
		default:
		}
	}
	return false
}

// applied reads the arguments of the function that n names.
func (p *parser) applied(n *Node) *Node {
	args := p.arguments(openParen, closeParen)
	if n.Text == "C" && len(n.Args) == 0 && len(args) == 2 {
		return p.make(Binomial, "", args...)
	}
	return p.make(Call, n.String(), args...)
}

// arguments reads (a, b, c), in brackets of one kind or another.
func (p *parser) arguments(opening, closing role) []*Node {
	p.want(opening)
	if p.take(closing) {
		p.fail("no arguments")
		return nil
	}
	n := p.bracketed(p.sequence)
	p.want(closing)
	if n.Op == List {
		return n.Args
	}
	return []*Node{n}
}

// function reads what a named function is applied to.
func (p *parser) function(t token) *Node {
	call := t.text
	if t.role == callable && p.at(openBrace) { // \nCr{5}{2}, \cbrt{8}
		args := []*Node{p.argument()}
		if p.at(openBrace) {
			args = append(args, p.argument())
		}
		return p.construction(call, args)
	}
	if t.role == callable && !p.at(openParen) {
		return p.node(Name, `\mathrm{`+call+`}`)
	}
	if p.script && closes(p.tok().role) {
		return p.node(Name, `\`+call)
	}
	exponent := p.functionPower(&call)
	if call == "lg" && exponent == nil && p.at(subscript) {
		return p.logarithm()
	}
	var n *Node
	switch {
	case p.at(openParen):
		n = p.construction(call, p.arguments(openParen, closeParen))
	case p.at(openSquare) && (call == "lcm" || call == "gcd"):
		n = p.construction(call, p.arguments(openSquare, closeSquare))
	case p.at(openSet): // \max\{a, b\}
		n = p.make(Call, call, p.arguments(openSet, closeSet)...)
	default:
		n = p.construction(call, []*Node{p.operand()})
	}
	if !arity(n) {
		return p.fail("a function of one argument")
	}
	if exponent != nil {
		n = p.make(Power, "", n, exponent)
	}
	return n
}

// arity tells whether a call has as many arguments as its function can have.
func arity(n *Node) bool {
	if n.Op != Call {
		return true
	}
	switch n.Text {
	case "gcd", "lcm", "max", "min", "sup", "inf", "Pr", "dim", "deg", "f", "log":
		return len(n.Args) > 0
	}
	return len(n.Args) == 1 || n.Text[0] == '\\' || len(n.Text) < 2
}

// functionPower reads the exponent between a function and its argument. That of
// an inverse function becomes part of its name.
func (p *parser) functionPower(call *string) *Node {
	if !p.take(power) {
		return nil
	}
	exponent := p.exponent()
	if exponent.Op == Neg && exponent.Args[0].Op == Num && exponent.Args[0].Text == "1" {
		if inverse, ok := inverses[*call]; ok {
			*call = inverse
			return nil
		}
	}
	return exponent
}

// inverses are the functions whose inverse has a name.
var inverses = map[string]string{
	"sin": "arcsin", "cos": "arccos", "tan": "arctan", "cot": "arccot", "sec": "arcsec", "csc": "arccsc", "sinh": "arcsinh", "cosh": "arccosh", "tanh": "arctanh",
}

// operand reads the argument of a function without parentheses: factors side by
// side, up to a sign, another function or a bracket.
func (p *parser) operand() *Node {
	if !p.enter() {
		return p.stop()
	}
	defer p.leave()
	if p.at(openBrace) {
		return p.group()
	}
	mark := len(p.stack)
	switch {
	case p.take(minus):
		p.push(p.make(Neg, "", p.factor()))
	case p.at(word):
		return p.fail("a function of words")
	default:
		p.push(p.factor())
	}
	for p.continues(p.stack[len(p.stack)-1]) {
		p.push(p.factor())
	}
	n := p.gather(Product, mark)
	if p.at(slash) && !p.tok().spaced && p.toks[p.i+1].role == numeral {
		p.i++
		n = p.make(Quotient, "", n, p.factor())
	}
	return n
}

// continues tells whether what comes next still belongs to the argument of a
// function, of which last was read.
func (p *parser) continues(last *Node) bool {
	switch t := p.tok(); t.role {
	case name:
		return (t.text != "d" || p.inside == 0) && !strings.HasPrefix(t.text, `\hat{`)
	case numeral:
		return last.Op != Num && p.beside(last)
	case root, fraction, openParen, radical, openBrace:
		return last.Op == Num
	default:
		return false
	}
}
