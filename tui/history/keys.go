package history

import (
	"fmt"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/tui/save"
	"github.com/aimo3/aimo3/tui/screen"
)

// fastest is the most that a replay can be sped up from here.
const fastest = 64

// keys are the bindings of this screen.
type keys struct {
	screen.Keys
	filter, clear, toList, replay, faster, slower, remove, undo, copy key.Binding
	goOn, closeIt, extend, yes, no                                    key.Binding
	export, compare                                                   key.Binding
}

func newKeys(k screen.Keys) keys {
	bind := k.Bind
	return keys{
		Keys:   k,
		filter: bind("/", "filter", "/"),
		clear:  k.Answer("esc", "clear the filter", "esc"),
		toList: k.Answer("enter", "to the list", "enter", "tab", "down", "up"),
		replay: bind("r", "replay", "r"),
		faster: bind("]", "replay faster", "]"),
		slower: bind("[", "replay slower", "["),
		remove: bind("x", "delete", "x", "delete"),
		undo:   bind("u", "restore", "u"),
		copy:   bind("y", "copy the answer", "y"),
		goOn:   bind("o", "go on with it", "o"), closeIt: bind("c", "close it", "c"),
		extend: bind("+", "add samples", "+", "="),
		export: save.Key(k), compare: bind("b", "compare with another", "b"),
		yes: k.Answer("y", "close it", "y", "Y"), no: k.Answer("n", "cancel", "n", "N", "esc"),
	}
}

// now are the bindings that do something in the present state.
func (k keys) now(s *Screen) []key.Binding {
	switch {
	case s.closing != nil:
		return []key.Binding{k.yes, k.no}
	case s.asking != nil:
		return []key.Binding{s.marking.save, s.marking.leave}
	case s.filter.Focused():
		return s.typingKeys()
	}
	var now []key.Binding
	if a, ok := s.selected(); ok && s.whyNot(a) == "" {
		now = append(now, k.goOn, k.closeIt)
	}
	if len(s.rows.all) > 0 {
		now = append(now, k.Open, k.replay, k.filter)
	} else if s.env.Library != nil {
		now = append(now, k.filter)
	}
	if a, ok := s.selected(); ok && s.whyNoMore(a) == "" {
		now = append(now, k.extend)
	}
	if a, ok := s.selected(); len(s.deleted) > 0 || ok && !a.Deleted.IsZero() {
		now = append(now, k.undo)
	}
	if a, ok := s.selected(); ok && s.whyNotDeleted(a) == "" {
		now = append(now, k.remove)
	}
	if a, ok := s.selected(); ok && s.env.Copy != nil && a.Verdict != nil && a.Verdict.Answer != "" {
		now = append(now, k.copy)
	}
	if m := s.marking; len(s.rows.all) > 0 && s.env.Mark != nil {
		now = append(now, m.star, m.tags, m.note, m.expected, m.judge)
	}
	if len(s.rows.all) > 0 {
		now = append(append(now, s.giving()...), k.Source, k.faster, k.slower, k.Up, k.Down, k.PageUp, k.PageDn, k.Top, k.End)
	}
	return append(now, s.filteredKeys()...)
}

// Words are those that help explains.
func (s *Screen) Words() []screen.Word {
	return []screen.Word{{Word: "weak", Means: "only in its reasoning"}, {Word: "? 42", Means: "the votes leave doubt"}, {Word: "unfinished", Means: "was cut short"}}
}

func (s *Screen) key(msg tea.KeyMsg) tea.Cmd {
	if cmd, taken := s.ownKey(msg); taken {
		return cmd
	}
	k := s.keys
	switch {
	case key.Matches(msg, k.filter) && s.env.Library != nil:
		s.filter.Focus()
		return s.listSaved()
	case key.Matches(msg, s.saved.save):
		return s.offerToSave()
	case key.Matches(msg, k.Open):
		return s.open(0)
	case key.Matches(msg, k.replay):
		return s.open(s.speed)
	case key.Matches(msg, k.faster, k.slower):
		return s.pace(msg)
	case key.Matches(msg, k.goOn):
		return s.goOn()
	case key.Matches(msg, k.closeIt):
		return s.offerToClose()
	case key.Matches(msg, k.extend):
		return s.extend()
	case key.Matches(msg, k.remove):
		return s.remove()
	case key.Matches(msg, k.undo):
		return s.undo()
	case key.Matches(msg, k.copy, k.export, k.compare):
		return s.give(msg)
	case key.Matches(msg, k.Source):
		s.toggleSource()
	case key.Matches(msg, k.Back):
		if s.typed() == "" {
			return screen.Send(screen.Back{})
		}
		return s.clearFilter()
	default:
		s.keys.Move(msg, s.list)
		return s.ahead()
	}
	return nil
}

// ownKey takes a key that is for a question, or for what is being typed, or that marks the
// selected attempt; false if it is none.
func (s *Screen) ownKey(msg tea.KeyMsg) (tea.Cmd, bool) {
	switch {
	case s.closing != nil:
		return s.decide(msg), true
	case s.asking != nil:
		return s.answer(msg), true
	case s.filter.Focused():
		return s.filterKey(msg), true
	}
	return s.markKey(msg)
}

// pace makes replays faster or slower.
func (s *Screen) pace(msg tea.KeyMsg) tea.Cmd {
	times := 2.0
	if key.Matches(msg, s.keys.slower) {
		times = 0.5
	}
	s.speed = min(max(s.speed*times, 1), fastest)
	return screen.Send(screen.Notice{Text: fmt.Sprintf("%s replays at %g×", s.keys.replay.Help().Key, s.speed)})
}
