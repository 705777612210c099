package solve

import "github.com/aimo3/aimo3/engine/confidence"

// confidenceMeter follows the confidence of the model along one sample. Its
// zero value knows nothing yet.
type confidenceMeter struct {
	meter       *confidence.Meter // nil until the server sends a log-probability
	unreported  int               // tokens heard since the last report
	reported    int               // tokens that the reports so far cover
	reportedSum float64           // sum of the confidence of those tokens
	report      func(tokens int, confidence float64)
	check       func(*confidence.Meter) // may end the sample
}

// measuredTokens is how many tokens one SampleMeasured covers.
const measuredTokens = 256

// hear takes tokens, each as the log-probabilities of its candidates.
func (m *confidenceMeter) hear(tokens [][]float64) {
	if len(tokens) == 0 {
		return
	}
	if m.meter == nil {
		m.meter = new(confidence.Meter)
	}
	for _, logprobs := range tokens {
		m.meter.Add(logprobs)
		if m.unreported++; m.unreported < measuredTokens {
			continue
		}
		m.unreported = 0
		f := m.meter.Figures()
		if n, sum := f.Tokens-m.reported, f.Mean*float64(f.Tokens); n > 0 {
			m.report(n, (sum-m.reportedSum)/float64(n))
			m.reported, m.reportedSum = f.Tokens, sum
		}
	}
	m.check(m.meter)
}

// figures are those of the sample so far; nil if nothing is known.
func (m *confidenceMeter) figures() *confidence.Figures {
	if m.meter == nil {
		return nil
	}
	f := m.meter.Figures()
	return &f
}

// copy is what is known now, apart from what is heard later.
func (m *confidenceMeter) copy() confidenceMeter {
	c := *m
	if m.meter != nil {
		meter := *m.meter
		c.meter = &meter
	}
	return c
}
