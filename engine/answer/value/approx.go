package value

import "github.com/aimo3/aimo3/engine/answer/tex"

// Key is the canonical text of a number, a polynomial or a rational function:
// expressions with equal keys have equal values. Those with different keys have
// different values, but for a few that involve more than one of e, \pi and
// logarithms. Not every expression has one.
func Key(n *tex.Node, names Names) (string, bool) { return "", false }

// Rounds decides whether the decimal numeral (a Num, or its Neg) is exact
// rounded or cut off to the digits that are written. It is Different, whatever
// exact is, if there are fewer than three significant digits and it is not
// exactly equal.
func Rounds(decimal, exact *tex.Node, names Names) Judgement { return Judgement{} }

// Order is the sign of a-b for two expressions without variables that have real
// values; it is false if that cannot be decided.
func Order(a, b *tex.Node, names Names) (int, bool) { return 0, false }

// Approx is the float64 next to the value of an expression without variables,
// or one of the two that are; it is false for what is not real or out of range.
func Approx(n *tex.Node, names Names) (float64, bool) { return 0, false }
