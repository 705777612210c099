package tex

import "strings"

// What textbooks write where TeX has a command: C_5^2, {}_5C_2 and 5C2 for a
// binomial coefficient, A_5^2 and P_5^2 for the number of arrangements, cis θ,
// the 5th, and φ(100) as Euler counts it.

// maxArranged is how many factors the number of arrangements is written out in
// where what they are of is no number.
const maxArranged = 8

// prescript reads {}_5C_2, ^5C_2 and {}^{10}P_{3}.
func (p *parser) prescript() *Node {
	if !p.enter() {
		return p.stop()
	}
	defer p.leave()
	if p.take(openBrace) {
		p.want(closeBrace)
	}
	p.i++ // _ or ^
	of := p.argument()
	if p.take(radical) { // ³√8
		return p.make(Root, "", p.primary(), of)
	}
	t := p.next()
	if t.role != name || !p.take(subscript) {
		return p.fail("a script before what is no combination")
	}
	if n := p.chosen(t.text, of, p.argument()); n != nil {
		return n
	}
	return p.fail("a script before what is no combination")
}

// prescribed tells whether a script comes next that stands before a name.
func (p *parser) prescribed() bool {
	i := p.i
	if p.at(openBrace) && p.toks[i+1].role == closeBrace {
		i += 2
	}
	return p.toks[i].role == subscript || p.toks[i].role == power
}

// chosen is what the letter counts: combinations or arrangements of so many out
// of a number. It is nil for other letters.
func (p *parser) chosen(letter string, of, so *Node) *Node {
	switch letter {
	case "C", `\mathcal{C}`, `\complement`:
		return p.make(Binomial, "", of, so)
	case "P", "A":
		return p.arranged(of, so)
	}
	return nil
}

// arranged is the number of arrangements of so many out of a number: a product
// where it is short, or else a quotient of factorials.
func (p *parser) arranged(of, so *Node) *Node {
	if so.Op == Num && of.Op != Num && len(so.Text) == 1 && so.Text[0] > '0' && int(so.Text[0]-'0') <= maxArranged {
		factors := []*Node{of}
		for less := byte('1'); less < so.Text[0]; less++ {
			factors = append(factors, p.make(Sum, "", of, p.make(Neg, "", p.node(Num, string(less)))))
		}
		if len(factors) == 1 {
			return of
		}
		return p.make(Product, "", factors...)
	}
	rest := p.make(Sum, "", of, p.make(Neg, "", so))
	return p.make(Quotient, "", p.make(Factorial, "!", of), p.make(Factorial, "!", rest))
}

// scripted is what C_5^2 counts, or n itself if it is no such thing: a power of
// C_1, or of any C_n by more than can be chosen.
func (p *parser) scripted(n *Node) *Node {
	if n.Op != Power || n.Args[0].Op != Name || len(n.Args[0].Args) != 1 {
		return n
	}
	letter, of, so := n.Args[0].Text, n.Args[0].Args[0], n.Args[1]
	switch {
	case of.Op == Num && so.Op == Num:
		if of.Text != so.Text && !proper(so.Text, of.Text) && strings.Trim(so.Text, "0") != "" {
			return n
		}
	case letter == "P" || of.Op == Num || !index(of) || !index(so):
		return n
	}
	if count := p.chosen(letter, of, so); count != nil {
		return count
	}
	return n
}

// index tells what combinations are taken of: n, 2n, n+1.
func index(n *Node) bool {
	switch n.Op {
	case Num, Name:
		return len(n.Args) == 0
	case Sum, Product, Neg:
		return every(n.Args, index)
	default:
		return false
	}
}

// combination reads the rest of 5C2 after the 5.
func (p *parser) combination(of *Node) *Node {
	letter, so := p.tok(), p.toks[p.i+1]
	if letter.text != "C" && letter.text != "P" || letter.spaced || so.role != numeral || so.spaced || p.raised(2) || !whole(of.Text) || !whole(so.text) {
		return nil
	}
	p.i += 2
	return p.chosen(letter.text, of, p.node(Num, so.text))
}

// cis makes cos θ + i sin θ.
func (p *parser) cis(angle *Node) *Node {
	sine := p.make(Product, "", p.node(Name, "i"), p.make(Call, "sin", angle))
	return p.make(Sum, "", p.make(Call, "cos", angle), sine)
}

// counts tells whether φ is applied to the parenthesis that comes next, as Euler's
// function is to whole numbers: φ(100), and not φ(1+√5).
func (p *parser) counts() bool {
	depth := 0
	for i, t := range p.toks[p.i:] {
		switch t.role {
		case numeral:
			if !whole(t.text) {
				return false
			}
		case name:
			if t.text != `\phi` || p.toks[p.i+i+1].role != openParen {
				return false
			}
		case openParen:
			depth++
		case times, power, openBrace, closeBrace, plus, minus, bang:
		case closeParen:
			if depth--; depth == 0 {
				return true
			}
		default:
			return false
		}
	}
	return false
}

// multiplies tells whether the x that comes next is the sign in 1.5 x 10^3, or in
// 2 x 3, where space is on both sides.
func (p *parser) multiplies() bool {
	t := p.tok()
	if t.role != name || t.text != "x" && t.text != "X" || p.i == 0 || p.toks[p.i-1].role != numeral {
		return false
	}
	ten := p.toks[p.i+1]
	return ten.role == numeral && (t.spaced && ten.spaced || ten.text == "10" && p.toks[p.i+2].role == power)
}

// conjugate is the conjugate of n, under a line or before a star, if it is a
// number in i, or nil.
func (p *parser) conjugate(n *Node) *Node {
	imaginary, closed := false, true
	n.Walk(func(part *Node) bool {
		if part.Op == Name {
			imaginary = imaginary || part.Text == "i"
			closed = closed && len(part.Args) == 0 && (part.Text == "i" || part.Text == "e" || part.Text == `\pi`)
		}
		return true
	})
	if !imaginary || !closed || n.Op == Name {
		return nil
	}
	return p.make(Call, "conj", n)
}

// ordinal tells whether the letters s, which end at i, make an ordinal of what is
// before them: of a numeral that they touch or are raised behind, or of any name
// that they are raised behind. 2nd+1 has a product in it.
func (c *scanner) ordinal(s string) bool {
	if !endsOrdinal(s) {
		return false
	}
	n := len(c.toks)
	if n > 0 && c.toks[n-1].role == openBrace {
		n--
	}
	if n > 1 && c.toks[n-1].role == power {
		return true
	}
	if n == 0 || n < len(c.toks) || c.spaced {
		return false
	}
	if c.toks[n-1].role == minus && n > 1 && c.toks[n-2].role == numeral && s == "th" { // 5-th
		c.toks = c.toks[:n-1]
		return true
	}
	rest := strings.TrimLeft(c.s[c.i:], ` $\`)
	return c.toks[n-1].role == numeral && strings.HasSuffix(endingOf(c.toks[n-1].text), s) && (rest == "" || letter(rest[0]) || strings.IndexByte(",;.)}", rest[0]) >= 0)
}

func endsOrdinal(s string) bool { return s == "st" || s == "nd" || s == "rd" || s == "th" }

// endingOf is what makes an ordinal of a numeral.
func endingOf(digits string) string {
	if !whole(digits) || len(digits) > 1 && digits[len(digits)-2] == '1' {
		return "th"
	}
	switch digits[len(digits)-1] {
	case '1':
		return "st"
	case '2':
		return "nd"
	case '3':
		return "rd"
	}
	return "th"
}
