package formula

import "strings"

// atom reads one part; nil for what draws nothing.
func (p *parser) atom() Node {
	from := p.i
	t := p.next()
	switch {
	case t == "{":
		return p.group()
	case t == "^" || t == "_" || t == "'" || t == "’":
		p.i--
		return nil
	case t == "~":
		return Space{Cells: 1}
	case t == `\`:
		return p.fail()
	case !t.command():
		return character1(string(t))
	}
	name := t.name()
	if n, ok := named(name); ok {
		return n
	}
	for _, read := range [...]func(*parser, string) (Node, bool){
		(*parser).blankCommand, (*parser).dropped, (*parser).fractions, (*parser).brackets,
		(*parser).stacked, (*parser).styles, (*parser).words, (*parser).environments,
	} {
		if n, ok := read(p, name); ok {
			return n
		}
	}
	return p.source(from)
}

// character1 is the symbol that one character is.
func character1(s string) Node {
	switch s {
	case "-":
		return Symbol{Glyph: "−", Name: "-", Class: Bin}
	case "+", "*":
		return Symbol{Glyph: s, Class: Bin}
	case "=", "<", ">", ":":
		return Symbol{Glyph: s, Class: Rel}
	case "(", "[":
		return Symbol{Glyph: s, Class: Open}
	case ")", "]", "!", "?", ".":
		return Symbol{Glyph: s, Class: Close}
	case ",", ";":
		return Symbol{Glyph: s, Class: Punct}
	}
	if len(s) == 1 {
		return Symbol{Glyph: s}
	}
	return Symbol{Glyph: s, Class: unicodeClass(s)}
}

// unicodeClass is the class of a symbol that was written as itself.
func unicodeClass(s string) Class {
	switch {
	case strings.Contains("+−±∓×÷·∗∘∪∩∧∨⊕⊗∖", s):
		return Bin
	case strings.Contains("≤≥≠≡≈≅∼∈∉⊂⊆⊃⊇→⇒⇔↔←↦⟹⟺∣∤∥⊥≪≫∝", s):
		return Rel
	case strings.Contains("∑∏∫⋃⋂", s):
		return Big
	case strings.Contains("⌊⌈⟨", s):
		return Open
	case strings.Contains("⌋⌉⟩", s):
		return Close
	}
	return Ord
}

// named is what a command draws that takes no argument.
func named(name string) (Node, bool) {
	for _, table := range [...]map[string]symbol{letters, operators, relations} {
		if s, ok := table[name]; ok {
			return Symbol{Glyph: s.glyph, Name: name, Class: s.class}, true
		}
	}
	if _, ok := functions[name]; ok {
		return Symbol{Glyph: name, Name: name, Class: Fun}, true
	}
	switch name {
	case "{", "lbrace":
		return Symbol{Glyph: "{", Class: Open}, true
	case "}", "rbrace":
		return Symbol{Glyph: "}", Class: Close}, true
	case "|":
		return Symbol{Glyph: "‖", Name: "Vert"}, true
	case "$", "%", "#", "&", "_":
		return Symbol{Glyph: name}, true
	case "limsup":
		return Symbol{Glyph: "lim sup", Name: "lim", Class: Fun}, true
	case "liminf":
		return Symbol{Glyph: "lim inf", Name: "lim", Class: Fun}, true
	case "bmod":
		return Symbol{Glyph: "mod", Class: Bin}, true
	}
	return nil, false
}

// blankCommand reads what is room only.
func (p *parser) blankCommand(name string) (Node, bool) {
	switch name {
	case " ", "\n", "\t", "\r", ",", ":", ";", ">", "thinspace", "medspace", "thickspace", "enspace", "space", "nobreakspace":
		return Space{Cells: 1}, true
	case "quad":
		return Space{Cells: 2}, true
	case "qquad":
		return Space{Cells: 4}, true
	case "hspace", "hskip", "mspace", "kern", "mkern":
		return Space{Cells: p.length()}, true
	case "hfill", "hfil":
		return Space{Cells: 4}, true
	}
	return nil, false
}

// length reads a length and says how many cells it is: one if it is there at all.
func (p *parser) length() int {
	p.skipSpace()
	if p.peek() == "{" {
		if strings.HasPrefix(join(p.raw()), "-") {
			return 0
		}
		return 1
	}
	cells := 1
	if p.peek() == "-" {
		cells = 0
		p.i++
	}
	for p.i < len(p.toks) && (digit(p.peek()[0]) || p.peek() == ".") {
		p.i++
	}
	p.skipSpace()
	for range 2 { // the unit
		if p.i < len(p.toks) && letter(p.peek()[0]) {
			p.i++
		}
	}
	return cells
}

// dropped reads what changes how a formula looks, and not what it says.
func (p *parser) dropped(name string) (Node, bool) {
	switch name {
	case "displaystyle", "textstyle", "scriptstyle", "scriptscriptstyle", "limits", "nolimits", "nonumber", "notag",
		"tiny", "small", "footnotesize", "scriptsize", "normalsize", "large", "Large", "LARGE", "huge", "Huge",
		"rm", "bf", "it", "sf", "tt", "sl", "mathstrut", "strut", "nobreak", "allowbreak", "relax", "noindent",
		"centering", "hline", "!", "/", "-", "negthinspace", "negmedspace", "negthickspace", "null", "protect",
		"break", "nolinebreak", "linebreak", "smallskip", "medskip", "bigskip", "hfilneg":
		return nil, true
	case "color", "label", "vspace", "cline", "vphantom", "vskip":
		p.raw()
		return nil, true
	case "textcolor", "colorbox":
		if p.skipSpace(); p.peek() != "{" {
			return p.fail(), true
		}
		p.raw()
		return p.argument(), true
	case "smash", "mathstrutted", "mathclap", "mathllap", "mathrlap", "hbox", "ensuremath":
		if name == "hbox" {
			return nil, false
		}
		p.rawOptional()
		return p.argument(), true
	case "phantom", "hphantom":
		return Phantom{Body: p.argument()}, true
	case "tag":
		p.tag = p.text(p.raw())
		return nil, true
	}
	return nil, false
}
