package rescore

import (
	"fmt"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/figures"
)

// Voter is how the votes of samples are weighed.
type Voter string

// The voters.
const (
	AsDecided  Voter = ""           // what was decided when the samples were taken or, where nothing was, Count
	Count      Voter = "count"      // one sample, one vote; ties are broken as the solver does
	Confidence Voter = "confidence" // a vote weighs the sample's lowest confidence, as under deepconf
	First      Voter = "first"      // the first sample that gave an answer decides alone
)

// ParseVoter reads a voter's name as a person writes it.
func ParseVoter(s string) (Voter, error) {
	switch v := Voter(s); v {
	case Count, Confidence, First:
		return v, nil
	case AsDecided:
	}
	return "", &engine.Fault{Class: engine.Invalid, What: fmt.Sprintf("%q is no way to weigh votes", s), Todo: "use count, confidence or first"}
}

// Voting says how verdicts are reached.
type Voting struct {
	Voter Voter
	Stop  engine.StopRule // "" lets every sample vote; else those after it decides are left out
}

// Run decides what every problem comes to. It counts in Agreement how often samples that
// are scored were recorded as right or wrong alike.
func (s *Set) Run(v Voting) (figures.Run, error) {
	if v.Voter == Confidence && !s.measured() {
		return figures.Run{}, &engine.Fault{Class: engine.Invalid, What: s.Name + ": no sample of it has a confidence, so there is nothing to weigh votes by", Todo: "use --voter count"}
	}
	s.Agreement.Marks, s.Agreement.SameMarks = 0, 0
	run := figures.Run{Name: s.Name, Problems: make([]figures.Problem, len(s.problems))}
	for i := range s.problems {
		run.Problems[i] = s.decide(&s.problems[i], v)
	}
	return run, nil
}

// measured says whether a sample has a confidence.
func (s *Set) measured() bool {
	for i := range s.problems {
		for _, b := range s.problems[i].ballots {
			if b.Measured {
				return true
			}
		}
	}
	return false
}

// decide is a problem with its verdict, and with the samples that it took.
func (s *Set) decide(p *problem, v Voting) figures.Problem {
	out := p.Problem
	all := p.tally()
	classes := p.classes(all)
	decided, used := p.vote(v, all)
	out.Samples = make([]figures.Sample, used)
	for i := range used {
		one := p.Samples[i]
		one.Answer = string(p.ballots[i].Answer)
		if c := classes[i]; c != nil {
			one.Answer, one.Mark = string(c.answer), c.mark
		} else if p.Expected != "" {
			one.Mark = figures.Wrong
		}
		if right := p.right[i]; right != nil && one.Mark != figures.Unscored {
			s.Agreement.Marks++
			if *right == (one.Mark == figures.Right) {
				s.Agreement.SameMarks++
			}
		}
		out.Samples[i] = one
	}
	out.Verdict = decided
	return out
}

// class is answers that a vote counts as one.
type class struct {
	answer engine.Answer
	mark   figures.Mark
}

// classes are those of the samples by a tally of all, nil for one that has no answer that
// counts.
func (p *problem) classes(all engine.Tally) []*class {
	of := make([]*class, len(p.ballots))
	for _, v := range all.Votes {
		c := &class{v.Answer, p.mark(v.Answer)}
		for _, i := range v.Samples {
			of[i] = c
		}
	}
	return of
}

// mark holds an answer against what is expected.
func (p *problem) mark(a engine.Answer) figures.Mark {
	switch {
	case p.Expected == "":
		return figures.Unscored
	case a != "" && agree(string(a), p.Expected):
		return figures.Right
	}
	return figures.Wrong
}

// tally counts all samples, one vote each.
func (p *problem) tally() (t engine.Tally) {
	for _, b := range p.ballots {
		t = t.Cast(Voting{}.ballot(b), same)
	}
	return t
}

// ballot is what a sample votes under a voter.
func (v Voting) ballot(b engine.Ballot) engine.Ballot {
	if v.Voter != Confidence {
		b.Weight = 0
	}
	return b
}

// vote is the verdict, and how many samples it took. All is the tally of all.
func (p *problem) vote(v Voting, all engine.Tally) (figures.Verdict, int) {
	n := len(p.ballots)
	switch {
	case v.Voter == First:
		return p.first()
	case v.Voter == AsDecided && v.Stop == "" && p.recorded != nil:
		r := p.recorded
		return figures.Verdict{Answer: string(r.Answer), Mark: p.mark(r.Answer), Votes: r.Votes, Of: r.Of, Tie: r.Tie != "" && r.Chosen == ""}, n
	case v.Voter != Confidence && v.Stop == "":
		return p.verdict(all), n
	}
	var t engine.Tally
	for i, b := range p.ballots {
		t = t.Cast(v.ballot(b), same)
		if _, met := v.Stop.Met(t, n-i-1); met {
			return p.verdict(t), i + 1
		}
	}
	return p.verdict(t), n
}

// verdict is that of a tally.
func (p *problem) verdict(t engine.Tally) figures.Verdict {
	d := t.Verdict("", engine.AllEnded, nil)
	return figures.Verdict{Answer: string(d.Answer), Mark: p.mark(d.Answer), Votes: d.Votes, Of: d.Of, Tie: d.Tie != ""}
}

// first is the verdict of the first sample that gave an answer.
func (p *problem) first() (figures.Verdict, int) {
	for i, b := range p.ballots {
		if b.Answer != "" && !b.Outside {
			return figures.Verdict{Answer: string(b.Answer), Mark: p.mark(b.Answer), Votes: 1, Of: i + 1}, i + 1
		}
	}
	return figures.Verdict{Mark: p.mark(""), Of: len(p.ballots)}, len(p.ballots)
}
