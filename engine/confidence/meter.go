// Package confidence measures how sure a model was of what it wrote, from the
// log-probabilities that a server sends with each token.
//
// The figures are those of DeepConf (Fu and others, "Deep Think with
// Confidence", arXiv 2508.15260, sections 3.1 and 3.2), and the entropy that the
// AIMO3 notebooks weigh votes by. Both look at the k most likely tokens only,
// so figures of different k do not compare. Ollama takes its log-probabilities
// before it applies temperature, top-p and penalties: figures of different
// temperatures compare, but are not of the distribution that was sampled from.
package confidence

import "math"

// The sizes of windows, in tokens.
const (
	GroupTokens = 2048 // of DeepConf's sliding groups
	TailTokens  = 256  // of the tail entropy, as the AIMO3 runner-up had it
)

// Meter reduces the log-probabilities of one trace to running figures as the
// tokens come. Its memory does not grow with the trace. The zero value is
// ready; a Meter is for one goroutine and must not be copied while in use.
type Meter struct {
	tokens      int
	sum         float64 // of the confidence of every token
	groupRing   ring    // of confidence
	lowest      float64 // mean of a whole group
	bits        float64 // of the entropy of every token
	tailRing    ring    // of entropy
	groupValues [GroupTokens]float64
	tailValues  [TailTokens]float64
}

// Figures say how sure a model was over a trace. Confidence is high where it
// was sure; entropy, in bits, is low there. All are zero before any token.
type Figures struct {
	Tokens      int     `json:"tokens"`           // that had log-probabilities
	Mean        float64 `json:"mean"`             // confidence of all tokens
	Tail        float64 `json:"tail,omitempty"`   // of the last GroupTokens tokens: not measured any more, kept of older traces
	Lowest      float64 `json:"lowest"`           // confidence of the least sure group
	Bottom      float64 `json:"bottom,omitempty"` // of the least sure tenth of groups: as Tail
	Entropy     float64 `json:"entropy"`          // of all tokens
	TailEntropy float64 `json:"tail_entropy"`     // of the last TailTokens tokens
}

// Add takes a token: the natural logarithms of the probabilities of the k most
// likely candidates in its place, in any order. It uses
//
//	confidence C = -(1/k) * sum of log P(j)
//	entropy    H = -sum of P(j) * log2 P(j)
//
// A probability less than any that float32 holds, zero included, counts as
// e^-104; what is not a number is passed over, as is a token with none.
func (m *Meter) Add(top []float64) {
	var logs, bits float64
	k := 0
	for _, l := range top {
		if math.IsNaN(l) {
			continue
		}
		l = min(max(l, minLogprob), 0)
		logs += l
		bits += math.Exp(l) * l
		k++
	}
	if k == 0 {
		return
	}
	m.add(-logs/float64(k), -bits/math.Ln2)
}

// minLogprob is just below the logarithm of the smallest positive float32.
const minLogprob = -104.

func (m *Meter) add(confidence, bits float64) {
	m.tokens++
	m.sum += confidence
	m.bits += bits
	m.groupRing.push(m.groupValues[:], confidence)
	m.tailRing.push(m.tailValues[:], bits)
	if m.tokens < GroupTokens {
		return
	}
	if mean := m.groupRing.mean(); m.tokens == GroupTokens || mean < m.lowest {
		m.lowest = mean
	}
}

// Below says that the group that ends with the last token is whole, and its
// confidence below threshold.
func (m *Meter) Below(threshold float64) bool {
	return m.tokens >= GroupTokens && m.groupRing.mean() < threshold
}

// Figures are those of the tokens so far. Groups are all runs of GroupTokens
// tokens, one beginning at each; a trace shorter than one is a group itself.
func (m *Meter) Figures() Figures {
	f := Figures{
		Tokens: m.tokens, Mean: m.sum / float64(max(m.tokens, 1)), Entropy: m.bits / float64(max(m.tokens, 1)),
		TailEntropy: m.tailRing.mean(), Lowest: m.lowest,
	}
	if m.tokens < GroupTokens {
		f.Lowest = f.Mean
	}
	return f
}

// ring sums the last values of a run. Adding and taking away rounds: of a
// million tokens, by less than 1e-9 of their mean.
type ring struct {
	at, held int // where the next value goes; how many there are
	sum      float64
}

func (r *ring) push(room []float64, x float64) {
	r.sum += x - room[r.at]
	room[r.at] = x
	r.held = max(r.held, r.at+1)
	if r.at++; r.at == len(room) {
		r.at = 0
	}
}

func (r *ring) mean() float64 { return r.sum / float64(max(r.held, 1)) }
