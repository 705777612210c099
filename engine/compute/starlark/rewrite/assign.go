package rewrite

import (
	"strconv"
	"strings"
)

// list is one expression or several with commas, which are a tuple.
func (r *rewriter) list() piece {
	var d display
	d.start = r.peek().start
	for {
		item := r.starred(&d)
		d.items, d.parts, d.end = append(d.items, item), append(d.parts, item), item.end
		t, ok := r.take(",")
		if !ok {
			break
		}
		d.parts, d.end = append(d.parts, r.plain(t)), t.end
		if w := r.word(); r.peek().kind == newline || w == "=" || w == ";" || w == ":" || w == ")" {
			break
		}
	}
	if !d.starred {
		return r.join(d.parts...)
	}
	p := r.spread(d, "[", Splat, "]")
	p.text = "tuple(" + p.text + ")"
	return p
}

// assignment is also every expression on its own.
func (r *rewriter) assignment() piece {
	first := r.at
	target := r.targetList()
	switch word := r.word(); word {
	case ":":
		r.at++
		r.test()
		if r.word() != "=" {
			return r.over(target.start, r.tokens[r.at-1].end, "pass", "", "")
		}
		return r.assigned(first, []piece{target})
	case "=":
		return r.assigned(first, []piece{target})
	case "**=":
		r.at++
		value := r.list()
		return r.over(target.start, value.end, target.text+" = "+Pow+"(", target.text+", "+value.text, ")")
	case "@=":
		op := r.plain(r.want(word))
		op.text = "*="
		return r.join(target, op, r.list())
	case "+=", "-=", "*=", "/=", "//=", "%=", "&=", "|=", "^=", "<<=", ">>=":
		op := r.plain(r.want(word))
		return r.join(target, op, r.list())
	}
	if target.star {
		r.lose()
	}
	return target
}

// targetList is a list that may turn out to be assigned to, with one star.
func (r *rewriter) targetList() piece {
	from := r.at
	p := r.list()
	if r.word() != "=" || !strings.Contains(p.text, Splat) {
		return p
	}
	r.at = from
	var names []string
	before, after, starred := 0, 0, false
	for r.word() != "=" {
		_, star := r.take("*")
		starred = starred || star
		names = append(names, r.primary().text)
		switch {
		case star:
		case starred:
			after++
		default:
			before++
		}
		if _, ok := r.take(","); !ok {
			break
		}
	}
	p.text, p.star = strings.Join(names, ", "), true
	p.key = strconv.Itoa(before) + ", " + strconv.Itoa(after)
	return p
}

// assigned goes on after the first target; a = b = c becomes a row of
// assignments.
func (r *rewriter) assigned(first int, targets []piece) piece {
	var value piece
	for {
		if _, ok := r.take("="); !ok {
			break
		}
		value = r.targetList()
		targets = append(targets, value)
	}
	targets = targets[:len(targets)-1]
	if len(targets) == 1 && !targets[0].star {
		return r.single(first, targets[0], value)
	}
	source := value.text
	var b strings.Builder
	if len(targets) > 1 {
		source = "__v"
		b.WriteString("__v = " + value.text + "; ")
	}
	for i, t := range targets {
		if i > 0 {
			b.WriteString("; ")
		}
		b.WriteString(t.text + " = ")
		if t.star {
			b.WriteString(Unpack + "(" + t.key + ", " + source + ")")
		} else {
			b.WriteString(source)
		}
	}
	return r.over(targets[0].start, value.end, b.String(), "", "")
}

func (r *rewriter) single(first int, target, value piece) piece {
	equals := token{}
	for _, t := range r.tokens[first:r.at] {
		if t.start >= target.end && r.src[t.start:t.end] == "=" {
			equals = t
			break
		}
	}
	if target.end < equals.start { // a type stands between
		typed := r.src[target.end:equals.start]
		if strings.Contains(typed, ":") {
			target = r.over(target.start, equals.start, target.text+" ", "", "")
		}
	}
	return r.join(target, r.plain(equals), value)
}
