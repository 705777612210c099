package models

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/tui/screen"
)

// keys are this screen's own.
type keys struct {
	pull, other, preset, drop, keep, unload, stop key.Binding
	yes, no, take, cancel                         key.Binding
}

func newKeys(k screen.Keys) keys {
	bind, answer := k.Bind, k.Answer
	return keys{
		pull: bind("enter", "pull", "enter", "p"), other: bind("n", "pull by name", "n"), preset: bind("s", "set as default", "s"),
		drop: bind("d", "delete", "d", "delete"), keep: bind("u", "undo the delete", "u"), unload: bind("x", "unload", "x"), stop: bind("esc", "stop the download", "esc"),
		yes: answer("y", "yes", "y", "Y"), no: answer("n", "no", "n", "N", "esc"),
		take: answer("enter", "pull it", "enter"), cancel: answer("esc", "cancel", "esc"),
	}
}

// What may be done to the selected model now.
func (s *Screen) pulls() bool { return s.env.Pull != nil && s.pull == nil && s.reachable() }

func (s *Screen) canPull() bool {
	return s.pulls() && s.selected().name != "" && s.selected().model == nil
}

func (s *Screen) canDelete() bool {
	return s.env.Delete != nil && s.busy == "" && s.deletion == nil && s.selected().model != nil
}

func (s *Screen) canUnload() bool {
	return s.env.Unload != nil && s.busy == "" && s.selected().held != nil
}

func (s *Screen) canSet() bool {
	r := s.selected()
	return s.env.SetSetting != nil && s.busy == "" && r.model != nil && r.model.Replies()
}

// reachable says whether the server answers.
func (s *Screen) reachable() bool {
	return s.server != nil && s.server.Fault == nil && s.server.Version != "" && s.server.Busy == ""
}

// Keys are what may be pressed now.
func (s *Screen) Keys() []key.Binding {
	g, k := s.env.Keys, s.keys
	switch {
	case s.asking != nil:
		return []key.Binding{k.yes, k.no}
	case s.naming != nil:
		return []key.Binding{k.take, k.cancel}
	}
	var all []key.Binding
	for _, one := range []struct {
		can bool
		key key.Binding
	}{{s.pull != nil, k.stop}, {s.canPull(), k.pull}, {s.canSet(), k.preset}, {s.canDelete(), k.drop}, {s.Undoable(), k.keep}, {s.canUnload(), k.unload}, {s.pulls(), k.other}, {s.pull == nil, g.Back}} {
		if one.can {
			all = append(all, one.key)
		}
	}
	return append(all, g.Up, g.Down, g.PageUp, g.PageDn, g.Top, g.End)
}

// Words are those that help explains.
func (s *Screen) Words() []screen.Word {
	return []screen.Word{
		{Word: "●", Means: "in memory for how long"},
		{Word: "○", Means: "installed"},
		{Word: "↓", Means: "can be pulled"},
		{Word: "*", Means: "the default"},
	}
}

func (s *Screen) key(msg tea.KeyMsg) tea.Cmd {
	switch {
	case s.asking != nil:
		return s.answer(msg)
	case s.naming != nil:
		return s.nameKey(msg)
	}
	switch k := s.keys; {
	case s.pull != nil && key.Matches(msg, k.stop):
		s.pull.Stop()
	case key.Matches(msg, s.env.Keys.Back):
		return screen.Send(screen.Back{})
	case s.canPull() && key.Matches(msg, k.pull):
		s.askPull(s.selected().name)
	case s.canSet() && key.Matches(msg, k.preset):
		return s.setDefault(s.selected())
	case s.canDelete() && key.Matches(msg, k.drop):
		s.askDelete(s.selected())
	case s.Undoable() && key.Matches(msg, k.keep):
		return s.undo()
	case s.canUnload() && key.Matches(msg, k.unload):
		s.askUnload(s.selected())
	case s.pulls() && key.Matches(msg, k.other):
		s.name()
	default:
		s.fault = ""
		s.env.Keys.Move(msg, s.list)
	}
	return nil
}

// mouse takes the wheel, and a click, which selects the row that it is on.
func (s *Screen) mouse(msg tea.MouseMsg) tea.Cmd {
	if s.asking == nil && s.naming == nil {
		screen.Wheel(msg, s.list)
		screen.SelectRow(msg, s.list, 0)
	}
	return nil
}
