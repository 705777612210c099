package answer

import "github.com/aimo3/aimo3/engine/answer/tex"

// decadic is n with every logarithm without a base as that to the base 10.
func decadic(n *tex.Node) *tex.Node {
	if n.Op == tex.Call && n.Text == "log" && len(n.Args) == 1 {
		return &tex.Node{Op: tex.Call, Text: "lg", Args: []*tex.Node{decadic(n.Args[0])}}
	}
	for i, arg := range n.Args {
		if by := decadic(arg); by != arg {
			args := append([]*tex.Node{}, n.Args...)
			args[i] = by
			return decadic(&tex.Node{Op: n.Op, Text: n.Text, Args: args})
		}
	}
	return n
}
