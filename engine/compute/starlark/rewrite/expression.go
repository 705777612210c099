package rewrite

import (
	"math/big"
	"slices"
	"strconv"
	"strings"
)

// levels are the binary operators from loose to tight, between comparisons and
// signs.
var levels = [][]string{{"|"}, {"^"}, {"&"}, {"<<", ">>"}, {"+", "-"}, {"*", "/", "//", "%", "@"}}

// keywords cannot be names.
var keywords = []string{
	"and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except",
	"finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass",
	"raise", "return", "try", "while", "with", "yield",
}

// test is an expression without commas.
func (r *rewriter) test() piece {
	if r.depth++; r.depth > maxDepth {
		r.lose()
	}
	defer func() { r.depth-- }()
	if r.word() == "lambda" {
		return r.lambda()
	}
	if r.word() == "yield" || r.word() == "await" {
		r.refuse(r.peek().start, r.word(), "append to a list and return the list")
	}
	p := r.or()
	if r.word() == ":=" {
		r.refuse(r.peek().start, "`:=`", "assign on a line of its own")
	}
	if t, ok := r.take("if"); ok {
		condition := r.or()
		other := r.want("else")
		p = r.join(p, r.plain(t), condition, r.plain(other), r.test())
	}
	return p
}

func (r *rewriter) lambda() piece {
	parts := []piece{r.plain(r.want("lambda"))}
	for r.word() != ":" {
		switch t := r.peek(); {
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
	return r.join(append(parts, r.plain(r.want(":")), r.test())...)
}

func (r *rewriter) or() piece {
	return r.chain([]string{"or"}, func() piece { return r.chain([]string{"and"}, r.not) })
}

func (r *rewriter) not() piece {
	if t, ok := r.take("not"); ok {
		if r.depth++; r.depth > maxDepth {
			r.lose()
		}
		defer func() { r.depth-- }()
		return r.join(r.plain(t), r.not())
	}
	return r.comparison()
}

// chain is a row of operands joined by operators of one level.
func (r *rewriter) chain(ops []string, operand func() piece) piece {
	p := operand()
	for slices.Contains(ops, r.word()) {
		op := r.plain(r.peek())
		r.at++
		if op.text == "@" {
			op.text = "*"
		}
		p = r.join(p, op, operand())
	}
	return p
}

// compare reads a comparison operator; Starlark has no `is`.
func (r *rewriter) compare() (piece, bool) {
	p := r.plain(r.peek())
	switch p.text {
	case "<", ">", "<=", ">=", "==", "!=", "in":
		r.at++
	case "is":
		r.at++
		p.text = "=="
		if t, ok := r.take("not"); ok {
			p.end, p.text = t.end, "!="
		}
	case "not":
		if r.at++; r.word() != "in" {
			r.at--
			return p, false
		}
		p = r.join(p, r.plain(r.want("in")))
	default:
		return p, false
	}
	return p, true
}

func (r *rewriter) comparison() piece {
	operands, ops := []piece{r.level(0)}, []piece(nil)
	for {
		op, ok := r.compare()
		if !ok {
			break
		}
		ops, operands = append(ops, op), append(operands, r.level(0))
	}
	if len(ops) < 2 {
		if len(ops) == 0 {
			return operands[0]
		}
		return r.join(operands[0], ops[0], operands[1])
	}
	return r.linked(operands, ops)
}

// linked writes a < b < c as a < b and b < c. A middle that is more than a name
// or a number is computed once, as the variable of a comprehension.
func (r *rewriter) linked(operands, ops []piece) piece {
	var bindings strings.Builder
	words := make([]string, len(operands))
	for i, p := range operands {
		words[i] = p.text
		if i == 0 || i == len(operands)-1 || !strings.ContainsAny(p.text, "([{+-*/%&|^<>\"'") {
			continue
		}
		r.middle++
		words[i] = "__m" + strconv.Itoa(r.middle)
		bindings.WriteString(" for " + words[i] + " in [" + p.text + "]")
	}
	var links []string
	for i, op := range ops {
		links = append(links, words[i]+" "+op.text+" "+words[i+1])
	}
	inside := strings.Join(links, " and ")
	start, end := operands[0].start, operands[len(operands)-1].end
	if bindings.Len() > 0 {
		return r.over(start, end, "[", inside+bindings.String(), "][0]")
	}
	return r.over(start, end, "(", inside, ")")
}

func (r *rewriter) level(n int) piece {
	if n == len(levels) {
		return r.unary()
	}
	return r.chain(levels[n], func() piece { return r.level(n + 1) })
}

func (r *rewriter) unary() piece {
	if r.depth++; r.depth > maxDepth {
		r.lose()
	}
	defer func() { r.depth-- }()
	if w := r.word(); w == "-" || w == "+" || w == "~" {
		t := r.peek()
		r.at++
		return r.join(r.plain(t), r.unary())
	}
	base := r.primary()
	if _, ok := r.take("**"); !ok {
		return base
	}
	exponent := r.unary()
	if folded, ok := fold(base.text, exponent.text); ok {
		return r.over(base.start, exponent.end, folded, "", "")
	}
	between := strings.Repeat("\n", strings.Count(r.src[base.end:exponent.start], "\n"))
	p := r.over(base.start, exponent.end, Pow+"(", base.text+", "+between+exponent.text, ")")
	return p
}

// fold computes a power of literals, which loops would compute again and again.
func fold(base, exponent string) (string, bool) {
	b, ok := new(big.Int).SetString(base, 10)
	e, err := strconv.Atoi(exponent)
	if !ok || err != nil || e < 0 || b.BitLen()*e > 512 || strings.ContainsAny(base+exponent, "+-_") {
		return "", false
	}
	return b.Exp(b, big.NewInt(int64(e)), nil).String(), true
}
