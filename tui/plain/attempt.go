package plain

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/phrase"
	"github.com/aimo3/aimo3/tui/screen"
)

// attempt is one that this app has had attempted.
type attempt struct {
	progress engine.Progress
	problem  engine.Problem
	over     bool // nothing more will be heard of it
	returned bool // whoever attempts it is done with it
}

// lookTimeout is for what a person waits for.
const lookTimeout = 20 * time.Second

// begin has a problem attempted, or tells the verdict that is kept of the same.
func (s *session) begin(problem engine.Problem, afresh bool) {
	s.leaving = false
	if s.Env.Create != nil {
		s.order(problem, afresh)
		return
	}
	id := s.enter(engine.NewAttemptID(s.Env.Now()), problem)
	env, wish, ctx := s.Env, s.wish(), s.ctx
	s.beside(func() func() {
		plan := wish()
		if env.Cached != nil && !afresh {
			look, cancel := context.WithTimeout(ctx, lookTimeout)
			defer cancel()
			if hit, ok := env.Cached(look, problem, plan); ok {
				return func() { s.recall(id, hit) }
			}
		}
		err := env.Solve(id, problem, plan)
		return func() { s.returned(id, err) }
	})
}

// wish makes the plan of the next attempt, which is remembered for the next start. It looks
// what is installed, and so is not for the loop. What the options leave open depends on the
// machine, and is left to whoever attempts the problem.
func (s *session) wish() func() engine.Plan {
	env, server, plan, ctx := s.Env, s.Server, s.plan, s.ctx
	return func() engine.Plan {
		if env.LastModel != "" {
			plan.Model = screen.Picked(server(ctx).Models, plan.Model, env.LastModel)
		}
		if env.Use != nil {
			env.Use(plan)
		}
		plan.Options = env.Plan.Options
		return plan
	}
}

// order has the server of Env.Connect attempt a problem.
func (s *session) order(problem engine.Problem, afresh bool) {
	env, wish := s.Env, s.wish()
	s.beside(func() func() {
		plan := wish()
		id, kept, err := env.Create(problem, plan, afresh)
		return func() {
			switch {
			case err != nil:
				s.refuse(err)
			case kept != nil:
				s.recall(s.enter(id, problem), *kept)
			default:
				s.watch(s.enter(id, problem))
			}
		}
	})
}

func (s *session) watch(id engine.AttemptID) {
	watch := s.Env.Watch
	s.beside(func() func() {
		_, err := watch(id)
		return func() { s.returned(id, err) }
	})
}

// enter makes an attempt the one that commands mean.
func (s *session) enter(id engine.AttemptID, problem engine.Problem) engine.AttemptID {
	s.attempts[id], s.latest = &attempt{problem: problem}, id
	return id
}

// returned takes in that an attempt is over. Its last events may be on their way yet.
func (s *session) returned(id engine.AttemptID, err error) {
	a := s.attempts[id]
	if a == nil {
		return
	}
	a.returned = true
	waits := err == nil || a.progress.ID != "" && engine.ClassOf(err) != engine.Storage && s.ctx.Err() == nil
	if a.over = a.progress.Verdict != nil || !waits; err != nil {
		s.refuse(err)
	}
}

// recall tells a verdict that was kept.
func (s *session) recall(id engine.AttemptID, hit engine.Cached) {
	a := s.attempts[id]
	delete(s.attempts, id)
	a.over, s.latest = true, hit.Attempt.ID
	for _, e := range hit.Events {
		a.progress.Apply(e)
	}
	if p, err := s.load(hit.Attempt); err == nil && hit.Here {
		a.progress = *p
	}
	s.attempts[hit.Attempt.ID] = a
	s.say("%s", phrase.Cached(hit))
	s.verdict(&a.progress)
	s.say("again asks it afresh")
}

// busy says that something runs that ends by itself.
func (s *session) busy() bool {
	for _, a := range s.attempts {
		if !a.over {
			return true
		}
	}
	return s.pending > 0
}

// running is how many samples run or wait.
func (s *session) running() int {
	n := 0
	for _, a := range s.attempts {
		if a.over {
			continue
		}
		for i := range a.progress.Samples {
			if st := a.progress.Samples[i].State; st == engine.Waiting || st == engine.Running {
				n++
			}
		}
	}
	return n
}

// current is the attempt that commands mean, if it still runs.
func (s *session) current() (*attempt, bool) {
	a := s.attempts[s.latest]
	if a == nil || a.over {
		s.say("not done: no attempt runs")
		return nil, false
	}
	return a, true
}

// sampleOf reads which sample of the current attempt is meant, -1 for all.
func (s *session) sampleOf(word string) (int, bool) {
	a, ok := s.current()
	if !ok {
		return 0, false
	}
	if word == "all" {
		return -1, true
	}
	n, err := strconv.Atoi(word)
	if count := len(a.progress.Samples); err != nil || n < 1 || n > count {
		s.say("not done: %q is no sample · say a number from 1 to %d, or all", word, count)
		return 0, false
	}
	return n - 1, true
}

// ids are the attempts of this app that run, the newest last.
func (s *session) ids() []engine.AttemptID {
	var all []engine.AttemptID
	for id, a := range s.attempts {
		if !a.over {
			all = append(all, id)
		}
	}
	slices.Sort(all)
	return all
}
