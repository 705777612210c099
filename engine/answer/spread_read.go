package answer

import (
	"slices"
	"strconv"
	"strings"

	"github.com/aimo3/aimo3/engine/answer/tex"
)

// stepwise says whether n speaks of numbers that go on by steps, and of nothing
// else that is of its form.
func stepwise(n *tex.Node) bool {
	switch n.Op {
	case tex.Congruence:
		return true
	case tex.Relation:
		return n.Text == `\mid` || n.Text == `\nmid` || n.Text == `\in` && stepwise(n.Args[1])
	case tex.SetOf:
		return conditional(n.Args[1]) || n.Args[1].Op == tex.And
	case tex.List, tex.Or, tex.Set:
		return slices.ContainsFunc(n.Args, func(n *tex.Node) bool { return conditional(n) || isDots(n) })
	case tex.Union:
		return all(n.Args, stepwise)
	default:
	}
	return false
}

// maybeStepwise is stepwise, also of what may be meant so beside what is.
func maybeStepwise(n *tex.Node) bool {
	switch n.Op {
	case tex.Mod:
		return true
	case tex.Relation:
		return n.Text == "=" && isName(n.Args[0]) || stepwise(n)
	case tex.Name:
		_, ok := setDomain(n)
		return ok
	case tex.Or:
		return true
	case tex.Sum, tex.Product: // 3k + 1
		names := variables(n)
		return len(names) == 1 && len(names[0].Args) == 0 && strings.Contains("kmn", names[0].Text)
	default:
	}
	return stepwise(n)
}

// spreadOf reads what n says that something may be; natural is the least of ℕ.
func (c *comparison) spreadOf(n *tex.Node, natural int) (spread, bool) {
	switch n.Op {
	case tex.Congruence, tex.Mod:
		return c.congruent(n)
	case tex.Relation:
		return c.relatedSpread(n, natural)
	case tex.Name:
		of, ok := setDomain(n)
		if of.natural {
			of = domain{half: true, natural: true, least: natural}
		}
		whole := progression{at: signedNumber(int64(of.least)), step: number("1"), half: of.half}
		return spread{all: []progression{whole}, natural: of.natural}, ok
	case tex.Union, tex.Or, tex.List:
		if n.Op == tex.Union || all(n.Args, stepwise) && (n.Op == tex.Or || oneModulus(n.Args)) {
			return c.unitedSpread(n.Args, natural)
		}
		return c.formedSpread(n.Args, natural)
	case tex.SetOf:
		return c.builtSpread(n, natural)
	case tex.Set:
		return listed(n.Args)
	case tex.Sum, tex.Product:
		s, ok := c.formedSpread([]*tex.Node{n}, natural)
		s.implied = true
		return s, ok
	default:
	}
	return spread{}, false
}

// oneModulus says whether parts are congruences by one modulus, of which one holds.
func oneModulus(parts []*tex.Node) bool {
	return all(parts, func(n *tex.Node) bool {
		return n.Op == tex.Congruence && alike(n.Args[2], parts[0].Args[len(parts[0].Args)-1])
	})
}

func (c *comparison) unitedSpread(parts []*tex.Node, natural int) (spread, bool) {
	var whole spread
	for _, part := range parts {
		s, ok := c.spreadOf(part, natural)
		if !ok || whole.name != nil && s.name != nil && !alike(whole.name, s.name) || len(whole.all)+len(s.all) > maxClasses {
			return spread{}, false
		}
		if whole.name == nil {
			whole.name = s.name
		}
		whole.all = append(whole.all, s.all...)
		whole.implied, whole.natural = whole.implied || s.implied, whole.natural || s.natural
	}
	return whole, len(whole.all) > 0
}

