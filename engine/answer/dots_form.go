package answer

import (
	"math/big"
	"slices"

	"github.com/aimo3/aimo3/engine/answer/tex"
	"github.com/aimo3/aimo3/engine/answer/value"
)

// alikeTerms finds the rule of terms that are all of one form, in which only
// numerals rise: 1·2 + 2·3 + … + n(n+1).
func (c *comparison) alikeTerms(d dotted) *tex.Node {
	g := general{c: c, shown: d.lead, last: d.end()}
	body, ok := g.form(d.lead, g.last)
	switch {
	case !ok || !g.rising || len(d.lead) < 2 || g.last == nil && len(d.lead) < 3:
		return nil
	case g.last == nil:
		return d.over(number("0"), &tex.Node{Op: tex.Name, Text: `\infty`}, body)
	}
	for i, term := range reversed(d.trail[:len(d.trail)-1]) {
		if c.calc.Compare(term, put(body, index(), difference(g.steps, number(itoa(i+1))))).Verdict != value.Equal {
			return nil
		}
	}
	if n, ok := rationalOf(c, g.steps); ok && (!n.IsInt() || n.Cmp(big.NewRat(int64(len(d.lead)), 1)) < 0) {
		return nil
	}
	return d.over(number("0"), g.steps, body)
}

// A general finds the form that terms share.
type general struct {
	c      *comparison
	shown  []*tex.Node
	last   *tex.Node
	rising bool
	steps  *tex.Node // how many steps the last term is from the first
}

// form is what terms, of which last ends a longer row, are for an index.
func (g *general) form(terms []*tex.Node, last *tex.Node) (*tex.Node, bool) {
	first := terms[0]
	if !slices.ContainsFunc(terms, func(n *tex.Node) bool { return !alike(n, first) }) && (last == nil || alike(last, first)) {
		return first, true
	}
	if all(terms, isNumeral) {
		return g.numeral(terms, last)
	}
	for _, n := range append(slices.Clone(terms[1:]), orSame(last, first)) {
		if n.Op != first.Op || n.Text != first.Text || len(n.Args) != len(first.Args) || n.Op == tex.Num || n.Op == tex.Name {
			return nil, false
		}
	}
	form := &tex.Node{Op: first.Op, Text: first.Text}
	for i := range first.Args {
		column := make([]*tex.Node, len(terms))
		for k, n := range terms {
			column[k] = n.Args[i]
		}
		var below *tex.Node
		if last != nil {
			below = last.Args[i]
		}
		arg, ok := g.form(column, below)
		if !ok {
			return nil, false
		}
		form.Args = append(form.Args, arg)
	}
	return form, true
}

func orSame(n, otherwise *tex.Node) *tex.Node {
	if n == nil {
		return otherwise
	}
	return n
}

// numeral is what numerals are that rise by one step each time.
func (g *general) numeral(terms []*tex.Node, last *tex.Node) (*tex.Node, bool) {
	at := make([]int, len(terms))
	for i, n := range terms {
		var ok bool
		if at[i], ok = smallInteger(n); !ok || i > 1 && at[i]-at[i-1] != at[1]-at[0] {
			return nil, false
		}
	}
	if len(at) < 2 || at[1] == at[0] {
		return nil, false
	}
	step := at[1] - at[0]
	if last != nil && !plainlyRising(at, last) {
		return nil, false
	}
	if last != nil {
		steps := node(tex.Quotient, difference(last, terms[0]), signedNumber(int64(step)))
		if g.steps != nil && g.c.calc.Compare(g.steps, steps).Verdict != value.Equal {
			return nil, false
		}
		g.steps = steps
	}
	g.rising = true
	return node(tex.Sum, terms[0], node(tex.Product, signedNumber(int64(step)), index())), true
}

// plainlyRising says whether numbers that rise by one step lead to the last in no
// other way: 4, 9, …, 64 may be squares, and 4, 9, …, n² are.
func plainlyRising(at []int, last *tex.Node) bool {
	if names := variables(last); len(names) > 0 {
		_, _, linear := linearIn(last, names[0])
		return linear
	}
	to, ok := smallInteger(last)
	if step := at[1] - at[0]; len(at) > 2 || step == 1 || step == -1 || !ok {
		return true
	}
	lead := []*big.Rat{big.NewRat(int64(at[0]), 1), big.NewRat(int64(at[1]), 1)}
	if lead[0].Sign() == 0 || lead[1].Sign() == 0 {
		return true
	}
	ways := 0
	for _, r := range rulesOf(lead, lead) {
		if r.place(big.NewRat(int64(to), 1)) > 1 {
			ways++
		}
	}
	return ways == 1
}
