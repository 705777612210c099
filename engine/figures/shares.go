package figures

import "math"

// tenths is into how many ranges shares of votes are parted.
const tenths = 10

// Share is how often verdicts were right whose answer had a share of the votes within
// (From, To]. A share is no probability: this says what it was worth.
type Share struct {
	From  float64  `json:"from"`
	To    float64  `json:"to"`
	Mean  float64  `json:"mean"`  // of the shares
	Right Estimate `json:"right"` // of Right.Of verdicts
}

// sharesOf sorts the scored verdicts by their share of the votes, ranges without any left
// out, and returns the mean distance of share and rightness, weighed by verdicts.
func sharesOf(run Run) (all []Share, distance float64) {
	var sums [tenths]float64
	var counts, right [tenths]int
	scored := 0
	for i := range run.Problems {
		p := &run.Problems[i]
		if v := &p.Verdict; p.scored() && v.Votes > 0 && v.Of >= v.Votes {
			at := (v.Votes*tenths + v.Of - 1) / v.Of // of the share, rounded up
			sums[at-1] += share(v.Votes, v.Of)
			counts[at-1]++
			right[at-1] += int(indicator(v.Mark == Right))
			scored++
		}
	}
	all = []Share{}
	for i, n := range counts {
		if n == 0 {
			continue
		}
		s := Share{From: share(i, tenths), To: share(i+1, tenths), Mean: sums[i] / float64(n), Right: proportion(right[i], n)}
		distance += share(n, scored) * math.Abs(s.Mean-s.Right.Value)
		all = append(all, s)
	}
	return all, distance
}
