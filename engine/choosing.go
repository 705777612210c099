package engine

import (
	"cmp"
	"slices"
	"strings"
)

// What is chosen among: so many candidates, and so much of each.
const (
	manyCandidates = 8
	manyText       = 6000 // bytes, about the 2,048 tokens of GenSelect's summaries
)

// choose tries the plan's strategies in turn until one settles a vote that is
// split. They keep to the attempt's budget and end with it. Run takes the
// samples that are still to be taken.
func (a *attempt) choose(run func()) {
	for _, name := range a.plan.Choose {
		if s, ok := a.engine.strategy(name); ok && a.split() && s.When(a.count.tally) && a.settled(name, s, run) {
			return
		}
	}
}

func (e *Engine) strategy(name string) (Strategy, bool) {
	if e.Strategy == nil {
		return Strategy{}, false
	}
	return e.Strategy(name)
}

// votes says whether it takes samples.
func (s Strategy) votes() bool { return s.Turns != nil && s.Pick == nil }

// split says whether the attempt goes on and its samples disagree.
func (a *attempt) split() bool {
	return a.ctx.Err() == nil && a.count.why == "" && len(a.count.tally.Votes) > 1
}

// settled tries a strategy and says whether that settled the vote.
func (a *attempt) settled(name string, s Strategy, run func()) bool {
	all := a.candidates()
	began, finished := ChoiceStarted{Choice: name, Candidates: answersOf(all)}, ChoiceFinished{Choice: name}
	var least float64 // that a score must be above
	try := func() { finished.Scores = a.verify() }
	switch {
	case s.votes():
		if began.Samples = a.more(s); began.Samples == 0 {
			return false
		}
		try = func() { a.secondRound(s, all, began.Samples, run) }
	case s.Turns != nil:
		began.Draws, least = s.Draws, majority(s)
		try = func() { finished.Scores = a.judge(name, s, all) }
	}
	a.emit(a.engine.now(), began)
	try()
	if i := best(finished.Scores, least); i >= 0 {
		finished.Answer = all[i].Answer
		a.count.chosen = chosen{name, finished.Answer}
	}
	a.emit(a.engine.now(), finished)
	return finished.Answer != ""
}

// best is where the highest score stands; -1 if it is not above least, or if
// another is as high.
func best(scores []float64, least float64) int {
	if len(scores) == 0 {
		return -1
	}
	top := slices.Max(scores)
	at := slices.Index(scores, top)
	if top <= least || slices.Contains(scores[at+1:], top) {
		return -1
	}
	return at
}

// candidates are the answers with most votes, each with the reply of a sample
// that gave it. Together they fill no more than half of a window, at three
// bytes a token.
func (a *attempt) candidates() []Candidate {
	votes := a.count.tally.Votes
	votes = votes[:min(len(votes), manyCandidates)]
	most := min(manyText, a.plan.Options.NumCtx/2*3/len(votes))
	all := make([]Candidate, 0, len(votes))
	for _, v := range votes {
		text := ""
		if s := a.seen.sampleAt(v.Samples[0]); s != nil {
			text = cmp.Or(strings.TrimSpace(s.Reply.String()), strings.TrimSpace(s.Thinking.String()))
		}
		if over := len(text) - most; over > 0 {
			text = strings.ToValidUTF8(text[over:], "")
		}
		all = append(all, Candidate{v.Answer, len(v.Samples), text})
	}
	return all
}

func answersOf(all []Candidate) []Answer {
	var answers []Answer
	for _, c := range all {
		answers = append(answers, c.Answer)
	}
	return answers
}

// more is how many samples a strategy that votes takes.
func (a *attempt) more(s Strategy) int {
	return min(s.Draws, len(a.samples)-int(a.limit.Load()))
}

// secondRound takes n more samples, which are shown the candidates and vote.
func (a *attempt) secondRound(s Strategy, all []Candidate, n int, run func()) {
	a.again = func(b Brief) []Turn { return s.Turns(b, all) }
	a.count.left += n
	a.box.join(n)
	a.taken.Store(a.limit.Load()) // nobody takes samples now
	a.limit.Add(int64(n))
	run()
}
