package live

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/tui/screen"
)

// keys are this screen's own bindings; the shared ones are in screen.Keys.
type keys struct {
	number, prev, next, think, output, problem, times key.Binding
	hint, more, rule, stop, stopAll, again, machine   key.Binding
	copyAnswer, copyReply                             key.Binding
	pause, faster, slower, restart, finish            key.Binding
	give, toAll, add, oneMore, oneLess                key.Binding // in dialogs, as all below
	choose, above, below, yes, no, cancel             key.Binding
	find                                              seekKeys
	grid                                              gridKeys
	scrub                                             scrubKeys
}

func newKeys(k screen.Keys) keys {
	bind, answer := k.Bind, k.Answer
	return keys{
		number: k.Fixed("1-9", "sample", "1", "2", "3", "4", "5", "6", "7", "8", "9", "0"),
		prev:   bind("←", "previous sample", "left", "shift+tab"), next: bind("→", "next sample", "right", "tab"),
		think: bind("t", "hide thinking", "t"), output: bind("o", "full outputs", "o"), problem: bind("p", "whole problem", "p"),
		times: bind("w", "where the time goes", "w"), machine: bind("M", "hide the machine", "M"),
		hint: bind("h", "hint", "h"), more: bind("+", "add samples", "+", "="),
		rule: bind("c", "stop rule", "c"), again: bind("R", "solve again", "R"),
		stop: bind("s", "stop", "s"), stopAll: bind("S", "stop all", "S"),
		copyAnswer: bind("y", "copy the answer", "y"), copyReply: bind("Y", "copy this reply", "Y"),
		pause: bind("space", "pause", " "), faster: bind("]", "faster", "]"), slower: bind("[", "slower", "["),
		restart: bind("r", "from the start", "r"), finish: bind("x", "to the end", "x"),
		give: answer("enter", "give it", "enter"), toAll: answer("tab", "one or all", "tab"), add: answer("enter", "add them", "enter"),
		oneMore: answer("↑", "more", "up"), oneLess: answer("↓", "fewer", "down"),
		choose: answer("enter", "choose", "enter"), above: answer("↑", "up", "up", "k"), below: answer("↓", "down", "down", "j"),
		yes: answer("y", "stop them", "y", "Y"), no: answer("n", "go on", "n", "N"), cancel: answer("esc", "cancel", "esc"),
		find: newSeekKeys(k), grid: newGridKeys(k), scrub: newScrubKeys(k),
	}
}

// Keys are what may be pressed now.
func (s *Screen) Keys() []key.Binding {
	if s.ask != nil {
		return s.ask.keys()
	}
	k := s.keys.find
	if s.seek.typing {
		return []key.Binding{k.keep, k.leave}
	}
	all := s.choosing()
	if s.seek.words != "" {
		all = append([]key.Binding{k.nextMatch, k.prevMatch, k.leave}, all...)
	}
	if s.transcript(s.chosen).Wide() > 0 && !s.fall.shown {
		all = append(all, s.env.Keys.Left, s.env.Keys.Right)
	}
	all = append(all, s.playing()...)
	all = append(all, s.granting()...)
	all = append(all, s.copying()...)
	all = append(all, s.rewinding()...)
	all = append(all, s.stepping()...)
	all = append(all, s.keys.think, s.keys.output, s.keys.problem, s.keys.times, s.env.Keys.Source)
	all = append(append(all, k.shown()...), s.handing()...)
	if s.player == nil {
		hide := s.keys.machine
		if s.machine.hidden {
			hide.SetHelp(hide.Help().Key, "show the machine")
		}
		all = append(all, hide)
	}
	if all = append(all, s.scrolling()...); s.seek.words == "" {
		all = append(all, s.env.Keys.Back)
	}
	return all
}

