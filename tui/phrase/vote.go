package phrase

import (
	"fmt"
	"slices"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// Said is a way in which samples wrote an answer.
type Said struct {
	Words   string
	Samples []int // from 0
}

// Spellings are the ways in which a vote was written, besides its answer: by
// what each was found to be the same, or by which modulus it was repaired.
func Spellings(v *engine.Vote) []Said {
	var all []Said
	for i, s := range v.Spellings {
		switch {
		case s.Modulus != "":
			all = append(all, Said{"↻ " + termsafe.Line(string(s.Was)) + " mod " + termsafe.Line(s.Modulus), s.Samples})
		case i == 0 && s.Answer == v.Answer:
		case s.Tier != "":
			all = append(all, Said{"= " + termsafe.Line(string(s.Answer)) + " (" + termsafe.Line(s.Tier) + ")", s.Samples})
		default:
			all = append(all, Said{"= " + termsafe.Line(string(s.Answer)), s.Samples})
		}
	}
	return all
}

// Weak says how many of an answer's votes are weak, since it stands only in their
// samples' reasoning: "weak" if all of them are; "" if none is.
func Weak(weak, votes int) string {
	switch {
	case weak <= 0:
		return ""
	case weak >= votes:
		return "weak"
	}
	return fmt.Sprintf("%d weak", weak)
}

// Doubt is what there is to doubt of a verdict among so many samples; "" if that is
// nothing, or that its votes are weak, which Weak says.
func Doubt(v *engine.Verdict, samples int) string {
	if doubt := v.Doubt(samples); doubt != engine.DoubtThinking {
		return string(doubt)
	}
	return ""
}

// Outside are the answers that the problem cannot have.
func Outside(t *engine.Tally) []Said {
	var all []Said
	for _, s := range t.Outside {
		all = append(all, Said{"! " + termsafe.Line(string(s.Answer)) + " (out of range)", s.Samples})
	}
	return all
}

// Silent are the samples that ended without an answer, as far as the tally
// says who ended.
func Silent(t *engine.Tally) []int {
	left := slices.Clone(t.Order)
	drop := func(samples []int) {
		left = slices.DeleteFunc(left, func(n int) bool { return slices.Contains(samples, n) })
	}
	for i := range t.Votes {
		drop(t.Votes[i].Samples)
	}
	for i := range t.Outside {
		drop(t.Outside[i].Samples)
	}
	return left
}
