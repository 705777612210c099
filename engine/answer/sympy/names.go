package sympy

import (
	"strconv"
	"strings"

	"github.com/aimo3/aimo3/engine/answer/tex"
)

// numbered gives numbers to texts, in the order in which they come.
type numbered struct {
	number map[string]int
	texts  []string
}

func (all *numbered) of(text string) string {
	i, ok := all.number[text]
	if !ok {
		if all.number == nil {
			all.number = map[string]int{}
		}
		i = len(all.texts)
		all.number[text] = i
		all.texts = append(all.texts, text)
	}
	return strconv.Itoa(i)
}

// declarations defines the symbols of all that was written so far.
func (w *writer) declarations() string {
	var b strings.Builder
	for i, text := range w.names.texts {
		kind := "variable"
		if w.counting[text] {
			kind = "counting"
		}
		b.WriteString("x" + strconv.Itoa(i) + " = " + kind + `("x` + strconv.Itoa(i) + "\")\n")
	}
	for i := range w.unknown.texts {
		b.WriteString("f" + strconv.Itoa(i) + ` = Function("f` + strconv.Itoa(i) + "\")\n")
	}
	return b.String()
}

// name writes a constant, a bound name or a variable.
func (w *writer) name(n *tex.Node) {
	text := n.String()
	for i := len(w.bound) - 1; i >= 0; i-- {
		if w.bound[i].name == text {
			w.out.WriteString(w.bound[i].symbol)
			return
		}
	}
	switch {
	case text == `\pi`:
		w.out.WriteString("pi")
	case text == "e":
		w.out.WriteString("E")
	case text == "i":
		w.out.WriteString("I")
	case text == `\infty`:
		w.out.WriteString("oo")
	case text == "" || strings.Contains(text, "dots") || strings.HasPrefix(text, `\mathbb`):
		w.failed = true // left open, or no number
	default:
		w.out.WriteString("x" + w.names.of(text))
	}
}

// function writes a function that has one meaning, or else one of which nothing
// is known: what is true of all functions is true of it.
func (w *writer) function(n *tex.Node) {
	switch n.Text {
	case `\sum`, `\prod`, `\underbrace`:
		w.failed = true // they bind names, or say nothing
		return
	}
	if len(n.Args) == 0 {
		w.failed = true
		return
	}
	name, parts := known(n.Text)
	if name == "" || parts != len(n.Args) && parts != several {
		name = "f" + w.unknown.of(n.Text)
	}
	w.call(name, "", n.Args...)
}

// several is a number of arguments that does not matter.
const several = -1

// known is what SymPy calls a function, and how many arguments it takes; "" if
// what the function is, or is in SymPy, could be doubted.
func known(text string) (name string, parts int) {
	switch text {
	case "sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "coth", "exp", "sqrt", "floor":
		return text, 1
	case "arcsin", "arccos", "arctan", "arcsinh", "arccosh", "arctanh":
		return "a" + strings.TrimPrefix(text, "arc"), 1
	case "ln":
		return "log", 1
	case "lg":
		return "log10", 1
	case "abs":
		return "Abs", 1
	case "ceil":
		return "ceiling", 1
	case "sgn":
		return "sign", 1
	case "Re", "Im":
		return strings.ToLower(text), 1
	case "conj":
		return "conjugate", 1
	case "max":
		return "Max", several
	case "min":
		return "Min", several
	case `\Gamma`:
		return "gamma", 1
	case `\zeta`:
		return "zeta", 1
	case `\operatorname{erf}`:
		return "erf", 1
	}
	return "", 0
}

// count counts what is under n, and notes which variables there stand for
// positive integers: those that count something, and those that do so by custom.
func (w *writer) count(n *tex.Node, counts bool, depth int) {
	if w.parts++; n == nil || depth > maxDepth || w.parts > maxParts {
		w.failed = true
		return
	}
	if n.Op == tex.Name {
		if text := n.String(); counts || custom(text) {
			w.counting[text] = true
		}
		return
	}
	counts = counts || n.Op == tex.Factorial || n.Op == tex.Binomial
	for i, arg := range n.Args {
		bounds := (n.Op == tex.BigSum || n.Op == tex.BigProd) && (i == 1 || i == 2)
		sign := n.Op == tex.Power && i == 1 && n.Args[0].Op == tex.Neg
		w.count(arg, counts || bounds || sign, depth+1)
	}
}

// custom says whether a name, or what is before its subscript, is a letter that
// stands for integers by custom.
func custom(name string) bool {
	letter, _, _ := strings.Cut(name, "_")
	switch letter {
	case "n", "k", "m", "N", "K", "M":
		return true
	}
	return false
}
