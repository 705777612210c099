package history

import (
	"context"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/screen"
)

// followEvery is how often the store is asked whether somebody changed it.
const followEvery = time.Second

// maxAsked is how many attempts of other processes are looked at each time.
const maxAsked = 64

// changes is what the store says of itself.
type changes struct {
	of     *Screen
	number int64
	ended  bool // a process that took an attempt has ended, however it did
	err    error
}

// Resume looks again, now that the screen is on top.
func (s *Screen) Resume() tea.Cmd { return s.follow() }

// follow asks whether the store was changed, or another process has ended, one question at
// a time. So the list shows what others keep within moments, and reads nothing while there
// is nothing new.
func (s *Screen) follow() tea.Cmd {
	if s.env.Changes == nil || s.following {
		return nil
	}
	s.following = true
	ask, alive, others := s.env.Changes, s.env.Alive, s.rows.elsewheres(maxAsked)
	return s.call(func(ctx context.Context) tea.Msg {
		n, err := ask(ctx)
		ended := slices.ContainsFunc(others, func(id engine.AttemptID) bool { return !alive(id) })
		return changes{s, n, ended, err}
	})
}

// takeChanges reads the list anew if it is out of date, and asks again after a while.
func (s *Screen) takeChanges(msg changes) tea.Cmd {
	s.following = false
	s.dues++
	due := screen.Due{Of: s, Number: s.dues}
	later := tea.Tick(followEvery, func(time.Time) tea.Msg { return due })
	if msg.err != nil || msg.number == s.seen && !msg.ended {
		return later
	}
	s.seen = msg.number // at first the list is read once more: it may be older than this
	return tea.Batch(later, s.rows.refresh(s.chosen))
}
