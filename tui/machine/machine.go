// Package machine is the screen that watches the machine: graphs of processors, memory,
// disks, GPUs, the traffic with the model server and the speed of all samples, over a
// minute or up to 90 days; the models that the server holds; and the processes that
// matter.
//
// It reads nothing of the machine itself. Readings come once a second, and those of the
// last hour are in screen.Env.Hour, whether or not this screen is open; older ones are
// read back from the minutes that the store keeps. Only processes are looked for, every
// two seconds, while the screen is on top and shows them. A frame is drawn once for each
// reading and kept, so that what samples say meanwhile costs nothing here.
package machine

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/monitor"
	"github.com/aimo3/aimo3/tui/screen"
)

const (
	lookEvery   = 2 * time.Second
	lookTimeout = 10 * time.Second
)

// Screen shows the machine.
type Screen struct {
	env     screen.Env
	keys    keys
	latest  monitor.Reading // the newest
	shown   monitor.Reading // that which is in view: another one while paused
	seen    bool            // there is one
	unread  bool            // there will be none
	paused  bool
	over    int             // of stretches
	hidden  [parts]bool     // panes that are off
	server  *engine.Server  // nil until first seen
	health  []engine.Health // of each server
	chosen  string          // of the models that the server holds
	asking  monitor.Loaded  // whether to unload this one; no name if nothing is asked
	found   processesFound  // the latest look
	looking bool            // the next one is on its way
	days    days            // what the store has
	dues    int             // asked for so far
	top     int             // the first line in view
	count   int             // how many lines there are
	drawn   string          // the frame; "" when stale
	width   int
	height  int
}

// New returns a machine screen.
func New(env screen.Env) *Screen {
	s := &Screen{env: env, keys: newKeys(env.Keys), over: defaultStretch}
	if s.env.Hour == nil {
		s.env.Hour, s.unread = new(monitor.Hour), true
	}
	return s
}

// Init begins to look.
func (s *Screen) Init() tea.Cmd { return s.look() }

// Resume looks again.
func (s *Screen) Resume() tea.Cmd { return s.look() }

// Gauging says whether a new reading changes what is in view.
func (s *Screen) Gauging() bool { return !s.paused }

// Update takes in one message.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		s.drawn = ""
		return s.key(msg)
	case tea.MouseMsg:
		screen.Wheel(msg, scroller{s})
	case screen.MachineRead:
		s.read(msg.Reading)
	case screen.ServerSeen:
		if was := s.server; was == nil || was.Name != msg.Server.Name || was.Version != msg.Server.Version {
			s.drawn = ""
		}
		s.server = &msg.Server
	case screen.HealthSeen:
		if s.health = msg.Health; s.asking.Name != "" {
			s.drawn = ""
		}
	case screen.Due:
		if msg.Of == s && msg.Number == s.dues {
			return s.look()
		}
	case processesFound:
		if msg.of == s {
			s.take(msg)
		}
	case daysRead:
		if msg.of == s {
			return s.takeDays(msg)
		}
	case unloaded:
		if msg.of == s {
			return s.afterUnload(msg)
		}
	}
	return nil
}

func (s *Screen) read(r monitor.Reading) {
	s.latest = r
	if !s.paused || !s.seen {
		s.shown, s.seen, s.drawn = r, true, ""
	}
}

// look looks for what no message tells, and asks to be told when it is due again: if
// there is something to look for.
func (s *Screen) look() tea.Cmd {
	s.dues++
	if s.paused || !s.listsProcesses() && !s.kept() {
		return nil
	}
	next := screen.Due{Of: s, Number: s.dues}
	later := tea.Tick(lookEvery, func(time.Time) tea.Msg { return next })
	return tea.Batch(s.findProcesses(), s.readDays(), later)
}

// now is when what is in view was so.
func (s *Screen) now() time.Time {
	if s.seen {
		return s.shown.At
	}
	return s.env.Now()
}

// Status is empty: the screen says it all.
func (s *Screen) Status() []screen.Part { return nil }
