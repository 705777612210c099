package answer

import (
	"slices"
	"strings"

	"github.com/aimo3/aimo3/engine/answer/tex"
	"github.com/aimo3/aimo3/engine/answer/value"
)

// A family is what answers have in common that differ by parameters: the 2πk of
// "2πk, k ∈ ℤ", and what is said of k.
type family struct {
	forms      []*tex.Node
	conditions []*tex.Node
	parameters []*tex.Node
}

// familyOf takes a list apart. What has no conditions on names of its other
// parts is no family, but all forms.
func familyOf(n *tex.Node) family {
	if n.Op != tex.List {
		return family{forms: []*tex.Node{n}}
	}
	var f family
	for _, part := range n.Args {
		if conditional(part) {
			f.conditions = append(f.conditions, part)
		} else {
			f.forms = append(f.forms, part)
		}
	}
	for _, form := range f.forms {
		if _, of, ok := assigned(form); ok {
			form = of
		}
		for _, name := range variables(form) {
			if hasName(f.conditions, name) && !hasName(f.parameters, name) {
				f.parameters = append(f.parameters, name)
			}
		}
	}
	if len(f.parameters) == 0 {
		return family{forms: n.Args}
	}
	return f
}

func hasName(nodes []*tex.Node, name *tex.Node) bool {
	return slices.ContainsFunc(nodes, func(n *tex.Node) bool {
		return slices.ContainsFunc(variables(n), func(x *tex.Node) bool { return alike(x, name) })
	})
}

// conditional says whether a part may be a condition on a parameter.
func conditional(n *tex.Node) bool {
	switch n.Op {
	case tex.Relation:
		return n.Text != "=" && n.Text != `\approx` && n.Text != `\to`
	case tex.And:
		return all(n.Args, conditional)
	case tex.Congruence:
		return true
	default:
	}
	return false
}

// families compares two lists of which one at least is a family. Parameters may
// have any names. What is not written alike is not decided, since one family can
// be written in many ways.
func (c *comparison) families(a, b *tex.Node) (value.Judgement, bool) {
	f, g := familyOf(a), familyOf(b)
	if len(f.conditions)+len(g.conditions) == 0 {
		return value.Judgement{}, false
	}
	c.calc.Integers = append(slices.Clone(c.calc.Integers), append(f.integers(), g.integers()...)...)
	forms := listOf(g.forms)
	conditions := g.conditions
	if len(f.parameters) == len(g.parameters) {
		forms = renamedAs(forms, g.parameters, f.parameters)
		conditions = renamedAs(node(tex.List, conditions...), g.parameters, f.parameters).Args
	}
	j := c.nodes(listOf(f.forms), forms)
	if len(f.conditions) > 0 && len(g.conditions) > 0 {
		j = also(j, c.inAnyOrder(f.conditions, conditions))
	} else {
		j = lenient(j, "conditions left out on one side")
	}
	if j.Verdict == value.Different {
		return unknown("families of other forms"), true
	}
	return j, true
}

// integers are the names of the parameters that are integers.
func (f family) integers() []string {
	var names []string
	for _, cond := range f.conditions {
		if cond.Op == tex.Relation && cond.Text == `\in` && len(cond.Args[0].Args) == 0 && (cond.Args[1].Text == `\mathbb{Z}` || cond.Args[1].Text == `\mathbb{N}`) {
			names = append(names, cond.Args[0].Text)
		}
	}
	return names
}

func listOf(parts []*tex.Node) *tex.Node {
	if len(parts) == 1 {
		return parts[0]
	}
	return node(tex.List, parts...)
}

// renamedAs is n with the names old replaced by those of as, all at once.
func renamedAs(n *tex.Node, old, as []*tex.Node) *tex.Node {
	if n.Op == tex.Name {
		if i := slices.IndexFunc(old, func(x *tex.Node) bool { return alike(x, n) }); i >= 0 {
			return as[i]
		}
	}
	return rebuilt(n, func(arg *tex.Node) *tex.Node { return renamedAs(arg, old, as) })
}

// conditioned reads a text that says in words where what it says holds: "n=2^k
// for k≥1". It is nil if there are no such words, or no mathematics around them.
func conditioned(s string) *tex.Node {
	for _, word := range [...]string{"for", "where", "with", "if", "when", "such that"} {
		for _, form := range [...]string{`\text{ ` + word + ` }`, `\text{` + word + `}`, `\text{ ` + word + ` some }`, `\text{ ` + word + ` all }`, ", " + word + " ", " " + word + " "} {
			before, after, found := strings.Cut(s, form)
			if !found {
				continue
			}
			main, err := tex.Parse(before)
			if err != nil || main.Op == tex.Words || holds(main, tex.Words) {
				return nil
			}
			_, _, _, defines := function(main)
			cond := condition(after)
			switch {
			case defines && (quantified(after) || cond != nil && len(without(variables(cond), variables(main.Args[0]))) == 0):
				return main
			case cond != nil:
				return node(tex.List, main, cond)
			}
			return nil
		}
	}
	return nil
}

// quantified says whether words after "for" only say that a function's values
// are meant: "all x", "every real number x".
func quantified(s string) bool {
	return !slices.ContainsFunc(strings.Fields(bareText(s)), func(w string) bool {
		w = strings.Trim(w, ".,")
		return len(w) > 1 && !slices.Contains([]string{"all", "any", "every", "each", "real", "reals", "number", "numbers", "integer", "integers", "positive"}, w)
	})
}

// condition reads what follows such a word: "some k≥1", "k an integer".
func condition(s string) *tex.Node {
	words := strings.Fields(bareText(s))
	integer := false
	var names []string
	for _, w := range words {
		w = strings.Trim(w, ".,")
		switch {
		case strings.HasPrefix(w, "integer"):
			integer = true
		case len(w) == 1 && isLetter(w[0]) && w != "a":
			names = append(names, w)
		}
	}
	if integer && len(names) == 1 && !strings.Contains(s, "positive") && !strings.Contains(s, "negative") {
		return &tex.Node{Op: tex.Relation, Text: `\in`, Args: []*tex.Node{{Op: tex.Name, Text: names[0]}, {Op: tex.Name, Text: `\mathbb{Z}`}}}
	}
	s = strings.TrimSpace(s)
	for _, lead := range [...]string{"some ", "all ", "any ", "every "} {
		s = strings.TrimPrefix(s, lead)
	}
	n, err := tex.Parse(s)
	if err != nil || !conditional(n) {
		return nil
	}
	return n
}
