package plain

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/contrast"
	"github.com/aimo3/aimo3/tui/phrase"
)

// remark is what a person may say of an attempt.
type remark struct {
	name string
	more bool // words follow it; where none do, a note or an expected answer is cleared
	put  func(m *engine.Marks, words []string)
}

// remarks are all that there are.
func remarks() []remark {
	judge := func(right *bool) func(*engine.Marks, []string) {
		return func(m *engine.Marks, _ []string) { m.Expected, m.Right = "", right }
	}
	return []remark{
		{"star", false, func(m *engine.Marks, _ []string) { m.Starred = true }},
		{"unstar", false, func(m *engine.Marks, _ []string) { m.Starred = false }},
		{"right", false, judge(new(true))},
		{"wrong", false, judge(new(false))},
		{"unjudged", false, judge(nil)},
		{"expected", true, func(m *engine.Marks, words []string) {
			m.Expected, m.Right = engine.Answer(strings.Join(words, " ")), nil
		}},
		{"note", true, func(m *engine.Marks, words []string) { m.Note = strings.Join(words, " ") }},
		{"tag", true, func(m *engine.Marks, words []string) { m.Tags = append(slices.Clone(m.Tags), words...) }},
		{"untag", true, func(m *engine.Marks, words []string) { m.Tags = m.Without(words) }},
	}
}

// remarkOf is the remark that words after an ID begin with.
func remarkOf(words []string) (r remark, ok bool) {
	for _, r := range remarks() {
		if len(words) > 1 && r.name == words[1] {
			return r, r.more || len(words) == 2
		}
	}
	return remark{}, false
}

func remarkFits(words []string) bool {
	_, ok := remarkOf(words)
	return ok
}

// mark keeps what a person says of a stored attempt.
func (s *session) mark(words []string) {
	s.look(func(ctx context.Context) error {
		if s.Env.Mark == nil {
			return &engine.Fault{Class: engine.Invalid, What: "attempts cannot be marked here"}
		}
		a, err := s.Env.Library.Attempt(ctx, words[0])
		if err != nil {
			return err
		}
		r, _ := remarkOf(words)
		m, err := s.Env.Mark(ctx, a.ID, func(m engine.Marks) engine.Marks {
			r.put(&m, words[2:])
			return m
		})
		if err != nil {
			return err
		}
		s.say("%s is marked with %s", a.ID, cmp.Or(phrase.Marks(m), "nothing"))
		return nil
	})
}

// formats are what attempts are written as, the first unless another one is named.
func formats() []string { return []string{"md", "html", "tex", "json", "jsonl"} }

func exportFits(words []string) bool {
	return len(words) == 1 || len(words) == 2 && slices.Contains(formats(), words[1])
}

// export writes a stored attempt into a new file.
func (s *session) export(words []string) {
	s.look(func(ctx context.Context) error {
		if s.Env.Export == nil {
			return &engine.Fault{Class: engine.Invalid, What: "nothing is saved, so nothing can be exported"}
		}
		a, err := s.Env.Library.Attempt(ctx, words[0])
		if err != nil {
			return err
		}
		format := formats()[0]
		if len(words) > 1 {
			format = words[1]
		}
		path, err := s.Env.Export(ctx, a, format)
		if err == nil {
			s.say("wrote %s", path)
		}
		return err
	})
}

// compare tells what two stored attempts differ in, and where their reasoning parts.
func (s *session) compare(words []string) {
	s.look(func(ctx context.Context) error {
		var both [2]*engine.Progress
		for i, ref := range words {
			a, err := s.Env.Library.Attempt(ctx, ref)
			if err != nil {
				return err
			}
			if both[i], err = s.load(a); err != nil {
				return err
			}
		}
		c := contrast.Of(both[0], both[1], contrast.Voter(both[0]), contrast.Voter(both[1]))
		for _, p := range phrase.Contrast(c, phrase.AsWritten()) {
			s.say("%s: the first %s, the second %s", p.Name, p.A, p.B)
		}
		where, one, other := phrase.Parting(c.Parting)
		if where != "" {
			s.say("%s", where)
		}
		if one+other != "" {
			s.say("the first: %s", one)
			s.say("the second: %s", other)
		}
		return nil
	})
}
