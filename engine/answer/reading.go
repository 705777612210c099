package answer

import (
	"strings"

	"github.com/aimo3/aimo3/engine/answer/tex"
)

// reading is n, which s was parsed to, in the form in which answers of its sort
// are compared: without a label, with conditions on parameters beside what they
// are conditions for, and without braces that are TeX's own.
func reading(n *tex.Node, s string) *tex.Node {
	for n != nil && n.Op == tex.Ratio && len(n.Args) == 2 && holds(n.Args[0], tex.Words) {
		n = n.Args[1] // "Final answer: 42"
	}
	switch {
	case n == nil:
		return nil
	case n.Op == tex.Set && len(n.Args) > 0 && strings.HasPrefix(strings.TrimSpace(s), "${"):
		return listOf(n.Args) // ${1,3}$ shows no braces
	case n.Op == tex.SetOf:
		return builtSet(n)
	case n.Op == tex.List && n.Text == "":
		n = excepted(n)
	case n.Op == tex.Relation && n.Text == `\mapsto` && isName(n.Args[0]) && !constant(n.Args[0]): // x ↦ x+1
		return &tex.Node{Op: tex.Relation, Text: "=", Args: []*tex.Node{{Op: tex.Call, Text: "f", Args: n.Args[:1]}, n.Args[1]}}
	}
	if form, cond, ok := behind(n); ok {
		if cond.Op == tex.Tuple {
			return node(tex.List, append([]*tex.Node{form}, cond.Args...)...)
		}
		return node(tex.List, form, cond)
	}
	return n
}

// excepted is a list with x ≠ 0, 1 in it as x ≠ 0, x ≠ 1.
func excepted(list *tex.Node) *tex.Node {
	var sign *tex.Node // what the parts that are mere values belong to
	copied := false
	for i, part := range list.Args {
		switch {
		case part.Op == tex.Relation && part.Text == `\ne` && isName(part.Args[0]):
			sign = part
		case sign == nil || part.Op == tex.Name || kindOf(part) != Scalar:
			sign = nil
		default:
			if !copied {
				list, copied = node(tex.List, append([]*tex.Node{}, list.Args...)...), true
			}
			list.Args[i] = &tex.Node{Op: sign.Op, Text: sign.Text, Args: []*tex.Node{sign.Args[0], part}}
		}
	}
	return list
}

// enumerates says whether a bracket lists what a parameter may be: (k = 0, 1, 2, …).
func enumerates(n *tex.Node) bool {
	if n.Op != tex.Tuple || !isDots(n.Args[len(n.Args)-1]) {
		return false
	}
	name, _, ok := assigned(n.Args[0])
	return ok && name != nil && isName(name)
}

// builtSet reads {kπ : k ∈ ℤ} as a family, and {n : n = 1, 2} as what n is.
func builtSet(n *tex.Node) *tex.Node {
	form, cond := n.Args[0], n.Args[1]
	switch {
	case form.Op == tex.Name && cond.Op == tex.And && len(cond.Args) > 0 && cond.Args[0].Op == tex.Relation && !conditional(cond):
		if _, of, ok := assigned(cond.Args[0]); ok && alike(cond.Args[0].Args[0], form) {
			return listOf(append([]*tex.Node{of}, cond.Args[1:]...))
		}
	case form.Op == tex.Name || form.Op == tex.Relation || form.Op == tex.Tuple:
	case conditional(cond):
		return node(tex.List, form, cond)
	}
	return n
}

// behind takes off a condition in brackets behind a form: kπ (k ∈ ℤ).
func behind(n *tex.Node) (form, cond *tex.Node, ok bool) {
	switch n.Op {
	case tex.Relation:
		form, cond, ok = behind(n.Args[1])
		return &tex.Node{Op: n.Op, Text: n.Text, Args: []*tex.Node{n.Args[0], form}}, cond, ok
	case tex.Product:
		last := len(n.Args) - 1
		if cond = n.Args[last]; !conditional(cond) && !enumerates(cond) {
			return nil, nil, false
		}
		form = n.Args[0]
		if last > 1 {
			form = node(tex.Product, n.Args[:last]...)
		}
		return form, cond, true
	case tex.Sum:
		last := len(n.Args) - 1
		if form, cond, ok = behind(n.Args[last]); ok {
			form = node(tex.Sum, append(append([]*tex.Node{}, n.Args[:last]...), form)...)
		}
		return form, cond, ok
	default:
	}
	return nil, nil, false
}