// congruent reads n ≡ ±1 (mod 3), n ≢ 0 (mod 3) and 1 mod 3.
func (c *comparison) congruent(n *tex.Node) (spread, bool) {
	s := spread{implied: true}
	residue, modulus := n.Args[len(n.Args)-2], n.Args[len(n.Args)-1]
	if q, ok := rationalOf(c, modulus); ok {
		modulus = ratNode(q) // 10^3
	}
	if n.Op == tex.Congruence && n.Args[0].Op != tex.Words {
		s.name = n.Args[0]
	}
	m, ok := integer(modulus)
	count, err := strconv.Atoi(m)
	if !ok || err != nil || count < 1 || s.name != nil && !isName(s.name) || len(variables(residue)) > 0 {
		return spread{}, false
	}
	if k, ok := smallInteger(residue); n.Op == tex.Mod && (!ok || k >= count) {
		return spread{}, false // 7 mod 5 is to be worked out
	}
	if n.Text != `\not` {
		for _, at := range signed(residue) {
			s.all = append(s.all, progression{at: at, step: modulus})
		}
		return s, len(s.all) <= maxClasses
	}
	of, ok := integer(residue)
	left, err := strconv.Atoi(of)
	if !ok || err != nil || count > maxClasses {
		return spread{}, false
	}
	for k := range count {
		if (k-left)%count != 0 {
			s.all = append(s.all, progression{at: number(itoa(k)), step: modulus})
		}
	}
	return s, len(s.all) > 0
}

// relatedSpread reads 3 | n, n ∈ {3k : k ∈ ℤ}, and n = 3k of which nothing more is said.
func (c *comparison) relatedSpread(n *tex.Node, natural int) (spread, bool) {
	left, right := n.Args[0], n.Args[1]
	switch n.Text {
	case `\mid`, `\nmid`:
		text := ""
		if n.Text == `\nmid` {
			text = `\not`
		}
		return c.congruent(&tex.Node{Op: tex.Congruence, Text: text, Args: []*tex.Node{right, number("0"), left}})
	case `\in`:
		s, ok := c.spreadOf(right, natural)
		s.name = left
		return s, ok && isName(left)
	case "=":
		s, ok := c.formedSpread([]*tex.Node{n}, natural)
		s.implied = true
		return s, ok
	}
	return spread{}, false
}

// builtSpread reads {3k+1 : k ∈ ℤ}, {n ∈ ℤ : n ≡ 1 (mod 3)} and {n : n = 3k+1, k ∈ ℤ}.
func (c *comparison) builtSpread(n *tex.Node, natural int) (spread, bool) {
	form, cond := n.Args[0], n.Args[1]
	if form.Op == tex.Relation && form.Text == `\in` && form.Args[1].Text == `\mathbb{Z}` && len(form.Args[1].Args) == 0 {
		form = form.Args[0]
	}
	parts := []*tex.Node{cond}
	if cond.Op == tex.And {
		parts = cond.Args
	}
	if !isName(form) || !occurs(cond, form) {
		return c.formedSpread(append([]*tex.Node{form}, parts...), natural)
	}
	s, ok := c.spreadOf(listOf(parts), natural)
	if s.name != nil && !alike(s.name, form) {
		return spread{}, false
	}
	s.name, s.implied = nil, false
	return s, ok && !isName(listOf(parts))
}

// formedSpread reads forms with a parameter, and what is said of it after them.
func (c *comparison) formedSpread(parts []*tex.Node, natural int) (spread, bool) {
	if s, ok := listed(parts); ok {
		return s, true
	}
	s := spread{}
	forms, conditions, ok := formsOf(parts)
	if !ok {
		return s, false
	}
	for _, form := range forms {
		if name, of, ok := assigned(form); ok && form.Op == tex.Relation && form.Text == "=" && name != nil {
			if !isName(name) || s.name != nil && !alike(s.name, name) {
				return s, false
			}
			s.name, form = name, of
		}
		for _, one := range signed(form) {
			found, ok := c.stepping(one, conditions, natural, &s)
			if !ok || len(s.all)+len(found) > maxClasses {
				return s, false
			}
			s.all = append(s.all, found...)
		}
	}
	return s, len(s.all) > 0
}

// formsOf tells forms from what is said after them of a parameter, which may be
// k = 0, 1, 2, …
func formsOf(parts []*tex.Node) (forms, conditions []*tex.Node, ok bool) {
	for i, part := range parts {
		if name, of, ok := assigned(part); i > 0 && ok && name != nil && isName(name) && isNumeral(of) {
			return forms, append(conditions, listOf(parts[i:])), true
		}
		switch {
		case conditional(part):
			conditions = append(conditions, part)
		case len(conditions) > 0:
			return nil, nil, false
		default:
			forms = append(forms, part)
		}
	}
	return forms, conditions, true
}
