package plain

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/cli/form"
	"github.com/aimo3/aimo3/tui/phrase"
)

func (s *session) unfinished([]string) {
	if s.Env.Unfinished == nil {
		s.notHere(s.Env.WhyNone("aimo3 history list"))
		return
	}
	ctx, cancel := context.WithTimeout(s.ctx, lookTimeout)
	defer cancel()
	all, err := s.Env.Unfinished(ctx)
	if err != nil {
		s.refuse(err)
	}
	for _, a := range all {
		s.say("cut short: %s: %s · resume %s goes on, close %s ends it with the votes it has", a.ID, a.Problem.Title(60), a.ID, a.ID)
	}
}

func (s *session) cutShort(ref string) (engine.Summary, bool) {
	if s.Env.Unfinished == nil {
		s.notHere(s.Env.WhyNone("aimo3 history list"))
		return engine.Summary{}, false
	}
	ctx, cancel := context.WithTimeout(s.ctx, lookTimeout)
	defer cancel()
	meant, err := s.Env.Library.Attempt(ctx, ref)
	all, failed := s.Env.Unfinished(ctx)
	if err = cmp.Or(err, failed); err != nil {
		s.refuse(err)
		return engine.Summary{}, false
	}
	i := slices.IndexFunc(all, func(a engine.Summary) bool { return a.ID == meant.ID })
	if i < 0 {
		s.say("not done: no attempt that was cut short is named %q · unfinished lists them", ref)
		return engine.Summary{}, false
	}
	return all[i], true
}

func (s *session) resume(words []string) {
	if a, ok := s.cutShort(words[0]); ok {
		s.enter(a.ID, a.Problem)
		if p, err := s.load(a); err == nil {
			s.attempts[a.ID].progress = *p
		}
		resume := s.Env.Resume
		s.beside(func() func() {
			err := resume(a.ID)
			return func() { s.returned(a.ID, err) }
		})
	}
}

func (s *session) closeIt(words []string) {
	if a, ok := s.cutShort(words[0]); ok {
		s.enter(a.ID, a.Problem)
		if p, err := s.load(a); err == nil {
			s.attempts[a.ID].progress = *p
		}
		end := s.Env.Close
		s.beside(func() func() {
			err := end(a.ID)
			return func() { s.returned(a.ID, err) }
		})
	}
}

// model lists the installed models, or chooses one. It is waited for, so that a problem
// on the next line is asked of that model.
func (s *session) model(words []string) {
	ctx, cancel := context.WithTimeout(s.ctx, lookTimeout)
	defer cancel()
	seen := s.Server(ctx)
	switch {
	case seen.Fault != nil:
		s.refuse(seen.Fault)
	case len(words) == 0:
		s.listModels(seen.Models)
	default:
		m, err := engine.Choose(seen.Models, words[0])
		if err != nil {
			s.refuse(err)
			return
		}
		s.plan.Model = m.Name
		s.say("the next attempt asks %s", m.Name)
	}
}

func (s *session) listModels(models []engine.Model) {
	for _, m := range models {
		s.say("%s: %s", m.Name, strings.Join(slices.DeleteFunc([]string{m.Parameters, m.Quantization, form.Size(m.Size)}, func(t string) bool { return t == "" }), ", "))
	}
	if len(models) == 0 && s.Env.Recommend != nil {
		name, size := s.Env.Recommend()
		s.say("no model is installed · pull %s gets one of %s that fits this machine", name, form.Size(size))
	}
}

// pull downloads a model, and tells each tenth of it.
func (s *session) pull(words []string) {
	if s.Env.Pull == nil {
		s.notHere("models cannot be downloaded here")
		return
	}
	pull, name, tenth := s.Env.Pull, words[0], int64(0)
	tell := func(p engine.Pull) {
		if p.Total > 0 && p.Done*10/p.Total > tenth {
			tenth = p.Done * 10 / p.Total
			line := fmt.Sprintf("%s: %s of %s", name, form.Size(p.Done), form.Size(p.Total))
			s.later(func() { s.say("%s", line) })
		}
	}
	s.beside(func() func() {
		err := pull(s.ctx, name, tell)
		return func() {
			switch {
			case errors.Is(err, context.Canceled):
			case err != nil:
				s.refuse(err)
			default:
				s.say("%s is installed", name)
			}
		}
	})
}

func (s *session) doctor([]string) {
	if s.Env.Check == nil {
		s.notHere("`aimo3 doctor` makes the checks")
		return
	}
	check := s.Env.Check
	s.say("checking")
	s.beside(func() func() {
		found := check(true)
		return func() {
			for _, f := range found {
				s.say("%s: %s: %s", f.State, f.Component, phrase.WithTodo(f.What, f.Todo))
			}
		}
	})
}

func (s *session) log([]string) {
	if s.Env.Log == nil {
		s.notHere(s.Env.WhyNone("aimo3 log"))
		return
	}
	ctx, cancel := context.WithTimeout(s.ctx, lookTimeout)
	defer cancel()
	lines, err := s.Env.Log(ctx, engine.LogFilter{Limit: listed})
	if err != nil {
		s.refuse(err)
	}
	for _, l := range lines {
		s.say("%s %s: %s", l.At.Local().Format(time.DateTime), strings.ToLower(l.Level.String()), l.What)
	}
	if len(lines) == 0 {
		s.say("nothing happened of late")
	}
}
