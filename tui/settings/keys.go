package settings

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/tui/screen"
)

// keys are this screen's own.
type keys struct {
	change, unset, undo, find, again   key.Binding
	keep, cancel, nextValue, prevValue key.Binding // while a value is typed
	leave, clear                       key.Binding // while words are
}

func newKeys(k screen.Keys) keys {
	bind, answer := k.Bind, k.Answer
	return keys{
		change: bind("enter", "change", "enter"), unset: bind("d", "out of the file", "d", "delete"), undo: bind("u", "undo", "u"),
		find: bind("/", "find", "/"), again: bind("r", "read again", "r"),
		keep: answer("enter", "keep it", "enter"), cancel: answer("esc", "cancel", "esc"),
		nextValue: answer("tab", "next value", "tab", "down"), prevValue: answer("shift+tab", "previous value", "shift+tab", "up"),
		leave: answer("enter", "to the list", "enter", "down"), clear: answer("esc", "show all", "esc"),
	}
}

// Keys are what may be pressed now.
func (s *Screen) Keys() []key.Binding {
	g, k := s.env.Keys, s.keys
	switch {
	case s.edit != nil && len(s.edit.choices) > 0:
		return []key.Binding{k.keep, k.cancel, k.nextValue, k.prevValue}
	case s.edit != nil:
		return []key.Binding{k.keep, k.cancel}
	case s.typing:
		return []key.Binding{k.leave, k.clear}
	}
	var all []key.Binding
	if s.env.SetSetting != nil && s.selected().Key != "" {
		all = append(all, k.change)
		if s.selected().Kept {
			all = append(all, k.unset)
		}
		if s.now.Undo != "" {
			all = append(all, k.undo)
		}
	}
	all = append(all, k.find)
	if s.find.Value() != "" {
		all = append(all, k.clear)
	} else {
		all = append(all, g.Back)
	}
	return append(all, k.again, g.Up, g.Down, g.PageUp, g.PageDn, g.Top, g.End)
}

// Words are those that help explains.
func (s *Screen) Words() []screen.Word {
	return []screen.Word{
		{Word: "yours", Means: "from your own file"},
		{Word: "flag", Means: "from the command line"},
		{Word: "AIMO3_…", Means: "from the environment"},
		{Word: "***", Means: "a secret, not shown"},
	}
}

func (s *Screen) key(msg tea.KeyMsg) tea.Cmd {
	switch {
	case s.edit != nil:
		return s.editKey(msg)
	case s.typing:
		return s.findKey(msg)
	}
	switch k := s.keys; {
	case key.Matches(msg, k.clear) && s.find.Value() != "":
		s.look("")
	case key.Matches(msg, s.env.Keys.Back):
		return screen.Send(screen.Back{})
	case key.Matches(msg, k.change):
		return s.begin()
	case key.Matches(msg, k.unset):
		return s.toDefault()
	case key.Matches(msg, k.undo):
		return s.undo()
	case key.Matches(msg, k.find):
		s.typing = true
		s.find.Focus()
	case key.Matches(msg, k.again):
		return s.Init()
	default:
		s.env.Keys.Move(msg, s.list)
	}
	return nil
}

// findKey takes a key while words are typed.
func (s *Screen) findKey(msg tea.KeyMsg) tea.Cmd {
	switch {
	case key.Matches(msg, s.keys.clear):
		s.look("")
	case key.Matches(msg, s.keys.leave):
		s.typing = false
	default:
		var cmd tea.Cmd
		s.find, cmd = s.find.Update(msg)
		s.match(s.selected().Key)
		return cmd
	}
	return nil
}

// look has the list show what matches words, and takes none any more.
func (s *Screen) look(words string) {
	s.typing = false
	s.find.SetValue(words)
	s.match(s.selected().Key)
}

// mouse takes the wheel, and a click on a row, which is selected or, if it is selected
// already, edited.
func (s *Screen) mouse(msg tea.MouseMsg) tea.Cmd {
	if s.edit != nil {
		return nil
	}
	screen.Wheel(msg, s.list)
	_, y, clicked := screen.Click(msg)
	i := s.list.At(y)
	switch {
	case !clicked || i < 0:
		return nil
	case i == s.list.Selected():
		s.typing = false
		return s.begin()
	}
	s.typing = false
	s.list.Select(i)
	return nil
}
