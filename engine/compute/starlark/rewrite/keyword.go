package rewrite

import (
	"strconv"
	"strings"
)

// imports binds each module to its name.
func (r *rewriter) imports() piece {
	start := r.want("import").start
	var parts []string
	end := start
	for {
		module, last := r.dotted()
		bound, _, _ := strings.Cut(module, ".")
		whole := bound
		if _, ok := r.take("as"); ok {
			whole = module
			last = r.peek()
			bound = r.atom().text
		}
		parts = append(parts, bound+" = "+Import+"("+strconv.Quote(whole)+")")
		end = last.end
		if _, ok := r.take(","); !ok {
			return r.over(start, end, strings.Join(parts, "; "), "", "")
		}
	}
}

func (r *rewriter) dotted() (module string, last token) {
	last = r.peek()
	p := r.atom()
	for {
		if _, ok := r.take("."); !ok {
			return p.text, last
		}
		last = r.peek()
		p.text += "." + r.atom().text
	}
}

// importFrom binds each name; a star binds nothing, since what is there needs
// no import.
func (r *rewriter) importFrom() piece {
	start := r.want("from").start
	module, _ := r.dotted()
	r.want("import")
	if t, ok := r.take("*"); ok {
		return r.over(start, t.end, Import+"(", strconv.Quote(module)+`, "*"`, ")")
	}
	_, bracket := r.take("(")
	var parts []string
	var last token
	for r.word() != ")" {
		last = r.peek()
		from := r.atom().text
		bound := from
		if _, ok := r.take("as"); ok {
			last = r.peek()
			bound = r.atom().text
		}
		parts = append(parts, bound+" = "+Import+"("+strconv.Quote(module)+", "+strconv.Quote(from))
		if _, ok := r.take(","); !ok {
			break
		}
	}
	if len(parts) == 0 {
		r.lose()
	}
	if bracket {
		last = r.want(")")
	}
	return r.over(start, last.end, strings.Join(parts, "); "), "", ")")
}

// raise ends the cell with the name of the error and what it says.
func (r *rewriter) raise() piece {
	t := r.want("raise")
	if r.peek().kind == newline {
		return piece{start: t.start, end: t.end, text: `fail("an error was raised again")`}
	}
	p := r.test()
	if _, ok := r.take("from"); ok {
		p.end = r.test().end
	}
	open, text := "fail(", p.text
	if n := identLen(text); n > 0 && (n == len(text) || text[n] == '(') {
		open, text = `fail("`+text[:n]+`:", `, strings.TrimPrefix(text[n:], "(")
		if text == "" {
			text = ")"
		}
		return r.over(t.start, p.end, open+strings.TrimSuffix(text, ")"), "", ")")
	}
	return r.over(t.start, p.end, open, text, ")")
}

// assert is an expression, so that it may stand where a block may not.
func (r *rewriter) assert() piece {
	t := r.want("assert")
	p := r.test()
	said, end := "", p.end
	if _, ok := r.take(","); ok {
		message := r.test()
		said, end = ", "+message.text, message.end
	}
	return r.over(t.start, end, "(", p.text+`) or fail("AssertionError:"`+said, ")")
}

func (r *rewriter) del() piece {
	start := r.want("del").start
	var parts []string
	for {
		p := r.primary()
		switch {
		case p.key == "":
			parts = append(parts, "None")
		case strings.Contains(p.key, ":") && !strings.Contains(p.key, "{"):
			r.refuse(start, "`del` of a slice", "make the list anew: x = x[:i] + x[j:]")
		default:
			parts = append(parts, Delete+"("+p.base+", "+p.key+")")
		}
		if _, ok := r.take(","); !ok {
			return r.over(start, p.end, strings.Join(parts, "; "), "", "")
		}
	}
}

func (r *rewriter) declaration() piece {
	t := r.peek()
	call := Global
	if r.word() == "nonlocal" {
		call = Nonlocal
	}
	r.at++
	var names []string
	for {
		last := r.peek()
		names = append(names, strconv.Quote(r.atom().text))
		if _, ok := r.take(","); !ok {
			return r.over(t.start, last.end, call+"(", strings.Join(names, ", "), ")")
		}
	}
}
