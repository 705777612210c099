package value

import (
	"math/big"

	"github.com/aimo3/aimo3/engine/answer/tex"
)

// Number is an exact value: a sum of rationals times roots of positive
// rationals, and of such times i. The zero value is 0.
type Number struct{}

// Exact is the exact value of an expression without variables. It is false if
// there is none of that form, or if finding it would take too much work.
func Exact(n *tex.Node) (Number, bool) { return Number{}, false }

// Key is the canonical text of the number: equal numbers have equal keys, and
// different ones different keys.
func (n Number) Key() string { return "0" }

// Rat is the number if it is rational. The caller owns it.
func (n Number) Rat() (*big.Rat, bool) { return new(big.Rat), true }

// Cmp orders two real numbers; it is false if one is not real, or if they lie
// too close to be told apart with the work allowed.
func (n Number) Cmp(m Number) (int, bool) { return 0, true }

// Sign is -1, 0 or 1; it is false if the number is not real.
func (n Number) Sign() (int, bool) { return 0, true }
