package value

import (
	"math"
	"math/big"
	"strings"

	"github.com/aimo3/aimo3/engine/answer/tex"
	"github.com/aimo3/aimo3/engine/answer/value/ball"
)

// Key is the canonical text of a number, a polynomial or a rational function:
// expressions with equal keys have equal values. Those with different keys have
// different values, but for a few that involve more than one of e, \pi and
// logarithms. Not every expression has one.
func (c Calc) Key(n *tex.Node) (string, bool) {
	e, ok := c.lower(n)
	if !ok {
		return "", false
	}
	if e.op == number {
		return e.rat.RatString(), true
	}
	r, ok := newExact(c.Work).ratio(e)
	if !ok {
		return "", false
	}
	return r.key(c.Work.Part(workExact))
}

// Exact is the exact value of an expression without variables. It is false if
// there is none of that form, or if finding it would take too much work.
func Exact(n *tex.Node) (Number, bool) {
	e, ok := Calc{}.lower(n)
	if !ok {
		return Number{}, false
	}
	r, ok := newExact(nil).ratio(e)
	if !ok {
		return Number{}, false
	}
	return r.number()
}

// Rounds decides whether the decimal numeral (a Num, or its Neg) is exact
// rounded or cut off to the digits that are written. If there are fewer than
// three significant digits, or none after a point, only equality will do.
func (c Calc) Rounds(decimal, exact *tex.Node) Judgement {
	j := c.Compare(decimal, exact)
	if j.Verdict == Equal {
		return j
	}
	x, places, digits, ok := decimalOf(decimal)
	if !ok {
		return Judgement{Reason: "not a decimal"}
	}
	e, ok := c.lower(exact)
	if !ok {
		return Judgement{Reason: "too large to compare"}
	}
	if digits < 3 || places == 0 {
		if j.Verdict == Different {
			j.Reason = "too few digits to be an approximation"
		}
		return j
	}
	// Rounded, it is less than half a unit away: exactly half is rounded up by some
	// and to even by others, and so never taken for an approximation. Cut off, it
	// is less than a unit further from 0. Together, and without the sign:
	unit := new(big.Rat).SetFrac(big.NewInt(1), tenTo(places))
	if x.Sign() < 0 {
		b := builder{work: c.Work.Part(workToLower)}
		if x, e = x.Neg(x), b.neg(e); b.failed {
			return Judgement{Reason: "too large to compare"}
		}
	}
	least := new(big.Rat).Sub(x, new(big.Rat).Quo(unit, big.NewRat(2, 1)))
	return c.within(e, least, unit.Add(x, unit))
}

// within is Equal if e lies between the two.
func (c Calc) within(e *expr, low, high *big.Rat) Judgement {
	no, yes := Judgement{Different, Balls, "other digits"}, Judgement{Equal, Balls, "rounded or cut off"}
	if r, ok := newExact(c.Work).ratio(e); ok {
		if q, ok := rationalOf(r); ok && q.Cmp(low) > 0 && q.Cmp(high) < 0 {
			return yes
		} else if ok {
			return no
		}
	}
	w := c.Work.Part(workBalls)
	for prec := uint(64); prec <= ball.MaxPrec; prec *= 2 {
		at := enclose(prec, w)
		v, ok := at.value(e)
		if !ok || v.Huge != 0 {
			continue
		}
		lo, hi := at.Sub(v.Re, at.Rat(low)), at.Sub(at.Rat(high), v.Re)
		switch {
		case !v.IsReal() && v.Im.Sign() != 0, lo.Sign() < 0, hi.Sign() < 0:
			return no
		case v.IsReal() && lo.Sign() > 0 && hi.Sign() > 0:
			return yes
		}
	}
	return Judgement{Reason: "too close to tell how it is rounded"}
}

// decimalOf is the value of a signed numeral, the digits after its point, and
// how many are significant.
func decimalOf(n *tex.Node) (x *big.Rat, places, digits int, ok bool) {
	negative := n.Op == tex.Neg && len(n.Args) == 1
	if negative {
		n = n.Args[0]
	}
	if n == nil || n.Op != tex.Num {
		return nil, 0, 0, false
	}
	whole, fraction, _ := strings.Cut(n.Text, ".")
	if x, ok = numeral(n.Text); !ok {
		return nil, 0, 0, false
	}
	if negative {
		x.Neg(x)
	}
	return x, len(fraction), len(strings.TrimLeft(whole+fraction, "0")), true
}

// Order is the sign of a-b for two expressions without variables that have real
// values; it is false if that cannot be decided.
func (c Calc) Order(a, b *tex.Node) (int, bool) {
	x, okX := c.lower(a)
	y, okY := c.lower(b)
	if !okX || !okY {
		return 0, false
	}
	if x.op == number && y.op == number {
		return x.rat.Cmp(y.rat), true
	}
	w := c.Work.Part(workBalls)
	for prec := uint(64); prec <= ball.MaxPrec; prec *= 2 {
		at := enclose(prec, w)
		v, ok := at.value(x)
		if !ok {
			continue
		}
		u, ok := at.value(y)
		if !ok || !v.IsReal() || !u.IsReal() {
			continue
		}
		d, ok := at.Plus(v, at.Negate(u))
		if !ok {
			continue
		}
		if d.Huge != 0 {
			return d.Huge, true
		}
		if s := d.Re.Sign(); s != 0 {
			return s, true
		}
	}
	if j := c.compare(x, y); j.Verdict == Equal {
		_, isReal := c.Approx(a)
		return 0, isReal
	}
	return 0, false
}

// Approx is the float64 next to the value of an expression without variables,
// or one of the two that are; it is false for what is not real or out of range.
func (c Calc) Approx(n *tex.Node) (float64, bool) {
	e, ok := c.lower(n)
	if !ok {
		return 0, false
	}
	w := c.Work.Part(workBalls)
	for prec := uint(128); prec <= ball.MaxPrec; prec *= 2 {
		v, ok := enclose(prec, w).value(e)
		if !ok || v.Huge != 0 || !v.IsReal() {
			continue
		}
		lo, _ := v.Re.Lo().Float64()
		hi, _ := v.Re.Hi().Float64()
		if lo == hi || hi == math.Nextafter(lo, hi) {
			f, _ := v.Re.Mid.Float64()
			return f, !math.IsInf(f, 0)
		}
	}
	return 0, false
}
