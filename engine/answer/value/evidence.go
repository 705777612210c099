package value

import (
	"github.com/aimo3/aimo3/engine/answer/value/ball"
	"github.com/aimo3/aimo3/engine/answer/value/work"
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
func (p pair) glance(w *work.Counter) Judgement {
	for i := range min(p.points(), 2) {
		if p.compareAt(p.at(64, i, w)) == Different {
			return p.different(Balls, "values that differ")
		}
	}
	return Judgement{}
}

// at calculates at the i-th point.
func (p pair) at(prec uint, i int, w *work.Counter) *enclosure {
	c := enclose(prec, w)
	c.principal = p.x.has(isUnit) || p.y.has(isUnit)
	if len(p.names) > 0 {
		c.values, c.RealOnly = p.point(i), !c.principal
	}
	return c
}

// balls compares in balls. Equal needs agreement at all points where both are
// defined, and that the fields, where they apply, agreed.
func (p pair) balls(w *work.Counter, fields bool) Judgement {
	if len(p.names) == 0 {
		return p.constants(w, fields)
	}
	agree, only := 0, oneOnly{}
	for i := range p.points() {
		if i == positivePoints && only.first && agree == 0 {
			return Judgement{Reason: "one is defined where the other is not"}
		}
		switch p.compareAt(p.at(variablePrec, i, w)) {
		case Different:
			return p.different(Balls, "they differ for some values of the variables")
		case Equal:
			agree++
		case Unknown: // not defined there, or too close
			only.look(p, i, agree, w)
			if p.stepwise && !p.heavy && p.apartAt(i, w) {
				return p.different(Proof, "they differ at a step")
			}
		}
	}
	if agree < minPoints || w.Left < 0 {
		return Judgement{Reason: "not decided"}
	}
	if only.later { // ln x² and 2 ln x, of which one has a value where x < 0
		return Judgement{Reason: "one is defined where the other is not"}
	}
	tier := Balls
	if fields {
		tier = Fields
	}
	return Judgement{Equal, tier, "they agree for all values of the variables tried"}
}

// oneOnly is where one of a pair was found to have a value and the other none.
type oneOnly struct {
	first bool // at one of the first points, before both had one
	later bool // at another, beside logarithms
}

// look looks at the i-th point, after so many at which the two agree.
func (o *oneOnly) look(p pair, i, agree int, w *work.Counter) {
	if i < positivePoints {
		o.first = o.first || agree == 0 && p.oneDefined(i, w)
	} else {
		o.later = o.later || p.logarithms() && p.oneDefined(i, w)
	}
}

// oneDefined says whether one of the two has a value and the other none at the
// i-th point: 2ln(-x) is no ln x², although all variables are positive at the first.
func (p pair) oneDefined(i int, w *work.Counter) bool {
	if p.heavy || p.stepwise || len(p.integer) > 0 {
		return false
	}
	c := p.at(variablePrec, i, w)
	_, okX := c.value(p.x)
	_, okY := c.value(p.y)
	return okX != okY && w.Left > 0
}

// logarithms says whether one of the two may have no value where the other has one.
func (p pair) logarithms() bool {
	return !p.positive && (p.x.has(isLogarithm) || p.y.has(isLogarithm))
}

// isLogarithm says whether e is one, which has no value where x² has a logarithm.
func isLogarithm(e *expr) bool { return e.op == call && e.text == "ln" }

// apartAt says whether both have exact values at the i-th point, and others: balls
// cannot tell which side of a step they are on.
func (p pair) apartAt(i int, w *work.Counter) bool {
	x := &exact{work: w, values: p.point(i)}
	at, ok := x.numbers([]*expr{p.x, p.y})
	if !ok {
		return false
	}
	d, ok := at[0].Add(at[1].Neg(), w)
	return ok && !d.IsZero()
}

// compareAt compares at one point: Equal if both agree there to half of the precision.
func (p pair) compareAt(c *enclosure) Verdict {
	a, ok := c.value(p.x)
	if !ok {
		return Unknown
	}
	b, ok := c.value(p.y)
	if !ok {
		return Unknown
	}
	switch {
	case c.Apart(a, b):
		return Different
	case c.Close(a, b, int(c.Prec)/2):
		return Equal
	}
	return Unknown
}

// constants compares expressions without variables, to ever more bits.
func (p pair) constants(w *work.Counter, fields bool) Judgement {
	short := p.x.bits+p.y.bits <= shortBits
	for prec := uint(64); prec <= ball.MaxPrec; prec *= 4 {
		c := p.at(prec, 0, w)
		a, ok := c.value(p.x)
		if !ok {
			continue
		}
		b, ok := c.value(p.y)
		if !ok {
			continue
		}
		if c.Apart(a, b) {
			return p.different(Balls, "values that differ")
		}
		if fields && prec >= variablePrec && c.Close(a, b, int(prec)/2) {
			return Judgement{Equal, Fields, "the same remainders, and the same digits"}
		}
		if prec == ball.MaxPrec && short && c.Widest <= modestWidth && c.Close(a, b, agreement) {
			return Judgement{Equal, Balls, "the same digits, to as many as two short expressions can share by chance"}
		}
	}
	return Judgement{Reason: "too close to tell apart, or not calculated"}
}
