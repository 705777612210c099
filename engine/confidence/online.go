package confidence

import "slices"

// Online says which traces are not worth ending: DeepConf online (arXiv
// 2508.15260, algorithm 2). The first WarmUp traces of a problem end by
// themselves; nine in ten of them were never less sure than a threshold, in
// any group; a later trace is cut as soon as one of its groups is.
type Online struct {
	WarmUp int // traces that are not cut; if zero, 16

	lowest    []float64
	threshold float64
}

// The figures of DeepConf. Its other setting is to keep 0.1 of the traces, which
// saves most; but of few traces it keeps one, and then nothing votes. A model
// can be sure and wrong: few kept traces are also where that costs most.
const (
	DefaultWarmUp = 16
	keep          = 0.9
)

// Ended takes the figures of a trace that ended by itself. Those after the
// warm-up change nothing.
func (o *Online) Ended(f Figures) {
	warmUp := o.WarmUp
	if warmUp <= 0 {
		warmUp = DefaultWarmUp
	}
	if len(o.lowest) >= warmUp || f.Tokens == 0 {
		return
	}
	if o.lowest = append(o.lowest, f.Lowest); len(o.lowest) == warmUp {
		o.threshold = Cutoff(o.lowest, keep)
	}
}

// Threshold is the lowest confidence that a group of a trace may have: a trace
// for which Meter.Below is true should be ended, and has no vote. During the
// warm-up it is 0, which ends none.
func (o *Online) Threshold() float64 { return o.threshold }

// Cutoff is the score that the share keep of scores reaches, between two of
// them by straight line: their (1 - keep) percentile. It is 0 for no scores.
func Cutoff(scores []float64, keep float64) float64 {
	if len(scores) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(scores))
	at := (1 - min(max(keep, 0), 1)) * float64(len(sorted)-1)
	i := int(at)
	next := min(i+1, len(sorted)-1)
	return sorted[i] + (at-float64(i))*(sorted[next]-sorted[i])
}
