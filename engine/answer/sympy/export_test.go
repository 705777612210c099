package sympy

import "github.com/aimo3/aimo3/engine/answer/tex"

// Variables are the names that a question about n declares as x0, x1, ...
func Variables(n *tex.Node) []string {
	w := newWriter(n)
	w.expression(n)
	return w.names.texts
}
