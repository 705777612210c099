package solve

import (
	"math"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/confidence"
)

// ballot is what a finished sample votes. Votes are weighed only under a rule
// that asks for it; else its confidence does no more than break ties.
func (a *attempt) ballot(f engine.SampleFinished) engine.Ballot {
	b := engine.Ballot{
		Sample: f.Sample, Answer: f.Answer, Was: f.Found.Was, Modulus: f.Found.Modulus,
		Outside: f.Found.Outside != "", Printed: f.Found.Printed, Thinking: f.Found.Thinking,
	}
	if f.Confidence == nil {
		return b
	}
	b.Measured, b.Entropy = true, f.Confidence.TailEntropy
	if a.plan.Stop.Weighs() {
		b.Weight = f.Confidence.Lowest
		a.count.learnThreshold(a, *f.Confidence)
	}
	return b
}

// learnThreshold takes in the confidence of a finished sample, which sets how low
// that of later ones may fall: DeepConf online. Only gather's goroutine calls it.
func (c *count) learnThreshold(a *attempt, f confidence.Figures) {
	if c.online == nil {
		c.online = &confidence.Online{WarmUp: a.plan.Stop.WarmUp()}
	}
	c.online.Ended(f)
	a.minConfidenceBits.Store(math.Float64bits(c.online.Threshold()))
}

// minConfidence is the confidence below which a sample is ended; 0 ends none.
func (a *attempt) minConfidence() float64 { return math.Float64frombits(a.minConfidenceBits.Load()) }
