package history

import (
	"context"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/screen"
)

// What the store and the clipboard answer.
type (
	deleted struct {
		attempt engine.Summary
		err     error
	}
	restored struct {
		attempt engine.Summary
		err     error
	}
	copied struct {
		answer, how string
		err         error
	}
)

// remove deletes the selected attempt. It goes from the list at once, and
// comes back should the store refuse.
func (s *Screen) remove() tea.Cmd {
	a, ok := s.selected()
	if !ok {
		return nil
	}
	if why := s.whyNotDeleted(a); why != "" {
		return screen.Send(screen.Notice{Text: why, Bad: true})
	}
	at := s.list.Selected()
	s.rows.remove(a.ID)
	s.shown("")
	s.list.Select(at)
	return s.call(func(ctx context.Context) tea.Msg { return deleted{a, s.env.Library.Delete(ctx, a.ID)} })
}

// whyNotDeleted says why an attempt cannot be deleted now; "" if it can.
func (s *Screen) whyNotDeleted(a engine.Summary) string {
	switch {
	case !a.Deleted.IsZero():
		return s.isDeleted()
	case s.rows.runs(a.ID):
		return "this one is running and cannot be deleted"
	case s.rows.elsewhere(a.ID):
		return isElsewhere + "it cannot be deleted"
	}
	return ""
}

func (s *Screen) afterDelete(msg deleted) tea.Cmd {
	if msg.err != nil {
		s.back(msg.attempt)
		return screen.Send(screen.Notice{Text: engine.Hint(msg.err), Bad: true})
	}
	s.deleted = append(s.deleted, msg.attempt)
	return screen.Send(screen.Notice{Text: "deleted “" + s.titles.Title(msg.attempt.Problem.Statement, 24) + "” · " + s.keys.undo.Help().Key + " brings it back"})
}

// undo restores the selected attempt if that was deleted, and else what was deleted last.
func (s *Screen) undo() tea.Cmd {
	if a, ok := s.selected(); ok && !a.Deleted.IsZero() {
		s.deleted = slices.DeleteFunc(s.deleted, func(b engine.Summary) bool { return b.ID == a.ID })
		return s.call(func(ctx context.Context) tea.Msg { return restored{a, s.env.Library.Restore(ctx, a.ID)} })
	}
	n := len(s.deleted)
	if n == 0 {
		return nil
	}
	a := s.deleted[n-1]
	s.deleted = s.deleted[:n-1]
	return s.call(func(ctx context.Context) tea.Msg { return restored{a, s.env.Library.Restore(ctx, a.ID)} })
}

func (s *Screen) afterRestore(msg restored) tea.Cmd {
	if msg.err != nil {
		s.deleted = append(s.deleted, msg.attempt)
		return screen.Send(screen.Notice{Text: engine.Hint(msg.err), Bad: true})
	}
	if s.rows.bin {
		delete(s.rows.gone, msg.attempt.ID)
		return tea.Batch(s.rows.refresh(s.chosen), screen.Send(screen.Notice{Text: "“" + s.titles.Title(msg.attempt.Problem.Statement, 24) + "” is back"}))
	}
	msg.attempt.Deleted = time.Time{}
	s.back(msg.attempt)
	return screen.Send(screen.Notice{Text: "“" + s.titles.Title(msg.attempt.Problem.Statement, 24) + "” is back"})
}

// back shows an attempt again and selects it.
func (s *Screen) back(a engine.Summary) {
	s.rows.put(a)
	s.shown(a.ID)
}

// copy sends the selected answer to the clipboard.
func (s *Screen) copy() tea.Cmd {
	a, ok := s.selected()
	if !ok || s.env.Copy == nil || a.Verdict == nil || a.Verdict.Answer == "" {
		return nil
	}
	answer, send := string(a.Verdict.Answer), s.env.Copy
	return func() tea.Msg {
		how, err := send(answer)
		return copied{answer, how, err}
	}
}

func (c copied) notice() screen.Notice {
	if c.err != nil {
		return screen.Notice{Text: engine.Hint(c.err), Bad: true}
	}
	return screen.Notice{Text: c.answer + " " + c.how}
}

func (s *Screen) call(f func(context.Context) tea.Msg) tea.Cmd {
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), within)
		defer cancel()
		return f(ctx)
	}
}

// done takes in what came of something that was asked for.
func (s *Screen) done(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case deleted:
		return s.afterDelete(msg)
	case restored:
		return s.afterRestore(msg)
	case marked:
		return s.afterMark(msg)
	case savedFilters:
		return s.seeSaved(msg)
	case copied:
		return screen.Send(msg.notice())
	}
	return nil
}
