package solve

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/aimo3/aimo3/engine"
)

// Bounds of what is chosen among.
const (
	maxCandidates     = 8    // of one vote
	maxCandidateBytes = 6000 // of the reply of each, about the 2,048 tokens of GenSelect's summaries
)

// choose tries the plan's strategies in turn until one settles a vote that is
// split. They keep to the attempt's budget and end with it.
func (a *attempt) choose() {
	for _, name := range a.plan.Choose {
		if s, ok := a.solver.strategy(name); ok && a.split() && s.When(a.count.tally) && a.trySettle(name, s.How) {
			return
		}
	}
}

func (s *Solver) strategy(name string) (engine.Strategy, bool) {
	if s.Strategy == nil {
		return engine.Strategy{}, false
	}
	return s.Strategy(name)
}

// split says whether the attempt goes on and its samples disagree.
func (a *attempt) split() bool {
	return a.ctx.Err() == nil && a.count.why == "" && len(a.count.tally.Votes) > 1
}

// trySettle tries a strategy and says whether that settled the vote.
func (a *attempt) trySettle(name string, how engine.Way) bool {
	if missing := a.unheard(); missing != "" {
		a.emit(a.solver.now(), engine.Warning{Text: fmt.Sprintf("%s is not tried: what was said for %s is in an attempt that cannot be read any more", name, missing)})
		return false
	}
	all := a.candidates()
	began, finished := engine.ChoiceStarted{Choice: name, Candidates: answersOf(all), Draws: how.Asks()}, engine.ChoiceFinished{Choice: name}
	var threshold float64 // that a score must be above
	var try func()
	switch how := how.(type) {
	case engine.Rerun:
		try = func() { finished.Scores = a.verify() }
	case engine.Judging:
		threshold = majority(how)
		try = func() { finished.Scores = a.judge(name, how, all) }
	case engine.Resample:
		if began.Samples = a.extraSamples(how); began.Samples == 0 {
			return false
		}
		try = func() { a.secondRound(how, all, began.Samples) }
	}
	a.emit(a.solver.now(), began)
	try()
	if i := best(finished.Scores, threshold); i >= 0 {
		finished.Answer = all[i].Answer
		a.count.chosen = chosen{name, finished.Answer}
	}
	a.emit(a.solver.now(), finished)
	return finished.Answer != ""
}

// best is where the highest score stands; -1 if it is not above threshold,
// or if another is as high.
func best(scores []float64, threshold float64) int {
	if len(scores) == 0 {
		return -1
	}
	top := slices.Max(scores)
	at := slices.Index(scores, top)
	if top <= threshold || slices.Contains(scores[at+1:], top) {
		return -1
	}
	return at
}

// candidates are the answers with most votes, each with the reply of a sample
// that gave it. Together they fill no more than half of a window, at three
// bytes a token.
func (a *attempt) candidates() []engine.Candidate {
	votes := a.count.tally.Votes
	votes = votes[:min(len(votes), maxCandidates)]
	maxBytes := min(maxCandidateBytes, a.plan.Options.NumCtx/2*3/len(votes))
	all := make([]engine.Candidate, 0, len(votes))
	for _, v := range votes {
		text := a.said(v)
		if over := len(text) - maxBytes; over > 0 {
			text = strings.ToValidUTF8(text[over:], "")
		}
		all = append(all, engine.Candidate{Answer: v.Answer, Votes: len(v.Samples), Text: text})
	}
	return all
}

// said is what the first of a vote's samples said of which that is known; "" if it is of
// none.
func (a *attempt) said(v engine.Vote) string {
	for _, i := range v.Samples {
		s := a.count.seen.SampleAt(i)
		if s == nil {
			continue
		}
		if text := cmp.Or(strings.TrimSpace(s.Reply.String()), strings.TrimSpace(s.Thinking.String())); text != "" {
			return text
		}
	}
	return ""
}

// unheard is the first answer of which nothing is known but that it was carried over from
// other attempts; "" if there is none. Beside others it would be judged by its absence.
func (a *attempt) unheard() engine.Answer {
	votes := a.count.tally.Votes
	for _, v := range votes[:min(len(votes), maxCandidates)] {
		known := slices.ContainsFunc(v.Samples, func(i int) bool {
			s := a.count.seen.SampleAt(i)
			return s != nil && (s.From == "" || s.Reply.Len()+s.Thinking.Len() > 0)
		})
		if !known {
			return v.Answer
		}
	}
	return ""
}

func answersOf(all []engine.Candidate) []engine.Answer {
	var answers []engine.Answer
	for _, c := range all {
		answers = append(answers, c.Answer)
	}
	return answers
}

// extraSamples is how many samples beyond the plan's a strategy may take.
func (a *attempt) extraSamples(how engine.Resample) int {
	return min(how.Samples, engine.MaxSamples-a.count.numbered)
}

// secondRound takes n more samples, which are shown the candidates and vote.
func (a *attempt) secondRound(how engine.Resample, all []engine.Candidate, n int) {
	a.round.ask = func(b engine.Brief) []engine.Turn { return how.Turns(b, all) }
	first := a.count.numbered
	a.count.numbered += n
	a.begin(numbers(first, n))
	a.run()
}

// chosen is the outcome of a strategy; its zero value is that of none.
type chosen struct {
	by     string
	answer engine.Answer
}

// applyTo is the verdict v of the votes with the answer that was chosen in place
// of theirs; v itself if none was.
func (c chosen) applyTo(v engine.Verdict, t engine.Tally, key string) engine.Verdict {
	if c.answer == "" {
		return v
	}
	v.Chosen, v.Tie = c.by, ""
	if c.answer == v.Answer {
		return v
	}
	v.Answer, v.Votes, v.Margin, v.Repaired, v.Thinking = c.answer, 0, 0, 0, 0
	for i := range t.Votes {
		if vote := &t.Votes[i]; vote.Answer == c.answer {
			v.Votes, v.Repaired, v.Thinking = len(vote.Samples), vote.Repaired(), vote.Thinking
		}
	}
	if key != "" {
		_, right := engine.Compare(sameAnswer).Join(c.answer, engine.Answer(key))
		v.Correct = &right
	}
	return v
}
