package engine

import "strings"

const (
	verified     = 3   // candidates that are looked at
	verifyWeight = 2.0 // a candidate whose code agrees counts so many times its votes more
)

// verify runs the code behind the candidates with most votes again, in a new
// session each, and weighs their votes by whether its last output holds the
// answer once more: votes * (1 + 2 * agreed), as in verified voting by N.
// Nischaya (AIMO3, "model capability dominates").
func (a *attempt) verify(all []Candidate) []float64 {
	scores := make([]float64, len(all))
	for i, c := range all {
		scores[i] = float64(c.Votes)
		if i < verified && a.agrees(c.Answer) {
			scores[i] *= 1 + verifyWeight
		}
	}
	return scores
}

// agrees says whether the code of a sample that gave the answer gives it again.
func (a *attempt) agrees(want Answer) bool {
	if a.notebook.Open == nil {
		return false
	}
	for _, v := range a.count.tally.Votes {
		if v.Answer != want {
			continue
		}
		for _, i := range v.Samples {
			if s := a.seen.sampleAt(i); s != nil && s.Found.Printed {
				return a.rerun(s.Cells, want)
			}
		}
	}
	return false
}

// rerun runs cells in order and says whether the last one that prints the
// answer does so again. Cells that failed the first time may fail again.
func (a *attempt) rerun(cells []CellProgress, want Answer) bool {
	session, err := a.notebook.Open(a.ctx, a.plan.Caps)
	if err != nil {
		return false
	}
	defer func() { _ = session.Close() }()
	agreed := false
	for _, c := range cells {
		cell, err := session.Run(a.ctx, c.Code)
		if err != nil {
			return false
		}
		if c.Cell != nil && printed(c.Cell.Output, want) {
			agreed = printed(strings.TrimSpace(cell.Output), want)
		}
	}
	return agreed
}
