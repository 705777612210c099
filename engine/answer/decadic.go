package answer

import (
	"github.com/aimo3/aimo3/engine/answer/tex"
	"github.com/aimo3/aimo3/engine/answer/value"
)

// logarithms compares what has a logarithm without a base in it twice: as the
// natural one and as that to the base 10, since olympiads and textbooks mean
// either. It is false where there is none.
func (c *comparison) logarithms(a, b *tex.Node) (value.Judgement, bool) {
	x, y := withLogarithm(a, "lg"), withLogarithm(b, "lg")
	if x == a && y == b {
		return value.Judgement{}, false
	}
	tens, natural := c.nodes(x, y), c.nodes(withLogarithm(a, "ln"), withLogarithm(b, "ln"))
	if tens.Verdict != natural.Verdict {
		return unknown("which logarithm is meant"), true
	}
	return natural, true
}

// withLogarithm is n with the function of a name for every logarithm without a base.
func withLogarithm(n *tex.Node, name string) *tex.Node {
	n = rebuilt(n, func(arg *tex.Node) *tex.Node { return withLogarithm(arg, name) })
	if n.Op == tex.Call && n.Text == "log" && len(n.Args) == 1 {
		return &tex.Node{Op: tex.Call, Text: name, Args: n.Args}
	}
	return n
}
