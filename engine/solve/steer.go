package solve

import (
	"strings"
	"unicode/utf8"

	"github.com/aimo3/aimo3/engine"
)

// MaxHint is how many characters a hint may have.
const MaxHint = 2000

// Hint tells a sample what a person has to say; all of them if sample is negative. The model
// reads it at its next turn, and a reply that it is giving is cut off for that. HintGiven
// says which samples have heard it: one that has ended hears nothing. A Fault says that the
// attempt's samples have all ended, or that the text is none of 1 to [MaxHint] characters.
func (s *Solver) Hint(id engine.AttemptID, sample int, text string) error {
	text = strings.TrimSpace(strings.ToValidUTF8(text, "\uFFFD"))
	const bounds = "a hint has from 1 to 2,000 characters"
	switch n := utf8.RuneCountInString(text); {
	case n == 0:
		return &engine.Fault{Class: engine.Invalid, What: bounds, Todo: "say what the model should mind"}
	case n > MaxHint:
		return &engine.Fault{Class: engine.Invalid, What: bounds, Todo: "give a shorter one"}
	}
	a, err := s.open(id)
	if err != nil {
		return err
	}
	for i := range a.box.numbered() {
		if sample < 0 || i == sample {
			a.slots.at(i).hints.give(text)
		}
	}
	return nil
}

// ChangeRule sets when a running attempt ends; RuleChanged tells of it. A Fault says that
// its samples have all ended, that the rule is none, or that only one of the two weighs
// votes: what was cast before cannot be weighed anew.
func (s *Solver) ChangeRule(id engine.AttemptID, rule engine.StopRule) error {
	rule, err := engine.ParseStop(string(rule))
	if err != nil {
		return err
	}
	a, err := s.open(id)
	if err != nil {
		return err
	}
	if rule.Weighs() != a.box.latest().plan.Stop.Weighs() {
		return &engine.Fault{Class: engine.Invalid, What: "a running attempt cannot change to or from a rule that weighs votes", Todo: "choose another rule, or solve the problem again"}
	}
	return a.wish(engine.RuleChanged{Stop: rule})
}

// AddSamples has a running attempt take n samples more; SamplesAdded tells of it. A Fault
// says that its samples have all ended, or that there would be more than
// [engine.MaxSamples].
func (s *Solver) AddSamples(id engine.AttemptID, n int) error {
	a, err := s.open(id)
	if err != nil {
		return err
	}
	return a.wish(engine.SamplesAdded{Samples: n})
}

// open is the running attempt of that ID, some of whose samples have not ended.
func (s *Solver) open(id engine.AttemptID) (*attempt, error) {
	s.mu.Lock()
	a := s.running[id]
	s.mu.Unlock()
	if a == nil || a.ctx.Err() != nil {
		return nil, ended()
	}
	return a, nil
}

// wish has the attempt do what a person wishes.
func (a *attempt) wish(f engine.Fact) error {
	return a.box.putWish(engine.Event{Attempt: a.id, At: a.solver.now(), Fact: f})
}

func ended() error {
	return &engine.Fault{Class: engine.Invalid, What: "the samples of this attempt have ended", Todo: "add samples to what it found, or solve the problem again"}
}

// checkMore fails if so many samples cannot be added to those that there are.
func checkMore(have, more int) error {
	if most := engine.MaxSamples - have; more < 1 || more > most {
		return &engine.Fault{Class: engine.Invalid, What: "an attempt has at most 512 samples", Todo: "add fewer of them, or solve the problem again"}
	}
	return nil
}
