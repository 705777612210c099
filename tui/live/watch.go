package live

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/screen"
)

// Watch opens the live screen of an attempt that a server takes, and then has its events
// arrive. The attempt goes on whatever becomes of the screen.
func Watch(env screen.Env, id engine.AttemptID, problem engine.Problem) tea.Cmd {
	s := New(env, id, problem)
	s.watched = true
	return tea.Sequence(
		screen.Send(screen.Open{Screen: s}),
		func() tea.Msg {
			over, err := env.Watch(id)
			if !over {
				return nil
			}
			return screen.Ended{ID: id, Err: err}
		},
	)
}

// Watches says whether this screen shows an attempt that a server takes, and which.
func (s *Screen) Watches() (engine.AttemptID, bool) { return s.id, s.watched }
