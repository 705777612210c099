// Package work bounds calculations by counting what they do, which is the same
// on every machine, rather than by the clock.
package work

import "math/big"

// MaxBits is how long the numerator and the denominator of an exact number may be.
const MaxBits = 4096

// Counter counts down what may still be spent, in units of about ten
// nanoseconds. It is passed through everything that repeats, nests or handles
// long numbers.
type Counter struct {
	Left  int
	whole *Counter // what this is a part of; nil: of nothing
}

// Part is a counter for one piece of the work that c bounds: of most units, or
// of as many as c has left. What is spent of it, c spends as well, so that of one
// counter one part is in use at a time. A nil c bounds nothing.
func (c *Counter) Part(most int) *Counter {
	if c == nil {
		return &Counter{Left: most}
	}
	return &Counter{Left: min(most, c.Left), whole: c}
}

// Spend takes n units; it is false once nothing is left. What is refused was not
// done, and the whole is charged no more than the part still had.
func (c *Counter) Spend(n int) bool {
	if c.whole != nil {
		c.whole.Spend(min(n, max(c.Left, 0)))
	}
	c.Left -= n
	return c.Left >= 0
}

// Rational is what one operation on rationals of so many bits takes, most of it
// for the greatest common divisor.
func Rational(bits int) int {
	words := bits/64 + 1
	return 8 + 4*words + words*words
}

// BitLen is the length of the longer of numerator and denominator.
func BitLen(q *big.Rat) int { return max(q.Num().BitLen(), q.Denom().BitLen()) }
