package plain

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/cli/form"
	"github.com/aimo3/aimo3/tui/phrase"
	"github.com/aimo3/aimo3/tui/screen"
)

// told tells of events: samples that began, how each ended, how the votes stand, and the
// verdict.
func (s *session) told(events []engine.Event) {
	begun, voted := map[engine.AttemptID][]string{}, map[engine.AttemptID]string{}
	flush := func(id engine.AttemptID) {
		if n := begun[id]; len(n) > 0 {
			s.of(id, began(n))
		}
		delete(begun, id)
	}
	for _, e := range events {
		a := s.attempts[e.Attempt]
		if a == nil {
			continue
		}
		a.progress.Apply(e)
		switch f := e.Fact.(type) {
		case engine.SampleStarted:
			begun[e.Attempt] = append(begun[e.Attempt], strconv.Itoa(f.Sample+1))
		case engine.TallyChanged:
			voted[e.Attempt] = votes(f.Tally)
		case engine.AttemptFinished:
			flush(e.Attempt)
			s.finished(e.Attempt, a, voted[e.Attempt])
			delete(voted, e.Attempt)
		default:
			for _, line := range form.Told(&a.progress, e) {
				flush(e.Attempt)
				s.of(e.Attempt, line)
			}
		}
	}
	for id := range begun {
		flush(id)
	}
	for id, line := range voted {
		s.of(id, line)
	}
}

// of tells a line of an attempt, which is named if it is not the one that commands mean.
func (s *session) of(id engine.AttemptID, line string) {
	switch {
	case line == "":
	case id != s.latest:
		s.say("attempt %s: %s", id, line)
	default:
		s.say("%s", line)
	}
}

func began(samples []string) string {
	if len(samples) == 1 {
		return "sample " + samples[0] + " began"
	}
	return "samples " + strings.Join(samples, ", ") + " began"
}

// votes are how the votes stand: "votes: 3 for 42, 1 for 41"; "" if there are none.
func votes(t engine.Tally) string {
	var parts []string
	for i := range t.Votes {
		parts = append(parts, fmt.Sprintf("%d for %s", len(t.Votes[i].Samples), form.Short(form.Line(string(t.Votes[i].Answer)), 60)))
	}
	if len(parts) == 0 {
		return ""
	}
	return "votes: " + strings.Join(parts, ", ")
}

func (s *session) finished(id engine.AttemptID, a *attempt, stand string) {
	a.over = true
	s.of(id, stand)
	if id != s.latest {
		s.say("attempt %s has ended: %s", id, a.problem.Title(60))
	}
	s.verdict(&a.progress)
}

// verdict tells what came of an attempt.
func (s *session) verdict(p *engine.Progress) {
	var splits []engine.Split
	if s.Env.Library != nil {
		splits, _ = s.Env.Library.Splits(s.ctx) // without them nothing is said of them
	}
	var b strings.Builder
	_ = form.WriteVerdict(&b, p, splits, s.Env.Library != nil && s.Env.Connect == "")
	s.write(b.String())
}

// beat tells that samples still run, where nothing else is told for long.
func (s *session) beat() {
	for _, id := range s.ids() {
		if line := running(&s.attempts[id].progress); line != "" {
			s.of(id, "still "+line+" · "+form.Took(s.Env.Now().Sub(s.attempts[id].progress.Since())))
		}
	}
}

// running is the state of an attempt in one line; "" if it has not begun.
func running(p *engine.Progress) string {
	if p.ID == "" {
		return ""
	}
	var run, wait, ended, tokens int
	for i := range p.Samples {
		n, _ := p.Samples[i].Tokens()
		tokens += n
		switch p.Samples[i].State {
		case engine.Waiting:
			wait++
		case engine.Running:
			run++
		case engine.Finished, engine.Failed, engine.Stopped:
			ended++
		}
	}
	parts := []string{fmt.Sprintf("%d running", run), fmt.Sprintf("%d waiting", wait), fmt.Sprintf("%d ended", ended)}
	return strings.Join(append(parts, form.Count(tokens, "token")), ", ")
}

func (s *session) status([]string) {
	for _, id := range s.ids() {
		p := &s.attempts[id].progress
		s.of(id, running(p))
		s.of(id, votes(p.Tally))
		for i := range p.Samples {
			line := named(i) + ": " + form.Outcome(&p.Samples[i])
			if silence := phrase.Silence(&p.Samples[i], s.Env.Now()); silence != "" {
				line += ", " + silence
			}
			s.of(id, line)
		}
	}
	s.next()
}

// next says what the next attempt would be, or what is missing.
func (s *session) next() {
	server, plan, last := s.Server, s.plan, s.Env.LastModel
	s.beside(func() func() {
		seen := server(s.ctx)
		return func() {
			model, err := engine.Choose(seen.Models, screen.Picked(seen.Models, plan.Model, last))
			switch {
			case seen.Busy != "":
				s.say("not ready yet: %s", seen.Busy)
			case seen.Fault != nil:
				s.refuse(seen.Fault)
			case err != nil:
				s.refuse(err)
			default:
				s.say("the next problem is for %s, %s, code by %s; it %s", model.Name, form.Count(plan.Samples, "sample"), plan.Tools, plan.Stop.Within(plan.Samples).Words())
			}
		}
	})
}
