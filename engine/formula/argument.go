package formula

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
		case eof:
		}
		if n == 0 {
			break
		}
		p.i += n
	}
	return Source{Text: join(p.toks[from:min(p.i, len(p.toks))])}
}

// argument is the group or the token that toks begins with, without its braces, and
// how many tokens it takes; 0 if there is none.
func argument(toks []token) ([]token, int) {
	i := 0
	for i < len(toks) && toks[i].space() {
		i++
	}
	if i == len(toks) || toks[i] == "}" {
		return nil, 0
	}
	if toks[i] != "{" {
		return toks[i : i+1 : i+1], i + 1
	}
	end := closing(toks[i:])
	if end == 0 {
		return nil, 0
	}
	return toks[i+1 : i+end : i+end], i + end + 1
}

// bracketed is the argument in square brackets that toks begins with.
func bracketed(toks []token) ([]token, int) {
	i := 0
	for i < len(toks) && toks[i].space() {
		i++
	}
	if i == len(toks) || toks[i] != "[" {
		return nil, 0
	}
	depth := 0
	for j := i + 1; j < len(toks); j++ {
		switch toks[j] {
		case "{":
			depth++
		case "}":
			depth--
		case "]":
			if depth == 0 {
				return toks[i+1 : j : j], j + 1
			}
		case eof:
		}
		if depth < 0 {
			return nil, 0
		}
	}
	return nil, 0
}

// closing is where the group ends that toks begins with; 0 if it does not.
func closing(toks []token) int {
	depth := 0
	for i, t := range toks {
		switch t {
		case "{":
			depth++
		case "}":
			if depth--; depth == 0 {
				return i
			}
		case eof:
		}
	}
	return 0
}
