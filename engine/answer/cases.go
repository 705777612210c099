package answer

import (
	"slices"
	"strings"

	"github.com/aimo3/aimo3/engine/answer/tex"
	"github.com/aimo3/aimo3/engine/answer/value"
)

// piecewise compares two answers of which one at least distinguishes cases, and
// the other does so or is an expression: by the numbers for which each case
// holds, by remainders, or else by how the conditions are worded.
func (c *comparison) piecewise(a, b *tex.Node) value.Judgement {
	if j, ok := c.byRegion(a, b); ok {
		return j
	}
	if j, ok := c.byResidue(a, b); ok {
		return j
	}
	if a.Op == tex.Cases && b.Op == tex.Cases {
		return c.byWording(a, b)
	}
	return unknown("cases against an expression")
}

// distinguishes says whether n is a distinction of cases.
func distinguishes(n *tex.Node) bool { return n.Op == tex.Cases }

// rest says whether a condition is that none before it holds.
func rest(cond *tex.Node) bool {
	if cond.Op != tex.Words {
		return false
	}
	switch folded(cond.Text) {
	case "", "otherwise", "else", "elsewhere", "if otherwise", "in other cases", "other cases", "for other values":
		return true
	}
	return false
}

// whenOf is the value and the condition of a case. They may stand in one cell.
func whenOf(pair *tex.Node) (of, cond *tex.Node) {
	of, cond = pair.Args[0], pair.Args[1]
	if cond.Op == tex.Words && cond.Text == "" && of.Op == tex.List && len(of.Args) == 2 && conditional(of.Args[1]) {
		return of.Args[0], of.Args[1]
	}
	return of, cond
}

// byWording compares cases by conditions that are written alike but for words
// that do not count.
func (c *comparison) byWording(a, b *tex.Node) value.Judgement {
	if len(a.Args) != len(b.Args) {
		return unknown("other cases")
	}
	used := make([]bool, len(b.Args))
	j := equal(value.Shape, "")
	for _, pair := range a.Args {
		of, cond := whenOf(pair)
		at := slices.IndexFunc(b.Args, func(other *tex.Node) bool {
			_, when := whenOf(other)
			return c.sameCondition(cond, when)
		})
		if at < 0 || used[at] {
			return unknown("conditions that are worded otherwise")
		}
		used[at] = true
		other, _ := whenOf(b.Args[at])
		j = also(j, c.nodes(of, other))
	}
	return j
}

func (c *comparison) sameCondition(a, b *tex.Node) bool {
	if a.Op == tex.Words && b.Op == tex.Words {
		return rest(a) && rest(b) || wording(a) == wording(b)
	}
	return a.Op != tex.Words && b.Op != tex.Words && c.nodes(a, b).Verdict == value.Equal
}

// wording is a condition in words without those that do not count.
func wording(cond *tex.Node) string {
	words := slices.DeleteFunc(strings.Fields(folded(cond.Text)), func(w string) bool {
		return slices.Contains([]string{"if", "is", "are", "when", "for", "where"}, w)
	})
	slices.Sort(words)
	return strings.Join(words, " ")
}

// byResidue compares cases that hold by the remainder of one name.
func (c *comparison) byResidue(a, b *tex.Node) (value.Judgement, bool) {
	period := 1
	var name *tex.Node
	x, ok := c.residueCases(a, &period, &name)
	if !ok {
		return value.Judgement{}, false
	}
	y, ok := c.residueCases(b, &period, &name)
	if !ok || period < 2 || period > 24 {
		return value.Judgement{}, false
	}
	j := equal(value.Shape, "")
	m := &tex.Node{Op: tex.Name, Text: "m", Args: []*tex.Node{number("0")}}
	calc := c.calc
	calc.Integers = append(slices.Clone(calc.Integers), "m_{00}")
	for r := range period {
		left, right := pick(x, r), pick(y, r)
		if left == nil || right == nil {
			if left != right {
				return unknown("cases that one side leaves out"), true
			}
			continue
		}
		if name != nil {
			by := node(tex.Sum, node(tex.Product, number(itoa(period)), m), number(itoa(r)))
			left, right = put(left, name, by), put(right, name, by)
		}
		if j = also(j, calc.Compare(left, right)); j.Verdict == value.Different {
			return j, true
		}
	}
	return j, true
}

// A residueCase is a value where one of some progressions holds; all is of none.
type residueCase struct {
	of *tex.Node
	in []progression
	or bool // where no case before holds
}

// residueCases reads the cases of n, and makes period a multiple of theirs.
func (c *comparison) residueCases(n *tex.Node, period *int, name **tex.Node) ([]residueCase, bool) {
	if n.Op != tex.Cases {
		return []residueCase{{of: n, or: true}}, kindOf(n) == Scalar
	}
	var found []residueCase
	for _, pair := range n.Args {
		of, cond := whenOf(pair)
		if kindOf(of) != Scalar {
			return nil, false
		}
		if rest(cond) {
			found = append(found, residueCase{of: of, or: true})
			continue
		}
		s, ok := c.remainders(cond, period)
		if !ok || s.name != nil && *name != nil && !alike(s.name, *name) {
			return nil, false
		}
		if *name == nil {
			*name = s.name
		}
		found = append(found, residueCase{of: of, in: s.all})
	}
	return found, true
}

// remainders reads a condition on remainders, and makes period a multiple of its.
func (c *comparison) remainders(cond *tex.Node, period *int) (spread, bool) {
	if cond.Op == tex.Words {
		if cond = residueClass(strings.TrimPrefix(folded(cond.Text), "if ")); cond == nil {
			return spread{}, false
		}
	}
	s, ok := c.spreadOf(cond, 0)
	for _, p := range s.all {
		step, whole := smallInteger(p.step)
		if ok = ok && whole && step >= 1 && step <= 24 && !p.half; !ok {
			return spread{}, false
		}
		*period = *period / gcd(*period, step) * step
	}
	return s, ok && !s.natural
}

// pick is the value for numbers with a remainder, or nil if there is none.
func pick(all []residueCase, r int) *tex.Node {
	for _, one := range all {
		if one.or {
			return one.of
		}
		for _, p := range one.in {
			at, ok := smallInteger(p.at)
			step, _ := smallInteger(p.step)
			if ok && (r-at)%step == 0 {
				return one.of
			}
		}
	}
	return nil
}

// smallInteger is an integer of few digits.
func smallInteger(n *tex.Node) (int, bool) {
	text, ok := integer(n)
	if !ok || len(text) > 6 {
		return 0, false
	}
	return atoi(text), true
}
