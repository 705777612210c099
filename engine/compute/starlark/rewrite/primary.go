package rewrite

import "slices"

func (r *rewriter) primary() piece {
	p := r.atom()
	for {
		t := r.peek()
		switch r.word() {
		case ".":
			r.at++
			if r.peek().kind != name {
				r.lose()
			}
			p = r.join(p, r.plain(t), r.plain(r.peek()))
			r.at++
		case "(":
			p = r.call(p)
		case "[":
			r.at++
			key := r.subscript()
			shut := r.want("]")
			whole := r.join(p, r.plain(t), key, r.plain(shut))
			whole.base, whole.key = p.text, key.text
			p = whole
		default:
			return p
		}
	}
}

func (r *rewriter) subscript() piece {
	var parts []piece
	for r.word() != "]" {
		if t := r.peek(); r.word() == ":" || r.word() == "," {
			r.at++
			parts = append(parts, r.plain(t))
			continue
		}
		parts = append(parts, r.test())
	}
	if len(parts) == 0 {
		r.lose()
	}
	return r.join(parts...)
}

func (r *rewriter) call(fn piece) piece {
	parts := []piece{fn, r.plain(r.want("("))}
	for r.word() != ")" {
		switch t := r.peek(); {
		case slices.Contains([]string{",", "*", "**"}, r.word()):
			r.at++
			parts = append(parts, r.plain(t))
		case t.kind == name && r.tokens[r.at+1].kind == operator && r.src[r.tokens[r.at+1].start:r.tokens[r.at+1].end] == "=":
			r.at += 2
			parts = append(parts, r.plain(t), r.plain(r.tokens[r.at-1]), r.test())
		default:
			parts = append(parts, r.argument())
		}
	}
	return r.join(append(parts, r.plain(r.want(")")))...)
}

// argument may be a generator expression, which becomes a list.
func (r *rewriter) argument() piece {
	p := r.test()
	if r.word() != "for" {
		return p
	}
	p = r.join(append([]piece{p}, r.clauses()...)...)
	p.text = "[" + p.text + "]"
	return p
}
