package tex

import "strings"

// unit reads the unit after n, if there is one. Words that name no known unit
// are one only at the end of everything, after a number.
func (p *parser) unit(n *Node) *Node {
	t := p.tok()
	switch t.role {
	case money:
		p.i++
		return p.make(Quantity, t.text, n)
	case word:
	default:
		return n
	}
	u, ok := unitOf(t.text)
	if !ok {
		return p.counted(n)
	}
	p.i++
	u += p.unitPower()
	for p.at(slash) && (p.toks[p.i+1].role == word || p.toks[p.i+1].role == name) {
		below, ok := unitOf(p.toks[p.i+1].text)
		if !ok {
			break
		}
		p.i += 2
		u += "/" + below + p.unitPower()
	}
	if p.at(word) {
		if v, ok := unitOf(t.text + " " + p.tok().text); ok {
			p.i++
			u = v
		}
	}
	return p.make(Quantity, u, n)
}

// unitPower reads the exponent of a unit.
func (p *parser) unitPower() string {
	if !p.at(power) {
		return ""
	}
	at := p.i
	p.i++
	braced := p.take(openBrace)
	sign := ""
	if p.take(minus) {
		sign = "-"
	}
	t := p.tok()
	if !p.take(numeral) || braced && !p.take(closeBrace) {
		p.i = at
		return ""
	}
	return "^" + sign + t.text
}

// counted reads what is counted or measured in words of no known unit.
func (p *parser) counted(n *Node) *Node {
	i := p.i
	for p.toks[i].role == word {
		i++
	}
	if p.toks[i].role != end || !numeric(n) || clause(p.tok().text) {
		return n
	}
	w := p.words()
	if u, ok := unitOf(w.Text); ok {
		return p.make(Quantity, u, n)
	}
	return p.make(Quantity, w.Text, n)
}

// clause tells the words that begin a condition and name no unit.
func clause(s string) bool {
	first, _, _ := strings.Cut(s, " ")
	switch first {
	case "if", "when", "where", "for", "is", "are", "or", "and", "with", "such", "iff", "only", "unless", "mod", "to", "has", "not":
		return true
	}
	return false
}

// numeric tells whether there are numbers and no names in n but constants.
func numeric(n *Node) bool {
	switch n.Op {
	case Num, Repeating, Radix:
		return true
	case Name:
		return n.Text == `\pi` || n.Text == "e"
	case Sum, Product, Quotient, Power, Root, Neg, Factorial, Percent, Binomial:
		return every(n.Args, numeric)
	default:
		return false
	}
}
