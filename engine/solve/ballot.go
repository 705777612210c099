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
		Outside: f.Found.Outside != "", Printed: f.Found.Printed,
	}
	if f.Sure == nil {
		return b
	}
	b.Measured, b.Entropy = true, f.Sure.TailEntropy
	if a.plan.Stop.Weighs() {
		b.Weight = f.Sure.Lowest
		a.count.learnSurety(a, *f.Sure)
	}
	return b
}

// learnSurety lets a finished sample say how sure the later ones must be:
// DeepConf online. Only gather's goroutine calls it.
func (c *count) learnSurety(a *attempt, f confidence.Figures) {
	if c.online == nil {
		c.online = &confidence.Online{WarmUp: a.plan.Stop.WarmUp()}
	}
	c.online.Ended(f)
	a.unsure.Store(math.Float64bits(c.online.Threshold()))
}

// least is the least confidence that a sample may have.
func (a *attempt) least() float64 { return math.Float64frombits(a.unsure.Load()) }
