package plain

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/cli/form"
)

// marksFit says whether words are an attempt, and what may be said of one.
func marksFit(words []string) bool {
	said := []string{"tags", "note", "expected"}
	alone := []string{"star", "unstar", "right", "wrong", "unjudged"}
	return len(words) > 1 && slices.Contains(said, words[1]) || len(words) == 2 && slices.Contains(alone, words[1])
}

// mark says something of a stored attempt, in place of what was said so before.
func (s *session) mark(words []string) {
	if s.Env.Mark == nil {
		s.notHere("attempts cannot be marked here")
		return
	}
	s.look(func(ctx context.Context) error {
		a, err := s.Env.Library.Attempt(ctx, words[0])
		if err != nil {
			return err
		}
		m, said := a.Marks, strings.Join(words[2:], " ")
		switch words[1] {
		case "star", "unstar":
			m.Starred = words[1] == "star"
		case "right", "wrong":
			m.Expected, m.Right = "", new(words[1] == "right")
		case "unjudged":
			m.Expected, m.Right = "", nil
		case "tags":
			m.Tags = engine.ParseTags(said)
		case "note":
			m.Note = said
		default:
			m.Expected, m.Right = engine.Answer(said), nil
		}
		if a.Marks, err = s.Env.Mark(ctx, a.ID, m); err == nil {
			s.say("%s", summary(a))
		}
		return err
	})
}

// export writes a stored attempt into a file.
func (s *session) export(words []string) {
	if s.Env.Export == nil {
		s.notHere(s.Env.WhyNone("aimo3 history export"))
		return
	}
	s.look(func(ctx context.Context) error {
		a, err := s.Env.Library.Attempt(ctx, words[0])
		if err != nil {
			return err
		}
		path, err := s.Env.Export(ctx, a, words[1])
		if err == nil {
			s.say("wrote %s", path)
		}
		return err
	})
}

// settings tells settings and where each comes from, or keeps a value in the person's own file.
func (s *session) settings(words []string) {
	if s.Env.Settings == nil || s.Env.SetSetting == nil {
		s.notHere("settings cannot be changed here")
		return
	}
	ctx, cancel := context.WithTimeout(s.ctx, lookTimeout)
	defer cancel()
	all, err := s.Env.Settings(ctx)
	if len(words) > 1 {
		all, err = s.Env.SetSetting(ctx, words[0], strings.Join(words[1:], " "))
	}
	if err != nil {
		s.refuse(err)
		return
	}
	for _, one := range all.All {
		if len(words) > 0 && one.Key != words[0] {
			continue
		}
		s.say("%s: %s, from %s", one.Key, form.Line(cmp.Or(one.Value, one.Default, "none")), one.From)
		if len(words) == 1 {
			s.say("%s", one.About)
		}
	}
	if len(words) > 1 {
		s.say("kept in %s · it counts from the next start on", all.File)
	}
}
