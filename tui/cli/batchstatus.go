package cli

import (
	"fmt"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/queue"
	"github.com/aimo3/aimo3/tui/cli/form"
)

// minToForesee is of how many problems the time that is left is foreseen.
const minToForesee = 3

// batchStatus tells how a run goes: a line for each problem that ends, and a status line.
type batchStatus struct {
	board
	now   func() time.Time
	begun time.Time
	state queue.State
	known bool // the state has been told
	first int  // problems that had ended before this program took part
}

func (s *batchStatus) put(state queue.State) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.state = state
	if !s.known {
		s.first, s.known = state.Ended, true
	}
}

// ended appends the line of a problem.
func (s *batchStatus) ended(p engine.Problem, v engine.Verdict) {
	text := "no answer: " + v.Why.Words()
	if v.Answer != "" {
		text = fmt.Sprintf("%s · %d of %s", form.Short(form.Line(string(v.Answer)), 40), v.Votes, form.Count(v.Of, "vote"))
	}
	switch {
	case v.Correct == nil:
	case *v.Correct:
		text += " · right"
	default:
		text += " · wrong: " + form.Short(form.Line(p.Key), 40)
	}
	s.say(form.Short(form.Line(p.ID), 40) + ": " + text)
}

// text is how the run stands, in one line.
func (s *batchStatus) text() string {
	if !s.known {
		return ""
	}
	t := s.state
	text := fmt.Sprintf("%d of %s · %d running", t.Ended, form.Count(t.Problems, "problem"), t.Running)
	if t.Scored > 0 {
		text += fmt.Sprintf(" · %d of %d right", t.Right, t.Scored)
	}
	past := s.now().Sub(s.begun)
	text += fmt.Sprintf(" · %s tok · %s", form.Thousands(t.Tokens), form.Took(past))
	if done := t.Ended - s.first; done >= minToForesee && t.Ended < t.Problems {
		text += " · about " + form.Took(past/time.Duration(done)*time.Duration(t.Problems-t.Ended)) + " left"
	}
	return text
}
