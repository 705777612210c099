package engine

import (
	"math"
	"slices"
)

// Ballot is what a sample whose reply ended says.
type Ballot struct {
	Sample   int
	Answer   Answer // "" is none
	Was      Answer // as the sample said it, where Answer is Was modulo Modulus
	Modulus  string // by which it was repaired; "" where it was not
	Outside  bool   // the problem cannot have this answer: keep it, and do not count it
	Printed  bool   // a cell of the sample printed the answer
	Thinking bool   // the answer stands only in its reasoning

	// Of log-probabilities, where the server sent them: Entropy is the mean of
	// the last tokens, in bits; Weight is what the vote weighs where votes are
	// weighed and zero where they are counted.
	Measured bool
	Entropy  float64
	Weight   float64
}

// Compare says whether two answers are one, and by what. It must not depend on
// their order. A nil Compare is equality of text.
type Compare func(a, b Answer) (same bool, tier string)

// Spelling is a way in which an answer was written, and the samples that wrote
// it so.
type Spelling struct {
	Answer  Answer `json:"answer"`
	Samples []int  `json:"samples"`
	Tier    string `json:"tier,omitempty"`    // of the comparison that joined it to the vote's other spellings
	Was     Answer `json:"was,omitempty"`     // what the samples said, before it was repaired
	Modulus string `json:"modulus,omitempty"` // by which it was repaired
}

// Join compares two answers, text first.
func (c Compare) Join(a, b Answer) (tier string, same bool) {
	if a == b {
		return "", true
	}
	if c == nil {
		return "", false
	}
	same, tier = c(a, b)
	return tier, same
}

// matchedVote is a vote that an answer belongs to, and the tier that says so.
type matchedVote struct {
	at   int
	tier string
}

// matchingVotes lists the votes that an answer belongs to. There are several when they
// could not be told to be one but for it. An answer that was spelled so before
// has been compared with all.
func matchingVotes(votes []Vote, a Answer, same Compare) []matchedVote {
	for i := range votes {
		if votes[i].Answer == a {
			return []matchedVote{{i, ""}}
		}
		for _, s := range votes[i].Spellings {
			if s.Answer == a {
				return []matchedVote{{i, s.Tier}}
			}
		}
	}
	var matched []matchedVote
	for i := range votes {
		if tier, ok := votes[i].matches(a, same); ok {
			matched = append(matched, matchedVote{i, tier})
		}
	}
	return matched
}

// matches says whether an answer equals any spelling of a vote, and by which tier.
func (v *Vote) matches(a Answer, same Compare) (tier string, ok bool) {
	if tier, ok = same.Join(v.Answer, a); ok {
		return tier, true
	}
	for _, s := range v.Spellings {
		if tier, ok = same.Join(s.Answer, a); ok {
			return tier, true
		}
	}
	return "", false
}

// with is the vote with one ballot more, joined to it by tier.
func (v Vote) with(b Ballot, tier string) Vote {
	if len(v.Samples) == 0 {
		v.Answer = b.Answer
	}
	if b.Answer != v.Answer || b.Modulus != "" || v.Spellings != nil {
		v.Spellings = spell(v.Spelled(), b, tier)
	}
	v.Samples = append(slices.Clip(v.Samples), b.Sample)
	if b.Printed {
		v.Printed++
	}
	if b.Thinking {
		v.Thinking++
	}
	if b.Measured && usable(b.Entropy) && usable(b.Weight) {
		v.Measured++
		v.Entropy += (b.Entropy - v.Entropy) / float64(v.Measured)
		v.Weight += b.Weight
	}
	return v
}

// Spelled is how a vote was spelled, also where there is nothing to say of it.
func (v Vote) Spelled() []Spelling {
	if v.Spellings != nil || len(v.Samples) == 0 {
		return v.Spellings
	}
	return []Spelling{{Answer: v.Answer, Samples: v.Samples}}
}

// Repaired is how many of the vote's samples said something else.
func (v Vote) Repaired() int {
	n := 0
	for _, s := range v.Spellings {
		if s.Modulus != "" {
			n += len(s.Samples)
		}
	}
	return n
}

// spell adds a ballot to the spelling that it repeats, or as a new one.
func spell(spellings []Spelling, b Ballot, tier string) []Spelling {
	i := slices.IndexFunc(spellings, func(s Spelling) bool {
		return s.Answer == b.Answer && s.Was == b.Was && s.Modulus == b.Modulus
	})
	if i < 0 {
		return append(slices.Clip(spellings), Spelling{b.Answer, []int{b.Sample}, tier, b.Was, b.Modulus})
	}
	spellings = slices.Clone(spellings)
	spellings[i].Samples = append(slices.Clip(spellings[i].Samples), b.Sample)
	return spellings
}

// merge makes two votes one, after an answer that is one with a was found, by
// tier, to be one with b too.
func (t Tally) merge(a, b Vote, tier string) Vote {
	for i, s := range b.Spelled() {
		if i == 0 {
			s.Tier = tier
		}
		a.Spellings = append(slices.Clip(a.Spelled()), s)
	}
	a.Samples = slices.Concat(a.Samples, b.Samples)
	slices.SortFunc(a.Samples, func(x, y int) int { return slices.Index(t.Order, x) - slices.Index(t.Order, y) })
	a.Printed, a.Thinking = a.Printed+b.Printed, a.Thinking+b.Thinking
	if a.Measured += b.Measured; a.Measured > 0 {
		a.Entropy += (b.Entropy - a.Entropy) * float64(b.Measured) / float64(a.Measured)
	}
	a.Weight += b.Weight
	return a
}

func usable(x float64) bool { return x >= 0 && !math.IsInf(x, 1) }
