package engine

// Saved is about how many tokens were saved by stopping early, in two digits: as
// many as the stopped samples would have had if they had been as long as those
// that ended, less what they had. It is 0 if the vote stopped none.
func (p *Progress) Saved() int {
	if p.Verdict == nil {
		return 0
	}
	var ended, tokens, stopped, spent int
	for i := range p.Samples {
		s := &p.Samples[i]
		n, _ := s.Tokens()
		switch {
		case s.State == Finished:
			ended++
			tokens += n
		case s.State == Stopped && s.Cause == ErrDecided.Error():
			stopped++
			spent += n
		}
	}
	if ended == 0 {
		return 0
	}
	return about(max(stopped*tokens/ended-spent, 0))
}

// Tokens is how many tokens all samples generated, those that were stopped or failed too:
// as the server counted them, or else about.
func (p *Progress) Tokens() int {
	all := 0
	for i := range p.Samples {
		n, _ := p.Samples[i].Tokens()
		all += n
	}
	return all
}

// about rounds n to two digits.
func about(n int) int {
	unit := 1
	for n/unit >= 100 {
		unit *= 10
	}
	return (n + unit/2) / unit * unit
}
