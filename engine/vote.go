package engine

import (
	"cmp"
	"slices"
)

// Vote is one answer, however it was spelled, and the samples that gave it.
// Spellings is empty where all spelled it as Answer and none was repaired.
type Vote struct {
	Answer    Answer     `json:"answer"`              // its first spelling
	Samples   []int      `json:"samples"`             // in the order they ended
	Spellings []Spelling `json:"spellings,omitempty"` // the first is Answer's
	Weight    float64    `json:"weight,omitempty"`    // of its samples together, where votes are weighed
	Entropy   float64    `json:"entropy,omitempty"`   // mean tail entropy of its measured samples, in bits
	Measured  int        `json:"measured,omitempty"`  // its samples that have an entropy and a weight
	Printed   int        `json:"printed,omitempty"`   // its samples of which a cell printed the answer
	Thinking  int        `json:"thinking,omitempty"`  // its samples that gave it only in their reasoning: weak votes
}

// Tally counts answers. Votes are ordered by weight where votes are weighed,
// then by count, most first; equal ones as TieBreak says. A Tally is a value
// that is never changed: one made from another shares memory with it.
type Tally struct {
	Votes    []Vote     `json:"votes"`
	NoAnswer int        `json:"no_answer"`         // replies that ended properly without an answer
	Outside  []Spelling `json:"outside,omitempty"` // answers that the problem cannot have: shown, and not voted
	Order    []int      `json:"order,omitempty"`   // every sample counted, in the order they ended
}

// within says whether every vote is of samples, and of the first n.
func (t Tally) within(n int) bool {
	return !slices.ContainsFunc(t.Votes, func(v Vote) bool {
		return len(v.Samples) == 0 || slices.Min(v.Samples) < 0 || slices.Max(v.Samples) >= n
	})
}

// TieBreak says what chose between answers with equally many votes.
type TieBreak string

// The tie-breaks, in the order they are tried. Entropy counts only where every
// vote was measured: how sure a model was says nothing against one not asked.
const (
	TieEntropy  TieBreak = "entropy"  // the lower mean entropy of its samples' last tokens
	TiePrinted  TieBreak = "printed"  // more samples of which a cell printed it
	TieEarliest TieBreak = "earliest" // it had so many votes first
)

// Words says a tie-break to a person.
func (t TieBreak) Words() string {
	switch t {
	case TieEntropy:
		return "tie broken by higher confidence"
	case TiePrinted:
		return "tie broken by code output"
	case TieEarliest:
		return "tie broken by which came first"
	}
	return string(t)
}

// Add counts a plain ballot; answers that are spelled alike are one.
func (t Tally) Add(sample int, a Answer) Tally {
	return t.Cast(Ballot{Sample: sample, Answer: a}, nil)
}

// Cast counts what a sample whose reply ended says. Answers that same calls
// one, directly or by way of others, are one, in whatever order they come.
func (t Tally) Cast(b Ballot, same Compare) Tally {
	t.Order = append(slices.Clip(t.Order), b.Sample)
	switch {
	case b.Answer == "":
		t.NoAnswer++
		return t
	case b.Outside:
		t.Outside = spell(t.Outside, b, "")
		return t
	}
	votes := slices.Grow(slices.Clip(t.Votes), 1) // a copy: the receiver's are not moved
	matched := matchingVotes(votes, b.Answer, same)
	if len(matched) == 0 {
		matched = append(matched, matchedVote{at: len(votes)})
		votes = append(votes, Vote{})
	}
	slices.SortFunc(matched, func(a, b matchedVote) int { return t.first(&votes[a.at]) - t.first(&votes[b.at]) })
	one := votes[matched[0].at]
	for _, h := range matched[1:] {
		one = t.merge(one, votes[h.at], h.tier)
		votes[h.at] = Vote{}
	}
	votes[matched[0].at] = one.with(b, matched[0].tier)
	votes = slices.DeleteFunc(votes, func(v Vote) bool { return len(v.Samples) == 0 })
	t.Votes = votes
	t.sort()
	return t
}

