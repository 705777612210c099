package answer

import (
	"strconv"

	"github.com/aimo3/aimo3/engine/answer/tex"
)

// A domain is which integers a parameter may be: all, or with half those from
// the least on. Of natural numbers it is not known whether 0 is one.
type domain struct {
	half, natural bool
	least         int
}

// domainOf reads what conditions say of k. It is false if they say anything that
// is no such domain. No conditions leave all integers.
func domainOf(k *tex.Node, conditions []*tex.Node) (domain, bool) {
	var d domain
	integers := len(conditions) == 0
	for _, cond := range conditions {
		if !occurs(cond, k) {
			continue
		}
		switch {
		case cond.Op == tex.List:
			return enumerated(k, cond)
		case cond.Op != tex.Relation:
			return d, false
		case cond.Text == `\in`:
			of, ok := setDomain(cond.Args[1])
			if !ok || !alike(cond.Args[0], k) {
				return d, false
			}
			d, integers = d.both(of), true
		default:
			least, ok := bound(k, cond)
			if !ok {
				return d, false
			}
			d = d.both(domain{half: true, least: least})
			integers = integers || counting(k)
		}
	}
	return d, integers
}

// counting says whether a name stands for an integer by custom.
func counting(k *tex.Node) bool {
	switch k.Text {
	case "k", "l", "m", "n", "j", "K", "M", "N", "p", "q", "r", "s", "t", "i", `\ell`:
		return true
	}
	return false
}

// both is what is in two domains.
func (d domain) both(e domain) domain {
	if e.half && (!d.half || e.least > d.least) {
		d.half, d.least = true, e.least
	}
	d.natural = d.natural || e.natural
	if d.natural && d.half && d.least >= 1 {
		d.natural = false
	}
	return d
}

// setDomain reads a set of integers.
func setDomain(n *tex.Node) (domain, bool) {
	if n.Op != tex.Name {
		return domain{}, false
	}
	if len(n.Args) == 1 {
		return subscripted(n)
	}
	switch n.Text {
	case `\mathbb{Z}`:
		return domain{}, len(n.Args) == 0
	case `\mathbb{N}`:
		return domain{natural: true}, len(n.Args) == 0
	case `\mathbb{Z}^+`, `\mathbb{Z}^{+}`, `\mathbb{N}^*`, `\mathbb{N}^{*}`, `\mathbb{N}^+`, `\mathbb{N}^{+}`:
		return domain{half: true, least: 1}, true
	}
	return domain{}, false
}

// subscripted reads ℤ_{≥0}, ℤ_{>0}, ℤ_+ and ℕ_0.
func subscripted(n *tex.Node) (domain, bool) {
	sub := n.Args[0]
	switch {
	case n.Text == `\mathbb{N}` && sub.Op == tex.Num && (sub.Text == "0" || sub.Text == "1"):
		return domain{half: true, least: int(sub.Text[0] - '0')}, true
	case sub.Op == tex.Name && (sub.Text == "+" || sub.Text == ">0"):
		return domain{half: true, least: 1}, true
	case sub.Op == tex.Relation && sub.Args[1].Op == tex.Num:
		least, err := strconv.Atoi(sub.Args[1].Text)
		switch {
		case err != nil:
		case sub.Text == ">":
			return domain{half: true, least: least + 1}, true
		case sub.Text == `\ge`:
			return domain{half: true, least: least}, true
		}
	}
	return domain{}, false
}

// bound is the least integer that k may be by a condition k ≥ 1.
func bound(k, cond *tex.Node) (int, bool) {
	cond = turned(cond)
	text, ok := integer(cond.Args[0])
	least, err := strconv.Atoi(text)
	if !ok || err != nil || !alike(cond.Args[1], k) || least > 1000 || least < -1000 {
		return 0, false
	}
	switch cond.Text {
	case "<":
		return least + 1, true
	case `\le`:
		return least, true
	}
	return 0, false
}

// enumerated reads k = 0, 1, 2, … and k = 0, ±1, ±2, …
func enumerated(k, list *tex.Node) (domain, bool) {
	name, first, ok := assigned(list.Args[0])
	last := len(list.Args) - 1
	if !ok || !alike(name, k) || last < 2 || !isDots(list.Args[last]) {
		return domain{}, false
	}
	text, ok := integer(first)
	at, err := strconv.Atoi(text)
	if !ok || err != nil {
		return domain{}, false
	}
	both := list.Args[1].Op == tex.PlusMinus
	for i, n := range list.Args[1:last] {
		if both {
			if n.Op != tex.PlusMinus || len(n.Args) != 1 {
				return domain{}, false
			}
			n = n.Args[0]
		}
		if text, ok := integer(n); !ok || text != strconv.Itoa(at+i+1) {
			return domain{}, false
		}
	}
	return domain{half: !both, least: at}, !both || at == 0
}

// listed reads 1, 4, 7, … and …, -2, 1, 4, …
func listed(parts []*tex.Node) (spread, bool) {
	half := true
	if isDots(parts[0]) {
		parts, half = parts[1:], false
	}
	last := len(parts) - 1
	if last < 3 || !isDots(parts[last]) || !all(parts[:last], isNumeral) {
		return spread{}, false
	}
	members := make([]int, last)
	for i, part := range parts[:last] {
		text, _ := integer(part)
		n, err := strconv.Atoi(text)
		if members[i] = n; err != nil || i > 1 && n-members[i-1] != members[1]-members[0] {
			return spread{}, false
		}
	}
	step := signedNumber(int64(members[1] - members[0]))
	return spread{all: []progression{{at: parts[0], step: step, half: half}}}, true
}
