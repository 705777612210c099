package answer

import "github.com/aimo3/aimo3/engine/answer/tex"

// An alternative is what a part is under a condition.
type alternative struct{ of, cond *tex.Node }

// kinkIn finds the innermost part of n with a kink, and what it is on either side.
func kinkIn(n *tex.Node) (*tex.Node, []alternative) {
	for _, arg := range n.Args {
		if kink, found := kinkIn(arg); kink != nil {
			return kink, found
		}
	}
	if len(variables(n)) == 0 {
		return nil, nil
	}
	is := func(a *tex.Node, sign string, b *tex.Node) *tex.Node {
		return &tex.Node{Op: tex.Relation, Text: sign, Args: []*tex.Node{a, b}}
	}
	zero := number("0")
	switch {
	case isAbs(n):
		u := n.Args[0]
		return n, []alternative{{u, is(u, `\ge`, zero)}, {negative(u), is(u, "<", zero)}}
	case n.Op == tex.Root && len(n.Args) == 1 && n.Args[0].Op == tex.Power && n.Args[0].Args[1].Text == "2":
		u := n.Args[0].Args[0]
		return n, []alternative{{u, is(u, `\ge`, zero)}, {negative(u), is(u, "<", zero)}}
	case n.Op == tex.Call && n.Text == "sgn" && len(n.Args) == 1:
		u := n.Args[0]
		return n, []alternative{{number("1"), is(u, ">", zero)}, {zero, is(u, "=", zero)}, {negative(number("1")), is(u, "<", zero)}}
	case n.Op == tex.Call && (n.Text == "max" || n.Text == "min") && len(n.Args) == 2:
		u, v := n.Args[0], n.Args[1]
		if n.Text == "min" {
			u, v = v, u
		}
		apart := difference(u, v)
		return n, []alternative{{n.Args[0], is(apart, `\ge`, zero)}, {n.Args[1], is(apart, "<", zero)}}
	}
	return nil, nil
}
