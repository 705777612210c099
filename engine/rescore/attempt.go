package rescore

import (
	"cmp"
	"slices"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/figures"
)

// AddAttempt takes the samples of a stored attempt that ended, by what its person says of it
// too: those that replied, in the order in which they ended, and then those that failed,
// which have no answer. It says whether it did: an attempt that has not ended, and one at a
// problem that the set has already, are left out.
func (s *Set) AddAttempt(p *engine.Progress, marks engine.Marks) (taken bool, err error) {
	id := keyOf(p.Problem.ID, p.Problem.Statement)
	if _, met := s.by[id]; met || p.Verdict == nil {
		return false, nil
	}
	expected := string(cmp.Or(marks.Expected, engine.Answer(p.Problem.Key)))
	at, err := s.problem(figures.Problem{ID: p.Problem.ID, Statement: p.Problem.Statement, Expected: s.how.Reader.expected(expected), Seconds: p.Latest.Sub(p.Begun).Seconds()})
	if err != nil {
		return false, err
	}
	one := &s.problems[at]
	if s.how == (Reading{}) {
		one.recorded = p.Verdict
	}
	for _, i := range ended(p) {
		if err := s.add(at, s.ofAttempt(&p.Samples[i])); err != nil {
			return false, err
		}
	}
	for i := range p.Samples {
		if p.Samples[i].State == engine.Stopped {
			n, _ := p.Samples[i].Tokens()
			s.problems[at].StoppedTokens += n
		}
	}
	return true, nil
}

// ended are the samples that count: those that voted, in their order, and those that failed.
func ended(p *engine.Progress) []int {
	var all []int
	for _, i := range p.Tally.Order {
		if s := p.SampleAt(i); s != nil && s.State == engine.Finished && !slices.Contains(all, i) {
			all = append(all, i)
		}
	}
	for i := range p.Samples {
		if s := &p.Samples[i]; s.State == engine.Failed || s.State == engine.Finished && !slices.Contains(all, i) {
			all = append(all, i)
		}
	}
	return all
}

// ofAttempt is a sample as it was recorded, or as its reply is read anew.
func (s *Set) ofAttempt(from *engine.SampleProgress) sample {
	tokens, _ := from.Tokens()
	one := sample{facts: figures.Sample{Truncated: from.Ending.Cut, Tokens: tokens, Retries: len(from.Retries), Cells: len(from.Cells)}}
	if !from.Begun.IsZero() {
		one.facts.Seconds = from.Latest.Sub(from.Begun).Seconds()
	}
	for _, c := range from.Cells {
		if c.Cell != nil && c.Cell.Err != "" {
			one.facts.CellErrors++
		}
	}
	f := from.Found
	one.ballot = engine.Ballot{Answer: from.Answer, Was: f.Was, Modulus: f.Modulus, Outside: f.Outside != "", Printed: f.Printed, Thinking: f.Thinking}
	if c := from.Confidence; c != nil {
		one.ballot.Measured, one.ballot.Entropy, one.ballot.Weight = true, c.TailEntropy, c.Lowest
	}
	if from.State == engine.Finished && s.how.Reader.reads(true) {
		read := s.how.Reader.read(from.Reply.String())
		s.agree(true, string(cmp.Or(f.Was, from.Answer)), read)
		one.ballot.Answer, one.ballot.Was, one.ballot.Modulus, one.ballot.Outside = engine.Answer(read), "", "", false
	}
	return one
}
