package formula

import "strings"

// words reads what is text inside a formula, and operators by their names.
func (p *parser) words(name string) (Node, bool) {
	switch name {
	case "text", "mbox", "hbox", "textrm", "textbf", "textit", "textnormal", "textsf", "texttt", "textsc", "textmd", "textup",
		"textsl", "emph", "intertext", "shortintertext":
		return p.text(p.raw()), true
	case "operatorname", "operatornamewithlimits":
		star := name != "operatorname" || strings.HasSuffix(string(p.toks[p.i-1]), "*")
		return p.operator(star), true
	case "pmod":
		return Row{Kids: []Node{Space{Cells: 2}, Symbol{Glyph: "(mod", Class: Open}, Space{Cells: 1}, p.argument(), Symbol{Glyph: ")", Class: Close}}}, true
	case "pod":
		return Row{Kids: []Node{Space{Cells: 2}, Symbol{Glyph: "(", Class: Open}, p.argument(), Symbol{Glyph: ")", Class: Close}}}, true
	case "mod":
		return Text{Words: "  mod "}, true
	case "TeX", "LaTeX", "KaTeX":
		return Text{Words: name}, true
	case "eqref":
		return Text{Words: "(" + join(p.raw()) + ")"}, true
	case "ref":
		return Text{Words: join(p.raw())}, true
	}
	return nil, false
}

// operator reads the name of a function.
func (p *parser) operator(star bool) Node {
	s := Symbol{Name: "operatorname", Class: Fun}
	if star {
		s.Name += "*"
	}
	toks := p.raw()
	for _, t := range toks {
		switch {
		case t.space() || t == `\,` || t == `\!` || t == `\;` || t == `\:` || t == "~" || t == `\ `:
			if t != `\!` && !t.space() {
				s.Glyph += " "
			}
		case t.command() || t == "{" || t == "}" || t == "^" || t == "_" || t == "$" || t == "'":
			return Stack{Body: p.within(toks), Class: Fun}
		default:
			s.Glyph += string(t)
		}
	}
	return s
}

// text reads tokens as words, with formulas between dollar signs.
func (p *parser) text(toks []token) Node {
	if p.depth++; p.depth > maxDepth {
		return p.fail()
	}
	defer func() { p.depth-- }()
	var r Row
	var b strings.Builder
	put := func(n Node) {
		if b.Len() > 0 {
			r.Kids = append(r.Kids, Text{Words: b.String()})
			b.Reset()
		}
		if n != nil {
			r.Kids = append(r.Kids, n)
		}
	}
	for i := 0; i < len(toks) && !p.failed; {
		n, words, size := p.textPart(toks[i:])
		b.WriteString(words)
		if n != nil {
			put(n)
		}
		i += size
	}
	put(nil)
	if len(r.Kids) == 1 {
		return r.Kids[0]
	}
	return r
}

// textPart reads the next part of a text: words, or something else.
func (p *parser) textPart(toks []token) (n Node, words string, size int) {
	t := toks[0]
	switch {
	case t.space() || t == "~" || t == `\ ` || t == `\\` || t == `\,` || t == `\;` || t == `\:`:
		return nil, " ", 1
	case t == "$" || t == `\(`:
		end := token("$")
		if t == `\(` {
			end = `\)`
		}
		for i := 1; i < len(toks); i++ {
			if toks[i] == end {
				return p.within(toks[1:i]), "", i + 1
			}
		}
		return p.fail(), "", 1
	case t == "{":
		end := closing(toks)
		if end == 0 {
			return p.fail(), "", 1
		}
		return p.text(toks[1:end]), "", end + 1
	case t.command():
		return p.textCommand(toks)
	}
	return nil, string(t), 1
}

// textCommand reads a command in a text.
func (p *parser) textCommand(toks []token) (n Node, words string, size int) {
	name := toks[0].name()
	switch name {
	case "$", "%", "#", "&", "_", "{", "}":
		return nil, name, 1
	case "ldots", "dots", "textellipsis":
		return nil, "…", 1
	case "quad", "qquad":
		return nil, "  ", 1
	case "!", "/", "-":
		return nil, "", 1
	}
	if mark, ok := textMarks[name]; ok {
		if arg, size := argument(toks[1:]); size > 0 && len(arg) == 1 && !arg[0].command() {
			return nil, string(arg[0]) + mark, 1 + size
		}
	}
	saved, at := p.toks, p.i
	p.toks, p.i = toks, 0
	n = p.atom()
	size = max(p.i, 1)
	p.toks, p.i = saved, at
	if p.failed {
		p.i = len(p.toks)
	}
	return n, "", size
}

// textMarks are the accents of text.
var textMarks = map[string]string{
	"'": "\u0301", "`": "\u0300", "^": "\u0302", `"`: "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307", "H": "\u030b", "v": "\u030c", "c": "\u0327", "u": "\u0306", "r": "\u030a",
}
