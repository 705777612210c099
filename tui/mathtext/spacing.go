package mathtext

import "github.com/aimo3/aimo3/engine/formula"

// placed is a part of a row with the room before it.
type placed struct {
	node formula.Node
	gap  int
}

// place finds the room between the parts of a row, by the classes that TeX goes by.
// Binary signs with nothing to their left or right are signs of one term.
func place(kids []formula.Node) []placed {
	out := make([]placed, 0, len(kids))
	room, prev, begun := 0, formula.Open, false
	for i, k := range kids {
		if s, ok := k.(formula.Space); ok {
			room = max(room, s.Cells)
			continue
		}
		left, right := edges(k)
		if left == formula.Bin && (!begun || unary(prev) || last(kids[i+1:])) {
			left = formula.Ord
			if s, ok := k.(formula.Symbol); !ok || s.Glyph != "mod" {
				right = formula.Open
			}
		}
		gap := room
		if begun {
			gap = max(gap, between(prev, left))
		}
		out = append(out, placed{node: k, gap: gap})
		room, prev, begun = 0, right, true
	}
	if room > 0 && len(out) == 0 {
		out = append(out, placed{node: formula.Row{}, gap: room})
	}
	return out
}

// last tells whether only room follows, or what closes.
func last(rest []formula.Node) bool {
	for _, k := range rest {
		if _, ok := k.(formula.Space); ok {
			continue
		}
		c, _ := edges(k)
		return c == formula.Close || c == formula.Rel || c == formula.Punct
	}
	return true
}

// unary tells the classes after which a sign belongs to what follows.
func unary(c formula.Class) bool {
	switch c {
	case formula.Open, formula.Rel, formula.Bin, formula.Punct, formula.Fun, formula.Big:
		return true
	case formula.Ord, formula.Close, formula.Inner:
	}
	return false
}

// edges are the classes of n as its neighbours on the left and right see it.
func edges(n formula.Node) (left, right formula.Class) {
	switch n := n.(type) {
	case formula.Fence:
		if n.Left == "" {
			left = formula.Ord
		} else {
			left = formula.Open
		}
		if n.Right == "" {
			return left, formula.Ord
		}
		return left, formula.Close
	case formula.Scripts:
		l, r := edges(n.Body)
		return l, r
	case formula.Row:
		if len(n.Kids) > 0 {
			l, _ := edges(n.Kids[0])
			_, r := edges(n.Kids[len(n.Kids)-1])
			return open(l), closed(r)
		}
	case formula.Table:
		if n.Left+n.Right == "" {
			return formula.Inner, formula.Inner
		}
		return formula.Ord, formula.Ord
	}
	c := formula.ClassOf(n)
	return c, c
}

// open and closed let the edge of a group show only what parts need to be told from
// each other by.
func open(c formula.Class) formula.Class {
	switch c {
	case formula.Inner, formula.Fun, formula.Big, formula.Open:
		return c
	case formula.Ord, formula.Bin, formula.Rel, formula.Close, formula.Punct:
	}
	return formula.Ord
}

func closed(c formula.Class) formula.Class {
	switch c {
	case formula.Inner, formula.Fun, formula.Big, formula.Close:
		return c
	case formula.Ord, formula.Bin, formula.Rel, formula.Open, formula.Punct:
	}
	return formula.Ord
}

// between is the room between two classes.
func between(l, r formula.Class) int {
	switch {
	case l == formula.Bin || r == formula.Bin:
		return 1
	case l == formula.Rel && r == formula.Rel:
		return 0
	case l == formula.Rel || r == formula.Rel:
		return 1
	case l == formula.Punct:
		if r == formula.Close || r == formula.Punct {
			return 0
		}
		return 1
	case l == formula.Close && r == formula.Inner, l == formula.Inner && r == formula.Open:
		return 1
	case l == formula.Open || r == formula.Close || r == formula.Punct:
		return 0
	case r == formula.Fun || r == formula.Big:
		return 1
	case l == formula.Fun || l == formula.Big:
		if r == formula.Open {
			return b2i(l == formula.Big)
		}
		return 1
	case l == formula.Inner && r == formula.Inner, l == formula.Inner && r == formula.Ord, l == formula.Ord && r == formula.Inner:
		return 1
	}
	return 0
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}
