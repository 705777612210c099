package sympy

import (
	"strconv"

	"github.com/aimo3/aimo3/engine/answer/tex"
)

// binder writes what binds a name: in one of its parts that stands for no
// variable. What it is called there hangs on the depth alone, so that two sums
// over names that differ are written alike.
func (w *writer) binder(n *tex.Node) {
	b, ok := bindingOf(n)
	if !ok || b.name.Op != tex.Name {
		w.failed = true
		return
	}
	symbol := b.kind + `("b` + strconv.Itoa(len(w.bound)) + `")`
	w.out.WriteString(b.function + "(")
	w.bound = append(w.bound, bound{b.name.String(), symbol})
	w.node(b.body)
	w.bound = w.bound[:len(w.bound)-1]
	w.out.WriteString(", " + symbol)
	for _, end := range b.ends {
		w.out.WriteString(", ")
		w.node(end)
	}
	if n.Op == tex.Limit {
		w.out.WriteString(", " + strconv.Quote(b.side))
	}
	w.out.WriteByte(')')
}

// binding is what binds name, in body.
type binding struct {
	function, kind string
	name, body     *tex.Node
	ends           []*tex.Node
	side           string // from which a limit comes
}

func bindingOf(n *tex.Node) (binding, bool) {
	switch {
	case n.Op == tex.BigSum && len(n.Args) == 4:
		return binding{function: "total", kind: "index", name: n.Args[0], body: n.Args[3], ends: n.Args[1:3]}, true
	case n.Op == tex.BigProd && len(n.Args) == 4:
		return binding{function: "product_of", kind: "index", name: n.Args[0], body: n.Args[3], ends: n.Args[1:3]}, true
	case n.Op == tex.Integral && len(n.Args) == 4: // one without bounds is known up to a constant
		return binding{function: "area", kind: "variable", name: n.Args[1], body: n.Args[0], ends: n.Args[2:]}, true
	case n.Op == tex.Limit && len(n.Args) == 3:
		b := binding{function: "Limit", kind: "variable", name: n.Args[0], body: n.Args[2], ends: n.Args[1:2], side: "+-"}
		if n.Text == "+" || n.Text == "-" {
			b.side = n.Text
		}
		return b, true
	}
	return binding{}, false
}
