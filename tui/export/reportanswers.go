package export

import (
	"cmp"
	"slices"

	"github.com/aimo3/aimo3/engine/figures"
)

// answered is one answer to a problem, and the samples that gave it.
type answered struct {
	answer          string
	outside         bool
	samples, tokens int
}

// answersOf are the answers to a problem, the most frequent first.
func answersOf(p *figures.Problem) []answered {
	var all []answered
	at := map[answered]int{}
	for i := range p.Samples {
		s := &p.Samples[i]
		key := answered{answer: s.Answer, outside: s.OutOfRange}
		k, met := at[key]
		if !met {
			k, all = len(all), append(all, key)
			at[key] = k
		}
		all[k].samples++
		all[k].tokens += s.Tokens
	}
	slices.SortStableFunc(all, func(a, b answered) int { return cmp.Compare(b.samples, a.samples) })
	return all
}
