package answer

import (
	"fmt"
	"math"

	"github.com/aimo3/aimo3/engine/answer/tex"
	"github.com/aimo3/aimo3/engine/answer/value"
)

// maxLeft is how many members of two lists, which no key could pair off, are
// held against one another.
const maxLeft = 24

// inOrder compares the members of two sequences one by one.
func (c *comparison) inOrder(a, b []*tex.Node) value.Judgement {
	if len(a) != len(b) {
		return different(fmt.Sprintf("%d parts against %d", len(a), len(b)))
	}
	all := equal(value.Shape, "")
	for i := range a {
		all = also(all, c.nodes(a[i], b[i]))
		if all.Verdict == value.Different {
			return all
		}
	}
	return all
}

// inAnyOrder compares two lists as multisets: each member has one partner.
func (c *comparison) inAnyOrder(a, b []*tex.Node) value.Judgement {
	if len(a) != len(b) {
		return different(fmt.Sprintf("%d parts against %d", len(a), len(b)))
	}
	a, b = c.unpaired(a, b)
	if len(a) > maxLeft {
		return unknown("too many parts to pair")
	}
	g := c.graph(a, b)
	if pairing, ok := g.matching(func(j value.Judgement) bool { return j.Verdict == value.Equal }); ok {
		all := equal(value.Shape, "")
		for i, partner := range pairing {
			all = also(all, g[partner][i])
		}
		return all
	}
	if _, ok := g.matching(func(j value.Judgement) bool { return j.Verdict != value.Different }); ok {
		return unknown("which parts belong together is not decided")
	}
	return different("not the same parts")
}

// asSets compares two lists as sets: each member has some partner.
func (c *comparison) asSets(a, b []*tex.Node) value.Judgement {
	a, b = c.unshared(a, b)
	if len(a)*len(b) > maxLeft*maxLeft*4 {
		return unknown("too many parts to pair")
	}
	g := c.graph(a, b)
	all := equal(value.Shape, "")
	for i := range a {
		all = also(all, best(g[i]))
	}
	for k := range b {
		column := make([]value.Judgement, len(a))
		for i := range a {
			column[i] = g[i][k]
		}
		all = also(all, best(column))
	}
	return all
}

// best is the judgement of a member that was held against the whole other set.
func best(all []value.Judgement) value.Judgement {
	found := different("a part without its like")
	for _, j := range all {
		if j.Verdict == value.Equal {
			return j
		}
		if j.Verdict == value.Unknown {
			found = j
		}
	}
	return found
}

// unpaired is what is left of two lists when members with one key are paired off.
func (c *comparison) unpaired(a, b []*tex.Node) (restA, restB []*tex.Node) {
	keysA, keysB := c.keysOf(a), c.keysOf(b)
	count := make(map[string]int, len(a))
	for _, key := range keysA {
		count[key]++
	}
	for i, key := range keysB {
		if count[key] > 0 {
			count[key]--
		} else {
			restB = append(restB, b[i])
		}
	}
	for i, key := range keysA {
		if count[key] > 0 {
			count[key]--
			restA = append(restA, a[i])
		}
	}
	return restA, restB
}

// unshared is what of each of two lists has no like in the other by its key.
func (c *comparison) unshared(a, b []*tex.Node) (restA, restB []*tex.Node) {
	keysA, keysB := c.keysOf(a), c.keysOf(b)
	missing := func(nodes []*tex.Node, keys, others []string) (rest []*tex.Node) {
		known := make(map[string]bool, len(others))
		for _, key := range others {
			known[key] = true
		}
		for i, key := range keys {
			if !known[key] {
				rest = append(rest, nodes[i])
			}
		}
		return rest
	}
	return missing(a, keysA, keysB), missing(b, keysB, keysA)
}

// keysOf are the keys of parts, each asked for once, since with little work left
// it may come out otherwise the next time.
func (c *comparison) keysOf(parts []*tex.Node) []string { return keysOf(parts, c.keys.Part(workOfKey)) }

// A graph holds the judgement of each member of one list, a row, against each of
// another.
type graph [][]value.Judgement

func (c *comparison) graph(a, b []*tex.Node) graph {
	g := make(graph, len(a))
	x, y := c.floats(a), c.floats(b)
	for i := range a {
		g[i] = make([]value.Judgement, len(b))
		for k := range b {
			if apart(x[i], y[k]) {
				g[i][k] = value.Judgement{Verdict: value.Different, Tier: value.Balls, Reason: "values that differ"}
				continue
			}
			g[i][k] = c.nodes(a[i], b[k])
		}
	}
	return g
}

// floats are the float64 beside plain numbers, and NaN for all other parts, and
// for all where a policy lets numbers differ by much.
func (c *comparison) floats(nodes []*tex.Node) []float64 {
	found := make([]float64, len(nodes))
	for i, n := range nodes {
		found[i] = math.NaN()
		if kindOf(n) != Scalar || measured(n) || c.policy.has(Approximate) {
			continue
		}
		if x, ok := c.calc.Approx(n); ok {
			found[i] = x
		}
	}
	return found
}

// apart says whether two numbers are further apart than rounding brings them.
func apart(x, y float64) bool { return math.Abs(x-y) > 0.011*max(math.Abs(x), math.Abs(y)) }

// matching gives each column a row of its own by edges for which may says yes,
// if that can be done for all.
func (g graph) matching(may func(value.Judgement) bool) (rowOf []int, ok bool) {
	rowOf = make([]int, len(g))
	for i := range rowOf {
		rowOf[i] = -1
	}
	for row := range g {
		if !g.place(row, rowOf, make([]bool, len(g)), may) {
			return nil, false
		}
	}
	return rowOf, true
}

// place finds a column for row, moving other rows where that helps.
func (g graph) place(row int, rowOf []int, tried []bool, may func(value.Judgement) bool) bool {
	for k, j := range g[row] {
		if tried[k] || !may(j) {
			continue
		}
		tried[k] = true
		if rowOf[k] < 0 || g.place(rowOf[k], rowOf, tried, may) {
			rowOf[k] = row
			return true
		}
	}
	return false
}
