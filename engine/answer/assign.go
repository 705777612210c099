package answer

import (
	"slices"
	"strings"

	"github.com/aimo3/aimo3/engine/answer/tex"
	"github.com/aimo3/aimo3/engine/answer/value"
)

// assigned is the value that a relation gives to a name, or to what is as good as
// one: 5 of x = 5, of z = 2+3 = 5, of |AB| = 5 and of x = 5 ≈ 5.0; {1,2} of
// x ∈ {1,2}. Anything else, as sin x = 1, assigns nothing. The name is nil where
// 2+3 = 5 or 1/3 ≈ 0.33 has none.
func assigned(n *tex.Node) (name, of *tex.Node, ok bool) {
	parts := []*tex.Node{n}
	if n.Op == tex.And {
		parts = n.Args
	}
	for i, part := range parts {
		if part.Op != tex.Relation || i > 0 && !alike(part.Args[0], parts[i-1].Args[1]) {
			return nil, nil, false
		}
		switch part.Text {
		case "=", `\in`:
			of = part.Args[1]
		case `\approx`:
			if i == 0 && bare(part.Args[0]) {
				of = part.Args[1]
			}
		default:
			return nil, nil, false
		}
	}
	name = parts[0].Args[0]
	if of == nil {
		of = name
	}
	if n.Op == tex.Relation && n.Text == "=" && bare(of) && !constant(of) && len(variables(name)) == 0 && !calls(name) {
		name, of = of, name // 42 = N
	}
	switch {
	case bare(name), len(variables(node(tex.Tuple, name, of))) == 0 && calls(name):
		return name, of, true
	case len(variables(name)) > 0:
		return nil, nil, false
	}
	return nil, of, len(variables(of)) == 0
}

// calls says whether n holds a function of which nothing is known: f(2) + f(3).
func calls(n *tex.Node) bool {
	return n.Op == tex.Call && !knownFunction(n.Text) || slices.ContainsFunc(n.Args, calls)
}

// bare says whether n only names something: x, a_1, f(x), |AB|, A:B, (x,y).
func bare(n *tex.Node) bool {
	switch n.Op {
	case tex.Name:
		return !constant(n) || n.Text == "e" || n.Text == "i"
	case tex.Words:
		return true
	case tex.Call:
		if n.Text == "abs" && (n.Args[0].Text == "x" || n.Args[0].Text == "y") {
			return false // |x| = 3 has two solutions
		}
		return (n.Text == "abs" || !knownFunction(n.Text)) && all(n.Args, bareOrNumber)
	case tex.Product, tex.Ratio, tex.Tuple, tex.List:
		return all(n.Args, bare)
	default:
	}
	return false
}

func bareOrNumber(n *tex.Node) bool { return n.Op == tex.Num || bare(n) }

func all(nodes []*tex.Node, holds func(*tex.Node) bool) bool {
	return !slices.ContainsFunc(nodes, func(n *tex.Node) bool { return !holds(n) })
}

// knownFunction says whether a name of a function is that of one function, which
// f' and f^{-1} are not.
func knownFunction(name string) bool {
	name, _ = marks(name)
	return len(name) > 1 && !slices.Contains([]string{"deg", "area", "vol"}, name) && name[0] != '\\'
}

// marks parts the name of a function from the strokes, the exponent and the
// subscript behind it.
func marks(name string) (bare, behind string) {
	if at := strings.IndexAny(name, "'^_"); at > 0 {
		return name[:at], name[at:]
	}
	return name, ""
}

// function is the name of a function, its arguments and its value, where n
// defines one: f(x) = x^2.
func function(n *tex.Node) (name string, args []*tex.Node, of *tex.Node, ok bool) {
	if n.Op == tex.Relation && n.Text == `\equiv` { // f ≡ 0
		left := n.Args[0]
		if isName(left) && functional(left) {
			left = &tex.Node{Op: tex.Call, Text: left.Text, Args: []*tex.Node{{Op: tex.Name, Text: "x"}}}
		}
		n = &tex.Node{Op: n.Op, Text: "=", Args: []*tex.Node{left, n.Args[1]}}
	}
	left, of, ok := assigned(n)
	if !ok || left == nil || left.Op != tex.Call || left.Text == "abs" || len(variables(left)) != len(left.Args) || !all(left.Args, isName) || eventIn(left, of) {
		return "", nil, nil, false
	}
	return left.Text, left.Args, of, true
}

