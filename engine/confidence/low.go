package confidence

import "math"

// low keeps the distribution of positive numbers in a fixed number of bins, to
// give the mean of the lowest tenth. A bin spans a part in 64, and knows the
// sum of what fell into it; so only the numbers of the one bin that the tenth
// divides are approximated, each by no more than the width of that bin.
type low struct {
	count [bins]uint32
	sum   [bins]float64
	all   int
}

// Bins are cut by exponent and the first six bits of the fraction, from 2^-8
// to 2^8; the outermost take what lies beyond.
const (
	octaves  = 16
	perTwice = 64
	bins     = octaves * perTwice
	shift    = 52 - 6 // bits of the fraction that do not count
	lowestAt = (1023 - 8) * perTwice
)

func (l *low) add(x float64) {
	at := min(max(int(math.Float64bits(x)>>shift)-lowestAt, 0), bins-1)
	l.count[at]++
	l.sum[at] += x
	l.all++
}

// tenth is the mean of the lowest tenth, of one number at the least.
func (l *low) tenth() float64 {
	left := max(l.all/10, 1)
	wanted, sum := left, 0.
	for i, n := range l.count {
		if n == 0 {
			continue
		}
		if int(n) >= left {
			return (sum + l.sum[i]*float64(left)/float64(n)) / float64(wanted)
		}
		sum += l.sum[i]
		left -= int(n)
	}
	return 0
}
