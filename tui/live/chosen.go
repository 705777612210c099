package live

import (
	"slices"

	"github.com/aimo3/aimo3/engine"
)

// settle shows a sample that voted for the verdict, unless a person looks at
// another.
func (s *Screen) settle(v engine.Verdict) {
	s.grid.work.moved = true
	votes := s.progress.Tally.Votes
	if s.steered || v.Answer == "" || len(votes) == 0 {
		return
	}
	at := slices.IndexFunc(votes, func(vote engine.Vote) bool { return vote.Answer == v.Answer }) // not the first if it was chosen
	for _, i := range votes[max(at, 0)].Samples {
		if !s.elsewhere(i) {
			s.chosen = i
			return
		}
	}
}

// elsewhere says whether what sample i said is in another attempt, and nothing of it here.
func (s *Screen) elsewhere(i int) bool {
	p := s.progress.SampleAt(i)
	return p != nil && p.From != "" && p.Thinking.Len()+p.Reply.Len() == 0
}

// beginSample empties the transcript of a sample that begins, and shows it where the one that
// is shown has nothing to show: its vote was carried over.
func (s *Screen) beginSample(i int) {
	s.transcript(i).Reset()
	if !s.steered && s.elsewhere(s.chosen) {
		s.chosen = i
	}
}
