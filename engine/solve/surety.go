package solve

import "github.com/aimo3/aimo3/engine/confidence"

// surety follows how sure the model is of a sample. Its zero value is of one
// that nothing is known of.
type surety struct {
	meter  *confidence.Meter // nil until the server sends a log-probability
	since  int               // tokens heard after Measured was told last
	told   int               // tokens of which it was told
	sum    float64           // of their confidence
	tell   func(tokens int, confidence float64)
	unsure func(*confidence.Meter) // may end the sample
}

// measured is how many tokens a SampleMeasured is of.
const measured = 256

// hear takes tokens, each as the log-probabilities of its candidates.
func (s *surety) hear(tokens [][]float64) {
	if len(tokens) == 0 {
		return
	}
	if s.meter == nil {
		s.meter = new(confidence.Meter)
	}
	for _, logprobs := range tokens {
		s.meter.Add(logprobs)
		if s.since++; s.since < measured {
			continue
		}
		s.since = 0
		f := s.meter.Figures()
		if n, sum := f.Tokens-s.told, f.Mean*float64(f.Tokens); n > 0 {
			s.tell(n, (sum-s.sum)/float64(n))
			s.told, s.sum = f.Tokens, sum
		}
	}
	s.unsure(s.meter)
}

// figures are those of the sample so far; nil if nothing is known.
func (s *surety) figures() *confidence.Figures {
	if s.meter == nil {
		return nil
	}
	f := s.meter.Figures()
	return &f
}

// copy is what is known now, apart from what is heard later.
func (s *surety) copy() surety {
	c := *s
	if s.meter != nil {
		meter := *s.meter
		c.meter = &meter
	}
	return c
}
