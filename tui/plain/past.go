package plain

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/wire"
	"github.com/aimo3/aimo3/tui/cli/form"
	"github.com/aimo3/aimo3/tui/phrase"
)

const (
	listed = 20   // attempts that history lists
	page   = 2000 // events that are read at once
)

// showFits takes up to an attempt and a sample, so that "show that 3 is prime" is none.
func showFits(words []string) bool {
	if len(words) == 2 {
		_, err := strconv.Atoi(words[1])
		return err == nil
	}
	return len(words) < 2
}

// look asks the library within a time in which a person waits.
func (s *session) look(do func(ctx context.Context) error) bool {
	if s.Env.Library == nil {
		s.notHere(s.Env.WhyNone("aimo3 history list"))
		return false
	}
	ctx, cancel := context.WithTimeout(s.ctx, lookTimeout)
	defer cancel()
	if err := do(ctx); err != nil {
		s.refuse(err)
		return false
	}
	return true
}

func (s *session) history(words []string) {
	s.look(func(ctx context.Context) error {
		f, err := engine.ParseFilter(strings.Join(words, " "), s.Env.Now())
		if err != nil {
			return err
		}
		f.Limit = listed
		all, err := s.Env.Library.Attempts(ctx, f)
		if err == nil && len(all) == 0 {
			s.say("no attempts found")
		}
		for _, a := range all {
			s.say("%s", summary(a))
		}
		if len(all) == listed {
			s.say("the newest %d are listed · say words to find others", listed)
		}
		return err
	})
}

// summary is a stored attempt in one line, the answer before what identifies it.
func summary(a engine.Summary) string {
	answer := "unfinished"
	if v := a.Verdict; v != nil {
		answer = fmt.Sprintf("answer %s, %d of %d", form.Short(string(v.Answer), 60), v.Votes, v.Of)
		if v.Answer == "" {
			answer = "no answer"
		} else if doubt := v.Doubt(a.Samples); doubt != "" {
			answer += ", " + string(doubt)
		}
	}
	line := fmt.Sprintf("%s: %s: %s, %s, %s", a.ID, a.Problem.Title(60), answer, a.Model, a.Begun.Local().Format("2006-01-02 15:04"))
	if said := phrase.Marks(a.Marks); said != "" {
		line += ", marked: " + said
	}
	if !a.Deleted.IsZero() {
		line += ", deleted: kept until " + a.Deleted.Add(engine.KeepDeleted).Local().Format("2006-01-02 15:04")
	}
	return line
}

// load folds the stored events of an attempt.
func (s *session) load(a engine.Summary) (*engine.Progress, error) {
	if s.Env.Library == nil {
		return nil, engine.ErrCancelled
	}
	ctx, cancel := context.WithTimeout(s.ctx, lookTimeout)
	defer cancel()
	return wire.ProgressOf(a, page, func(after uint64) ([]engine.Event, error) { return s.Env.Library.Events(ctx, a.ID, after, page) })
}

// show tells an attempt, and makes it the one that commands mean unless another runs.
func (s *session) show(words []string) {
	a := s.attempts[s.latest]
	named := len(words) > 0 && (words[0] == "last" || len(words) == 2 || !isNumber(words[0]))
	if named && (a == nil || words[0] != string(s.latest)) {
		if a = s.stored(words[0]); a == nil {
			return
		}
	}
	if named {
		words = words[1:]
	}
	switch {
	case a == nil || a.progress.ID == "":
		s.say("not done: there is nothing to show yet · show last shows the latest that is stored")
	case len(words) == 0:
		var b strings.Builder
		_ = form.WriteAttempt(&b, &a.progress, nil)
		s.write(b.String())
	default:
		s.showSample(&a.progress, words[0])
	}
}

func isNumber(word string) bool {
	_, err := strconv.Atoi(word)
	return err == nil && len(word) < 4 // an ID is longer
}

func (s *session) stored(ref string) *attempt {
	var a *attempt
	s.look(func(ctx context.Context) error {
		found, err := s.Env.Library.Attempt(ctx, ref)
		if err != nil {
			return err
		}
		p, err := s.load(found)
		if err != nil {
			return err
		}
		a = &attempt{progress: *p, problem: p.Problem, over: true}
		if _, mine := s.attempts[found.ID]; !mine && len(s.ids()) == 0 {
			s.attempts[found.ID], s.latest = a, found.ID
		}
		return nil
	})
	return a
}

func (s *session) showSample(p *engine.Progress, word string) {
	n, ok := s.number(word, max(len(p.Samples), 1))
	if !ok {
		return
	}
	var b strings.Builder
	_ = form.WriteSample(&b, n-1, &p.Samples[n-1], true)
	s.write(b.String())
}

func (s *session) remove(words []string) {
	s.look(func(ctx context.Context) error {
		a, err := s.Env.Library.Attempt(ctx, words[0])
		if err != nil {
			return err
		}
		if err := s.Env.Library.Delete(ctx, a.ID); err != nil {
			return err
		}
		s.say("deleted · restore %s brings it back within a week", a.ID)
		return nil
	})
}

func (s *session) restore(words []string) {
	s.look(func(ctx context.Context) error {
		id, err := wire.Deleted(ctx, s.Env.Library, words[0])
		if err == nil {
			err = s.Env.Library.Restore(ctx, id)
		}
		if err == nil {
			s.say("restored %s", id)
		}
		return err
	})
}
