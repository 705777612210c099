package solve

import (
	"cmp"
	"context"

	"github.com/aimo3/aimo3/engine"
)

const (
	maxVerified  = 3   // candidates whose code runs again
	verifyWeight = 2.0 // a candidate whose code agrees counts so many times its votes more
)

// verify runs the code behind the candidates with most votes again, in a new
// session each, and weighs their votes by whether it prints the answer once
// more: votes * (1 + 2 * agreed), as in verified voting by N. Nischaya (AIMO3,
// "model capability dominates"). It returns nil where that tells none of them
// apart, or could not be done: then the votes are where they were.
func (a *attempt) verify() []float64 {
	t := a.count.tally
	scores := make([]float64, min(len(t.Votes), maxCandidates))
	agreed, looked := 0, min(len(scores), maxVerified)
	for i := range scores {
		v := &t.Votes[i]
		scores[i] = v.Value(t.Weighed())
		if i < looked && a.agrees(v) {
			scores[i] *= 1 + verifyWeight
			agreed++
		}
	}
	if agreed == 0 || agreed == looked || a.ctx.Err() != nil {
		return nil
	}
	return scores
}

// agrees says whether the code of a sample that gave the answer gives it again:
// of the first one whose code did so at all.
func (a *attempt) agrees(v *engine.Vote) bool {
	if a.resources.notebook.Open == nil {
		return false
	}
	for _, i := range v.Samples {
		if s := a.count.seen.SampleAt(i); s != nil && s.Found.Printed && len(s.Cells) > 0 {
			return a.rerun(s.Cells, cmp.Or(s.Found.Was, s.Answer))
		}
	}
	return false
}

// rerun runs cells in order, up to the last one that printed the answer, and
// says whether that does so again. Cells that failed may fail again.
func (a *attempt) rerun(cells []engine.CellProgress, want engine.Answer) bool {
	for len(cells) > 0 && !printedBy(&cells[len(cells)-1], want) {
		cells = cells[:len(cells)-1]
	}
	ctx, stop := context.WithTimeout(a.ctx, a.plan.Caps.TotalTimeout)
	defer stop()
	session, err := a.resources.notebook.Open(ctx, a.plan.Caps)
	if err != nil {
		return false
	}
	defer func() { _ = session.Close() }()
	var last engine.Cell
	for _, c := range cells {
		if last, err = session.Run(ctx, c.Code); err != nil {
			return false
		}
	}
	return printed(last.Output, want)
}

func printedBy(c *engine.CellProgress, a engine.Answer) bool {
	return c.Cell != nil && printed(c.Cell.Output, a)
}
