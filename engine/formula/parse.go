package formula

import "slices"

// parser reads tokens by recursive descent, each of them once. Once failed is set it
// stands at the end, so every loop ends.
type parser struct {
	toks    []token
	i       int
	depth   int
	failed  bool // the formula is not well formed
	strange bool // a Source is in it
	display bool
	tag     Node // of the row that is read
}

func (p *parser) peek() token {
	if p.i >= len(p.toks) {
		return eof
	}
	return p.toks[p.i]
}

func (p *parser) next() token {
	t := p.peek()
	p.i++
	return t
}

func (p *parser) fail() Node {
	p.failed, p.i = true, len(p.toks)
	return Source{}
}

func (p *parser) skipSpace() {
	for p.peek().space() {
		p.i++
	}
}

// lines reads the whole formula. It is a table if lines or columns are parted outside
// every environment, as models write.
func (p *parser) lines() Node {
	t := Table{Equations: true}
	p.rows(&t, eof)
	if p.peek() != eof {
		p.fail()
	}
	if len(t.Rows) == 1 && len(t.Rows[0]) == 1 {
		p.tag = t.Tags[0]
		return t.Rows[0][0]
	}
	return t
}

// row reads parts until what ends them, which it leaves.
func (p *parser) row() Row { return p.parts(false) }

// parts does the same. What is under a fraction that was begun by an infix has no second
// one: it cannot be told which of them is the larger.
func (p *parser) parts(under bool) Row {
	if p.depth++; p.depth > maxDepth {
		p.fail()
	}
	defer func() { p.depth-- }()
	var r Row
	for {
		p.skipSpace()
		t := p.peek()
		if ends(t) {
			return r
		}
		if infix, ok := infixes[string(t)]; ok {
			if p.i++; under {
				p.fail()
				return r
			}
			infix.Over, infix.Under = r, p.parts(true)
			return Row{Kids: []Node{infix}}
		}
		if n := p.scripted(); n != nil {
			r.Kids = append(r.Kids, n)
		}
	}
}

// infixes stand between what is above and what is below.
var infixes = map[string]Fraction{
	`\over`:   {Line: true},
	`\atop`:   {},
	`\choose`: {Left: "(", Right: ")"},
	`\brace`:  {Left: "{", Right: "}"},
	`\brack`:  {Left: "[", Right: "]"},
}

// ends tells what ends a row.
func ends(t token) bool {
	switch t {
	case eof, "}", "&", `\\`, `\cr`, `\newline`, `\right`, `\middle`, `\end`:
		return true
	}
	return false
}

// scripted reads one part with its scripts; nil for what draws nothing.
func (p *parser) scripted() Node {
	base := p.atom()
	s := Scripts{Body: base, Limits: limits(base)}
	for !p.failed {
		p.skipSpace()
		switch t := p.peek(); t {
		case `\limits`, `\nolimits`, `\displaylimits`:
			p.i++
			s.Limits = t == `\limits` || t == `\displaylimits` && s.Limits
		case "^", "_", "'", "’":
			p.script(&s)
		default:
			if s.Sub == nil && s.Sup == nil {
				return base
			}
			if s.Body == nil {
				s.Body = Row{}
			}
			return braced(s)
		}
	}
	return base
}

// limits says whether the scripts of base stand below and above it in display.
func limits(base Node) bool {
	switch n := base.(type) {
	case Symbol:
		switch n.Glyph {
		case "∫", "∬", "∭", "⨌", "∫⋯∫", "∮", "∯", "∰":
			return n.Name == "intop"
		}
		return n.Class == Big || n.Class == Fun && (functions[n.Name] || n.Name == "operatorname*")
	case Stack:
		return n.Class == Fun || n.Brace
	}
	return false
}

// script reads one script into s. A second one of a kind goes behind the first, as a
// prime and an exponent do.
func (p *parser) script(s *Scripts) {
	t := p.next()
	to := &s.Sup
	var n Node
	switch t {
	case "'", "’":
		n = Symbol{Glyph: "′", Name: "prime"}
	case "_":
		to = &s.Sub
		n = p.argument()
	default:
		n = p.argument()
	}
	if *to == nil {
		*to = n
		return
	}
	if _, ok := prime(*to); !ok && t != "'" && t != "’" {
		p.fail() // a double script
		return
	}
	*to = Row{Kids: append(slices.Clone(kids(*to)), kids(n)...)}
}

func prime(n Node) (Node, bool) {
	for _, k := range kids(n) {
		if s, ok := k.(Symbol); !ok || s.Name != "prime" {
			return n, false
		}
	}
	return n, true
}

// kids are the parts of n.
func kids(n Node) []Node {
	if r, ok := n.(Row); ok {
		return r.Kids
	}
	return []Node{n}
}

// braced puts the scripts of a brace on that.
func braced(s Scripts) Node {
	b, ok := s.Body.(Stack)
	if !ok || !b.Brace {
		return s
	}
	if b.Above {
		b.Over, s.Sup = s.Sup, nil
	} else {
		b.Under, s.Sub = s.Sub, nil
	}
	if s.Sup == nil && s.Sub == nil {
		return b
	}
	s.Body = b
	return s
}
