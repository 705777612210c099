package answer

import (
	"strings"

	"github.com/aimo3/aimo3/engine/answer/tex"
	"github.com/aimo3/aimo3/engine/answer/value"
	"github.com/aimo3/aimo3/engine/answer/value/work"
)

// The work allowed to one comparison, in the units of a work.Counter: to the keys
// of both sides, which are allowed what Key is, and to all else. Looking at two
// parts takes workOfPart, without what their values take.
const (
	maxWork    = workOfAll + 2*workOfKey
	workOfAll  = 160_000
	workOfKey  = 40_000
	workOfPart = 130
)

const tooMuch = "too much to compare"

// Equal decides whether two answers say the same under p. It is symmetric, since
// the two are put into an order first, and an answer is equal to itself.
func Equal(a, b Answer, p Policy) value.Judgement {
	return equalWithin(&work.Counter{Left: maxWork}, a, b, p)
}

func equalWithin(w *work.Counter, a, b Answer, p Policy) value.Judgement {
	if a.Raw > b.Raw {
		a, b = b, a
	}
	if a.plain == b.plain && a.plain != "" {
		return equal(value.Text, "")
	}
	c := comparison{policy: p, calc: value.Calc{Names: value.Names{Positive: p.has(PositiveVars)}, Work: w.Part(w.Left - 2*workOfKey)}, keys: w}
	if j, ok := c.choices(a, b); ok {
		return j
	}
	if j, ok := c.chosen(a, b); ok {
		return j
	}
	c.apart = strings.Contains(a.plain, " : ") || strings.Contains(b.plain, " : ")
	if j, ok := clocks(a.clock, b.clock); ok && !c.apart {
		return j
	}
	if a.Kind == Ratio && b.Kind == Ratio && spansTime(a.plain) && spansTime(b.plain) {
		return unknown("times from one to another")
	}
	if c.hourOf(a, b) || c.hourOf(b, a) {
		return unknown("a time of day, or its hour alone")
	}
	if a.Node == nil || b.Node == nil {
		return c.words(a, b)
	}
	return c.mathematics(a, b)
}

// mathematics compares two answers that were both read as such.
func (c *comparison) mathematics(a, b Answer) value.Judgement {
	a.Node, b.Node = c.filled(a.Node), c.filled(b.Node)
	if !alike(a.Node, b.Node) && (c.wrong(a.Node) || c.wrong(b.Node)) {
		return unknown("sides that are not equal")
	}
	c.severally = definesSeveral(a.Node) && definesSeveral(b.Node)
	if j, ok := c.conclusion(a.Node, b.Node); ok {
		return j
	}
	j := c.nodes(a.Node, b.Node)
	if j.Verdict != value.Equal {
		if k := c.customary(a.Node, b.Node); k.Verdict == value.Equal {
			return k
		}
	}
	if j.Verdict == value.Different {
		if k := c.unitLetter(a, b); k.Verdict != value.Different {
			return k
		}
	}
	switch {
	case j.Verdict == value.Different && (open(a.Node) || open(b.Node)) && len(a.Node.Args) != len(b.Node.Args):
		return unknown("a list that leaves something out")
	case j.Verdict == value.Different && c.calc.Work.Left <= 0:
		return unknown(tooMuch) // what might have made them equal was not tried
	case j.Verdict == value.Different && spacedOnly(a.plain, b.plain):
		return unknown("a number or a list")
	}
	return j
}

// spacedOnly says whether two answers are the same digits and commas, and only
// one has space: 100,200,300 and 100, 200, 300.
func spacedOnly(a, b string) bool {
	return len(a) != len(b) && strings.Trim(a+b, "0123456789, -") == "" && strings.ReplaceAll(a, " ", "") == strings.ReplaceAll(b, " ", "") && strings.Contains(a, ",")
}

// A comparison is one call of Equal.
type comparison struct {
	policy    Policy
	calc      value.Calc    // with what may still be spent on all but keys
	keys      *work.Counter // with what may be spent on keys as well
	severally bool          // both define functions of several names, which then matter
	apart     bool          // a colon stands apart, as in "10 : 15": a ratio, and no time
}

