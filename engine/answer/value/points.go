package value

import (
	"math/big"
	"slices"
	"strings"
)

// variables are the names in expressions that have to be given values.
type variables struct {
	names    []string // sorted
	integer  map[string]bool
	stepwise bool       // a part is a step or a kink: look far and wide
	heavy    bool       // a part takes as many steps as a variable says
	guess    bool       // of an unknown function: a difference proves nothing
	positive bool       // all of them are positive
	numbers  []*big.Rat // in the expressions
	marks    []*big.Rat // of them, those at which or at whose multiples a step may be
}

// countingNames are the letters that stand for integers by custom.
const countingNames = "nkmNKM"

// findVariables looks through all expressions together, so that a name is taken
// for the same in each.
func findVariables(names Names, exprs ...*expr) variables {
	v := variables{integer: map[string]bool{}, positive: names.Positive}
	for _, n := range names.Integers {
		v.integer[n] = true
	}
	for _, e := range exprs {
		v.visit(e, false)
	}
	slices.Sort(v.names)
	v.names = slices.Compact(v.names)
	if v.stepwise && len(v.names) > 0 {
		v.mark()
	}
	return v
}

// mark notes the numbers at which, or at whose multiples, a step or a kink may be:
// ⌊n/100⌋ has one at 100.
func (v *variables) mark() {
	for _, q := range v.numbers {
		if q.Num().BitLen()+q.Denom().BitLen() > 64 {
			continue
		}
		switch above := q.Num().CmpAbs(q.Denom()); {
		case above > 0:
			v.marks = append(v.marks, new(big.Rat).Abs(q))
		case above < 0 && q.Sign() != 0:
			v.marks = append(v.marks, new(big.Rat).Inv(new(big.Rat).Abs(q)))
		}
	}
	slices.SortFunc(v.marks, (*big.Rat).Cmp)
	v.marks = slices.CompactFunc(v.marks, func(a, b *big.Rat) bool { return a.Cmp(b) == 0 })
	v.marks = v.marks[:min(len(v.marks), maxMarks)]
}

// visit notes the names in e, which counts something if counting is set.
func (v *variables) visit(e *expr, counting bool) {
	switch e.op {
	case name:
		if !e.isFree() {
			return
		}
		v.names = append(v.names, e.text)
		if counting || strings.ContainsRune(countingNames, rune(e.text[0])) && (len(e.text) == 1 || e.text[1] == '_') {
			v.integer[e.text] = true
		}
		return
	case unknown:
		v.names = append(v.names, variable(e))
		v.guess = v.guess || !arbitrary(e)
		return
	case power:
		v.visit(e.args[0], counting)
		v.visit(e.args[1], counting || e.args[0].op == number && e.args[0].rat.Sign() < 0)
		return
	case number:
		v.numbers = append(v.numbers, e.rat)
	case root:
		v.stepwise = v.stepwise || folds(e)
	case bigSum, bigProd:
		v.heavy = true
		for i, a := range e.args {
			v.visit(a, counting || i < 2)
		}
		return
	case call:
		counting = v.function(e.text) || counting
	default:
	}
	for _, a := range e.args {
		v.visit(a, counting)
	}
}

// function notes that a function is called, and tells whether it counts something.
func (v *variables) function(text string) (counting bool) {
	switch text {
	case "factorial", "doublefactorial", "binomial":
		v.heavy = true
		return true
	case "gcd", "lcm", "mod":
		v.stepwise = true
		return true
	case "floor", "ceil", "abs", "max", "min", "sgn":
		v.stepwise = true
	}
	return false
}

// folds says whether a root may be an absolute value, as √(x-1)² is.
func folds(root *expr) bool {
	under := root.args[0].op
	return root.index%2 == 0 && (under == power || under == sum)
}

// How many points there are, by what the variables stand for. Reals are positive
// at the first of them. Far ones are for steps and kinks.
const (
	positivePoints = 4
	realPoints     = 8
	integerPoints  = 14
	farPoints      = 6
	edgePoints     = 9
	maxMarks       = 4
	markPoints     = 4 // for each mark
)

func (v variables) points() int {
	if len(v.names) == 0 {
		return 1
	}
	if v.stepwise && !v.heavy {
		return v.nearPoints() + farPoints + edgePoints + markPoints*len(v.marks)
	}
	return v.nearPoints()
}