// Join counts the votes for a and for b as one, which were found to be one by
// tier after they were counted. Both are as Votes has them; the one that was
// said first names the vote.
func (t Tally) Join(a, b Answer, tier string) Tally {
	at := func(a Answer) int { return slices.IndexFunc(t.Votes, func(v Vote) bool { return v.Answer == a }) }
	one, other := at(a), at(b)
	if one < 0 || other < 0 || one == other {
		return t
	}
	if t.first(&t.Votes[one]) > t.first(&t.Votes[other]) {
		one, other = other, one
	}
	votes := slices.Clone(t.Votes)
	votes[one] = t.merge(votes[one], votes[other], tier)
	t.Votes = slices.Delete(votes, other, other+1)
	t.sort()
	return t
}

// Ended is the number of replies counted, answered or not.
func (t Tally) Ended() int {
	n := t.NoAnswer
	for i := range t.Votes {
		n += len(t.Votes[i].Samples)
	}
	for i := range t.Outside {
		n += len(t.Outside[i].Samples)
	}
	return n
}

// Leader is the first answer, its count, and the highest count of another.
func (t Tally) Leader() (a Answer, first, second int) {
	for i := range t.Votes {
		if n := len(t.Votes[i].Samples); i == 0 {
			a, first = t.Votes[i].Answer, n
		} else {
			second = max(second, n)
		}
	}
	return a, first, second
}

// sort puts the votes into order.
func (t Tally) sort() {
	measured := t.measured()
	slices.SortFunc(t.Votes, func(a, b Vote) int {
		c, _ := t.compare(&a, &b, measured)
		return c
	})
}

// compare orders two votes, and says by what when their counts did not.
func (t Tally) compare(a, b *Vote, measured bool) (int, TieBreak) {
	if measured && a.Weight != b.Weight {
		return cmp.Compare(b.Weight, a.Weight), ""
	}
	if c := cmp.Compare(len(b.Samples), len(a.Samples)); c != 0 {
		return c, ""
	}
	if measured && a.Entropy != b.Entropy {
		return cmp.Compare(a.Entropy, b.Entropy), TieEntropy
	}
	if c := cmp.Compare(b.Printed, a.Printed); c != 0 {
		return c, TiePrinted
	}
	return cmp.Compare(t.last(a), t.last(b)), TieEarliest
}

// first is when the first sample of a vote ended, counted in samples; last is
// when its latest did.
func (t Tally) first(v *Vote) int { return slices.Index(t.Order, v.Samples[0]) }

func (t Tally) last(v *Vote) int {
	return slices.Index(t.Order, v.Samples[len(v.Samples)-1])
}

// measured says whether every vote has an entropy and a weight.
func (t Tally) measured() bool {
	for i := range t.Votes {
		if v := &t.Votes[i]; v.Measured < len(v.Samples) {
			return false
		}
	}
	return true
}

// Weighed says whether votes count by weight.
func (t Tally) Weighed() bool {
	return len(t.Votes) > 0 && t.Votes[0].Weight > 0 && t.measured()
}

// Value is what a vote counts for.
func (v *Vote) Value(weighed bool) float64 {
	if weighed {
		return v.Weight
	}
	return float64(len(v.Samples))
}

// Verdict is the outcome of the votes, held against the key if there is one.
func (t Tally) Verdict(key string, why Reason, same Compare) Verdict {
	a, first, second := t.Leader()
	v := Verdict{Answer: a, Votes: first, Of: t.Ended(), Why: why}
	if len(t.Votes) > 0 {
		v.Repaired, v.Thinking = t.Votes[0].Repaired(), t.Votes[0].Thinking
	}
	if len(t.Votes) > 1 {
		_, v.Tie = t.compare(&t.Votes[0], &t.Votes[1], t.measured())
	}
	if v.Of > 0 {
		v.Margin = float64(max(first-second, 0)) / float64(v.Of)
	}
	if key != "" {
		_, right := same.Join(a, Answer(key))
		v.Correct = &right
	}
	return v
}
