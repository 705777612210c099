package engine

import "slices"

// Rung is one kind of step down the ladder: what is tried in place of a server that
// fails.
type Rung string

// The rungs, in the order they are tried.
const (
	RungHost   Rung = "host"   // the same model on another host, for one sample
	RungWindow Rung = "window" // a smaller context window, for the whole attempt
	RungModel  Rung = "model"  // the next model of Plan.Fallback, for the whole attempt
)

// After is the plan of an attempt that goes on after a step down the ladder.
func (p Plan) After(f FallbackUsed) Plan {
	if f.Rung == RungModel {
		p.Model = f.To
		p.Fallback = p.Fallback[slices.Index(p.Fallback, f.To)+1:]
		if len(p.Fallback) == 0 {
			p.Fallback = nil
		}
	}
	if f.NumCtx > 0 && f.Rung != RungHost {
		p.Options.NumCtx = f.NumCtx
	}
	return p
}

// fallBack takes in a step down the ladder. Where it is the whole attempt's, samples
// that have not ended begin again.
func (p *Progress) fallBack(f FallbackUsed) {
	p.Fallbacks = append(p.Fallbacks, f)
	if f.Rung == RungHost {
		return
	}
	p.Plan, p.Code = p.Plan.After(f), Code{}
	for i := range p.Samples {
		if p.Samples[i].Open() {
			p.Samples[i] = SampleProgress{}
		}
	}
}
