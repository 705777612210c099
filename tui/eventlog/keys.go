package eventlog

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/tui/screen"
)

// Keys are what may be pressed now.
func (s *Screen) Keys() []key.Binding {
	k := s.env.Keys
	switch {
	case s.env.Log == nil:
		return []key.Binding{k.Back}
	case s.Typing():
		return []key.Binding{s.keys.toList, s.keys.clear}
	}
	return []key.Binding{s.keys.filter, s.keys.level, k.Up, k.Down, k.PageUp, k.PageDn, k.Top, k.End, k.Back}
}

// Refused are the keys that do nothing now.
func (s *Screen) Refused() []screen.Refused {
	if s.env.Log != nil {
		return nil
	}
	why := s.env.WhyNone("aimo3 log")
	return []screen.Refused{{Key: s.keys.filter, Why: why}, {Key: s.keys.level, Why: why}}
}

func (s *Screen) key(msg tea.KeyMsg) tea.Cmd {
	if s.Typing() {
		return s.filterKey(msg)
	}
	switch k := s.env.Keys; {
	case key.Matches(msg, s.keys.filter) && s.env.Log != nil:
		s.filter.Focus()
	case key.Matches(msg, s.keys.level) && s.env.Log != nil:
		s.level = (s.level + 1) % len(levels())
		s.sift()
	case key.Matches(msg, k.Back) && s.filter.Value() != "":
		s.filter.SetValue("")
		s.sift()
	case key.Matches(msg, k.Back):
		return screen.Send(screen.Back{})
	default:
		s.env.Keys.Move(msg, s.list)
	}
	return nil
}

func (s *Screen) filterKey(msg tea.KeyMsg) tea.Cmd {
	cmd, changed := screen.Filter(msg, &s.filter, s.keys.toList, s.keys.clear)
	if changed {
		s.sift()
	}
	return cmd
}
