package rescore

import (
	"cmp"
	"math/rand/v2"
	"slices"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/figures"
)

// Replaying says which votes are replayed.
type Replaying struct {
	Rules   []engine.StopRule
	Samples int // of each vote
	Orders  int // votes of each problem that has so many samples
	Seed    uint64
}

// Replayed is what became of many votes under one stop rule: with one sample after the other,
// and with all begun at once and equally fast.
type Replayed struct {
	Rule     engine.StopRule `json:"rule"`
	OneByOne Outcome         `json:"one_by_one"`
	AtOnce   Outcome         `json:"at_once"`
}

// Outcome counts votes.
type Outcome struct {
	Votes     int `json:"votes"`
	Right     int `json:"right"`
	Samples   int `json:"samples"` // that had ended when they were decided
	Tokens    int `json:"tokens"`  // spent until then
	AllTokens int `json:"all_tokens"`
	Changed   int `json:"changed"` // votes that all samples would have decided otherwise
}

// Share is n as a part of the votes.
func (o Outcome) Share(n int) float64 { return float64(n) / float64(max(o.Votes, 1)) }

// Saved is the share of the tokens that were not spent.
func (o Outcome) Saved() float64 { return 1 - float64(o.Tokens)/float64(max(o.AllTokens, 1)) }

// drawn is one sample as a replayed vote sees it.
type drawn struct {
	answer engine.Answer
	right  bool
	tokens int
}

// Replay draws votes from the scored problems that have enough samples, without putting back,
// lets every rule decide each, and returns what became of them and of how many problems. From
// the other problems no such vote can be drawn that is not partly made up.
func (s *Set) Replay(o Replaying) (all []Replayed, problems int) {
	all = make([]Replayed, len(o.Rules))
	for i, rule := range o.Rules {
		all[i].Rule = rule
	}
	for i := range s.problems {
		pool := s.problems[i].drawable()
		if len(pool) < o.Samples || o.Samples == 0 || s.problems[i].Expected == "" {
			continue
		}
		problems++
		r := rand.New(rand.NewPCG(uint64(i), o.Seed))
		vote := make([]drawn, o.Samples)
		for range o.Orders {
			for k, at := range r.Perm(len(pool))[:o.Samples] {
				vote[k] = pool[at]
			}
			decideAll(all, vote)
		}
	}
	return all, problems
}

// drawable are a problem's samples, with the answers that a vote counts as one written alike.
func (p *problem) drawable() []drawn {
	pool := make([]drawn, len(p.ballots))
	for i, c := range p.classes(p.tally()) {
		pool[i].tokens = p.Samples[i].Tokens
		if c != nil {
			pool[i].answer, pool[i].right = c.answer, c.mark == figures.Right
		}
	}
	return pool
}

// decideAll has every rule decide a vote in the order drawn, and in that in which samples end
// that begin at once.
func decideAll(all []Replayed, vote []drawn) {
	decideVote(all, vote, func(r *Replayed) *Outcome { return &r.OneByOne }, func(ended int) int { return tokensOf(vote[:ended]) })
	byLength := slices.Clone(vote)
	slices.SortStableFunc(byLength, func(a, b drawn) int { return cmp.Compare(a.tokens, b.tokens) })
	decideVote(all, byLength, func(r *Replayed) *Outcome { return &r.AtOnce }, func(ended int) int {
		spent := 0
		for _, d := range byLength {
			spent += min(d.tokens, byLength[ended-1].tokens)
		}
		return spent
	})
}

// decideVote adds what every rule makes of one vote to outcomes. Spent is what was paid for
// when so many samples had ended.
func decideVote(all []Replayed, vote []drawn, of func(*Replayed) *Outcome, spent func(ended int) int) {
	var votes engine.Tally
	ended, leaders := make([]int, len(all)), make([]engine.Answer, len(all)) // when each rule decided, and for whom
	for n, d := range vote {
		votes = votes.Cast(engine.Ballot{Sample: n, Answer: d.answer}, nil)
		for i := range all {
			if _, met := all[i].Rule.Met(votes, len(vote)-n-1); ended[i] == 0 && (met || n == len(vote)-1) {
				ended[i] = n + 1
				leaders[i], _, _ = votes.Leader()
			}
		}
	}
	last, _, _ := votes.Leader()
	for i := range all {
		o := of(&all[i])
		o.Votes++
		o.Samples += ended[i]
		o.Tokens += spent(ended[i])
		o.AllTokens += tokensOf(vote)
		if slices.ContainsFunc(vote, func(d drawn) bool { return d.right && d.answer == leaders[i] }) {
			o.Right++
		}
		if leaders[i] != last {
			o.Changed++
		}
	}
}

func tokensOf(vote []drawn) int {
	n := 0
	for _, d := range vote {
		n += d.tokens
	}
	return n
}
