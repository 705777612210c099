package plain

import (
	"fmt"
	"strings"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/cli/form"
)

// does grants a wish to the running attempt.
func (s *session) does(wish func(id engine.AttemptID) error, did string) {
	id := s.latest
	s.beside(func() func() {
		err := wish(id)
		return func() {
			if err != nil {
				s.refuse(err)
				return
			}
			s.say("%s", did)
		}
	})
}

func (s *session) stop(words []string) {
	if i, ok := s.sampleOf(words[0]); ok {
		s.does(func(id engine.AttemptID) error { return s.Env.Stop(id, i) }, "stopping "+named(i))
	}
}

func (s *session) hint(words []string) {
	if why := s.Env.WhyNotSteered(); why != "" {
		s.notHere(why)
	} else if i, ok := s.sampleOf(words[0]); ok {
		text := strings.Join(words[1:], " ")
		s.does(func(id engine.AttemptID) error { return s.Env.Hint(id, i, text) }, named(i)+" will hear it")
	}
}

func (s *session) rule(words []string) {
	rule, err := engine.ParseStop(words[0])
	if why := s.Env.WhyNotSteered(); why != "" {
		s.notHere(why)
	} else if err != nil {
		s.refuse(err)
	} else if _, ok := s.current(); ok {
		s.does(func(id engine.AttemptID) error { return s.Env.ChangeRule(id, rule) }, "the rule changes")
	}
}

// named is a sample by its number, from 1.
func named(i int) string {
	if i < 0 {
		return "all samples"
	}
	return fmt.Sprintf("sample %d", i+1)
}

func samplesAre(n int) string {
	if n == 1 {
		return "1 sample is"
	}
	return form.Count(n, "sample") + " are"
}

// more adds samples to the attempt that runs, or in a new one to that which has ended.
func (s *session) more(words []string) {
	n, ok := s.number(words[0], engine.MaxSamples)
	a := s.attempts[s.latest]
	switch why := s.Env.WhyNotExtended(); {
	case !ok:
	case a != nil && !a.over && s.Env.AddSamples != nil:
		s.does(func(id engine.AttemptID) error { return s.Env.AddSamples(id, n) }, form.Count(n, "sample")+" will be added")
	case a == nil:
		s.say("not done: there is no attempt to add to · show one first, as with show last")
	case why != "":
		s.notHere(why)
	default:
		s.extend(s.latest, a.problem, n)
	}
}

func (s *session) extend(parent engine.AttemptID, problem engine.Problem, n int) {
	env := s.Env
	if env.More != nil {
		s.beside(func() func() {
			id, err := env.More(parent, n)
			return func() {
				if err != nil {
					s.refuse(err)
					return
				}
				s.watch(s.enter(id, problem))
			}
		})
		return
	}
	id := s.enter(engine.NewAttemptID(env.Now()), problem)
	s.beside(func() func() {
		err := env.Extend(id, parent, n)
		return func() { s.returned(id, err) }
	})
}
