// Package compare is the screen that shows two stored attempts side by side: what differs
// in their settings and in what came of them, and where the reasoning of two samples parts.
// Formulas are drawn on one line each, so that what is beside each other stays so; a key shows
// their source.
package compare

import (
	"context"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/contrast"
	"github.com/aimo3/aimo3/engine/wire"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// How the two attempts are read.
const (
	within = 30 * time.Second
	page   = 2000 // events at a time
)

// Screen shows two attempts, once they have been read.
type Screen struct {
	env     screen.Env
	stored  [2]engine.Summary
	both    [2]*engine.Progress
	samples [2]int             // that are compared
	found   *contrast.Contrast // nil until both are read
	titles  pane.Titles        // of both statements
	source  bool               // formulas are shown as they were written
	fault   error
	keys    keys
	lines   []string // drawn in a width
	top     int

	width, height int
}

type keys struct{ nextA, nextB, swap key.Binding }

// New returns the screen of two attempts, the first at the left.
func New(env screen.Env, a, b engine.Summary) *Screen {
	bind := env.Keys.Bind
	s := &Screen{env: env, stored: [2]engine.Summary{a, b}, keys: keys{bind("a", "next sample of the left", "a"), bind("b", "next sample of the right", "b"), bind("s", "swap sides", "s")}}
	s.Resize(80, 22)
	return s
}

// read brings both attempts.
type read struct {
	of   *Screen
	both [2]*engine.Progress
	err  error
}

// Init reads both.
func (s *Screen) Init() tea.Cmd {
	library, stored := s.env.Library, s.stored
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), within)
		defer cancel()
		msg := read{of: s}
		for i, a := range stored {
			p, err := wire.ProgressOf(a, page, func(after uint64) ([]engine.Event, error) { return library.Events(ctx, a.ID, after, page) })
			if err != nil {
				msg.err = err
				return msg
			}
			msg.both[i] = p
		}
		return msg
	}
}

// Update takes a key, or what was read.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case read:
		if msg.of != s {
			return nil
		}
		if s.both, s.fault = msg.both, msg.err; msg.err == nil {
			s.samples = [2]int{contrast.Voter(s.both[0]), contrast.Voter(s.both[1])}
		}
		s.contrast()
	case tea.KeyMsg:
		return s.key(msg)
	case tea.MouseMsg:
		screen.Wheel(msg, s)
	}
	return nil
}

// contrast compares anew.
func (s *Screen) contrast() {
	if s.both[0] != nil && s.both[1] != nil {
		c := contrast.Of(s.both[0], s.both[1], s.samples[0], s.samples[1])
		s.found = &c
		s.titles.Of([]string{c.A.Statement, c.B.Statement})
	}
	s.draw()
}

func (s *Screen) key(msg tea.KeyMsg) tea.Cmd {
	switch {
	case key.Matches(msg, s.env.Keys.Back):
		return screen.Send(screen.Back{})
	case key.Matches(msg, s.keys.nextA):
		s.next(0)
	case key.Matches(msg, s.keys.nextB):
		s.next(1)
	case key.Matches(msg, s.keys.swap):
		s.stored[0], s.stored[1] = s.stored[1], s.stored[0]
		s.both[0], s.both[1] = s.both[1], s.both[0]
		s.samples[0], s.samples[1] = s.samples[1], s.samples[0]
		s.contrast()
	case key.Matches(msg, s.env.Keys.Source):
		s.source = !s.source
		s.titles.Source(s.source)
		s.draw()
	default:
		s.env.Keys.Move(msg, s)
	}
	return nil
}

// next compares the next sample of a side.
func (s *Screen) next(side int) {
	if p := s.both[side]; p != nil && len(p.Samples) > 0 {
		s.samples[side] = (s.samples[side] + 1) % len(p.Samples)
		s.contrast()
	}
}

// Keys are what may be pressed.
func (s *Screen) Keys() []key.Binding {
	k := s.env.Keys
	var all []key.Binding
	for side, next := range []key.Binding{s.keys.nextA, s.keys.nextB} {
		if s.whyNoNext(side) == "" {
			all = append(all, next)
		}
	}
	return append(all, s.keys.swap, k.Source, k.Up, k.Down, k.PageUp, k.PageDn, k.Top, k.End, k.Back)
}

// Refused are the keys that do nothing now.
func (s *Screen) Refused() []screen.Refused {
	var all []screen.Refused
	for side, next := range []key.Binding{s.keys.nextA, s.keys.nextB} {
		if why := s.whyNoNext(side); why != "" {
			all = append(all, screen.Refused{Key: next, Why: why})
		}
	}
	return all
}

// whyNoNext says why a side has no next sample; "" if it has.
func (s *Screen) whyNoNext(side int) string {
	switch p := s.both[side]; {
	case p == nil && s.fault != nil:
		return "it could not be read"
	case p == nil:
		return "it has not been read yet"
	case len(p.Samples) < 2:
		return "this attempt has no other sample"
	}
	return ""
}

// Status is which two are shown.
func (s *Screen) Status() []screen.Part {
	return screen.Say(termsafe.Line(string(s.stored[0].ID)) + " beside " + termsafe.Line(string(s.stored[1].ID)))
}
