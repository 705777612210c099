package history

import (
	"context"
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/phrase"
	"github.com/aimo3/aimo3/tui/screen"
)

// marking are the keys by which a person says something of the selected attempt.
type marking struct{ star, tags, note, expected, judge, save, leave key.Binding }

func newMarking(k screen.Keys) marking {
	bind := k.Bind
	return marking{
		star: bind("*", "star", "*"), tags: bind("t", "tags", "t"), note: bind("n", "note", "n"),
		expected: bind("e", "expected answer", "e"), judge: bind("v", "right, wrong, unsaid", "v"),
		save: k.Answer("enter", "save", "enter"), leave: k.Answer("esc", "cancel", "esc"),
	}
}

// marked is what the store answers.
type marked struct {
	id    engine.AttemptID
	said  string // what was kept, for people; "" if the list shows it
	marks engine.Marks
	typed *question // by which it was said; nil if by a key alone
	err   error
}

// markKey takes a key that says something of the selected attempt; false if it is none.
func (s *Screen) markKey(msg tea.KeyMsg) (tea.Cmd, bool) {
	k := s.marking
	a, ok := s.selected()
	if !ok || !key.Matches(msg, k.star, k.tags, k.note, k.expected, k.judge) {
		return nil, false
	}
	if s.env.Mark == nil {
		return screen.Send(screen.Notice{Text: "attempts cannot be marked here", Bad: true}), true
	}
	m := a.Marks
	switch {
	case key.Matches(msg, k.star):
		return s.mark(a.ID, "", func(now engine.Marks) engine.Marks {
			now.Starred = !m.Starred
			return now
		}, nil), true
	case key.Matches(msg, k.judge) && s.whyNotJudged(a) != "":
		return screen.Send(screen.Notice{Text: s.whyNotJudged(a), Bad: true}), true
	case key.Matches(msg, k.judge):
		return s.mark(a.ID, "", func(now engine.Marks) engine.Marks {
			now.Right = next(m.Right)
			return now
		}, nil), true
	case key.Matches(msg, k.tags):
		s.askMark(a.ID, "tags", strings.Join(m.Tags, " "), func(now *engine.Marks, said string) { now.Tags = retagged(now.Tags, m.Tags, engine.ParseTags(said)) })
	case key.Matches(msg, k.note):
		s.askMark(a.ID, "note", m.Note, func(now *engine.Marks, said string) { now.Note = said })
	default:
		s.askMark(a.ID, "expected answer", string(m.Expected), func(now *engine.Marks, said string) { now.Expected, now.Right = engine.Answer(said), nil })
	}
	return nil, true
}

// retagged are the tags that an attempt has now, with what a person made of those that were
// shown: what others tagged meanwhile stays.
func retagged(now, shown, said []string) []string {
	kept := slices.DeleteFunc(slices.Clone(now), func(tag string) bool { return slices.Contains(shown, tag) })
	return append(kept, said...)
}

// whyNotJudged says why a person's right or wrong does not count; "" if it does.
func (s *Screen) whyNotJudged(a engine.Summary) string {
	if a.Marks.Expected == "" {
		return ""
	}
	return "the expected answer decides: " + s.marking.expected.Help().Key + " changes or clears it"
}

// next is right, wrong, and then that nobody says so.
func next(right *bool) *bool {
	switch {
	case right == nil:
		return new(true)
	case *right:
		return new(false)
	}
	return nil
}

// askMark has a mark of an attempt typed, which set puts among those it has then. What is
// left as it was says nothing.
func (s *Screen) askMark(id engine.AttemptID, what, was string, set func(*engine.Marks, string)) {
	s.ask(what, was, engine.MaxNote, func(q *question, said string) tea.Cmd {
		if said == was {
			return nil
		}
		said = strings.TrimSpace(said)
		return s.mark(id, what+" kept", func(now engine.Marks) engine.Marks {
			now.Tags = slices.Clone(now.Tags)
			set(&now, said)
			return now
		}, q)
	})
}

// mark keeps a remark on an attempt; typed is the line on which it was said, nil if on none.
func (s *Screen) mark(id engine.AttemptID, said string, r engine.Remark, typed *question) tea.Cmd {
	keep := s.env.Mark
	return s.call(func(ctx context.Context) tea.Msg {
		m, err := keep(ctx, id, r)
		return marked{id, said, m, typed, err}
	})
}

func (s *Screen) afterMark(msg marked) tea.Cmd {
	if msg.err != nil {
		return s.refuse(msg.typed, msg.err)
	}
	if i := s.rows.find(msg.id); i >= 0 {
		s.rows.all[i].Marks = msg.marks
		s.detail.drawn = ""
		s.list.Redraw()
	}
	var cmds []tea.Cmd
	if msg.said != "" {
		cmds = append(cmds, screen.Send(screen.Notice{Text: msg.said}))
	}
	if len(s.chosen.Terms) > 0 { // it may be chosen by what was just said
		cmds = append(cmds, s.rows.refresh(s.chosen))
	}
	return tea.Batch(cmds...)
}

// titled is the title of an attempt with its star.
func titled(a engine.Summary, title string) string {
	if a.Marks.Starred {
		return phrase.Star + " " + title
	}
	return title
}
