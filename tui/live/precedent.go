package live

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/screen"
)

// precedents brings how often votes were right in scored attempts.
type precedents struct {
	id     engine.AttemptID
	splits []engine.Split
	err    error
}

// recall asks for the precedents, once, when there is a verdict to hold against
// them: what is shown is stored, so they count this attempt too.
func (s *Screen) recall() tea.Cmd {
	if s.recalled || s.progress.Verdict == nil || s.progress.Verdict.Votes == 0 || s.env.Library == nil {
		return nil
	}
	s.recalled = true
	library, id := s.env.Library, s.id
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		splits, err := library.Splits(ctx)
		return precedents{id, splits, err}
	}
}

// remember takes the precedents in.
func (s *Screen) remember(msg precedents) tea.Cmd {
	switch {
	case msg.id != s.id:
	case msg.err != nil:
		return screen.Send(screen.Notice{Text: engine.Hint(msg.err), Bad: true})
	default:
		s.splits = msg.splits
	}
	return nil
}
