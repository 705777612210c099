package figures

// Outcomes counts what became of problems and samples.
type Outcomes struct {
	// Of problems.
	NoVerdict      int `json:"no_verdict"`      // no sample gave an answer that counts
	Ties           int `json:"ties"`            // another answer has as many votes as the verdict
	SelectionLoss  int `json:"selection_loss"`  // the verdict is wrong, and at least one sample was right
	NeverRight     int `json:"never_right"`     // scored, and no sample was right
	UnanimousWrong int `json:"unanimous_wrong"` // two samples or more gave an answer, all the same, and it is wrong

	// Of samples.
	NoAnswer   int `json:"no_answer"`
	Truncated  int `json:"truncated"`
	OutOfRange int `json:"out_of_range"`
	Repaired   int `json:"repaired"`
}

func outcomesOf(run Run) Outcomes {
	var o Outcomes
	for i := range run.Problems {
		p := &run.Problems[i]
		o.problem(p)
		for k := range p.Samples {
			o.sample(&p.Samples[k])
		}
	}
	return o
}

func (o *Outcomes) problem(p *Problem) {
	if p.Verdict.Answer == "" {
		o.NoVerdict++
	}
	if p.Verdict.Tie {
		o.Ties++
	}
	if p.Verdict.Mark != Wrong {
		return
	}
	switch {
	case p.right() > 0:
		o.SelectionLoss++
	default:
		o.NeverRight++
	}
	if p.unanimous() {
		o.UnanimousWrong++
	}
}

func (o *Outcomes) sample(s *Sample) {
	if s.Answer == "" {
		o.NoAnswer++
	}
	if s.Truncated {
		o.Truncated++
	}
	if s.OutOfRange {
		o.OutOfRange++
	}
	if s.Repaired {
		o.Repaired++
	}
}

// unanimous says whether two samples or more gave an answer that counts, and all one.
func (p *Problem) unanimous() bool {
	first, votes := "", 0
	for i := range p.Samples {
		s := &p.Samples[i]
		if s.Answer == "" || s.OutOfRange {
			continue
		}
		if votes++; votes == 1 {
			first = s.Answer
		} else if s.Answer != first {
			return false
		}
	}
	return votes > 1
}

// Cost is what a run took, all samples together. What is not known counts as nothing.
type Cost struct {
	Tokens     int     `json:"tokens"`
	Seconds    float64 `json:"seconds"` // of problems, from beginning to end; of samples where that is not known
	Cells      int     `json:"cells"`
	CellErrors int     `json:"cell_errors"`
	Retries    int     `json:"retries"`
}

func costOf(run Run) Cost {
	var c Cost
	for i := range run.Problems {
		p := &run.Problems[i]
		took := 0.
		c.Tokens += p.tokens()
		for k := range p.Samples {
			s := &p.Samples[k]
			c.Cells += s.Cells
			c.CellErrors += s.CellErrors
			c.Retries += s.Retries
			took += s.Seconds
		}
		if p.Seconds > 0 {
			took = p.Seconds
		}
		c.Seconds += took
	}
	return c
}
