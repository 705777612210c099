package value

import (
	"math/big"
)

// Two constants that are not proved to be equal count as equal if they agree to
// agreement bits although both together are short, and nothing in them is very
// large or small. Numbers that short come so close only by a reason, such as
// identity, or a tiny or enormous part, which the last condition excludes. All
// known coincidences, such as e^{π√163}, are far from it.
const (
	agreement   = 960
	shortBits   = 512
	modestWidth = 256
)

// variablePrec is the precision at which expressions with variables must agree.
const variablePrec = 256

// minPoints is how many points both must be defined at, to count as equal.
const minPoints = 4

// glance looks for a difference in few digits at one or two points.
func (p pair) glance(w *work) Judgement {
	for i := range min(p.points(), 2) {
		if p.at(p.calc(64, i, w)) == Different {
			return p.different(Balls, "values that differ")
		}
	}
	return Judgement{}
}

// calc calculates at the i-th point.
func (p pair) calc(prec uint, i int, w *work) *calc {
	c := &calc{prec: prec, work: w, principal: p.x.has(isUnit) || p.y.has(isUnit)}
	if len(p.names) > 0 {
		c.values, c.realOnly = p.point(i), !c.principal
	}
	return c
}

// balls compares in balls. Equal needs agreement at all points where both are
// defined, and that the fields, where they apply, agreed.
func (p pair) balls(w *work, fields bool) Judgement {
	if len(p.names) == 0 {
		return p.constants(w, fields)
	}
	agree := 0
	for i := range p.points() {
		switch p.at(p.calc(variablePrec, i, w)) {
		case Different:
			return p.different(Balls, "they differ for some values of the variables")
		case Equal:
			agree++
		}
	}
	if agree < minPoints || w.left < 0 {
		return Judgement{Reason: "not decided"}
	}
	tier := Balls
	if fields {
		tier = Fields
	}
	return Judgement{Equal, tier, "they agree for all values of the variables tried"}
}

// at compares at one point: Equal if both agree there to half of the precision.
func (p pair) at(c *calc) Verdict {
	a, ok := c.value(p.x)
	if !ok {
		return Unknown
	}
	b, ok := c.value(p.y)
	if !ok {
		return Unknown
	}
	switch {
	case c.apart(a, b):
		return Different
	case c.close(a, b, int(c.prec)/2):
		return Equal
	}
	return Unknown
}

// close is whether two values agree to so many bits, relative to their size.
func (c *calc) close(a, b scalar, digits int) bool {
	if a.huge != 0 || b.huge != 0 {
		a, ok := c.asHuge(a)
		if !ok {
			return false
		}
		b, ok := c.asHuge(b)
		if !ok || a.huge != b.huge {
			return false
		}
		// The difference of logarithms is the relative one.
		return c.sub(a.re, b.re).size().Cmp(powerOfTwo(-digits)) <= 0
	}
	scale := powerOfTwo(-40) // nothing that is 0 has a size of its own
	for _, part := range []ball{a.re, b.re, a.imag(c), b.imag(c)} {
		if s := part.size(); s.Cmp(scale) > 0 {
			scale = s
		}
	}
	limit := new(big.Float).SetMantExp(scale, -digits)
	return c.sub(a.re, b.re).size().Cmp(limit) <= 0 && c.sub(a.imag(c), b.imag(c)).size().Cmp(limit) <= 0
}

// constants compares expressions without variables, to ever more bits.
func (p pair) constants(w *work, fields bool) Judgement {
	short := p.x.bits+p.y.bits <= shortBits
	for prec := uint(64); prec <= maxPrec; prec *= 4 {
		c := p.calc(prec, 0, w)
		a, ok := c.value(p.x)
		if !ok {
			continue
		}
		b, ok := c.value(p.y)
		if !ok {
			continue
		}
		if c.apart(a, b) {
			return p.different(Balls, "values that differ")
		}
		if fields && prec >= variablePrec && c.close(a, b, int(prec)/2) {
			return Judgement{Equal, Fields, "the same remainders, and the same digits"}
		}
		if prec == maxPrec && short && c.widest <= modestWidth && c.close(a, b, agreement) {
			return Judgement{Equal, Balls, "the same digits, to as many as two short expressions can share by chance"}
		}
	}
	return Judgement{Reason: "too close to tell apart, or not calculated"}
}
