package history

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
)

// opened says of an attempt without an end that is to be shown whether a process takes it.
type opened struct {
	attempt engine.Summary
	alive   bool
	speed   float64
}

// open shows the selected attempt: on its live screen while this app takes it, as it goes
// on while another process does, and else its end at speed 0, or played.
func (s *Screen) open(speed float64) tea.Cmd {
	a, ok := s.selected()
	switch {
	case !ok:
		return nil
	case s.env.Watch != nil && s.rows.runs(a.ID):
		return live.Watch(s.env, a.ID, a.Problem)
	case s.rows.runs(a.ID):
		return screen.Send(screen.Raise{Attempt: a.ID})
	case a.Verdict == nil && s.env.Alive != nil:
		alive := s.env.Alive
		return func() tea.Msg { return opened{a, alive(a.ID), speed} }
	}
	return screen.Send(screen.Open{Screen: live.Replay(s.env, a, speed)})
}

func (s *Screen) afterOpen(msg opened) tea.Cmd {
	a := msg.attempt
	switch s.rows.setAlive(a.ID, msg.alive); {
	case s.rows.runs(a.ID): // it began to here meanwhile
		return screen.Send(screen.Raise{Attempt: a.ID})
	case msg.alive:
		return screen.Send(screen.Open{Screen: live.Follow(s.env, a)})
	}
	s.list.Redraw()
	return screen.Send(screen.Open{Screen: live.Replay(s.env, a, msg.speed)})
}
