package figures

import (
	"math"
	"math/rand/v2"
	"slices"
)

// MaxResampled is the number of problems up to which intervals of means are bootstrapped.
const MaxResampled = 5000

// The resamples of one bootstrap, fewer where there is much to add up.
const (
	minResamples = 200
	maxResamples = 2000
	maxAdded     = 400_000_000
)

// z95 is the quantile of the standard normal distribution at 0.975.
const z95 = 1.959963984540054

// Estimate is a figure with its error.
type Estimate struct {
	Value  float64 `json:"value"`
	StdErr float64 `json:"std_err"` // 0 of fewer than two problems
	Low    float64 `json:"low"`     // the interval, of 95 %
	High   float64 `json:"high"`
	Of     int     `json:"of"` // problems
	By     Method  `json:"by"`
}

// Method is how an interval was found.
type Method string

// The methods.
const (
	Bootstrap Method = "bootstrap"
	Normal    Method = "normal"
	Wilson    Method = "wilson"
)

// proportion is the estimate of a share of n things of which so many are so.
func proportion(is, n int) Estimate {
	if n == 0 {
		return Estimate{By: Wilson}
	}
	e := Estimate{Value: share(is, n), Of: n, By: Wilson}
	if n > 1 {
		e.StdErr = math.Sqrt(e.Value * (1 - e.Value) / float64(n-1))
	}
	m, z := float64(n), z95*z95
	middle := (e.Value + z/(2*m)) / (1 + z/m)
	reach := z95 / (1 + z/m) * math.Sqrt(e.Value*(1-e.Value)/m+z/(4*m*m))
	e.Low, e.High = max(middle-reach, 0), min(middle+reach, 1)
	if is == 0 {
		e.Low = 0
	}
	if is == n {
		e.High = 1
	}
	return e
}

// table has a row for each problem, of its figures in order. A row that is shorter than
// others lacks the last figures: its problem does not count in them.
type table [][]float64

// estimates are the means of the columns, and how many resamples their intervals took.
func (t table) estimates(columns int, seed uint64) ([]Estimate, int) {
	out := make([]Estimate, columns)
	squares := make([]float64, columns)
	for _, row := range t {
		for c, v := range row {
			out[c].Of++
			out[c].Value += (v - out[c].Value) / float64(out[c].Of)
		}
	}
	for _, row := range t {
		for c, v := range row {
			squares[c] += (v - out[c].Value) * (v - out[c].Value)
		}
	}
	for c := range out {
		e := &out[c]
		if e.Of > 1 {
			e.StdErr = math.Sqrt(squares[c] / float64(e.Of-1) / float64(e.Of))
		}
		e.Low, e.High, e.By = e.Value-z95*e.StdErr, e.Value+z95*e.StdErr, Normal
	}
	if len(t) > MaxResampled || len(t) == 0 {
		return out, 0
	}
	means := t.resampled(columns, seed)
	for c := range out {
		out[c].By = Bootstrap
		if m := means[c]; len(m) > 0 {
			slices.Sort(m)
			out[c].Low, out[c].High = quantile(m, .025), quantile(m, .975)
		}
	}
	return out, t.resamples()
}

// resamples is how many there are of a table.
func (t table) resamples() int {
	cells := 0
	for _, row := range t {
		cells += len(row)
	}
	return min(max(maxAdded/max(cells, 1), minResamples), maxResamples)
}

// resampled are the means of each column over problems drawn with putting back. A resample
// without any problem that counts in a column gives no mean of it.
func (t table) resampled(columns int, seed uint64) [][]float64 {
	r := rand.New(rand.NewPCG(seed, 0))
	means, sums, ends := make([][]float64, columns), make([]float64, columns), make([]int, columns+1)
	for range t.resamples() {
		clear(sums)
		clear(ends)
		for range t {
			row := t[r.IntN(len(t))]
			ends[len(row)]++
			for c, v := range row {
				sums[c] += v
			}
		}
		counted := 0
		for c := columns - 1; c >= 0; c-- {
			if counted += ends[c+1]; counted > 0 {
				means[c] = append(means[c], sums[c]/float64(counted))
			}
		}
	}
	return means
}

// quantile is that of sorted values, between two of them on the line from one to the other.
func quantile(sorted []float64, q float64) float64 {
	at := q * float64(len(sorted)-1)
	i := min(int(at), len(sorted)-2)
	if i < 0 {
		return sorted[0]
	}
	return sorted[i] + (at-float64(i))*(sorted[i+1]-sorted[i])
}
