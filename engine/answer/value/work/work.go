// Package work bounds calculations by counting what they do, which is the same
// on every machine, rather than by the clock.
package work

import "math/big"

// MaxBits is how long the numerator and the denominator of an exact number may be.
const MaxBits = 4096

// Counter counts down what may still be spent, in units of about ten
// nanoseconds. It is passed through everything that repeats, nests or handles
// long numbers.
type Counter struct{ Left int }

// Spend takes n units; it is false once nothing is left.
func (c *Counter) Spend(n int) bool {
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
