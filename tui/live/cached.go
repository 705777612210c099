package live

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/phrase"
	"github.com/aimo3/aimo3/tui/screen"
)

// cached is a verdict that was kept, on the screen of its attempt.
type cached struct {
	engine.Cached
	again func() tea.Cmd
}

// Cached returns the screen of a verdict that was kept: its attempt, at its end. Again
// has the problem attempted afresh.
func Cached(env screen.Env, hit engine.Cached, again func() tea.Cmd) *Screen {
	s := Replay(env, hit.Attempt, 0)
	s.cached = &cached{hit, again}
	if !hit.Here {
		s.player.given = hit.Events
	}
	return s
}

// words say that the verdict was kept, and how old it is.
func (c *cached) words() string { return phrase.Cached(c.Cached) }

// cachedStatus is what the status line says of it once it is shown.
func (s *Screen) cachedStatus() []screen.Part {
	return screen.Say(phrase.CacheHit(s.cached.Cached), s.keys.again.Help().Key+" solves again")
}