// functional says whether a name is one that functions are given.
func functional(n *tex.Node) bool {
	return len(n.Args) == 0 && slices.Contains([]string{"f", "g", "h", "F", "G", "H"}, n.Text)
}

// eventIn says whether call is of capital letters that its value is not in: P(A) = 1/2.
func eventIn(call, of *tex.Node) bool {
	return !slices.ContainsFunc(call.Args, func(arg *tex.Node) bool {
		return arg.Text[0] < 'A' || arg.Text[0] > 'Z' || holdsName(of, func(n *tex.Node) bool { return alike(n, arg) })
	})
}

// assignments are the names and values of a system that only assigns: x = 1 and
// y = 2.
func assignments(n *tex.Node) (names, values []*tex.Node, ok bool) {
	if n.Op != tex.And && n.Op != tex.List && n.Op != tex.Or {
		return nil, nil, false
	}
	parts := n.Args
	if chain := equated(n); len(chain) > 1 {
		parts = chain
	}
	for _, part := range parts {
		chain := equated(part)
		if n.Op == tex.Or && len(chain) > 1 {
			return nil, nil, false
		}
		for _, one := range chain {
			name, of, ok := assigned(one)
			if !ok || name == nil {
				return nil, nil, false
			}
			names, values = append(names, name), append(values, of)
		}
	}
	return names, values, true
}

// customary compares two parts once more when one, and only that one, has a name
// that by custom stands for a number: ω for a cube root of unity, φ for the
// golden ratio, which may stand in both.
func (c *comparison) customary(a, b *tex.Node) value.Judgement {
	if x, y := variables(valueOf(a)), variables(valueOf(b)); len(x) == 1 && len(y) == 1 && alike(x[0], y[0]) && x[0].Text == `\phi` {
		if golden := custom(x[0]); golden != nil {
			return lenient(c.nodes(put(valueOf(a), x[0], golden), put(valueOf(b), x[0], golden)), x[0].Text+" taken for the golden ratio")
		}
	}
	for _, pair := range [...][2]*tex.Node{{a, b}, {b, a}} {
		n, other := valueOf(pair[0]), valueOf(pair[1])
		if n := namedCount(n); n != nil {
			return lenient(c.nodes(n, other), "P taken for the number of arrangements")
		}
		names := variables(n)
		if len(names) != 1 || len(variables(other)) > 0 {
			continue
		}
		if unit := (&tex.Node{Op: tex.Name, Text: "i"}); names[0].Text == "j" && len(names[0].Args) == 0 && !isName(other) && occurs(other, unit) && !occurs(n, unit) {
			return lenient(c.nodes(put(n, names[0], unit), other), "j taken for the imaginary unit")
		}
		if by := custom(names[0]); by != nil {
			return lenient(c.nodes(put(n, names[0], by), other), names[0].Text+" taken for the number that it often is")
		}
	}
	return unknown("")
}

// namedCount is what P(5,2) may stand for, which may also be a point, or nil.
func namedCount(n *tex.Node) *tex.Node {
	if n.Op != tex.Call || n.Text != "P" || len(n.Args) != 2 || n.Args[0].Op != tex.Num || n.Args[1].Op != tex.Num {
		return nil
	}
	factorial := func(of *tex.Node) *tex.Node { return &tex.Node{Op: tex.Factorial, Text: "!", Args: []*tex.Node{of}} }
	return node(tex.Quotient, factorial(n.Args[0]), factorial(difference(n.Args[0], n.Args[1])))
}

// valueOf is what n assigns, or n itself.
func valueOf(n *tex.Node) *tex.Node {
	if _, of, ok := assigned(n); ok {
		return of
	}
	return n
}

// custom is the number that a name stands for by custom, or nil.
func custom(name *tex.Node) *tex.Node {
	if len(name.Args) > 0 {
		return nil
	}
	half := func(n *tex.Node) *tex.Node { return node(tex.Quotient, n, number("2")) }
	switch name.Text {
	case `\omega`:
		return half(node(tex.Sum, negative(number("1")), node(tex.Product, &tex.Node{Op: tex.Name, Text: "i"}, node(tex.Root, number("3")))))
	case `\varphi`, `\phi`:
		return half(node(tex.Sum, number("1"), node(tex.Root, number("5"))))
	}
	return nil
}
