package answer

import (
	"slices"
	"strings"

	"github.com/aimo3/aimo3/engine/answer/tex"
)

// alike says whether two trees are written alike.
func alike(a, b *tex.Node) bool {
	if a == b {
		return true
	}
	return a.Op == b.Op && a.Text == b.Text && slices.EqualFunc(a.Args, b.Args, alike)
}

// holds says whether n or a part of it is of one of the kinds ops.
func holds(n *tex.Node, ops ...tex.Op) bool {
	return slices.Contains(ops, n.Op) || slices.ContainsFunc(n.Args, func(arg *tex.Node) bool { return holds(arg, ops...) })
}

// rebuilt is n with f done to each of its arguments. It is n itself if f changes
// none of them.
func rebuilt(n *tex.Node, f func(*tex.Node) *tex.Node) *tex.Node {
	for i, arg := range n.Args {
		changed := f(arg)
		if changed == arg {
			continue
		}
		args := slices.Clone(n.Args)
		args[i] = changed
		for j := i + 1; j < len(args); j++ {
			args[j] = f(args[j])
		}
		return &tex.Node{Op: n.Op, Text: n.Text, Args: args}
	}
	return n
}

// put is n with by in the place of every part that is written like old.
func put(n, old, by *tex.Node) *tex.Node {
	if alike(n, old) {
		return by
	}
	return rebuilt(n, func(arg *tex.Node) *tex.Node { return put(arg, old, by) })
}

// variables are the names in n that stand for no known constant, each once, in
// the order in which they come.
func variables(n *tex.Node) []*tex.Node {
	var found []*tex.Node
	var walk func(*tex.Node)
	walk = func(n *tex.Node) {
		if n.Op == tex.Name {
			if !constant(n) && !slices.ContainsFunc(found, func(x *tex.Node) bool { return alike(x, n) }) {
				found = append(found, n)
			}
			return
		}
		for _, arg := range n.Args {
			walk(arg)
		}
	}
	walk(n)
	return found
}

// constant says whether a name stands for one known number, or for infinity.
func constant(n *tex.Node) bool {
	if len(n.Args) > 0 {
		return false
	}
	switch n.Text {
	case `\pi`, "e", "i", `\infty`:
		return true
	}
	return false
}

func isDots(n *tex.Node) bool {
	return n.Op == tex.Name && (n.Text == `\ldots` || n.Text == `\cdots`)
}

func isNumeral(n *tex.Node) bool { _, ok := integer(n); return ok }

// wholeByCustom says whether a name is one that integers are given.
func wholeByCustom(name *tex.Node) bool {
	return len(name.Args) == 0 && len(name.Text) == 1 && strings.Contains("nkmNKM", name.Text)
}

// Small trees of our own.

func number(text string) *tex.Node { return &tex.Node{Op: tex.Num, Text: text} }

func negative(n *tex.Node) *tex.Node {
	if n.Op == tex.Neg {
		return n.Args[0]
	}
	return &tex.Node{Op: tex.Neg, Args: []*tex.Node{n}}
}

func difference(a, b *tex.Node) *tex.Node { return node(tex.Sum, a, negative(b)) }

func node(op tex.Op, args ...*tex.Node) *tex.Node { return &tex.Node{Op: op, Args: args} }
