package value

// The work allowed to each way of comparing two expressions, and to all of them
// together, in units of about ten nanoseconds.
const (
	workToLower = 60_000
	workExact   = 100_000
	workFields  = 260_000
	workBalls   = 130_000
	workInAll   = 300_000
)

// maxBits is how long the numerator and the denominator of an exact number may be.
const maxBits = 4096

// work counts down what may still be spent. It is passed through everything
// that repeats, nests or handles long numbers.
type work struct{ left int }

// spend takes n units; it is false once nothing is left.
func (w *work) spend(n int) bool {
	w.left -= n
	return w.left >= 0
}

// arithmetic is what one operation on rationals of so many bits takes, most of
// it for the greatest common divisor.
func arithmetic(bits int) int {
	words := bits/64 + 1
	return 8 + 4*words + words*words
}
