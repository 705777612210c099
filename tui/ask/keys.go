package ask

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/tui/screen"
)

// keys are the bindings of this screen; those of the editor itself are in
// newDraft.
type keys struct {
	screen.Keys
	solve, newline, file, model, more, fewer, double, halve, tools, undo, clear, pull key.Binding
	recent, take, leave, yes, no, cancel, load, drawn, complete, above, under         key.Binding
	goOn, closeIt, later                                                              key.Binding
}

func newKeys(k screen.Keys) keys {
	bind := k.Bind
	return keys{
		Keys:    k,
		solve:   bind("enter", "solve", "enter", "ctrl+s"),
		newline: bind("ctrl+j", "new line", "ctrl+j", "alt+enter"),
		file:    bind("ctrl+o", "load a file", "ctrl+o"),
		model:   bind("ctrl+l", "choose the model", "ctrl+l"),
		more:    bind("shift+↑", "more samples", "shift+up", "ctrl+up"),
		fewer:   bind("shift+↓", "fewer samples", "shift+down", "ctrl+down"),
		double:  bind("alt+↑", "twice the samples", "alt+up"),
		halve:   bind("alt+↓", "half the samples", "alt+down"),
		tools:   bind("ctrl+t", "code engine", "ctrl+t"),
		undo:    bind("ctrl+_", "undo", "ctrl+_"),
		clear:   bind("ctrl+x", "clear the problem", "ctrl+x"),
		pull:    bind("ctrl+d", "pull a model", "ctrl+d"),
		recent:  bind("tab", "recent problems", "tab"),
		drawn:   drawnKey(k.Source),
		take:    k.Answer("enter", "use it", "enter"),
		leave:   k.Answer("esc/tab", "to the problem", "esc", "tab"),
		yes:     k.Answer("y", "pull", "y", "Y"),
		no:      k.Answer("n", "cancel", "n", "N", "esc"),
		cancel:  k.Answer("esc", "cancel", "esc"),
		load:    k.Answer("enter", "load", "enter"), complete: k.Answer("tab", "complete the path", "tab"),
		above: k.Answer("↑", "up", "up"), under: k.Answer("↓", "down", "down"), // as letters are text
		goOn:    k.Answer("enter", "go on", "enter"), // no letters: they are text
		closeIt: k.Answer("ctrl+x", "close", "ctrl+x"),
		later:   k.Answer("esc", "later", "esc"),
	}
}

// drawnKey is the key that shows formulas as source, without the letters of the text.
func drawnKey(source key.Binding) key.Binding {
	k := screen.Untyped(source)
	k.SetHelp(screen.Named(k.Keys()...), k.Help().Desc)
	return k
}

// now are the bindings that do something in the present state.
func (k keys) now(s *Screen) []key.Binding {
	switch {
	case len(s.cut) > 0:
		return []key.Binding{k.goOn, k.closeIt, k.later}
	case s.asking():
		return []key.Binding{k.yes, k.no}
	case s.file != nil:
		if s.file.files.path() == "" {
			return []key.Binding{k.load, k.cancel}
		}
		return []key.Binding{k.load, k.complete, k.above, k.under, k.cancel}
	case s.picker != nil:
		return []key.Binding{k.take, k.cancel, k.Up, k.Down}
	case s.recent.focused:
		return []key.Binding{k.take, k.leave, k.Source, k.Up, k.Down, k.Top, k.End}
	}
	now := []key.Binding{k.solve, k.newline, k.file, k.model, k.more, k.fewer, k.tools, k.double, k.halve}
	if s.recent.shown() {
		now = append(now, k.recent)
		if _, missing := s.missing(); !missing {
			now = append(now, k.drawn)
		}
	}
	if s.draft.before != "" {
		now = append(now, k.undo)
	}
	if s.draft.area.Value() != "" {
		now = append(now, k.clear)
	}
	if s.canPull() {
		now = append(now, k.pull)
	}
	if s.pull != nil {
		now = append(now, k.cancel)
	}
	return now
}

// key sends a key press to what has the focus.
func (s *Screen) key(msg tea.KeyMsg) tea.Cmd {
	s.note = ""
	switch {
	case len(s.cut) > 0:
		return s.decide(msg)
	case s.asking():
		return s.answer(msg)
	case s.file != nil:
		return s.promptKey(msg)
	case s.picker != nil:
		s.pickerKey(msg)
		return nil
	case s.recent.focused:
		return s.recentKey(msg)
	case msg.Type == tea.KeyRunes && !msg.Alt:
		return s.typed(msg)
	}
	return s.command(msg)
}

// typed takes in plain text.
func (s *Screen) typed(msg tea.KeyMsg) tea.Cmd {
	s.hint = ""
	if msg.Paste {
		return s.pasted(msg)
	}
	return s.draft.update(msg)
}

func (s *Screen) command(msg tea.KeyMsg) tea.Cmd {
	k := s.keys
	if !key.Matches(msg, k.cancel) {
		s.hint = ""
	}
	switch {
	case key.Matches(msg, k.solve):
		return s.submit()
	case key.Matches(msg, k.file):
		return s.openPrompt()
	case key.Matches(msg, k.model):
		s.openPicker()
	case key.Matches(msg, k.more):
		s.setup.adjust(1)
	case key.Matches(msg, k.fewer):
		s.setup.adjust(-1)
	case key.Matches(msg, k.double, k.halve):
		s.setup.scale(key.Matches(msg, k.double))
	case key.Matches(msg, k.tools):
		s.setup.retool()
	case key.Matches(msg, k.undo):
		s.draft.undo()
	case key.Matches(msg, k.clear):
		s.draft.replace("", typed)
	case key.Matches(msg, k.drawn):
		s.recent.toggleSource()
	case key.Matches(msg, k.recent):
		s.recent.focused = s.recent.shown()
	case s.canPull() && key.Matches(msg, k.pull):
		s.offer()
	case key.Matches(msg, k.cancel):
		return s.escape()
	default:
		return s.draft.update(msg)
	}
	return nil
}

// escape puts away one thing: the hint, else the download.
func (s *Screen) escape() tea.Cmd {
	switch {
	case s.hint != "":
		s.hint = ""
	case s.pull != nil:
		s.pull.begun.Stop()
	}
	return nil
}

func (s *Screen) recentKey(msg tea.KeyMsg) tea.Cmd {
	k, list := s.keys, s.recent.list
	switch {
	case key.Matches(msg, k.take):
		if text, ok := s.recent.selected(); ok {
			s.draft.replace(text, "typed")
		}
		s.recent.focused = false
	case key.Matches(msg, k.leave):
		s.recent.focused = false
	case key.Matches(msg, k.Source):
		s.recent.toggleSource()
	case key.Matches(msg, k.Up):
		list.Move(-1)
	case key.Matches(msg, k.Down):
		list.Move(1)
	case key.Matches(msg, k.Top):
		list.Top()
	case key.Matches(msg, k.End):
		list.End()
	case msg.Type == tea.KeyRunes && !msg.Alt:
		return nil
	default: // a command such as ctrl+o works from here too
		s.recent.focused = false
		return s.command(msg)
	}
	return nil
}
