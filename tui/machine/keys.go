package machine

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/tui/screen"
)

// part is one of the kinds of panes.
type part int

// The kinds, in the order in which they stand.
const (
	cpuPart part = iota
	memoryPart
	diskPart
	networkPart
	gpuPart
	tokensPart
	modelsPart
	processesPart
	parts
)

// partKeys are the key of each kind that hides and shows it, and what it is called.
func partKeys() [parts]struct{ key, name string } {
	return [parts]struct{ key, name string }{
		cpuPart: {"c", "CPU"}, memoryPart: {"m", "memory"}, diskPart: {"d", "disk"}, networkPart: {"n", "network"},
		gpuPart: {"v", "GPUs"}, tokensPart: {"t", "tokens"}, modelsPart: {"l", "loaded models"}, processesPart: {"p", "processes"},
	}
}

// keys are this screen's own.
type keys struct {
	pause, longer, shorter, unload, yes, no key.Binding
	parts                                   [parts]key.Binding
}

func newKeys(g screen.Keys) keys {
	bind := g.Bind
	k := keys{
		pause: bind("space", "pause", " "), longer: bind("+", "more time", "+", "="), shorter: bind("-", "less time", "-", "_"),
		unload: bind("x", "unload", "x"), yes: g.Answer("y", "yes", "y", "Y"), no: g.Answer("n", "no", "n", "N", "esc"),
	}
	for i, p := range partKeys() {
		k.parts[i] = bind(p.key, "hide "+p.name, p.key)
	}
	return k
}

// Keys are what may be pressed now.
func (s *Screen) Keys() []key.Binding {
	if s.asking.Name != "" {
		return []key.Binding{s.keys.yes, s.keys.no}
	}
	g, all := s.env.Keys, s.firstKeys()
	for i, p := range partKeys() {
		k := s.keys.parts[i]
		if s.hidden[i] {
			k.SetHelp(k.Help().Key, "show "+p.name)
		}
		all = append(all, k)
	}
	if s.count > s.room() {
		all = append(all, g.Up, g.Down, g.PageUp, g.PageDn, g.Top, g.End)
	}
	return all
}

// firstKeys are those that matter most.
func (s *Screen) firstKeys() []key.Binding {
	g, k := s.env.Keys, s.keys
	if s.paused {
		k.pause.SetHelp(k.pause.Help().Key, "go on")
	}
	all := []key.Binding{k.pause, k.longer, k.shorter}
	if s.unloads() {
		all = append(all, k.unload)
		if len(s.shown.Loaded) > 1 {
			g.Next.SetHelp(g.Next.Help().Key, "next model")
			all = append(all, g.Next)
		}
	}
	return append(all, g.Back)
}

// Words are those that help explains.
func (s *Screen) Words() []screen.Word {
	return []screen.Word{
		{Word: "100%┤", Means: "the top of a scale"},
		{Word: "▁", Means: "nothing, or little"},
		{Word: "a gap", Means: "not read then"},
		{Word: "runner", Means: "runs a model"},
	}
}

func (s *Screen) key(msg tea.KeyMsg) tea.Cmd {
	if s.asking.Name != "" {
		return s.answer(msg)
	}
	switch k := s.env.Keys; {
	case key.Matches(msg, k.Back):
		return screen.Send(screen.Back{})
	case key.Matches(msg, s.keys.pause):
		return s.pause()
	case key.Matches(msg, s.keys.longer):
		return s.zoom(1)
	case key.Matches(msg, s.keys.shorter):
		return s.zoom(-1)
	case s.unloads() && key.Matches(msg, s.keys.unload):
		s.asking = s.model()
	case s.unloads() && key.Matches(msg, k.Next):
		s.choose()
	default:
		for i := range s.keys.parts {
			if key.Matches(msg, s.keys.parts[i]) {
				s.hidden[i] = !s.hidden[i]
				return s.look()
			}
		}
		k.Move(msg, scroller{s})
	}
	return nil
}

// pause holds what is in view; going on shows what is so now.
func (s *Screen) pause() tea.Cmd {
	s.paused = !s.paused
	if s.paused {
		return nil
	}
	s.read(s.latest)
	return s.look()
}

// Refused are the keys that do nothing now.
func (s *Screen) Refused() []screen.Refused {
	if s.asking.Name != "" || s.unloads() {
		return nil
	}
	why := "no model is in memory"
	if s.env.Unload == nil {
		why = "models are unloaded where their server is asked"
	}
	return []screen.Refused{{Key: s.keys.unload, Why: why}}
}
