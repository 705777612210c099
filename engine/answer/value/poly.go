package value

import (
	"slices"
	"strconv"
	"strings"

	"github.com/aimo3/aimo3/engine/answer/value/integer"
	"github.com/aimo3/aimo3/engine/answer/value/surd"
	"github.com/aimo3/aimo3/engine/answer/value/work"
)

// maxMonos is how many terms a poly may have.
const maxMonos = 256

// poly is a sum of exact numbers times powers of generators: variables, and
// constants of which no algebraic relation is used. Exponents may be negative
// and fractional.
type poly []mono // by key, none 0

type mono struct {
	coef Number
	gens []genPower // by name
	key  string
}

// genPower is gen^(num/den), in lowest terms, num not 0 and den positive.
type genPower struct {
	gen      string
	num, den int
}

func constantPoly(n Number) poly {
	if n.IsZero() {
		return nil
	}
	return poly{{coef: n}}
}

func generator(gen string) poly { return poly{newMono(surd.Whole(1), []genPower{{gen, 1, 1}})} }

func newMono(coef Number, gens []genPower) mono {
	if len(gens) == 0 {
		return mono{coef: coef}
	}
	b := make([]byte, 0, 24)
	for _, g := range gens {
		b = append(b, '*')
		b = append(b, g.gen...)
		b = append(b, '^')
		b = strconv.AppendInt(b, int64(g.num), 10)
		if g.den != 1 {
			b = append(b, '/')
			b = strconv.AppendInt(b, int64(g.den), 10)
		}
	}
	return mono{coef, gens, string(b)}
}

// number is p if it has no generators.
func (p poly) number() (Number, bool) {
	switch {
	case len(p) == 0:
		return Number{}, true
	case len(p) == 1 && len(p[0].gens) == 0:
		return p[0].coef, true
	}
	return Number{}, false
}

func (p poly) neg() poly {
	n := slices.Clone(p)
	for i := range n {
		n[i].coef = n[i].coef.Neg()
	}
	return n
}

func (p poly) add(q poly, w *work.Counter) (poly, bool) {
	return gatherMonos(slices.Concat(p, q), w)
}

func (p poly) mul(q poly, w *work.Counter) (poly, bool) {
	if len(p)*len(q) > 16*maxMonos {
		return nil, false
	}
	terms := make([]mono, 0, len(p)*len(q))
	for _, s := range p {
		for _, t := range q {
			coef, ok := s.coef.Mul(t.coef, w)
			if !ok || !w.Spend(5) {
				return nil, false
			}
			gens, ok := mulGens(s.gens, t.gens)
			if !ok {
				return nil, false
			}
			terms = append(terms, newMono(coef, gens))
		}
	}
	return gatherMonos(terms, w)
}

func gatherMonos(terms []mono, w *work.Counter) (poly, bool) {
	if !w.Spend(6 * len(terms)) {
		return nil, false
	}
	slices.SortStableFunc(terms, func(a, b mono) int { return strings.Compare(a.key, b.key) })
	out := terms[:0]
	for _, t := range terms {
		if last := len(out) - 1; last >= 0 && out[last].key == t.key {
			coef, ok := out[last].coef.Add(t.coef, w)
			if !ok {
				return nil, false
			}
			t.coef = coef
			out = out[:last]
		}
		if !t.coef.IsZero() {
			out = append(out, t)
		}
	}
	return out, len(out) <= maxMonos
}

// maxExponent bounds the exponents of generators.
const maxExponent = 1 << 20

func mulGens(a, b []genPower) ([]genPower, bool) {
	gens := make([]genPower, 0, len(a)+len(b))
	for len(a) > 0 || len(b) > 0 {
		switch {
		case len(b) == 0 || len(a) > 0 && a[0].gen < b[0].gen:
			gens, a = append(gens, a[0]), a[1:]
		case len(a) == 0 || b[0].gen < a[0].gen:
			gens, b = append(gens, b[0]), b[1:]
		default:
			g, ok := newGenPower(a[0].gen, a[0].num*b[0].den+b[0].num*a[0].den, a[0].den*b[0].den)
			if !ok {
				return nil, false
			}
			if g.num != 0 {
				gens = append(gens, g)
			}
			a, b = a[1:], b[1:]
		}
	}
	return gens, true
}

func newGenPower(gen string, num, den int) (genPower, bool) {
	g := integer.GCD(max(num, -num), den)
	p := genPower{gen, num / g, den / g}
	return p, max(num, -num) <= maxExponent && p.den <= surd.MaxRoot
}

// power is the mono to the num/den, where that is one; den must be 1 or the
// generators must bear a root of theirs.
func (t mono) power(num, den int, w *work.Counter) (mono, bool) {
	coef, ok := t.coef.Root(den, w)
	if !ok {
		return mono{}, false
	}
	if coef, ok = coef.Power(num, w); !ok {
		return mono{}, false
	}
	if den > 1 && slices.ContainsFunc(t.gens, func(g genPower) bool { return !positive(g.gen) }) {
		// √(-x) is not i√x for all x.
		if s, ok := t.coef.SignWithin(w); !ok || s < 0 {
			return mono{}, false
		}
	}
	gens := make([]genPower, 0, len(t.gens))
	for _, g := range t.gens {
		// √(x²) is not x, but √x·√x is.
		if den > 1 && g.num%2 == 0 && !positive(g.gen) || max(num, -num) > maxExponent {
			return mono{}, false
		}
		p, ok := newGenPower(g.gen, g.num*num, g.den*den)
		if !ok {
			return mono{}, false
		}
		if p.num != 0 {
			gens = append(gens, p)
		}
	}
	return newMono(coef, gens), true
}

// positive is whether a generator is known to be: constants are.
func positive(gen string) bool { return gen[0] == '@' }

// proved is whether a poly that has terms is certain not to be 0: whether, next
// to variables, it has at most one constant, which is transcendental.
func (p poly) proved() bool {
	var seen string
	for _, t := range p {
		for _, g := range t.gens {
			if !positive(g.gen) || g.gen == seen {
				continue
			}
			if seen != "" {
				return false
			}
			seen = g.gen
		}
	}
	return true
}

// text is the canonical text of p.
func (p poly) text() string {
	if len(p) == 0 {
		return "0"
	}
	var b strings.Builder
	for i, t := range p {
		if i > 0 {
			b.WriteByte('+')
		}
		if t.key != "" && t.coef.Terms() > 1 {
			b.WriteString("(" + t.coef.Key() + ")")
		} else {
			b.WriteString(t.coef.Key())
		}
		b.WriteString(t.key)
	}
	return b.String()
}

// fractional is whether a generator has an exponent that is not whole: then
// monos depend on one another where variables may be negative.
func (t mono) fractional() bool {
	return slices.ContainsFunc(t.gens, func(g genPower) bool { return g.den != 1 })
}
