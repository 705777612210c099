package answer

import (
	"math"
	"strconv"

	"github.com/aimo3/aimo3/engine/answer/tex"
	"github.com/aimo3/aimo3/engine/answer/value"
)

func atoi(text string) int { n, _ := strconv.Atoi(text); return n }

// maxPieces is how many pieces a function may have that is compared by them.
const maxPieces = 12

// A piece is what a function is on a set of reals.
type piece struct {
	of *tex.Node
	in region
}

// byRegion compares cases whose conditions are on one real variable.
func (c *comparison) byRegion(a, b *tex.Node) (value.Judgement, bool) {
	r := &reader{calc: c.calc}
	if a.Op != tex.Cases {
		a, b = b, a // the conditions tell which variable it is
	}
	x, ok := r.pieces(a)
	if !ok || r.name == nil {
		return value.Judgement{}, false
	}
	y, ok := r.pieces(b)
	if !ok {
		return value.Judgement{}, false
	}
	j := equal(value.Shape, "")
	for _, p := range x {
		for _, q := range y {
			in, ok := r.merged(p.in, q.in, both)
			if !ok {
				return value.Judgement{}, false
			}
			if j = also(j, r.agree(p.of, q.of, in)); j.Verdict == value.Different {
				return j, true
			}
		}
	}
	if j.Verdict == value.Equal && !r.coverSame(x, y) {
		return unknown("cases that one side leaves out"), true
	}
	return j, true
}

// coverSame says whether two lists of pieces cover the same numbers.
func (r *reader) coverSame(x, y []piece) bool {
	cover := func(all []piece) (region, bool) {
		whole, ok := nothing(), true
		for _, p := range all {
			if whole, ok = r.merged(whole, p.in, either); !ok {
				return whole, false
			}
		}
		return whole, true
	}
	p, okP := cover(x)
	q, okQ := cover(y)
	if !okP || !okQ {
		return false
	}
	apart, ok := r.merged(p, q, oneOnly)
	return ok && (apart.empty() || r.whole() && r.vacuous(apart))
}

// whole says whether the variable is an integer by custom.
func (r *reader) whole() bool { return wholeByCustom(r.name) }

// vacuous says whether no integer is in a region.
func (r *reader) vacuous(in region) bool {
	for i, is := range in.in {
		if !is {
			continue
		}
		if points, all := r.samples(in, i); len(points) > 0 || !all {
			return false
		}
	}
	return true
}

// agree compares two expressions where the variable is in a region.
func (r *reader) agree(a, b *tex.Node, in region) value.Judgement {
	j := equal(value.Shape, "")
	if in.empty() {
		return j
	}
	everywhere := r.calc.Compare(a, b)
	if everywhere.Verdict == value.Equal {
		return everywhere
	}
	for i, is := range in.in {
		if !is || i%2 == 1 && (in.in[i-1] || in.in[i+1]) {
			continue
		}
		points, all := r.samples(in, i)
		so := equal(value.Proof, "")
		for _, point := range points {
			so = also(so, r.calc.Compare(put(a, r.name, point), put(b, r.name, point)))
		}
		if j = also(j, so); j.Verdict == value.Different {
			return j
		}
		if !all {
			j = also(j, unknown("expressions that agree at some points"))
		}
	}
	return j
}

// samples are numbers in the part i of a region, and whether they are all that are
// in it.
func (r *reader) samples(in region, i int) (points []*tex.Node, all bool) {
	if i%2 == 1 {
		at := in.cuts[i/2]
		if r.whole() && at.known && at.near != math.Round(at.near) {
			return nil, true
		}
		return []*tex.Node{at.at}, true
	}
	low, high := math.Inf(-1), math.Inf(1)
	if i > 0 {
		low = in.cuts[i/2-1].near
	}
	if i/2 < len(in.cuts) {
		high = in.cuts[i/2].near
	}
	if !math.IsInf(low, 0) && !in.cuts[i/2-1].known || !math.IsInf(high, 0) && !in.cuts[i/2].known || math.Abs(low) < math.Inf(1) && math.Abs(low) > 1e6 || math.Abs(high) < math.Inf(1) && math.Abs(high) > 1e6 {
		return nil, false
	}
	if r.whole() {
		return integersBetween(low, high)
	}
	return realsBetween(low, high), false
}

// integersBetween are up to four integers between two bounds, and whether those
// are all.
func integersBetween(low, high float64) (points []*tex.Node, all bool) {
	first := math.Floor(low) + 1
	up := 1.0
	if math.IsInf(low, 0) {
		first, up = math.Ceil(high)-1, -1
		if math.IsInf(high, 0) {
			first, up = 0, 1
		}
	}
	for n := first; n > low && n < high; n += up {
		if len(points) == 4 {
			return points, false
		}
		points = append(points, signedNumber(int64(n)))
	}
	return points, true
}

// realsBetween are some numbers between two bounds.
func realsBetween(low, high float64) []*tex.Node {
	var at []float64
	switch {
	case math.IsInf(low, 0) && math.IsInf(high, 0):
		at = []float64{-3.25, 0.5, 4.75}
	case math.IsInf(low, 0):
		at = []float64{high - 0.75, high - 5.5, high - 40.25}
	case math.IsInf(high, 0):
		at = []float64{low + 0.75, low + 5.5, low + 40.25}
	default:
		at = []float64{low + (high-low)*0.25, low + (high-low)*0.5, low + (high-low)*0.8125}
	}
	points := make([]*tex.Node, len(at))
	for i, x := range at {
		points[i] = number(strconv.FormatFloat(math.Abs(x), 'f', 12, 64))
		if x < 0 {
			points[i] = negative(points[i])
		}
	}
	return points
}

// pieces are the cases of n, or those that it has by absolute values and the like.
func (r *reader) pieces(n *tex.Node) ([]piece, bool) {
	if n.Op != tex.Cases {
		return r.smooth(piece{n, everything()}, 0)
	}
	var found []piece
	left := everything()
	for _, pair := range n.Args {
		of, cond := whenOf(pair)
		in, ok := left, true
		if !rest(cond) {
			in, ok = r.read(cond)
		}
		if !ok || kindOf(of) != Scalar {
			return nil, false
		}
		here, ok := r.merged(in, left, both)
		if !ok {
			return nil, false
		}
		if left, ok = r.merged(left, in, first); !ok {
			return nil, false
		}
		more, ok := r.smooth(piece{of, here}, 0)
		if found = append(found, more...); !ok || len(found) > maxPieces {
			return nil, false
		}
	}
	return found, true
}

// smooth splits a piece up where an absolute value, a sign, a greatest or a least
// number has a kink.
func (r *reader) smooth(p piece, depth int) ([]piece, bool) {
	kink, alternatives := kinkIn(p.of)
	if kink == nil {
		return []piece{p}, true
	}
	if depth > 3 {
		return nil, false
	}
	var found []piece
	for _, one := range alternatives {
		in, ok := r.read(one.cond)
		if !ok {
			return nil, false
		}
		if in, ok = r.merged(in, p.in, both); !ok {
			return nil, false
		}
		if in.empty() {
			continue
		}
		more, ok := r.smooth(piece{put(p.of, kink, one.of), in}, depth+1)
		if found = append(found, more...); !ok || len(found) > maxPieces {
			return nil, false
		}
	}
	return found, true
}