// Words are those that help explains.
func (s *Screen) Words() []screen.Word {
	return []screen.Word{
		{Word: "○", Means: "waits for its turn"},
		{Word: "●", Means: "thinks or writes"},
		{Word: "◉", Means: "runs code"},
		{Word: "✓ 42", Means: "ended with this"},
		{Word: "■", Means: "stopped"},
		{Word: "✗", Means: "failed, or cut off"},
		{Word: "–", Means: "ended without answer"},
		{Word: "! 42", Means: "out of range: no vote"},
		{Word: "? 42", Means: "the votes leave doubt"},
		{Word: weakSign + " weak", Means: "only in its reasoning"},
		{Word: "#3 #1", Means: "samples that said it"},
		{Word: "≈", Means: "an estimate"},
		{Word: "conf", Means: "model's confidence"},
		{Word: "in flight", Means: "samples at work"},
		{Word: "ctx", Means: "context window filled"},
		{Word: "retry", Means: "a reply asked again"},
		{Word: "breaker", Means: "open: requests wait"},
	}
}

func (s *Screen) key(msg tea.KeyMsg) tea.Cmd {
	if s.ask != nil {
		return s.dialogKey(msg)
	}
	if s.seek.typing {
		return s.seekKey(msg)
	}
	if cmd, taken := s.find(msg); taken {
		return cmd
	}
	if cmd, taken := s.steer(msg); taken {
		return cmd
	}
	if cmd, taken := s.scrub(msg); taken {
		return cmd
	}
	if cmd, taken := s.digit(msg); taken {
		return cmd
	}
	if cmd, taken := s.gridKey(msg); taken {
		return cmd
	}
	switch {
	case key.Matches(msg, s.env.Keys.Back):
		return screen.Send(screen.Back{})
	case key.Matches(msg, s.keys.scrub.export, s.keys.scrub.events):
		return s.handOn(msg)
	case s.player != nil && !s.player.follows() && s.player.key(msg, s.keys):
		return s.replay(msg)
	case key.Matches(msg, s.copying()...):
		return s.copyBy(msg)
	}
	s.look(msg)
	return nil
}

// look takes the keys that change only what is shown.
func (s *Screen) look(msg tea.KeyMsg) {
	switch {
	case key.Matches(msg, s.keys.prev):
		s.choose(-1)
	case key.Matches(msg, s.keys.next):
		s.choose(1)
	case key.Matches(msg, s.keys.think):
		s.fold()
	case key.Matches(msg, s.keys.output):
		t := s.transcript(s.chosen)
		t.Unfold(!t.Unfolded())
	case key.Matches(msg, s.keys.times):
		s.fall.shown = !s.fall.shown
	case key.Matches(msg, s.env.Keys.Source):
		s.toggleSource()
	case key.Matches(msg, s.env.Keys.Left):
		s.transcript(s.chosen).Sideways(-sideways)
	case key.Matches(msg, s.env.Keys.Right):
		s.transcript(s.chosen).Sideways(sideways)
	case s.player == nil && key.Matches(msg, s.keys.machine):
		s.machine.hidden = !s.machine.hidden
		s.Resize(s.width, s.height)
	case key.Matches(msg, s.keys.problem):
		s.reading.turn()
		s.Resize(s.width, s.height)
	default:
		s.scroll(msg)
	}
}

// sideways is how many cells a key moves wide text.
const sideways = 8

func (s *Screen) choose(by int) {
	if n := len(s.samples); n > 0 {
		s.chosen, s.steered = (s.chosen+by+n)%n, true
	}
}

func (s *Screen) fold() {
	folded := !s.transcript(s.chosen).Folded()
	for _, t := range s.samples {
		t.Fold(folded)
	}
}

func (s *Screen) scroll(msg tea.KeyMsg) {
	if s.fall.shown {
		s.fall.key(msg, s)
		return
	}
	t, g := s.transcript(s.chosen), s.env.Keys
	switch {
	case key.Matches(msg, g.Up):
		t.Scroll(-1)
	case key.Matches(msg, g.Down):
		t.Scroll(1)
	case key.Matches(msg, g.PageUp):
		t.Page(-1)
	case key.Matches(msg, g.PageDn):
		t.Page(1)
	case key.Matches(msg, s.keys.grid.top):
		t.Top()
	case key.Matches(msg, g.End):
		t.End()
	}
}
