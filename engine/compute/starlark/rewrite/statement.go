package rewrite

import (
	"slices"
	"strings"
)

// head is a compound statement: what it is and how far it is indented.
type head struct {
	word   string
	indent int
}

// absent are the statements that are not there and what to write instead.
var absent = map[string]string{
	"class": "keep a dict or a tuple for each object and write plain functions",
	"try":   "test the condition before: `if x in d`, `if b != 0`; look for what may fail with `if`",
	"with":  "there are no files; write the body alone",
	"async": "write a plain function",
	"yield": "append to a list and return the list",
	"await": "call the function",
}

// statements are those of one line, which semicolons part.
func (r *rewriter) statements() piece {
	p := r.statement()
	for {
		t, ok := r.take(";")
		if !ok {
			return p
		}
		if p = r.join(p, r.plain(t)); r.peek().kind == newline {
			return p
		}
		p = r.join(p, r.simple())
	}
}

// statement may be the head of a block.
func (r *rewriter) statement() piece {
	t := r.peek()
	word := r.word()
	if instead, ok := absent[word]; ok && t.kind == name && r.src[r.tokens[r.at+1].start:r.tokens[r.at+1].end] != "=" {
		r.refuse(t.start, "`"+word+"`", instead)
	}
	switch word {
	case "def":
		return r.def()
	case "for":
		r.head(t, word)
		r.at++
		return r.suite(r.plain(t), r.targets(), r.plain(r.want("in")), r.list())
	case "while", "if", "elif":
		r.head(t, word)
		r.at++
		return r.suite(r.plain(t), r.test())
	case "else":
		r.other(t)
		r.at++
		return r.suite(r.plain(t))
	case "@":
		r.at++
		return r.over(t.start, r.peek().start, Decorate+"(", "", "").with(r, r.test(), ")")
	}
	return r.simple()
}

// with sets p and a closing text after the piece.
func (q piece) with(r *rewriter, p piece, shut string) piece {
	q = r.join(q, p)
	q.text += shut
	return q
}

func (r *rewriter) indent(t token) int {
	return t.start - strings.LastIndexByte(r.src[:t.start], '\n') - 1
}

func (r *rewriter) head(t token, word string) {
	in := r.indent(t)
	r.heads = slices.DeleteFunc(r.heads, func(h head) bool { return h.indent >= in })
	r.heads = append(r.heads, head{word, in})
}

// other refuses the else of a loop.
func (r *rewriter) other(t token) {
	in := r.indent(t)
	for _, h := range r.heads {
		if h.indent == in && (h.word == "for" || h.word == "while") {
			r.refuse(t.start, "`else` of a loop", "set a flag before the loop and test it after")
		}
	}
}

// suite ends a head by its colon and what may follow on the same line.
func (r *rewriter) suite(parts ...piece) piece {
	parts = append(parts, r.plain(r.want(":")))
	if r.peek().kind != newline {
		parts = append(parts, r.simple())
	}
	return r.join(parts...)
}

// def drops the types that Starlark does not read.
func (r *rewriter) def() piece {
	parts := []piece{r.plain(r.want("def")), r.atom(), r.plain(r.want("("))}
	for r.word() != ")" {
		t := r.peek()
		switch {
		case r.word() == ":":
			r.at++
			typed := r.test()
			parts = append(parts, r.over(t.start, typed.end, "", "", ""))
		case r.word() == "=":
			r.at++
			parts = append(parts, r.plain(t), r.test())
		case t.kind == name || slices.Contains([]string{",", "*", "**"}, r.word()):
			r.at++
			parts = append(parts, r.plain(t))
		default:
			r.lose()
		}
	}
	parts = append(parts, r.plain(r.want(")")))
	if t, ok := r.take("->"); ok {
		typed := r.test()
		parts = append(parts, r.over(t.start, typed.end, "", "", ""))
	}
	return r.suite(parts...)
}

// simple is a statement without a block.
func (r *rewriter) simple() piece {
	t := r.peek()
	if instead, ok := absent[r.word()]; ok && t.kind == name {
		r.refuse(t.start, "`"+r.word()+"`", instead)
	}
	switch r.word() {
	case "pass", "break", "continue":
		r.at++
		return r.plain(t)
	case "import":
		return r.imports()
	case "from":
		return r.importFrom()
	case "return":
		if r.at++; r.peek().kind == newline || r.word() == ";" {
			return r.plain(t)
		}
		return r.join(r.plain(t), r.list())
	case "raise":
		return r.raise()
	case "assert":
		return r.assert()
	case "del":
		return r.del()
	case "global", "nonlocal":
		return r.declaration()
	case "...":
		r.at++
		return piece{start: t.start, end: t.end, text: "pass"}
	}
	return r.assignment()
}
