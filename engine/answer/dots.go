package answer

import (
	"slices"

	"github.com/aimo3/aimo3/engine/answer/tex"
	"github.com/aimo3/aimo3/engine/answer/value"
)

// A row is terms, or factors, of which some in the middle or at the end are left
// out: 1 + 3 + 5 + … + 99.
type dotted struct {
	op    tex.Op      // Sum or Product
	lead  []*tex.Node // what stands before the dots
	trail []*tex.Node // and after; none if it all goes on for ever
}

// index is the name that sums which stand for dots run over.
func index() *tex.Node {
	return &tex.Node{Op: tex.Name, Text: "k", Args: []*tex.Node{{Op: tex.Name, Text: "dots"}}}
}

// undotted is n with sums over an index in the place of dots, as far as the terms
// that are written fix the rule.
func (c *comparison) undotted(n *tex.Node) *tex.Node {
	if !elided(n) {
		return n
	}
	n = rebuilt(n, c.undotted)
	if n.Op != tex.Sum && n.Op != tex.Product {
		return n
	}
	at := slices.IndexFunc(n.Args, leftOut)
	if at < 1 || at != len(n.Args)-1 && slices.ContainsFunc(n.Args[at+1:], leftOut) {
		return n
	}
	d := dotted{op: n.Op, lead: n.Args[:at], trail: n.Args[at+1:]}
	if len(d.trail) > 0 && len(variables(d.trail[len(d.trail)-1])) == 0 && len(variables(d.lead[0])) > 0 {
		d.lead, d.trail = reversed(d.trail), reversed(d.lead) // n + (n-1) + … + 1
	}
	if len(d.lead)+max(len(d.trail), 1) < 3 || len(d.lead)+len(d.trail) > 12 {
		return n
	}
	rules := []func(dotted) *tex.Node{c.alikeTerms, c.numericTerms, c.lastTerm, c.ratioTerms}
	if all(d.lead, isNumeral) {
		rules = []func(dotted) *tex.Node{c.numericTerms, c.lastTerm, c.linearTerms}
	}
	for _, rule := range rules {
		if whole := rule(d); whole != nil {
			return whole
		}
	}
	return n
}

func reversed(nodes []*tex.Node) []*tex.Node {
	nodes = slices.Clone(nodes)
	slices.Reverse(nodes)
	return nodes
}

// leftOut says whether a term is dots, with a sign or without.
func leftOut(n *tex.Node) bool { return isDots(n) || n.Op == tex.Neg && isDots(n.Args[0]) }

// over is the sum or product of body for the index from one number to another.
func (d dotted) over(from, to, body *tex.Node) *tex.Node {
	op := tex.BigSum
	if d.op == tex.Product {
		op = tex.BigProd
	}
	return node(op, index(), from, to, body)
}

// end is the last term, or nil.
func (d dotted) end() *tex.Node {
	if len(d.trail) == 0 {
		return nil
	}
	return d.trail[len(d.trail)-1]
}

// lastTerm finds the rule in the last term, of which those before are the values
// for small numbers: 1 + 2 + 4 + … + 2^n.
func (c *comparison) lastTerm(d dotted) *tex.Node {
	last := d.end()
	if last == nil || len(d.lead) < 2 && len(d.trail) < 2 {
		return nil
	}
	names := variables(last)
	for _, name := range names {
		names = append(names, variables(node(tex.Tuple, name.Args...))...) // n of x_n
	}
	for _, name := range names[:min(len(names), 3)] {
		if slices.ContainsFunc(d.lead, func(n *tex.Node) bool { return occurs(n, name) }) {
			continue
		}
		for from := -1; from <= 3; from++ {
			if !c.leadsTo(d, name, from) {
				continue
			}
			if _, _, linear := linearIn(last, name); !linear && len(d.lead)+len(d.trail) < 4 && all(d.lead, isNumeral) {
				return nil // 1 + 2 + … + 2^n may have every number in it
			}
			return d.over(signedNumber(int64(from)), name, put(last, name, index()))
		}
	}
	return nil
}

// leadsTo says whether the terms that are written are the last one with other
// numbers for a name: from the first on, and one less for each before the last.
func (c *comparison) leadsTo(d dotted, name *tex.Node, from int) bool {
	last := d.end()
	for i, term := range d.lead {
		if c.calc.Compare(term, put(last, name, signedNumber(int64(from+i)))).Verdict != value.Equal {
			return false
		}
	}
	for i, term := range reversed(d.trail[:len(d.trail)-1]) {
		if c.calc.Compare(term, put(last, name, difference(name, number(itoa(i+1))))).Verdict != value.Equal {
			return false
		}
	}
	return true
}

// linearTerms finds the rule of numerals that rise by one step up to what is
// linear in a name: 1 + 2 + … + 2n.
func (c *comparison) linearTerms(d dotted) *tex.Node {
	last := d.end()
	if last == nil {
		return nil
	}
	names := variables(last)
	if len(names) != 1 {
		return nil
	}
	if _, _, linear := linearIn(last, names[0]); !linear {
		return nil
	}
	return c.alikeTerms(d)
}

// ratioTerms finds the rule of terms of which each is the one before times the
// same expression: 1 + x + x^2 + … and 1 + x + … + x^{10}.
func (c *comparison) ratioTerms(d dotted) *tex.Node {
	if len(d.lead) < 2 || d.op != tex.Sum {
		return nil
	}
	ratio := node(tex.Quotient, d.lead[1], d.lead[0])
	for i, term := range d.lead[1:] {
		if i > 0 && c.calc.Compare(term, node(tex.Product, d.lead[i], ratio)).Verdict != value.Equal {
			return nil
		}
	}
	body := node(tex.Product, d.lead[0], node(tex.Power, ratio, index()))
	if len(d.trail) == 0 {
		if len(d.lead) < 3 {
			return nil
		}
		return d.over(number("0"), &tex.Node{Op: tex.Name, Text: `\infty`}, body)
	}
	for _, steps := range exponents(d.end(), 0) {
		if c.calc.Compare(d.end(), put(body, index(), steps)).Verdict == value.Equal {
			return d.over(number("0"), steps, body)
		}
	}
	return nil
}

// exponents are the powers in n, and one more and less than each.
func exponents(n *tex.Node, depth int) []*tex.Node {
	var found []*tex.Node
	if n.Op == tex.Power {
		by := n.Args[1]
		found = append(found, by, node(tex.Sum, by, number("1")), difference(by, number("1")))
	}
	for _, arg := range n.Args {
		if depth < 4 && len(found) < 9 {
			found = append(found, exponents(arg, depth+1)...)
		}
	}
	return found
}
