package formula

// styles reads letters in other alphabets, and what is told to be of another class.
func (p *parser) styles(name string) (Node, bool) {
	if class, ok := classes[name]; ok {
		return Stack{Body: p.argument(), Class: class}, true
	}
	switch name {
	case "mathrm", "mathit", "mathsf", "mathtt", "mathnormal", "mathup", "symrm", "symup", "roman", "text@":
		return upright(p.argument()), true
	}
	alphabet, ok := alphabets[name]
	if !ok {
		return nil, false
	}
	n := p.argument()
	if alphabet == "bf" {
		if _, ok := inside(n).(Symbol); !ok {
			return upright(n), true
		}
	}
	return restyled(n, alphabet), true
}

var classes = map[string]Class{
	"mathop": Fun, "mathbin": Bin, "mathrel": Rel, "mathord": Ord, "mathopen": Open, "mathclose": Close,
	"mathpunct": Punct, "mathinner": Inner,
}

// alphabets are those in which a letter is another letter.
var alphabets = map[string]string{
	"mathbb": "bb", "Bbb": "bb", "mathbf": "bf", "boldsymbol": "bf", "bm": "bf", "bold": "bf", "pmb": "bf", "symbf": "bf",
	"mathcal": "cal", "mathscr": "cal", "cal": "cal", "scr": "cal", "mathfrak": "frak", "frak": "frak",
	"mathds": "bb", "mathbbm": "bb",
}

// restyled is n with its letters in an alphabet.
func restyled(n Node, alphabet string) Node {
	switch n := n.(type) {
	case Row:
		out := Row{Kids: make([]Node, len(n.Kids))}
		for i, k := range n.Kids {
			out.Kids[i] = restyled(k, alphabet)
		}
		return out
	case Scripts:
		n.Body = restyled(n.Body, alphabet)
		return n
	case Symbol:
		if len(n.Glyph) == 1 && (letter(n.Glyph[0]) || alphabet == "bb" && digit(n.Glyph[0])) {
			return Styled{Alphabet: alphabet, Letter: n.Glyph}
		}
	}
	return n
}

// upright is n as one name, if it is some letters.
func upright(n Node) Node {
	r, ok := n.(Row)
	if !ok || len(r.Kids) < 2 {
		return n
	}
	name := ""
	for _, k := range r.Kids {
		s, ok := k.(Symbol)
		if !ok || s.Name != "" || len(s.Glyph) != 1 || !letter(s.Glyph[0]) {
			return n
		}
		name += s.Glyph
	}
	return Symbol{Glyph: name, Class: Fun}
}
