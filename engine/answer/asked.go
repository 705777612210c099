package answer

import (
	"slices"
	"strings"

	"github.com/aimo3/aimo3/engine/answer/tex"
	"github.com/aimo3/aimo3/engine/answer/value"
)

// An answer may name what was asked for: m+n = 42, gcd(a,b) = 6, AB+BC = 9. The
// name is no part of the answer, whatever expression it is. An equation is one,
// though: x²+y² = 25 is a circle, and not 25. The rule, in this one place:
//
//   - what is equated is a number, or a list of some, without variables;
//   - the other side has no x, y or z in it, unless it only adds and multiplies
//     names, each once: x+y and xy are asked for, 2x+3y and x²+y² are equations.
//     x_1, f(x) and ⌊x⌋ are other things than x, and names bound by a sum, an
//     integral or a limit are not met;
//   - no term of that side is a number, and 0 is equated with names other than
//     those three only: 2n+1 = 7 and y''+y = 0 are equations;
//   - a derivative may be equated with anything.
//
// Where the rule does not hold, but the values are equal, nothing is decided.

// askedFor is the two sides of an equation, or of the chain of some, of which the
// first may be what was asked for. It is sure if that can be nothing else.
func askedFor(n *tex.Node) (what, of *tex.Node, sure, ok bool) {
	what, of, ok = chained(n, "=", `\equiv`)
	if ok && n.Op == tex.Relation && n.Text == "=" && len(variables(what)) == 0 && len(variables(of)) > 0 {
		what, of = of, what // 42 = m + n
	}
	switch {
	case !ok:
		return nil, nil, false, false
	case derivative(what):
		return what, of, true, true
	case len(variables(of)) > 0 || len(variables(what)) == 0:
		return what, of, false, true
	case elided(what) && all(variables(what), elided):
		return what, of, true, true // 1+2+...+10
	}
	return what, of, namesQuantity(what, of), true
}

// chained is the first and the last side of a chain of relations with the signs.
func chained(n *tex.Node, signs ...string) (first, last *tex.Node, ok bool) {
	parts := []*tex.Node{n}
	if n.Op == tex.And && len(n.Args) > 0 {
		parts = n.Args
	}
	for i, part := range parts {
		switch {
		case part.Op != tex.Relation && part.Op != tex.Congruence, i > 0 && !alike(part.Args[0], parts[i-1].Args[1]):
			return nil, nil, false
		case part.Text == `\approx` && i > 0:
		case part.Op == tex.Relation && part.Text != `\approx` && !slices.Contains(signs, part.Text):
			return nil, nil, false
		default:
			last = part.Args[1]
		}
	}
	return parts[0].Args[0], last, true
}

// namesQuantity says whether the names in what, which is equated with a number,
// are those of a quantity and not of points on a curve.
func namesQuantity(what, of *tex.Node) bool {
	if what.Op == tex.Sum && slices.ContainsFunc(what.Args, func(term *tex.Node) bool { return len(variables(term)) == 0 && !elided(term) }) {
		return false
	}
	var points []*tex.Node
	coordinates(what, &points)
	if len(points) == 0 {
		return true
	}
	var names []*tex.Node
	zero := of.Op == tex.Num && strings.Trim(of.Text, "0") == ""
	if isAbs(what) { // |x-y|
		what = what.Args[0]
	}
	return !zero && joinsNames(what, &names) && len(names) > 1
}

// coordinates collects the names in n that points of a curve have.
func coordinates(n *tex.Node, found *[]*tex.Node) {
	switch n.Op {
	case tex.BigSum, tex.BigProd, tex.Integral, tex.Limit, tex.Binomial:
		return
	case tex.Call:
		if !knownFunction(n.Text) || slices.Contains([]string{"floor", "ceil", "gcd", "lcm", "max", "min", "sup", "inf", "Pr", "dim"}, n.Text) {
			return
		}
	case tex.Name:
		if name := strings.TrimRight(n.Text, "'"); len(n.Args) == 0 && (name == "x" || name == "y" || name == "z") {
			*found = append(*found, n)
		}
	case tex.Product:
		if hasName(n.Args, &tex.Node{Op: tex.Name, Text: "r"}) && hasName(n.Args, &tex.Node{Op: tex.Name, Text: `\theta`}) {
			*found = append(*found, n) // r cos θ
		}
	default:
	}
	for _, arg := range n.Args {
		coordinates(arg, found)
	}
}

// joinsNames says whether n only adds, multiplies and divides names, each once.
func joinsNames(n *tex.Node, names *[]*tex.Node) bool {
	switch n.Op {
	case tex.Name:
		if slices.ContainsFunc(*names, func(x *tex.Node) bool { return alike(x, n) }) {
			return false
		}
		*names = append(*names, n)
		return !constant(n) && !strings.HasSuffix(n.Text, "'")
	case tex.Sum, tex.Product, tex.Quotient, tex.Neg:
		return all(n.Args, func(arg *tex.Node) bool { return joinsNames(arg, names) })
	default:
	}
	return false
}

// derivative says whether n is dy/dx, also of a higher order.
func derivative(n *tex.Node) bool {
	return n.Op == tex.Quotient && beginsD(n.Args[0]) && n.Args[1].Op == tex.Product && beginsD(n.Args[1])
}

func beginsD(n *tex.Node) bool {
	if n.Op == tex.Product || n.Op == tex.Power {
		return beginsD(n.Args[0])
	}
	return n.Op == tex.Name && (n.Text == "d" || n.Text == `\partial`)
}

// askedValue compares a part with an equation for what was asked, or with a
// congruence. It is false if that is neither.
func (c *comparison) askedValue(a, rel *tex.Node) (value.Judgement, bool) {
	what, of, sure, ok := askedFor(rel)
	if !ok {
		return value.Judgement{}, false
	}
	const allowance = "what was asked for named on one side"
	if modulus := modulusOf(rel); modulus != nil {
		if kindOf(a) != Scalar {
			return value.Judgement{}, false
		}
		switch j := c.nodes(a, of); {
		case j.Verdict == value.Equal && remainderOf(what, modulus):
			return lenient(j, allowance), true
		case j.Verdict != value.Equal && c.residues(a, of, modulus).Verdict == value.Different:
			return j, true
		}
		return unknown("a number against all that leave a remainder"), true
	}
	switch j := c.nodes(a, of); {
	case sure:
		return lenient(j, allowance), true
	case j.Verdict != value.Different:
		return unknown("an equation, or what was asked for and its value"), true
	}
	return value.Judgement{}, false
}

// modulusOf is that of a congruence, or of the last of a chain of them, or nil.
func modulusOf(n *tex.Node) *tex.Node {
	if n.Op == tex.And {
		n = n.Args[len(n.Args)-1]
	}
	if n.Op == tex.Congruence {
		return n.Args[2]
	}
	return nil
}

// remainderOf says whether a congruence tells what remainder something leaves,
// and not which numbers leave it: n ≡ 1 (mod 3) tells of many n, but N ≡ 42 (mod
// 1000), 2^100 ≡ 1 (mod 3) and m+n ≡ 2 (mod 7) tell of one number.
func remainderOf(what, modulus *tex.Node) bool {
	one := what.Op == tex.Name && len(what.Args) == 0 && len(what.Text) == 1 && what.Text[0] >= 'a'
	return !one || modulus.Op == tex.Num && len(modulus.Text) > 2 && strings.Trim(modulus.Text[1:], "0") == "" && modulus.Text[0] == '1'
}
