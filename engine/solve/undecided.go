package solve

import (
	"context"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/answer"
	"github.com/aimo3/aimo3/engine/answer/sympy"
	"github.com/aimo3/aimo3/engine/answer/value"
)

// Bounds of the questions to SymPy.
const (
	maxQuestions     = 4
	questionTimeout  = 2 * time.Second
	questionsTimeout = 15 * time.Second // of all together, with the start of the session
)

// joinBySymPy asks SymPy whether answers are equal where nothing else could say
// and it would change which answer leads, and joins those that are. Without
// sessions that have SymPy nothing is asked; what it cannot say stays as it is,
// and an attempt that has ended asks nothing.
func (a *attempt) joinBySymPy() {
	if !a.resources.brief.Code.SymPy {
		return
	}
	ctx, stop := context.WithTimeout(a.ctx, questionsTimeout)
	defer stop()
	q := questions{caps: a.plan.Caps, open: a.resources.notebook.Open}
	defer q.close()
	asked := map[doubt]bool{}
	for len(asked) < maxQuestions && ctx.Err() == nil {
		d, found := nextDoubt(a.count.tally, asked)
		if !found {
			return
		}
		asked[d] = true
		if q.proves(ctx, d.code) {
			a.count.tally = a.count.tally.Join(d.a, d.b, string(value.SymPy))
			a.emit(a.solver.now(), engine.TallyChanged{Tally: a.count.tally, Left: a.count.left})
		}
	}
}

// doubt is two answers that may be one, and the question whether they are.
type doubt struct {
	a, b engine.Answer
	code string
}

// nextDoubt is the first doubt not asked yet on which the vote hangs: were the
// two answers one, that one would lead. Answers with more votes come first.
func nextDoubt(t engine.Tally, asked map[doubt]bool) (doubt, bool) {
	votes := t.Votes[:min(len(t.Votes), maxCandidates)]
	for i := 1; i < len(votes); i++ { // the leader gains nothing that it lacks
		for j := i + 1; j < len(votes); j++ {
			a, b := &votes[i], &votes[j]
			if one := t.Join(a.Answer, b.Answer, ""); one.Votes[0].Answer == votes[0].Answer {
				continue
			}
			if d, ok := doubtful(a, b); ok && !asked[d] {
				return d, true
			}
		}
	}
	return doubt{}, false
}

// doubtful says whether two votes may be one: nothing tells that they differ,
// and what they were first written as can be asked about.
func doubtful(a, b *engine.Vote) (doubt, bool) {
	for _, x := range a.Spelled() {
		for _, y := range b.Spelled() {
			if answer.Agree(string(x.Answer), string(y.Answer)).Verdict == value.Different {
				return doubt{}, false
			}
		}
	}
	x, errX := answer.Parse(string(a.Answer))
	y, errY := answer.Parse(string(b.Answer))
	if errX != nil || errY != nil || x.Node == nil || y.Node == nil {
		return doubt{}, false
	}
	code, err := sympy.Question(x.Node, y.Node)
	return doubt{a.Answer, b.Answer, code}, err == nil
}

// questions is a session in which SymPy is asked, opened when it is needed.
type questions struct {
	caps    engine.Caps
	open    func(ctx context.Context, caps engine.Caps) (engine.Session, error)
	session engine.Session
}

// proves says whether SymPy proves what is asked. A session that did not answer in
// time is of no more use.
func (q *questions) proves(ctx context.Context, code string) bool {
	if !q.ready(ctx) {
		return false
	}
	ctx, stop := context.WithTimeout(ctx, questionTimeout)
	defer stop()
	cell, err := q.session.Run(ctx, code)
	if err != nil || !cell.Kept {
		q.close()
		return false
	}
	return cell.Err == "" && sympy.Verdict(cell.Output) == value.Equal
}

func (q *questions) ready(ctx context.Context) bool {
	if q.session != nil {
		return true
	}
	s, err := q.open(ctx, q.caps)
	if err != nil {
		return false
	}
	q.session = s
	if cell, err := s.Run(ctx, sympy.Prelude()); err != nil || cell.Err != "" {
		q.close()
		return false
	}
	return true
}

func (q *questions) close() {
	if q.session != nil {
		_ = q.session.Close() // whatever it says, nobody can do anything about it
		q.session = nil
	}
}
