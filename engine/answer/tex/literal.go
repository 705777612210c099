package tex

import "strings"

// number reads on after a numeral: a mixed number, or digits above nine.
func (p *parser) number(digits string) *Node {
	n := p.node(Num, digits)
	switch t := p.tok(); t.role {
	case fraction:
		if part := p.properFraction(digits); part != nil {
			return p.make(Sum, "", n, part)
		}
	case numeral: // 1 1/2
		rest := p.toks[p.i:]
		if t.spaced && len(rest) > 2 && rest[1].role == slash && rest[2].role == numeral && whole(digits) && proper(t.text, rest[2].text) && !p.raised(3) {
			p.i += 3
			return p.make(Sum, "", n, p.make(Quotient, "", p.node(Num, t.text), p.node(Num, rest[2].text)))
		}
	case name:
		if count := p.combination(n); count != nil {
			return count
		}
		return p.hexadecimal(n)
	default:
	}
	return n
}

// raised tells whether a power or the like follows the next n tokens.
func (p *parser) raised(n int) bool {
	switch p.toks[p.i+n].role {
	case power, subscript, bang:
		return true
	default:
		return false
	}
}

// properFraction reads the \frac after a whole number that makes a mixed number
// of it, or leaves it alone.
func (p *parser) properFraction(digits string) *Node {
	at, nodes := p.i, p.nodes
	if !whole(digits) {
		return nil
	}
	var figures []string
	for _, t := range p.toks[at+1 : min(at+7, len(p.toks))] {
		if t.role == numeral {
			figures = append(figures, t.text)
		} else if t.role != openBrace && t.role != closeBrace {
			break
		}
	}
	if len(figures) == 0 {
		return nil
	}
	texts := p.toks[at+1 : min(at+7, len(p.toks))]
	saved := [6]token{}
	copy(saved[:], texts)
	p.i++
	part := p.fraction()
	if p.fault == nil && part.Args[0].Op == Num && part.Args[1].Op == Num && proper(part.Args[0].Text, part.Args[1].Text) && !p.raised(0) {
		return part
	}
	if p.fault == nil {
		copy(texts, saved[:])
		p.i, p.nodes = at, nodes
	}
	return nil
}

func whole(digits string) bool { return !strings.Contains(digits, ".") }

// proper tells whether a/b is a fraction below one in whole numbers.
func proper(a, b string) bool {
	a, b = strings.TrimLeft(a, "0"), strings.TrimLeft(b, "0")
	return whole(a) && whole(b) && a != "" && (len(a) < len(b) || len(a) == len(b) && a < b)
}

// hexadecimal reads capital letters as digits where a base follows them.
func (p *parser) hexadecimal(n *Node) *Node {
	i, digits := p.i, n.Text
	for ; p.toks[i].role == name && !p.toks[i].spaced && capitals(p.toks[i].text); i++ {
		digits += p.toks[i].text
	}
	base := i + 1
	if i == p.i || p.toks[i].role != subscript {
		return n
	}
	if p.toks[base].role == openBrace {
		base++
	}
	if p.toks[base].role != numeral || len(p.toks[base].text) != 2 {
		return n
	}
	p.i = i
	n.Text = digits
	return n
}

// scientific makes a product of 1.2e-5.
func (p *parser) scientific(s string) *Node {
	at := strings.IndexAny(s, "eE")
	exponent, negative := strings.CutPrefix(s[at+1:], "-")
	n := p.node(Num, strings.TrimPrefix(exponent, "+"))
	if negative {
		n = p.make(Neg, "", n)
	}
	return p.make(Product, "", p.node(Num, strings.TrimSuffix(s[:at], ".")), p.make(Power, "", p.node(Num, "10"), n))
}
