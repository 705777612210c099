package figures

import "math"

// minApproximate is the number of flips from which on chi-square approximates McNemar's test.
const minApproximate = 25

// Test is what a test of significance says.
type Test struct {
	P         float64 `json:"p"`                   // two-sided
	Statistic float64 `json:"statistic,omitempty"` // chi-square, of one degree of freedom; 0 where the test is exact
	Exact     bool    `json:"exact"`
}

// McNemar tests whether of two runs one is right more often, by the problems that are right
// in one of them alone, b in one and c in the other: with none better, each flip is as likely
// in either direction. For fewer than 25 it adds up the binomial distribution; for more it is
// chi-square, (b-c)²/(b+c), without correction for continuity. P is 1 without any flip.
func McNemar(b, c int) Test {
	n := b + c
	if n >= minApproximate {
		x := float64((b-c)*(b-c)) / float64(n)
		return Test{P: math.Erfc(math.Sqrt(x / 2)), Statistic: x}
	}
	tail := 0.
	for i := 0; i <= min(b, c); i++ {
		tail += choose(n, i)
	}
	return Test{P: min(1, 2*math.Ldexp(tail, -n)), Exact: true}
}
