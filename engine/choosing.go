package engine

import (
	"context"
	"slices"
	"strings"
	"sync"
)

// candidates bounds what is chosen among, and how much of each is shown.
const (
	manyCandidates = 8
	manyText       = 6000 // bytes, about the 2,048 tokens of GenSelect's summaries
)

// choose tries the plan's strategies in turn until one settles a vote that is
// split. They keep to the attempt's budget and end with it.
func (a *attempt) choose(run func()) {
	for _, name := range a.plan.Choose {
		c := &a.count
		s, ok := a.engine.strategy(name)
		if !ok || a.ctx.Err() != nil || c.why != "" || len(c.tally.Votes) < 2 || !s.When(c.tally) {
			continue
		}
		all := a.candidates()
		a.emit(a.engine.now(), ChoiceStarted{Choice: name, Candidates: answersOf(all), Samples: a.more(s)})
		var scores []float64
		switch {
		case s.Turns == nil:
			scores = a.verify(all)
		case s.Pick != nil:
			scores = a.judge(s, all)
		default:
			a.secondRound(s, all, run)
		}
		if a.ctx.Err() == nil {
			c.chosen = settle(name, all, scores)
		}
		a.emit(a.engine.now(), ChoiceFinished{Choice: name, Answer: c.chosen.answer, Scores: scores})
		if c.chosen.answer != "" {
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

// settle is the candidate with the highest score, if no other has it as well.
func settle(by string, all []Candidate, scores []float64) chosen {
	if len(scores) == 0 {
		return chosen{}
	}
	top := slices.Max(scores)
	at := slices.Index(scores, top)
	if top <= 0 || slices.Contains(scores[at+1:], top) {
		return chosen{}
	}
	return chosen{by, all[at].Answer}
}

// candidates are the answers with most votes, each with the reply of a sample
// that gave it.
func (a *attempt) candidates() []Candidate {
	var all []Candidate
	for _, v := range a.count.tally.Votes[:min(len(a.count.tally.Votes), manyCandidates)] {
		text := ""
		if s := a.seen.sampleAt(v.Samples[0]); s != nil {
			text = s.Reply.String()
		}
		if over := len(text) - manyText; over > 0 {
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

// judge asks a model several times which candidate is right, and counts. Each
// draw shows them in another order, since models favour a place.
func (a *attempt) judge(s Strategy, all []Candidate) []float64 {
	brief := a.brief
	brief.Code = Code{}
	if a.plan.Judge != "" {
		brief.Model = Model{Name: a.plan.Judge}
	}
	picks := make([]int, s.Draws)
	var wg sync.WaitGroup
	seats := make(chan struct{}, a.plan.Parallel)
	for draw := range picks {
		wg.Go(func() {
			seats <- struct{}{}
			defer func() { <-seats }()
			turn := draw % len(all)
			order := append(slices.Clone(all[turn:]), all[:turn]...)
			picks[draw] = -1
			reply, err := a.ask(Ask{
				Model: brief.Model.Name, Turns: s.Turns(brief, order), Seed: a.plan.Seed + judgeSeeds + int64(draw),
				Think: a.plan.Think, Options: a.plan.Options,
			})
			if i, ok := s.Pick(reply, len(order)); err == nil && ok {
				picks[draw] = (i + turn) % len(all)
			}
		})
	}
	wg.Wait()
	scores := make([]float64, len(all))
	for _, i := range picks {
		if i >= 0 {
			scores[i]++
		}
	}
	return scores
}

// judgeSeeds keeps the judge's seeds apart from the samples'.
const judgeSeeds = 1 << 20

// ask asks for one reply that is not a sample and returns what was replied.
func (a *attempt) ask(ask Ask) (reply string, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = internal(v)
		}
	}()
	if a.ctx.Err() != nil {
		return "", context.Cause(a.ctx)
	}
	var text strings.Builder
	split := splitter{rewind: text.Reset}
	split.say = func(c Channel, s string) {
		if c == Reply {
			text.WriteString(s)
		}
	}
	_, err = a.engine.Backend.Stream(a.ctx, ask, func(p Piece) {
		if p.Channel == Reply {
			split.feed(p.Text)
		} else if p.Text != "" {
			split.seen = true
		}
	})
	split.flush()
	return text.String(), err
}

// more is how many samples a strategy takes.
func (a *attempt) more(s Strategy) int {
	if s.Turns == nil || s.Pick != nil {
		return 0
	}
	return min(s.Draws, len(a.samples)-int(a.limit.Load()))
}

// secondRound takes more samples, which are shown the candidates and vote.
func (a *attempt) secondRound(s Strategy, all []Candidate, run func()) {
	n := a.more(s)
	a.again = func(b Brief) []Turn { return s.Turns(b, all) }
	a.count.left += n
	a.box.join(n)
	a.taken.Store(a.limit.Load()) // nobody takes samples now
	a.limit.Add(int64(n))
	run()
}
