package engine

import (
	"math"
)

// rule is one way to decide a vote early. Met is a pure function of the tally,
// the samples left, of which there is at least one, and the rule's figures.
type rule struct {
	name  string
	takes []figure
	why   Reason
	words func(x figures) string // what it stops at, to a person
	met   func(t Tally, left int, x figures) bool
}

// figure is a number that follows a rule's name.
type figure struct {
	name                   string
	defaultValue, min, max float64
	whole                  bool
}

// figures are the numbers of a rule, in the order it takes them.
type figures [2]float64

// rules are all there are, in the order that people are told of them.
var rules = []rule{
	{name: string(StopNone)},
	{
		name: string(StopFourAgree), why: FourAgree,
		words: func(figures) string { return "4 agree" },
		met:   func(t Tally, _ int, _ figures) bool { _, first, _ := t.Leader(); return first >= 4 },
	},
	{
		name: string(StopUncatchable), why: Uncatchable,
		words: func(figures) string { return "the lead cannot be caught" },
		met:   uncatchable,
	},
	{
		name: "asc", why: LikelyLead,
		takes: []figure{{name: "P", defaultValue: 0.95, min: 0.5, max: 1}},
		words: func(x figures) string { return "the lead is likely to hold (asc " + show(x[0]) + ")" },
		met:   likely,
	},
	{
		name: "esc", why: WindowAgrees,
		takes: []figure{{name: "W", defaultValue: 4, min: 2, max: MaxSamples, whole: true}},
		words: func(x figures) string { return show(x[0]) + " in a row agree" },
		met:   windowAgrees,
	},
	{
		name: "deepconf", why: Consensus,
		takes: []figure{{name: "TAU", defaultValue: 0.95, min: 0.5, max: 1}, {name: "N", defaultValue: 16, min: 1, max: MaxSamples, whole: true}},
		words: func(x figures) string {
			return show(x[1]) + " have ended and one answer has " + show(x[0]) + " of the confidence"
		},
		met: consensus,
	},
}

// attainable says whether the rule can decide a vote of so many samples before all have
// ended: whether it ever does if all agree.
func (r *rule) attainable(samples int, x figures) bool {
	all := make([]int, samples)
	for i := range all {
		all[i] = i
	}
	for n := 1; n < samples; n++ {
		t := Tally{Votes: []Vote{{Answer: "0", Samples: all[:n]}}, Order: all[:n]}
		if r.met(t, samples-n, x) {
			return true
		}
	}
	return false
}

// uncatchable loses nothing: when first > second + left, no vote still to come
// can give another winner. What a weight still to come may be has no bound, so
// it never stops a weighed vote.
func uncatchable(t Tally, left int, _ figures) bool {
	_, first, second := t.Leader()
	return first > second+left && !t.Weighed()
}

// likely is the Beta criterion of Adaptive-Consistency (Aggarwal and others,
// arXiv 2305.11860): with a votes for the first answer and b for the second,
// and every share thought equally likely beforehand, the first is the more
// frequent one with probability
//
//	P = 1 - I_1/2(a+1, b+1) = 2^-(a+b+1) * sum of C(a+b+1, j) for j = 0..a
//
// The terms left out, j = 0..b from the other end, are fewer: 1-P is summed.
func likely(t Tally, _ int, x figures) bool {
	_, a, b := t.Leader()
	if a <= b {
		return false
	}
	n := float64(a + b + 1)
	term := math.Ldexp(1, -(a + b + 1))
	rest := term
	for j := range b {
		term *= (n - float64(j)) / float64(j+1)
		rest += term
	}
	return 1-rest >= x[0]
}

// windowAgrees is Early-Stopping Self-Consistency (Li and others, arXiv
// 2401.10480): samples are taken W at a time, and the vote is decided when a
// whole such window gave one answer. Windows do not overlap, and a sample
// without an answer agrees with none. Only the last whole window is looked at,
// the rule having been asked at the end of each.
//
// An answer's samples stand in the order they ended, so a window agrees when
// it is a run of them.
func windowAgrees(t Tally, _ int, x figures) bool {
	w := int(x[0])
	end := len(t.Order) / w * w
	if end == 0 {
		return false
	}
	window := t.Order[end-w : end]
	for _, v := range t.Votes {
		for i := 0; i+w <= len(v.Samples); i++ {
			if v.Samples[i] == window[0] {
				return v.Samples[i+w-1] == window[w-1]
			}
		}
	}
	return false
}

// consensus is the stop of DeepConf online (Fu and others, arXiv 2508.15260):
// once N samples have ended, the first answer has a share of at least TAU in
// the confidence of all votes. Without confidences it is the share in votes.
func consensus(t Tally, _ int, x figures) bool {
	if len(t.Votes) == 0 || t.Ended() < int(x[1]) {
		return false
	}
	weighed, all := t.Weighed(), 0.
	for i := range t.Votes {
		all += t.Votes[i].Value(weighed)
	}
	return t.Votes[0].Value(weighed) >= x[0]*all
}
