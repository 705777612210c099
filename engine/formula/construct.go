package formula

import "strings"

// fractions reads fractions, binomials and roots.
func (p *parser) fractions(name string) (Node, bool) {
	f := Fraction{}
	switch name {
	case "frac", "dfrac", "tfrac", "sfrac", "nicefrac":
		f.Line = true
	case "cfrac":
		p.rawOptional()
		f.Line = true
	case "binom", "dbinom", "tbinom":
		f.Left, f.Right = "(", ")"
	case "genfrac":
		f.Left, f.Right = join(p.raw()), join(p.raw())
		f.Line = join(p.raw()) != "0pt"
		p.raw()
		f.Left, f.Right = strings.TrimPrefix(f.Left, `\`), strings.TrimPrefix(f.Right, `\`)
		if len(f.Left)+len(f.Right) > 2 || f.Line && f.Left+f.Right != "" {
			return p.fail(), true
		}
	case "sqrt":
		r := Root{Index: p.optional()}
		if r.Index == nil && p.peek() == "[" {
			return p.fail(), true
		}
		r.Body = p.argument()
		return r, true
	default:
		return nil, false
	}
	f.Over = p.argument()
	f.Under = p.argument()
	return f, true
}

// brackets reads brackets that grow, and those of a size that is told.
func (p *parser) brackets(name string) (Node, bool) {
	switch name {
	case "left":
		return p.fence(), true
	case "big", "Big", "bigg", "Bigg":
		return p.sized(-1), true
	case "bigl", "Bigl", "biggl", "Biggl":
		return p.sized(Open), true
	case "bigr", "Bigr", "biggr", "Biggr":
		return p.sized(Close), true
	case "bigm", "Bigm", "biggm", "Biggm":
		return p.sized(Rel), true
	}
	return nil, false
}

// sized reads a bracket; a class below zero is the bracket's own.
func (p *parser) sized(class Class) Node {
	glyph, ok := p.bracket()
	if !ok {
		return p.fail()
	}
	if glyph == "" {
		return nil
	}
	if class < 0 {
		class = bracketClass(glyph)
	}
	return Symbol{Glyph: glyph, Class: class}
}

func bracketClass(glyph string) Class {
	switch {
	case strings.Contains("([{⌊⌈⟨", glyph):
		return Open
	case strings.Contains(")]}⌋⌉⟩", glyph):
		return Close
	}
	return Ord
}

// fence reads from after \left to after \right.
func (p *parser) fence() Node {
	left, ok := p.bracket()
	f := Fence{Left: left}
	for ok && !p.failed {
		f.Kids = append(f.Kids, p.row())
		end := p.next()
		if end != `\middle` && end != `\right` {
			return p.fail()
		}
		var glyph string
		if glyph, ok = p.bracket(); !ok {
			break
		}
		if end == `\right` {
			f.Right = glyph
			return f
		}
		f.Middle = append(f.Middle, glyph)
	}
	return p.fail()
}

// bracket reads a bracket's name; a point is none.
func (p *parser) bracket() (string, bool) {
	p.skipSpace()
	switch t := p.next(); t {
	case ".":
		return "", true
	case "<":
		return "⟨", true
	case ">":
		return "⟩", true
	case `\|`, "∥", "‖":
		return "‖", true
	case "∣":
		return "|", true
	case "(", ")", "[", "]", "|", "/", "⌊", "⌋", "⌈", "⌉", "⟨", "⟩":
		return string(t), true
	default:
		if t == "{" { // some write \left{(} or \big{|}
			glyph, ok := p.bracket()
			return glyph, ok && p.next() == "}"
		}
		if !t.command() {
			return "", false
		}
		n, _ := named(t.name())
		s, ok := n.(Symbol)
		if s.Glyph == "∣" {
			s.Glyph = "|"
		}
		return s.Glyph, ok
	}
}

// stacked reads marks, and what stands above or below.
func (p *parser) stacked(name string) (Node, bool) {
	if under, ok := accents[name]; ok {
		return Accent{Mark: name, Body: p.argument(), Under: under}, true
	}
	if arrow, ok := arrows[name]; ok {
		s := Stack{Under: p.optional(), Class: Rel, Body: Symbol{Glyph: arrow, Name: name, Class: Rel}}
		s.Over = p.argument()
		return s, true
	}
	switch name {
	case "overset", "stackrel":
		over := p.argument()
		body := p.argument()
		return Stack{Body: body, Over: over, Class: ClassOf(inside(body))}, true
	case "underset":
		under := p.argument()
		body := p.argument()
		return Stack{Body: body, Under: under, Class: ClassOf(inside(body))}, true
	case "overbrace":
		return p.brace(true), true
	case "underbrace":
		return p.brace(false), true
	case "boxed", "fbox", "framebox":
		if name == "boxed" {
			return Boxed{Body: p.argument()}, true
		}
		return Boxed{Body: p.text(p.raw())}, true
	case "cancel", "bcancel", "xcancel", "sout":
		return Struck{Body: p.argument()}, true
	case "cancelto":
		to := p.argument()
		return Struck{Body: p.argument(), To: to}, true
	case "substack":
		return p.substack(p.raw()), true
	case "not":
		return p.negated(), true
	}
	return nil, false
}

// brace reads what a brace is above or below of. Its label
// is the script that follows.
func (p *parser) brace(above bool) Node {
	return Stack{Body: p.argument(), Brace: true, Above: above, Class: Inner}
}

// inside is the one part of a group of one.
func inside(n Node) Node {
	if r, ok := n.(Row); ok && len(r.Kids) == 1 {
		return r.Kids[0]
	}
	return n
}

// accents are the marks on a body, true of those that stand below it.
var accents = map[string]bool{
	"hat": false, "widehat": false, "bar": false, "overline": false, "tilde": false, "widetilde": false, "vec": false,
	"dot": false, "ddot": false, "dddot": false, "check": false, "widecheck": false, "breve": false, "acute": false, "grave": false,
	"mathring": false, "overrightarrow": false, "overleftarrow": false, "overleftrightarrow": false, "overparen": false,
	"overarc": false, "wideparen": false, "overgroup": false,
	"underline": true, "underbar": true, "underrightarrow": true, "underleftarrow": true, "utilde": true,
}

// arrows are as long as what stands on them.
var arrows = map[string]string{
	"xrightarrow": "→", "xleftarrow": "←", "xleftrightarrow": "↔", "xRightarrow": "⇒", "xLeftarrow": "⇐",
	"xLeftrightarrow": "⇔", "xmapsto": "↦", "xhookrightarrow": "↪", "xlongequal": "=",
}

// substack reads lines below each other.
func (p *parser) substack(toks []token) Node {
	saved, at := p.toks, p.i
	p.toks, p.i = toks, 0
	t := Table{}
	p.rows(&t, eof)
	if p.peek() != eof {
		p.failed = true
	}
	p.toks, p.i = saved, at
	if p.failed {
		return p.fail()
	}
	return t
}

// negated reads what \not strikes through.
func (p *parser) negated() Node {
	body := inside(p.argument())
	s, ok := body.(Symbol)
	if !ok {
		return Struck{Body: body}
	}
	if glyph, ok := negations[s.Glyph]; ok {
		s.Glyph = glyph
	} else {
		s.Glyph += "\u0338"
	}
	if s.Name != "" {
		s.Name = "not " + s.Name
	} else {
		s.Name = "not " + strings.TrimSuffix(s.Glyph, "\u0338")
	}
	return s
}

// negations are the relations that have a glyph for not holding.
var negations = map[string]string{
	"=": "≠", "∈": "∉", "∋": "∌", "≡": "≢", "⊂": "⊄", "⊃": "⊅", "⊆": "⊈", "⊇": "⊉", "∣": "∤", "|": "∤", "<": "≮", ">": "≯",
	"≤": "≰", "≥": "≱", "∼": "≁", "≅": "≇", "≈": "≉", "∥": "∦", "∃": "∄", "≃": "≄", "→": "↛", "⇒": "⇏", "⊢": "⊬",
}
