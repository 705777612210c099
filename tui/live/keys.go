package live

import (
	"fmt"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/screen"
)

// keys are this screen's own bindings; the shared ones are in screen.Keys.
type keys struct {
	prev, next, think, output, problem, stop, stopAll key.Binding
	times                                             key.Binding
	copyAnswer, copyReply                             key.Binding
	pause, faster, slower, restart, finish, afresh    key.Binding
}

func newKeys() keys {
	bind := func(help, does string, keys ...string) key.Binding {
		return key.NewBinding(key.WithKeys(keys...), key.WithHelp(help, does))
	}
	return keys{
		prev: bind("←/h", "previous sample", "left", "h", "shift+tab"), next: bind("→/l", "next sample", "right", "l", "tab"),
		think: bind("t", "hide thinking", "t"), output: bind("o", "full outputs", "o"), problem: bind("p", "whole problem", "p"),
		times: bind("w", "where the time goes", "w"),
		stop:  bind("s", "stop this sample", "s"), stopAll: bind("S", "stop all samples", "S"),
		copyAnswer: bind("y", "copy the answer", "y"), copyReply: bind("Y", "copy this reply", "Y"),
		pause: bind("space", "pause", " "), faster: bind("+", "faster", "+", "="), slower: bind("-", "slower", "-", "_"),
		restart: bind("r", "from the start", "r"), finish: bind("x", "to the end", "x"),
		afresh: bind("f", "solve afresh", "f"),
	}
}

// Keys are what may be pressed now.
func (s *Screen) Keys() []key.Binding {
	all := []key.Binding{s.keys.prev, s.keys.next, s.keys.think, s.keys.output, s.keys.problem, s.keys.times, s.env.Keys.Source}
	if s.transcript(s.chosen).Wide() > 0 && !s.fall.shown {
		all = append([]key.Binding{s.env.Keys.Left, s.env.Keys.Right}, all...)
	}
	switch {
	case s.player != nil && s.player.over():
		all = append(all, s.keys.restart)
	case s.player != nil:
		all = append(all, s.keys.pause, s.keys.faster, s.keys.slower, s.keys.restart, s.keys.finish)
	case s.stoppable():
		all = append(all, s.keys.stop, s.keys.stopAll)
	case s.Running() > 0:
		all = append(all, s.keys.stopAll)
	}
	if s.env.Copy != nil {
		all = append(all, s.keys.copyAnswer, s.keys.copyReply)
	}
	if s.cached != nil {
		all = append([]key.Binding{s.keys.afresh}, all...)
	}
	g := s.env.Keys
	return append(all, g.Up, g.Down, g.PageUp, g.PageDn, g.Top, g.End, g.Back)
}

// Words are those that help explains.
func (s *Screen) Words() []screen.Word {
	return []screen.Word{{Word: weakSign + " weak", Means: "only in its reasoning"}}
}

func (s *Screen) key(msg tea.KeyMsg) tea.Cmd {
	switch {
	case key.Matches(msg, s.env.Keys.Back):
		return screen.Send(screen.Back{})
	case s.cached != nil && key.Matches(msg, s.keys.afresh):
		return s.cached.again()
	case s.player != nil && s.player.key(msg, s.keys):
		return s.replay(msg)
	case s.env.Copy != nil && key.Matches(msg, s.keys.copyAnswer):
		return s.copy("the answer", s.answer())
	case s.env.Copy != nil && key.Matches(msg, s.keys.copyReply):
		return s.copy("the reply", s.reply())
	case s.stoppable() && key.Matches(msg, s.keys.stop):
		return s.stop(s.chosen, fmt.Sprintf("stopping sample %d", s.chosen+1))
	case s.Running() > 0 && key.Matches(msg, s.keys.stopAll):
		return s.stop(-1, "stopping all samples")
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
	case key.Matches(msg, s.keys.problem):
		s.whole = !s.whole
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
	case key.Matches(msg, g.Top):
		t.Top()
	case key.Matches(msg, g.End):
		t.End()
	}
}

func (s *Screen) wheel(msg tea.MouseMsg) {
	switch msg.Button {
	case tea.MouseButtonWheelUp:
		s.wheelBy(-3)
	case tea.MouseButtonWheelDown:
		s.wheelBy(3)
	}
}

func (s *Screen) wheelBy(lines int) {
	if s.fall.shown {
		s.fall.scroll(lines)
		return
	}
	s.transcript(s.chosen).Scroll(lines)
}

// stoppable says whether the chosen sample runs, or is yet to.
func (s *Screen) stoppable() bool {
	return s.Running() > 0 && s.chosen < len(s.progress.Samples) && s.progress.Samples[s.chosen].Open()
}

func (s *Screen) stop(sample int, notice string) tea.Cmd {
	id, stop := s.id, s.env.Stop
	return func() tea.Msg {
		if err := stop(id, sample); err != nil {
			return screen.Notice{Text: engine.Hint(err), Bad: true}
		}
		return screen.Notice{Text: notice}
	}
}
