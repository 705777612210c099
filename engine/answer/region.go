package answer

import (
	"cmp"
	"math"
	"slices"

	"github.com/aimo3/aimo3/engine/answer/tex"
	"github.com/aimo3/aimo3/engine/answer/value"
)

// maxCuts bounds how many cuts are put in order.
const maxCuts = 100

// A region is a set of reals made of finitely many intervals and points.
type region struct {
	cuts []cut  // where membership changes, rising
	in   []bool // before the first cut, at it, between it and the second, ...
}

// A cut is a real number and, where known, the float64 beside it.
type cut struct {
	at    *tex.Node
	near  float64
	known bool
}

// regions compares two parts as sets of reals; it is false if one is none or if
// relations are about different variables.
func (c *comparison) regions(a, b *tex.Node) (value.Judgement, bool) {
	r, s := reader{calc: c.calc}, reader{calc: c.calc}
	x, ok := r.read(a)
	if !ok {
		return value.Judgement{}, false
	}
	y, ok := s.read(b)
	if !ok || r.name != nil && s.name != nil && !alike(r.name, s.name) && !c.policy.has(VariableNames) {
		return value.Judgement{}, false
	}
	apart, ok := r.merged(x, y, oneOnly)
	switch {
	case !ok:
		return value.Judgement{}, false
	case apart.empty():
		return equal(value.Proof, ""), true
	}
	if j := c.ends(x, y); j.Verdict == value.Equal {
		return j, true
	}
	if r.name = orSame(r.name, s.name); r.name != nil && r.whole() && r.vacuous(apart) {
		return unknown("whether integers are meant"), true
	}
	return different("not the same numbers"), true
}

// ends compares two regions of one form by their cuts, some of which may be
// rounded.
func (c *comparison) ends(x, y region) value.Judgement {
	if !slices.Equal(x.in, y.in) {
		return different("sets of other forms")
	}
	j := equal(value.Shape, "")
	for i := range x.cuts {
		if j = also(j, c.nodes(x.cuts[i].at, y.cuts[i].at)); j.Verdict != value.Equal {
			break
		}
	}
	return j
}

func (r *reader) cut(n *tex.Node) cut {
	near, known := r.calc.Approx(n)
	return cut{n, near, known}
}

func everything() region { return region{in: []bool{true}} }

func nothing() region { return region{in: []bool{false}} }

// point is the set of n alone.
func (r *reader) point(n *tex.Node) region {
	return region{cuts: []cut{r.cut(n)}, in: []bool{false, true, false}}
}

// below is what is less than n.
func (r *reader) below(n *tex.Node) region {
	return region{cuts: []cut{r.cut(n)}, in: []bool{true, false, false}}
}

// above is what is greater than n.
func (r *reader) above(n *tex.Node) region {
	return region{cuts: []cut{r.cut(n)}, in: []bool{false, false, true}}
}

// merged is the set of those of which keep says yes, told whether they are in a
// and in b. It fails where the order of two cuts cannot be decided.
func (r *reader) merged(a, b region, keep func(inA, inB bool) bool) (region, bool) {
	if len(a.cuts)+len(b.cuts) > maxCuts {
		return region{}, false
	}
	m := region{in: []bool{keep(a.in[0], b.in[0])}}
	for i, j := 0, 0; i < len(a.cuts) || j < len(b.cuts); {
		sign, ok := r.next(a.cuts[i:], b.cuts[j:])
		if !ok {
			return region{}, false
		}
		cut, inA, inB := cut{}, a.in[2*i], b.in[2*j]
		if sign >= 0 {
			cut, inB, j = b.cuts[j], b.in[2*j+1], j+1
		}
		if sign <= 0 {
			cut, inA, i = a.cuts[i], a.in[2*i+1], i+1
		}
		m.add(cut, keep(inA, inB), keep(a.in[2*i], b.in[2*j]))
	}
	return m, true
}

// next says which of the first cuts of two rising rows comes first.
func (r *reader) next(a, b []cut) (sign int, ok bool) {
	switch {
	case len(a) == 0:
		return 1, true
	case len(b) == 0:
		return -1, true
	}
	x, y := a[0], b[0]
	switch {
	case x.known && y.known && math.Abs(x.near-y.near) > 1e-9*max(math.Abs(x.near), math.Abs(y.near)):
		return cmp.Compare(x.near, y.near), true
	case alike(x.at, y.at):
		return 0, true
	}
	return r.calc.Order(x.at, y.at)
}

// add appends a cut, unless nothing changes there.
func (r *region) add(cut cut, at, after bool) {
	if before := r.in[len(r.in)-1]; at == before && after == before {
		return
	}
	r.cuts = append(r.cuts, cut)
	r.in = append(r.in, at, after)
}

// empty says whether nothing is in r.
func (r region) empty() bool { return len(r.cuts) == 0 && !r.in[0] }

func either(a, b bool) bool { return a || b }

func both(a, b bool) bool { return a && b }

func first(a, b bool) bool { return a && !b }

func oneOnly(a, b bool) bool { return a != b }
