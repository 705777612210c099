package engine

import (
	"cmp"
	"slices"
)

// Vote is one answer and the samples that gave it.
type Vote struct {
	Answer  Answer `json:"answer"`
	Samples []int  `json:"samples"` // in the order they ended
}

// Tally counts answers. Votes are ordered by count, most first; equal counts
// by who reached an answer first.
type Tally struct {
	Votes    []Vote `json:"votes"`
	NoAnswer int    `json:"no_answer"` // replies that ended properly without an answer
}

// Add counts the answer of a sample whose reply ended; an empty answer is
// counted as none. The receiver's slices are not shared with the result.
func (t Tally) Add(sample int, a Answer) Tally {
	if a == "" {
		t.NoAnswer++
		return t
	}
	votes := make([]Vote, len(t.Votes), len(t.Votes)+1)
	for i, v := range t.Votes {
		votes[i] = Vote{v.Answer, slices.Clone(v.Samples)}
	}
	t.Votes = votes
	i := slices.IndexFunc(t.Votes, func(v Vote) bool { return v.Answer == a })
	if i < 0 {
		i = len(t.Votes)
		t.Votes = append(t.Votes, Vote{Answer: a})
	}
	t.Votes[i].Samples = append(t.Votes[i].Samples, sample)
	slices.SortStableFunc(t.Votes, func(a, b Vote) int { return cmp.Compare(len(b.Samples), len(a.Samples)) })
	return t
}

// Ended is the number of replies counted, answered or not.
func (t Tally) Ended() int {
	n := t.NoAnswer
	for _, v := range t.Votes {
		n += len(v.Samples)
	}
	return n
}

// Leader is the answer with most votes, its count, and the runner-up's count.
func (t Tally) Leader() (a Answer, first, second int) {
	if len(t.Votes) > 0 {
		a, first = t.Votes[0].Answer, len(t.Votes[0].Samples)
	}
	if len(t.Votes) > 1 {
		second = len(t.Votes[1].Samples)
	}
	return a, first, second
}

func (t Tally) verdict(key string, why Reason) Verdict {
	a, first, second := t.Leader()
	v := Verdict{Answer: a, Votes: first, Of: t.Ended(), Why: why}
	if v.Of > 0 {
		v.Margin = float64(first-second) / float64(v.Of)
	}
	if key != "" {
		right := a == Answer(key)
		v.Correct = &right
	}
	return v
}
