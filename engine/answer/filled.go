package answer

import (
	"math/big"
	"slices"

	"github.com/aimo3/aimo3/engine/answer/tex"
	"github.com/aimo3/aimo3/engine/answer/value"
)

// filled is n with the members written out that dots stand for in a list or set of
// whole numbers: 1, 2, …, 5 is 1, 2, 3, 4, 5. Where there are too many, or where the
// last is no numeral, only what need not be written is left out of it.
func (c *comparison) filled(n *tex.Node) *tex.Node {
	if !elided(n) || n.Op == tex.Sum || n.Op == tex.Product {
		return n
	}
	n = rebuilt(n, c.filled)
	if n.Op != tex.List && n.Op != tex.Set && n.Op != tex.Tuple {
		return n
	}
	if name := subscripts(n); name != nil {
		return c.filledSubscripts(n, name)
	}
	at := slices.IndexFunc(n.Args, isDots)
	if at > 1 && at == len(n.Args)-1 {
		return goingOn(n)
	}
	if at < 1 || at == len(n.Args)-1 || slices.ContainsFunc(n.Args[at+1:], isDots) {
		return n
	}
	from := at - 1
	for from > 0 && isNumeral(n.Args[from]) {
		from--
	}
	lead, trail := slices.Clone(n.Args[from:at]), n.Args[at+1:]
	name, first, named := assigned(lead[0])
	if named = named && name != nil && isName(name); named { // n = 1, 2, …, 10
		lead[0] = first
	}
	if !all(lead, isNumeral) || !named && from > 0 {
		return n
	}
	members := c.between(lead, trail)
	if members == nil {
		return n
	}
	if named {
		members[0] = &tex.Node{Op: tex.Relation, Text: "=", Args: []*tex.Node{name, members[0]}}
	}
	return node(n.Op, append(slices.Clone(n.Args[:from]), members...)...)
}

// between are the members from the first of lead to the last of trail, or nil if
// it is not known how they go on.
func (c *comparison) between(lead, trail []*tex.Node) []*tex.Node {
	if all(trail, isNumeral) && len(lead) > 1 {
		if whole := rising(lead, trail[0]); whole != nil {
			return c.termsOf(whole, lead, trail)
		}
		d := dotted{op: tex.Sum, lead: lead, trail: trail[:1]}
		if whole := c.numericTerms(d); whole != nil {
			return c.termsOf(whole, lead, trail)
		}
		return nil
	}
	first, ok := smallInteger(lead[0])
	if !ok {
		return nil
	}
	if len(lead) == 1 && isNumeral(trail[0]) { // 1, …, 10
		last, ok := smallInteger(trail[0])
		if !ok || last < first+2 {
			return nil
		}
		return c.between([]*tex.Node{lead[0], signedNumber(int64(first + 1))}, trail)
	}
	return c.steps(lead, trail, first)
}

// rising is the sum of numerals that rise by one step up to last, or nil if they
// do not, or may go on in another way.
func rising(lead []*tex.Node, last *tex.Node) *tex.Node {
	at := make([]int, len(lead))
	for i, n := range lead {
		var ok bool
		if at[i], ok = smallInteger(n); !ok || at[i] == at[0] && i > 0 || i > 1 && at[i]-at[i-1] != at[1]-at[0] {
			return nil
		}
	}
	to, ok := smallInteger(last)
	step := at[1] - at[0]
	if steps := (to - at[0]) / step; !ok || (to-at[0])%step != 0 || steps < len(at) || !plainlyRising(at, last) {
		return nil
	}
	body := node(tex.Sum, lead[0], node(tex.Product, signedNumber(int64(step)), index()))
	return node(tex.BigSum, index(), number("0"), signedNumber(int64((to-at[0])/step)), body)
}

// subscripts is the first of names that differ by their subscripts only, with dots
// among them, or nil: x_1, …, x_n.
func subscripts(n *tex.Node) *tex.Node {
	first := n.Args[0]
	if !isName(first) || len(first.Args) != 1 || !all(n.Args, func(part *tex.Node) bool {
		return isDots(part) || isName(part) && part.Text == first.Text && len(part.Args) == 1
	}) {
		return nil
	}
	return first
}

// filledSubscripts is filled for x_1, …, x_n, where x_1, x_2, …, x_n is written.
func (c *comparison) filledSubscripts(n, name *tex.Node) *tex.Node {
	list := node(tex.List)
	for _, part := range n.Args {
		if !isDots(part) {
			part = part.Args[0]
		}
		list.Args = append(list.Args, part)
	}
	if first, ok := smallInteger(list.Args[0]); ok && len(list.Args) == 3 && isDots(list.Args[1]) && !isNumeral(list.Args[2]) {
		list.Args = []*tex.Node{list.Args[0], signedNumber(int64(first + 1)), list.Args[1], list.Args[2]}
	}
	return rebuilt(node(n.Op, c.filled(list).Args...), func(part *tex.Node) *tex.Node {
		if isDots(part) {
			return part
		}
		return &tex.Node{Op: tex.Name, Text: name.Text, Args: []*tex.Node{part}}
	})
}

// goingOn writes 5, 6, … and 5, 6, 7, 8, … as 5, 6, 7, …
func goingOn(n *tex.Node) *tex.Node {
	lead := n.Args[:len(n.Args)-1]
	at := make([]int, len(lead))
	for i, part := range lead {
		var ok bool
		if at[i], ok = smallInteger(part); !ok || at[i] != at[0]+i {
			return n
		}
	}
	return node(n.Op, lead[0], lead[1], signedNumber(int64(at[0]+2)), n.Args[len(n.Args)-1])
}

// termsOf are the terms of a sum over an index, with what follows it in a list.
func (c *comparison) termsOf(whole *tex.Node, lead, trail []*tex.Node) []*tex.Node {
	last, ok := smallInteger(whole.Args[2])
	if !ok || last > maxMembers {
		dots := &tex.Node{Op: tex.Name, Text: `\ldots`}
		return append([]*tex.Node{lead[0], lead[1], dots}, trail...)
	}
	var members []*tex.Node
	for i := range last + 1 {
		q, ok := rationalOf(c, put(whole.Args[3], index(), number(itoa(i))))
		if !ok {
			return nil
		}
		members = append(members, ratNode(new(big.Rat).Set(q)))
	}
	return append(members, trail[1:]...)
}

// steps writes 1, 2, 3, …, n-1, n as 1, 2, …, n.
func (c *comparison) steps(lead, trail []*tex.Node, first int) []*tex.Node {
	last := trail[len(trail)-1]
	names := variables(last)
	if len(names) != 1 || len(lead) < 2 {
		return nil
	}
	second, ok := smallInteger(lead[1])
	_, _, linear := linearIn(last, names[0])
	if !ok || !linear {
		return nil
	}
	for i, n := range lead {
		if at, ok := smallInteger(n); !ok || at != first+i*(second-first) {
			return nil
		}
	}
	for i, n := range trail {
		back := number(itoa((len(trail) - 1 - i) * max(second-first, 0)))
		if c.calc.Compare(n, difference(last, back)).Verdict != value.Equal {
			return nil
		}
	}
	return []*tex.Node{lead[0], lead[1], {Op: tex.Name, Text: `\ldots`}, last}
}

// open says whether n lists things and leaves some out in their midst.
func open(n *tex.Node) bool {
	return (n.Op == tex.List || n.Op == tex.Set || n.Op == tex.Tuple) && slices.ContainsFunc(n.Args[:max(0, len(n.Args)-1)], isDots) || slices.ContainsFunc(n.Args, open)
}