// nodes compares two parts of answers of any kind.
func (c *comparison) nodes(a, b *tex.Node) value.Judgement {
	if alike(a, b) {
		return equal(value.Text, "")
	}
	if !c.calc.Work.Spend(workOfPart) {
		return unknown(tooMuch)
	}
	if j, ok := c.logarithms(a, b); ok {
		return j
	}
	a, b = counted(a), counted(b)
	x, y := kindOf(a), kindOf(b)
	if (measured(a) || measured(b)) && x != Relation && y != Relation {
		return c.measures(a, b)
	}
	if x > y {
		a, b, x, y = b, a, y, x
	}
	j := c.kinds(a, b, x, y)
	if j.Verdict == value.Different && x != Scalar && len(a.Args) != len(b.Args) && separated(a, b) {
		return unknown("commas that part numbers or digits")
	}
	return j
}

// kinds compares parts of the kinds x and y, of which y is not less.
func (c *comparison) kinds(a, b *tex.Node, x, y Kind) value.Judgement {
	if j, ok := c.special(a, b, x, y); ok {
		return j
	}
	switch {
	case y == Relation:
		return c.related(a, b, x)
	case x == Words:
		return c.texts(a, b, y)
	case y == Span:
		return c.spans(a, b, x)
	case x == Scalar && y == Scalar:
		return c.scalars(a, b)
	case y == Matrix:
		return c.matrices(a, b, x)
	case y == Tuple:
		return c.tuples(a, b, x)
	case y == Ratio:
		return c.ratios(a, b, x)
	default:
		return c.lists(a, b, x, y)
	}
}

// special compares what is written in one of two manners that differ in kind.
func (c *comparison) special(a, b *tex.Node, x, y Kind) (value.Judgement, bool) {
	if j, ok := statements(a, b); ok {
		return j, true
	}
	if j, ok := c.named(a, b); ok {
		return j, true
	}
	if j, ok := c.progressions(a, b); ok {
		return j, true
	}
	if distinguishes(b) && (x == Scalar || distinguishes(a)) || distinguishes(a) && y == Scalar {
		return c.piecewise(a, b), true
	}
	if x == List && y == Relation && defines(familyOf(a)) {
		return c.families(a, b)
	}
	if x == Scalar && y != Scalar {
		if parts, ok := vectorParts(b); ok {
			if j, ok := c.unitVectors(a, parts); ok {
				return j, true
			}
		}
		if y == Tuple || y == Matrix {
			return c.atPoint(a, b)
		}
	}
	return value.Judgement{}, false
}

func equal(tier value.Tier, reason string) value.Judgement {
	return value.Judgement{Verdict: value.Equal, Tier: tier, Reason: reason}
}

func different(reason string) value.Judgement {
	return value.Judgement{Verdict: value.Different, Tier: value.Shape, Reason: reason}
}

func unknown(reason string) value.Judgement {
	return value.Judgement{Verdict: value.Unknown, Tier: value.Shape, Reason: reason}
}

// unlike is for two kinds of which none can be the other.
func unlike(x, y Kind) value.Judgement { return different(x.String() + " against " + y.String()) }

// also is the judgement of a whole of which part and rest are judgements: it is
// equal if both are, and by the last tier and the first reason that there is.
func also(part, rest value.Judgement) value.Judgement {
	switch {
	case part.Verdict == value.Different:
		return part
	case rest.Verdict == value.Different:
		return rest
	case part.Verdict == value.Unknown:
		return part
	case rest.Verdict == value.Unknown:
		return rest
	}
	return equal(later(part.Tier, rest.Tier), firstOf(part.Reason, rest.Reason))
}

// lenient marks what is equal only because of an allowance.
func lenient(j value.Judgement, allowance string) value.Judgement {
	if j.Verdict == value.Equal {
		j.Reason = "lenient: " + allowance
	}
	return j
}

// later is the tier that is asked later of the two.
func later(a, b value.Tier) value.Tier {
	for _, t := range [...]value.Tier{value.SymPy, value.Balls, value.Fields, value.Proof, value.Shape} {
		if a == t || b == t {
			return t
		}
	}
	return value.Text
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
