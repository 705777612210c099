package rewrite

import (
	"slices"
	"strings"
)

func (r *rewriter) atom() piece {
	t := r.peek()
	switch t.kind {
	case name:
		if slices.Contains(keywords, r.word()) {
			r.lose()
		}
		r.at++
		return r.plain(t)
	case number:
		r.at++
		return r.number(t)
	case text:
		return r.texts()
	case operator:
		switch r.word() {
		case "(":
			return r.round()
		case "[":
			return r.square()
		case "{":
			return r.curly()
		}
	case ending, newline:
	}
	r.lose()
	return piece{}
}

func (r *rewriter) number(t token) piece {
	p := r.plain(t)
	if strings.HasSuffix(strings.ToLower(p.text), "j") {
		r.refuse(t.start, "an imaginary number", "keep real and imaginary parts as a pair of numbers")
	}
	p.text = strings.ReplaceAll(p.text, "_", "")
	return p
}

// display is what stands between brackets: a comprehension or items.
type display struct {
	start, end int // of all with the brackets
	parts      []piece
	items      []piece
	compound   bool // a comprehension
	pairs      bool // of a dict
	starred    bool
	comma      bool
}

func (r *rewriter) display(shut string) display {
	d := display{start: r.peek().start}
	d.parts = append(d.parts, r.plain(r.peek()))
	r.at++
	for r.word() != shut {
		item := r.item(&d)
		d.items = append(d.items, item)
		d.parts = append(d.parts, item)
		if len(d.items) == 1 && r.word() == "for" {
			d.compound = true
			d.parts = append(d.parts, r.clauses()...)
			break
		}
		t, ok := r.take(",")
		if !ok {
			break
		}
		d.comma = true
		d.parts = append(d.parts, r.plain(t))
	}
	closing := r.want(shut)
	d.parts = append(d.parts, r.plain(closing))
	d.end = closing.end
	return d
}

func (r *rewriter) item(d *display) piece {
	double := r.word() == "**"
	p := r.starred(d)
	d.pairs = d.pairs || double
	if colon, ok := r.take(":"); ok && !p.star {
		d.pairs = true
		return r.join(p, r.plain(colon), r.test())
	}
	return p
}

// starred is an expression that may have stars before it.
func (r *rewriter) starred(d *display) piece {
	t := r.peek()
	if w := r.word(); w != "*" && w != "**" {
		return r.test()
	}
	r.at++
	d.starred = true
	p := r.test()
	p.start, p.star = t.start, true
	return p
}

// spread writes items with stars as a call that joins them.
func (r *rewriter) spread(d display, open, call, shut string) piece {
	lists := make([]string, len(d.items))
	for i, item := range d.items {
		if lists[i] = item.text; !item.star {
			lists[i] = open + item.text + shut
		}
	}
	return r.over(d.start, d.end, call+"(", strings.Join(lists, ", "), ")")
}

func (r *rewriter) round() piece {
	d := r.display(")")
	switch {
	case d.pairs:
		r.lose()
	case d.starred:
		p := r.spread(d, "[", Splat, "]")
		p.text = "tuple(" + p.text + ")"
		return p
	case d.compound:
		d.parts[0].text, d.parts[len(d.parts)-1].text = "[", "]"
	}
	return r.join(d.parts...)
}

func (r *rewriter) square() piece {
	d := r.display("]")
	if d.pairs {
		r.lose()
	}
	if d.starred {
		return r.spread(d, "[", Splat, "]")
	}
	return r.join(d.parts...)
}

// curly is a dict as it is, or a set, which Starlark makes from a list.
func (r *rewriter) curly() piece {
	d := r.display("}")
	switch {
	case d.pairs && d.starred:
		return r.spread(d, "{", Merge, "}")
	case d.pairs || len(d.items) == 0:
		return r.join(d.parts...)
	case d.starred:
		p := r.spread(d, "[", Splat, "]")
		p.text = "set(" + p.text + ")"
		return p
	}
	d.parts[0].text, d.parts[len(d.parts)-1].text = "set([", "])"
	return r.join(d.parts...)
}

// clauses are the for and if parts of a comprehension.
func (r *rewriter) clauses() []piece {
	var parts []piece
	for {
		t := r.peek()
		switch r.word() {
		case "for":
			r.at++
			parts = append(parts, r.plain(t), r.targets())
			parts = append(parts, r.plain(r.want("in")), r.or())
		case "if":
			r.at++
			parts = append(parts, r.plain(t), r.or())
		case "async":
			r.refuse(t.start, "async", "write a plain loop")
		default:
			return parts
		}
	}
}

// targets are the variables of a loop, which end at `in`.
func (r *rewriter) targets() piece {
	if r.word() == "*" {
		r.refuse(r.peek().start, "a star among the variables of a loop", "take the whole item and slice it in the loop")
	}
	p := r.primary()
	for {
		t, ok := r.take(",")
		if !ok {
			return p
		}
		p = r.join(p, r.plain(t))
		if r.word() == "in" {
			return p
		}
		p = r.join(p, r.targets())
	}
}
