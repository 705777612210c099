package value

import (
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/aimo3/aimo3/engine/answer/tex"
)

// maxDepth is how deep an expression may nest. How many nodes it may have is a
// matter of work: they may be shared, and a tree far larger than its text.
const maxDepth = 200

// arity is how many arguments the known functions take; 0 is one or more.
var arity = map[string]int{
	"sin": 1, "cos": 1, "tan": 1, "cot": 1, "sec": 1, "csc": 1,
	"arcsin": 1, "arccos": 1, "arctan": 1, "arccot": 1,
	"sinh": 1, "cosh": 1, "tanh": 1, "coth": 1, "sech": 1, "csch": 1,
	"arcsec": 1, "arccsc": 1, "arcsinh": 1, "arccosh": 1, "arctanh": 1,
	"exp": 1, "ln": 1, "log": 1, "lg": 1, "sqrt": 1,
	"abs": 1, "floor": 1, "ceil": 1, "sgn": 1, "Re": 1, "Im": 1, "conj": 1,
	"gcd": 0, "lcm": 0, "max": 0, "min": 0,
}

// lowering turns a tree into an expr.
type lowering struct {
	builder
	names Names
	bound []string // names bound by the sums around, outermost first
	depth int
}

// lower is the expression that n is; it is false if that is too large.
func (c Calc) lower(n *tex.Node) (*expr, bool) {
	l := lowering{builder: builder{work: c.Work.Part(workToLower)}, names: c.Names}
	e := l.expr(n)
	return e, !l.failed
}

func (l *lowering) expr(n *tex.Node) *expr {
	l.depth++
	defer func() { l.depth-- }()
	if n == nil || l.failed || l.depth > maxDepth {
		l.failed = true
		return l.int(0)
	}
	if e := l.leaf(n); e != nil {
		return e
	}
	if n.Op == tex.BigSum || n.Op == tex.BigProd {
		return l.big(n)
	}
	args := make([]*expr, len(n.Args))
	for i, a := range n.Args {
		args[i] = l.expr(a)
	}
	if e := l.compound(n, args); e != nil {
		return e
	}
	return l.alien(n, args)
}

func (l *lowering) alien(n *tex.Node, args []*expr) *expr {
	return l.node(expr{op: alien, text: strconv.Itoa(int(n.Op)) + " " + n.Text, args: args})
}

// leaf is what n is if it has no parts that are expressions, or nil.
func (l *lowering) leaf(n *tex.Node) *expr {
	switch {
	case n.Op == tex.Name:
		return l.name(n)
	case n.Op == tex.Num && len(n.Args) == 0:
		if q, ok := numeral(n.Text); ok {
			return l.rat(q)
		}
	case n.Op == tex.Repeating && len(n.Args) == 0:
		if q, ok := repeating(n.Text); ok {
			return l.rat(q)
		}
	case n.Op == tex.Radix && len(n.Args) == 1:
		radix, ok := smallInt(l.expr(n.Args[0]))
		if ok && radix >= 2 && radix <= 36 && plainDigits(n.Text, radix) {
			if v, ok := new(big.Int).SetString(n.Text, radix); ok {
				return l.rat(new(big.Rat).SetInt(v))
			}
		}
	}
	return nil
}

func (l *lowering) name(n *tex.Node) *expr {
	text := label(n, 0)
	if i := slices.Index(l.bound, text); i >= 0 {
		return l.node(expr{op: name, text: "#" + strconv.Itoa(i)})
	}
	if slices.ContainsFunc(n.Args, l.bounded) { // x_i is another number for each i
		args := make([]*expr, len(n.Args))
		for i, a := range n.Args {
			args[i] = l.expr(a)
		}
		return l.alien(n, args)
	}
	if slices.Contains(l.names.Free, text) {
		return l.node(expr{op: name, text: text})
	}
	switch text {
	case "\\pi", "π":
		return l.constant(pi)
	case "e":
		return l.constant(euler)
	case "i":
		return l.constant(unit)
	case "\\infty", "":
		return l.alien(n, nil)
	case "\\varphi", "\\phi":
		if l.names.Golden {
			return l.product(l.rat(big.NewRat(1, 2)), l.sum(l.int(1), l.root(l.int(5), 2)))
		}
	}
	return l.node(expr{op: name, text: text})
}

// bounded says whether a name that a sum binds is in n.
func (l *lowering) bounded(n *tex.Node) bool {
	return n.Op == tex.Name && slices.Contains(l.bound, label(n, 0)) || slices.ContainsFunc(n.Args, l.bounded)
}

// label is a name with its subscripts.
func label(n *tex.Node, depth int) string {
	if len(n.Args) == 0 || depth > 4 {
		return n.Text
	}
	parts := make([]string, len(n.Args))
	for i, a := range n.Args {
		parts[i] = strconv.Itoa(int(a.Op)) + label(a, depth+1)
	}
	return n.Text + "_{" + strings.Join(parts, ",") + "}"
}

// upper is the upper end of a sum, which may have none.
func (l *lowering) upper(n *tex.Node) *expr {
	if n != nil && n.Op == tex.Name && n.Text == `\infty` && len(n.Args) == 0 {
		return l.constant(infinite)
	}
	return l.expr(n)
}

// big is a sum or a product over a name.
func (l *lowering) big(n *tex.Node) *expr {
	if len(n.Args) != 4 || n.Args[0] == nil || n.Args[0].Op != tex.Name {
		return l.alien(n, nil)
	}
	from, to := l.expr(n.Args[1]), l.upper(n.Args[2])
	index := "#" + strconv.Itoa(len(l.bound))
	// The innermost of two alike counts.
	outer := slices.Clone(l.bound)
	text := label(n.Args[0], 0)
	if i := slices.Index(l.bound, text); i >= 0 {
		l.bound[i] = "\x00"
	}
	l.bound = append(l.bound, text)
	body := l.expr(n.Args[3])
	l.bound = outer
	o := bigSum
	if n.Op == tex.BigProd {
		o = bigProd
	}
	return l.node(expr{op: o, text: index, args: []*expr{from, to, body}})
}