func (v variables) nearPoints() int {
	if slices.ContainsFunc(v.names, func(n string) bool { return v.integer[n] }) {
		return integerPoints
	}
	return realPoints
}

// point is the i-th choice of values, the same for the same names always.
func (v variables) point(i int) map[string]*big.Rat {
	values := make(map[string]*big.Rat, len(v.names))
	for at, n := range v.names {
		if edge := i - v.nearPoints() - farPoints - edgePoints; edge >= 0 {
			values[n] = v.markAt(edge+at, v.integer[n])
			continue
		}
		if edge := i - v.nearPoints() - farPoints; edge >= 0 {
			values[n] = v.edgeAt(edge+3*at, v.integer[n])
			continue
		}
		h := uint64(i) + 1
		for k := range len(n) {
			h = mix(h, uint64(n[k]))
		}
		if v.integer[n] {
			values[n] = v.integerAt(i, h)
		} else {
			values[n] = v.realAt(i, h)
		}
	}
	return values
}

// edgeAt is a number where steps and kinks often are: functions that differ by a
// jump may do so only there.
func (v variables) edgeAt(i int, whole bool) *big.Rat {
	if whole {
		return big.NewRat(int64(1+i%edgePoints), 1)
	}
	return big.NewRat([edgePoints]int64{0, 2, -2, 1, -1, 3, 2000, -2000, 6}[i%edgePoints], 2)
}

// markAt is a mark, twice that, one beside it, or for reals one over it and less
// than nothing.
func (v variables) markAt(i int, whole bool) *big.Rat {
	q := new(big.Rat).Set(v.marks[i/markPoints%len(v.marks)])
	if whole {
		q = new(big.Rat).SetInt(new(big.Int).Quo(q.Num(), q.Denom()))
		return [markPoints]*big.Rat{q, new(big.Rat).Add(q, q), new(big.Rat).Add(q, big.NewRat(1, 1)), new(big.Rat).Sub(q, big.NewRat(1, 1))}[i%markPoints]
	}
	return [markPoints]*big.Rat{q, new(big.Rat).Neg(q), new(big.Rat).Inv(q), new(big.Rat).Add(q, q)}[i%markPoints]
}

// integerAt is small numbers in turn if one name stands for an integer, and
// some of them mixed if several do.
func (v variables) integerAt(i int, h uint64) *big.Rat {
	sequence := [...]int64{3, 4, 5, 2, 6, 7, 1, 8, 9, 12, 10, 25, 31, 60}
	if far := i - v.nearPoints(); far >= 0 {
		return big.NewRat([farPoints]int64{100, 997, 1024, 12_345, 1_000_000, 999_999_999_989}[far]+int64(h%2), 1)
	}
	count := 0
	for _, n := range v.names {
		if v.integer[n] {
			count++
		}
	}
	if count > 1 {
		i = int(h % uint64(min(i+3, len(sequence)-2)))
	}
	return big.NewRat(sequence[i], 1)
}

// realAt is a number with 20 bits after the point: positive first, then of
// either sign, and at last far out.
func (v variables) realAt(i int, h uint64) *big.Rat {
	const fraction = 1 << 20
	scale := [...]int64{1, 4, 2, 32, 4, 1, 8, 64, 2, 16, 3, 1, 100, 12}[i%integerPoints]
	if far := i - v.nearPoints(); far >= 0 {
		scale = [farPoints]int64{1 << 10, 1 << 10, 1 << 20, 1 << 20, 1 << 40, 1 << 40}[far]
	}
	limit := uint64(scale) * fraction
	n := int64(h>>2%limit) + fraction/8
	if i >= positivePoints && h&1 == 1 {
		n = -n
	}
	return big.NewRat(n, fraction)
}

// arbitrary says whether the values of an unknown function may be chosen freely,
// as those of f at x. A name of more than a letter, such as Γ's or erf's, is of
// one function, which has one value there, though it is not known here.
func arbitrary(e *expr) bool {
	return len(e.text) == 1 && !slices.ContainsFunc(e.args, func(a *expr) bool { return a.op != name && a.op != number })
}
