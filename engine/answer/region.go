package answer

import (
	"strings"

	"github.com/aimo3/aimo3/engine/answer/tex"
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

func (r *reader) cut(n *tex.Node) cut {
	near, known := r.calc.Approx(n)
	return cut{n, near, known}
}

func everything() region { return region{in: []bool{true}} }

// realsNamed is ℝ, ℝ^+, ℝ_{≥0} and the like.
func (r *reader) realsNamed(n *tex.Node) (region, bool) {
	behind, ok := strings.CutPrefix(n.Text, `\mathbb{R}`)
	if !ok {
		return region{}, false
	}
	zero := number("0")
	if len(n.Args) == 1 && behind == "" {
		switch sub := n.Args[0]; {
		case sub.Op == tex.Relation && alike(sub.Args[1], zero):
			return r.bounded(zero, sub.Text)
		case sub.Op == tex.Name && (sub.Text == "+" || sub.Text == "-"):
			behind = "^" + sub.Text
		default:
			return region{}, false
		}
	}
	switch strings.Trim(behind, "{}") {
	case "":
		return everything(), len(n.Args) == 0
	case "^+":
		return r.above(zero), true
	case "^-":
		return r.below(zero), true
	case "^*":
		return r.bounded(zero, `\ne`)
	}
	return region{}, false
}

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
