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
	tag     Node   // of the row that is read
	tags    []Node // scratch of tables
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
func (p *parser) row() Row {
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
			p.i++
			infix.Over, infix.Under = r, p.row()
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
	s := Scripts{Base: base, Limits: limits(base)}
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
			if s.Base == nil {
				s.Base = Row{}
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
		case "∫", "∬", "∭", "∮", "∯":
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
	b, ok := s.Base.(Stack)
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
	s.Base = b
	return s
}

// argument reads a group, or one part without its scripts.
func (p *parser) argument() Node {
	p.skipSpace()
	if ends(p.peek()) {
		return p.fail()
	}
	if p.depth++; p.depth > maxDepth {
		return p.fail()
	}
	defer func() { p.depth-- }()
	if n := p.atom(); n != nil {
		return n
	}
	return Row{}
}

// group reads what is in braces, the first of which has been read.
func (p *parser) group() Node {
	r := p.row()
	if p.next() != "}" {
		return p.fail()
	}
	return r
}

// optional reads an argument in square brackets; nil if there is none.
func (p *parser) optional() Node {
	toks := p.rawOptional()
	if toks == nil {
		return nil
	}
	return p.within(toks)
}

// within reads toks as a formula of its own.
func (p *parser) within(toks []token) Node {
	if p.depth++; p.depth > maxDepth {
		return p.fail()
	}
	defer func() { p.depth-- }()
	saved, at := p.toks, p.i
	p.toks, p.i = toks, 0
	r := p.row()
	if p.peek() != eof {
		p.failed = true
	}
	p.toks, p.i = saved, at
	if p.failed {
		return p.fail()
	}
	return r
}

func (p *parser) rawOptional() []token {
	rest := p.toks[min(p.i, len(p.toks)):]
	toks, n := bracketed(rest)
	p.i += n
	if n > 0 && toks == nil {
		return []token{}
	}
	return toks
}

// raw reads an argument without a look at what is in it.
func (p *parser) raw() []token {
	toks, n := argument(p.toks[min(p.i, len(p.toks)):])
	if n == 0 {
		p.fail()
		return nil
	}
	p.i += n
	return toks
}

// source is the text from the token at from on, with the arguments that follow.
func (p *parser) source(from int) Node {
	p.strange = true
	for !p.failed {
		rest := p.toks[p.i:]
		n := 0
		switch p.peek() {
		case "{":
			if n = closing(rest); n == 0 {
				return p.fail()
			}
			n++
		case "[":
			_, n = bracketed(rest)
		}
		if n == 0 {
			break
		}
		p.i += n
	}
	return Source{Text: join(p.toks[from:min(p.i, len(p.toks))])}
}
