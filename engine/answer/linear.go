package answer

import (
	"slices"
	"strconv"
	"strings"

	"github.com/aimo3/aimo3/engine/answer/tex"
)

// stepping is a form as progressions: one if it is linear in its parameter, two
// if it is so for each parity of it, as (-1)^k π/6 + kπ is.
func (c *comparison) stepping(form *tex.Node, conditions []*tex.Node, natural int, s *spread) ([]progression, bool) {
	names := variables(form)
	if len(names) != 1 || len(names[0].Args) > 0 {
		return nil, false
	}
	k := names[0]
	of, ok := domainOf(k, conditions)
	if !ok || len(conditions) == 0 && !strings.Contains("kmn", k.Text) {
		return nil, false
	}
	s.natural = s.natural || of.natural
	from := of.least
	if of.natural && (!of.half || from < natural) {
		from = natural
	}
	half := of.half || of.natural
	if one, ok := linear(form, k, from, half); ok {
		return []progression{one}, true
	}
	var both []progression
	for parity := range 2 {
		one, ok := linear(evenedOut(form, k, parity), k, 0, false)
		if !ok {
			return nil, false
		}
		// k is parity, parity + 2, and so on.
		least := from
		if (least-parity)%2 != 0 {
			least++
		}
		if half {
			one.at = node(tex.Sum, one.at, node(tex.Product, signedNumber(int64(least)), one.step))
		} else if parity == 1 {
			one.at = node(tex.Sum, one.at, one.step)
		}
		one.step, one.half = node(tex.Product, number("2"), one.step), half
		both = append(both, one)
	}
	return both, true
}

// evenedOut is n with the sign that (-1)^k has for k of one parity, and (-1)^{k+1}.
func evenedOut(n, k *tex.Node, parity int) *tex.Node {
	if n.Op != tex.Power || !alike(n.Args[0], negative(number("1"))) {
		return rebuilt(n, func(arg *tex.Node) *tex.Node { return evenedOut(arg, k, parity) })
	}
	at, step, ok := linearIn(n.Args[1], k)
	if !ok || step == nil {
		return n
	}
	odd := number(itoa(parity))
	of := node(tex.Sum, at, node(tex.Product, step, odd))
	return node(tex.Power, negative(number("1")), of)
}

// linear is a form as one progression, if it is linear in k.
func linear(form, k *tex.Node, from int, half bool) (progression, bool) {
	at, step, ok := linearIn(form, k)
	if !ok || step == nil || len(variables(node(tex.Sum, at, step))) > 0 {
		return progression{}, false
	}
	if half && from != 0 {
		at = node(tex.Sum, at, node(tex.Product, signedNumber(int64(from)), step))
	}
	return progression{at: at, step: step, half: half}, true
}

// linearIn is n as at + step·k, by how it is written. The step is nil where there
// is no k.
func linearIn(n, k *tex.Node) (at, step *tex.Node, ok bool) {
	if alike(n, k) {
		return number("0"), number("1"), true
	}
	if !occurs(n, k) {
		return n, nil, true
	}
	switch n.Op {
	case tex.Sum:
		at, step = node(tex.Sum, number("0")), node(tex.Sum, number("0"))
		for _, arg := range n.Args {
			a, s, ok := linearIn(arg, k)
			if !ok {
				return nil, nil, false
			}
			at.Args = append(at.Args, a)
			if s != nil {
				step.Args = append(step.Args, s)
			}
		}
		return at, step, true
	case tex.Product, tex.Neg, tex.Quotient, tex.Degrees:
		i := slices.IndexFunc(n.Args, func(arg *tex.Node) bool { return occurs(arg, k) })
		a, s, ok := linearIn(n.Args[i], k)
		if !ok || n.Op == tex.Quotient && i > 0 || slices.ContainsFunc(n.Args[i+1:], func(arg *tex.Node) bool { return occurs(arg, k) }) {
			return nil, nil, false
		}
		with := func(part *tex.Node) *tex.Node {
			args := slices.Clone(n.Args)
			args[i] = part
			return &tex.Node{Op: n.Op, Text: n.Text, Args: args}
		}
		return with(a), with(s), true
	default:
	}
	return nil, nil, false
}

func itoa(n int) string { return strconv.Itoa(n) }

func signedNumber(n int64) *tex.Node {
	if n < 0 {
		return negative(number(strconv.FormatInt(-n, 10)))
	}
	return number(strconv.FormatInt(n, 10))
}

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return max(a, -a, 1)
}
