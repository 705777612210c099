package answer

import (
	"slices"
	"strings"

	"github.com/aimo3/aimo3/engine/answer/tex"
	"github.com/aimo3/aimo3/engine/answer/value"
)

// Letters side by side are a product, unless the other answer shows what else they
// are: the ends of a segment, the letters of choices, or a unit.

// spelling compares two expressions of which the letters say more than their
// values.
func (c *comparison) spelling(a, b *tex.Node) (value.Judgement, bool) {
	if a.Op == tex.Mod && b.Op == tex.Mod && !alike(a.Args[1], b.Args[1]) && c.values(a, b).Verdict == value.Equal {
		return unknown("remainders by two numbers"), true
	}
	if x, y := lined(a), lined(b); x != y && (x == spelled(b) || y == spelled(a)) {
		return unknown("a segment, a vector, a conjugate or a product"), true
	}
	if inverts(a) || inverts(b) {
		if c.values(a, b).Verdict == value.Equal && !alike(a, b) {
			return unknown("letters that may be matrices"), true
		}
	}
	if reordered(a, b) {
		return unknown("letters in another order: points, digits or a product"), true
	}
	return value.Judgement{}, false
}

// inverts says whether n is a product of capital letters with an inverse among them,
// as of matrices, whose order matters: P^{-1}AP.
func inverts(n *tex.Node) bool {
	if n.Op != tex.Product {
		return false
	}
	found := false
	for _, arg := range n.Args {
		inverse := arg.Op == tex.Power && arg.Args[1].Op == tex.Neg
		if arg.Op == tex.Power {
			found = found || inverse
			arg = arg.Args[0]
		}
		if !isName(arg) || len(arg.Text) != 1 || arg.Text[0] < 'A' || arg.Text[0] > 'Z' {
			return false
		}
	}
	return found
}

// reordered says whether two parts are capital letters side by side, or below a
// line, and the same but for their order. As a product, a segment or a triangle they
// are the same; as digits, or as an order that is asked for, they differ.
func reordered(a, b *tex.Node) bool {
	x, y := a.Text, b.Text
	switch {
	case a.Op == tex.Name && b.Op == tex.Name:
		if !strings.HasPrefix(x, `\overline`) || !strings.HasPrefix(y, `\overline`) {
			return false
		}
		x, y = lined(a), lined(b)
	case a.Op != tex.Product || b.Op != tex.Product:
		return false
	}
	return x != y && sameLetters(x, y)
}

// sameLetters says whether x and y are the same letters, in any order.
func sameLetters(x, y string) bool {
	p, q := []byte(x), []byte(y)
	slices.Sort(p)
	slices.Sort(q)
	return len(p) > 0 && slices.Equal(p, q)
}

// lined is the letters that a line or an arrow stands over: AB of \overline{AB}.
func lined(n *tex.Node) string {
	_, of, found := strings.Cut(n.Text, "{")
	if n.Op != tex.Name || !found || !strings.HasPrefix(n.Text, `\overline`) && !strings.HasPrefix(n.Text, `\overrightarrow`) || strings.ToUpper(of) != of {
		return ""
	}
	return strings.TrimSuffix(of, "}")
}

// spelled is how a product of capital letters is spelled, and no text for all else.
func spelled(n *tex.Node) string {
	if n.Op != tex.Product || !all(n.Args, func(n *tex.Node) bool { return isName(n) && len(n.Args) == 0 && len(n.Text) == 1 }) {
		return " "
	}
	var b strings.Builder
	for _, arg := range n.Args {
		b.WriteString(arg.Text)
	}
	return b.String()
}

// calculated is n with Γ(5) written as 4!, and the length of a vector as a root.
func calculated(n *tex.Node) *tex.Node {
	if n.Op == tex.Call && len(n.Args) == 1 {
		of := n.Args[0]
		switch k, whole := smallInteger(of); {
		case n.Text == `\Gamma` && whole && k > 0:
			return &tex.Node{Op: tex.Factorial, Text: "!", Args: []*tex.Node{number(itoa(k - 1))}}
		case (n.Text == "abs" || n.Text == "norm") && of.Op == tex.Tuple && all(of.Args, func(n *tex.Node) bool { return kindOf(n) == Scalar }):
			sum := node(tex.Sum)
			for _, entry := range of.Args {
				sum.Args = append(sum.Args, node(tex.Power, entry, number("2")))
			}
			return node(tex.Root, sum)
		}
	}
	return rebuilt(n, calculated)
}

// choiceLetters says whether one of two parts is the letters of choices side by
// side, in their order, and the other lists the same: ABD, and A, B and D.
func choiceLetters(a, b *tex.Node) bool {
	if a.Op == tex.List {
		a, b = b, a
	}
	together := spelled(a)
	if b.Op != tex.List || len(together) != len(b.Args) || together[len(together)-1] > 'J' || !slices.IsSorted([]byte(together)) {
		return false
	}
	var listed []byte
	for _, part := range b.Args {
		if !isName(part) || len(part.Text) != 1 || len(part.Args) > 0 {
			return false
		}
		listed = append(listed, part.Text[0])
	}
	slices.Sort(listed)
	return string(listed) == together
}

// unitLetter compares 5 m, 5 N or 5 m/s with a number alone, which may have its
// unit left out. Without space before it a letter is a variable.
func (c *comparison) unitLetter(a, b Answer) value.Judgement {
	for _, pair := range [...][2]Answer{{a, b}, {b, a}} {
		n, other := valueOf(pair[0].Node), valueOf(pair[1].Node)
		of, ok := beforeUnit(n)
		if !ok || len(variables(other)) > 0 || measured(other) || kindOf(other) != Scalar || c.policy.has(UnitsRequired) {
			continue
		}
		if !spacedBefore(pair[0].plain, variables(n)[0].Text) {
			continue
		}
		if j := c.nodes(of, other); j.Verdict == value.Equal {
			return lenient(j, "a unit left out on one side")
		}
	}
	return different("")
}

// beforeUnit is the number in a number with letters behind it that may be units.
func beforeUnit(n *tex.Node) (*tex.Node, bool) {
	switch n.Op {
	case tex.Product:
		return n.Args[0], len(variables(n.Args[0])) == 0 && all(n.Args[1:], unitLetters)
	case tex.Quotient:
		of, ok := beforeUnit(n.Args[0])
		return of, ok && unitLetters(n.Args[1])
	case tex.Neg:
		of, ok := beforeUnit(n.Args[0])
		return negative(orZero(of)), ok
	default:
	}
	return nil, false
}

// unitLetters says whether n is but one-letter names of units and their powers.
func unitLetters(n *tex.Node) bool {
	switch n.Op {
	case tex.Name:
		return len(n.Args) == 0 && len(n.Text) == 1 && strings.Contains("msghlLNJWVACK", n.Text)
	case tex.Power:
		return unitLetters(n.Args[0]) && isNumeral(n.Args[1])
	case tex.Quotient, tex.Product:
		return all(n.Args, unitLetters)
	default:
	}
	return false
}

// spacedBefore says whether there is space before the first of the letters in s.
func spacedBefore(s, letter string) bool {
	for _, space := range [...]string{" ", `\ `, `\,`, `\;`, "~", `\quad`, `\mathrm{`, `\mathrm `, `\rm `} {
		if strings.Contains(s, space+letter) {
			return true
		}
	}
	return false
}
