package history

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/compare"
	"github.com/aimo3/aimo3/tui/save"
	"github.com/aimo3/aimo3/tui/screen"
)

// comparing is the attempt that another one is to be compared with; nil if none was marked.
type comparing struct{ with *engine.Summary }

// key is the binding, with what it does now.
func (c comparing) key(k key.Binding) key.Binding {
	if c.with != nil {
		k.SetHelp(k.Help().Key, "compare with the marked one")
	}
	return k
}

// giving are the keys that hand the selected attempt on, as far as they do now.
func (s *Screen) giving() []key.Binding {
	all := []key.Binding{s.comparing.key(s.keys.compare)}
	if s.env.Export != nil {
		all = append(all, s.keys.export)
	}
	return all
}

// give takes the keys that hand the selected attempt on.
func (s *Screen) give(msg tea.KeyMsg) tea.Cmd {
	switch {
	case key.Matches(msg, s.keys.export):
		return s.export()
	case key.Matches(msg, s.keys.compare):
		return s.compare()
	}
	return s.copy()
}

// export asks in which format the selected attempt is to be written.
func (s *Screen) export() tea.Cmd {
	a, ok := s.selected()
	if !ok {
		return nil
	}
	return save.Open(s.env, a)
}

// compare marks the selected attempt or, if another one is marked, shows both side by side.
func (s *Screen) compare() tea.Cmd {
	a, ok := s.selected()
	with := s.comparing.with
	switch {
	case !ok:
		return nil
	case with == nil:
		s.comparing.with = &a
		k := s.keys.compare.Help().Key
		return screen.Send(screen.Notice{Text: "marked “" + s.titles.Title(a.Problem.Statement, 24) + "” · " + k + " on another compares them"})
	case with.ID == a.ID:
		s.comparing.with = nil
		return screen.Send(screen.Notice{Text: "no longer marked"})
	}
	s.comparing.with = nil
	return screen.Send(screen.Open{Screen: compare.New(s.env, *with, a)})
}
