package live

import (
	"fmt"

	"github.com/charmbracelet/bubbles/key"

	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/screen"
)

// playStatus is what the status line says of a replay.
func (s *Screen) playStatus() []screen.Part {
	p, again := s.player, s.keys.restart.Help().Key
	speed := fmt.Sprintf("replay %g×", p.speed)
	switch {
	case p.over():
		return screen.Say("replay", "at the end", again+" plays it again")
	case s.fault != nil:
		return screen.Say("replay", "not read", again+" reads it again")
	case p.speed == 0:
		return screen.Say("replay", "reading")
	case p.paused:
		return screen.Say(speed, "paused at "+p.position())
	}
	return screen.Say(speed, p.position())
}

// position is how far into the attempt a replay is, of how much.
func (p *player) position() string {
	at, took := min(p.at, p.stored.Took), p.stored.Took
	if p.over() {
		at = took
	}
	words := pane.Duration(at) + " of " + pane.Duration(took)
	if took > 0 {
		words += fmt.Sprintf(" (%d%%)", 100*at/took)
	}
	return words
}

// playing are the keys of a replay that do something now.
func (s *Screen) playing() []key.Binding {
	p, k, by := s.player, s.keys, s.keys.scrub
	switch {
	case p == nil || p.follows():
		return nil
	case p.over():
		return []key.Binding{k.restart}
	case s.fault != nil:
		k.restart.SetHelp(k.restart.Help().Key, "read it again")
		return []key.Binding{k.restart}
	case p.paused:
		k.pause.SetHelp(k.pause.Help().Key, "go on")
	}
	return []key.Binding{k.pause, k.faster, k.slower, by.step, by.ahead, by.back, by.goTo, k.finish, k.restart}
}

// rewinding are the keys by which one goes back into a replay that is over; what one does
// with an attempt that has ended comes before them.
func (s *Screen) rewinding() []key.Binding {
	if p := s.player; p == nil || p.follows() || !p.over() {
		return nil
	}
	return []key.Binding{s.keys.scrub.back, s.keys.scrub.goTo}
}
