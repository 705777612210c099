package plain

import (
	"strconv"
	"strings"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/cli/form"
	"github.com/aimo3/aimo3/tui/problemfile"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// greet says what may be done, and what is there to be done.
func (s *session) greet() {
	s.say("aimo3: type a problem; an empty line, or a dot alone, ends it. help lists the commands, quit leaves.")
	if s.Env.Drafts != nil && strings.TrimSpace(s.Env.Drafts.Draft()) != "" {
		s.say("a problem was left unasked the last time: draft asks it")
	}
	if s.Env.Unfinished != nil {
		s.unfinished(nil)
	}
	s.next()
}

// compose begins a problem with its first line.
func (s *session) compose(line string) {
	s.typing, s.problem = true, nil
	if line != "" {
		s.problem = append(s.problem, line)
	}
}

// ask ends the problem that is being typed, and has it attempted.
func (s *session) ask() {
	if !s.typing {
		return
	}
	text := strings.Join(s.problem, "\n")
	s.typing, s.problem = false, nil
	problem, err := engine.NewProblem("typed", text)
	if err != nil {
		s.refuse(err)
		return
	}
	s.begin(problem, false)
}

func (s *session) askText(words []string) {
	s.compose(strings.Join(words, " "))
}

func (s *session) askFile(words []string) {
	path := strings.Join(words, " ")
	problem, err := problemfile.Open(path)
	if err != nil {
		s.refuse(err)
		return
	}
	s.begin(problem, false)
}

func (s *session) again([]string) {
	a := s.attempts[s.latest]
	switch {
	case a == nil:
		s.say("not done: nothing was asked yet")
	case !a.over:
		s.say("not done: it runs · stop all ends it")
	default:
		s.begin(a.problem, true)
	}
}

func (s *session) askDraft([]string) {
	if s.Env.Drafts == nil {
		s.notHere("no drafts are kept here")
		return
	}
	kept := s.Env.Drafts.Draft()
	text, _ := termsafe.Plain(kept)
	problem, err := engine.NewProblem("typed", text)
	if err != nil {
		s.say("not done: no problem was left unasked")
		return
	}
	if err := s.Env.Drafts.KeepDraft(kept, ""); err != nil {
		s.say("warning: the draft stays kept: %s", engine.Hint(err))
	}
	s.begin(problem, false)
}

// keepDraft keeps a problem that was not asked for the next start, after one that was kept
// before.
func (s *session) keepDraft() {
	if text := strings.Join(s.problem, "\n"); s.Env.Drafts != nil && strings.TrimSpace(text) != "" {
		if err := s.Env.Drafts.KeepDraft("", text); err != nil {
			s.say("warning: the problem that was not asked is not kept: %s", engine.Hint(err))
		}
	}
}

// number reads a count.
func (s *session) number(word string, maxCount int) (int, bool) {
	n, err := strconv.Atoi(word)
	if err != nil || n < 1 || n > maxCount {
		s.say("not done: %q is not a whole number from 1 to %d", word, maxCount)
		return 0, false
	}
	return n, true
}

func (s *session) samples(words []string) {
	if n, ok := s.number(words[0], engine.MaxSamples); ok {
		if s.plan.Parallel >= s.plan.Samples {
			s.plan.Parallel = n
		}
		s.plan.Samples, s.plan.Parallel = n, min(s.plan.Parallel, n)
		s.say("the next attempt takes %s", form.Count(n, "sample"))
	}
}

func (s *session) tools(words []string) {
	t, err := engine.ParseTools(words[0])
	switch {
	case err != nil:
		s.refuse(err)
	case t == engine.ToolsEmbedded && s.Env.NoEmbedded:
		s.notHere("this build has no Python in it")
	default:
		s.plan.Tools = t
		s.say("code by %s", t)
	}
}
