// Package health is the screen that tells how the model servers, the cache, the store
// and all that the program stands on do. It asks for nothing by the clock: servers and
// saving are told of as they change, cache and store are measured when an attempt begins
// or ends, and checks are made when the screen is opened and by a key.
package health

import (
	"context"
	"slices"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/screen"
)

// Screen shows each server with its load and breakers, the retries that wait, what
// checks found, the tiers of the cache, and the store.
type Screen struct {
	env     screen.Env
	tryNow  key.Binding
	again   key.Binding     // makes all checks
	server  *engine.Server  // nil until first seen
	all     []engine.Health // of each server
	keeping screen.Keeping
	now     time.Time // what is left of a time is told from it

	figures   measured
	measuring bool // the next measured is on its way
	stale     bool // and is to be followed by another one

	found    checked
	checking bool // the next checked is on its way

	top           int // the first line in view
	width, height int
}

// measured is how the cache and the store are.
type measured struct {
	caches []engine.CacheFigures
	path   string // of the store
	bytes  int64
	err    error // why the store cannot be measured
}

// measureTimeout is for one look at every tier of the cache.
const measureTimeout = 5 * time.Second

// New returns a health screen.
func New(env screen.Env) *Screen {
	return &Screen{
		env: env, now: env.Now(),
		tryNow: env.Keys.Bind("t", "try now", "t"),
		again:  env.Keys.Bind("r", "check all", "r"),
	}
}

// Init measures the cache and the store, and makes the checks that take moments.
func (s *Screen) Init() tea.Cmd { return tea.Batch(s.measure(), s.check(false)) }

// Update takes in one message.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		return s.key(msg)
	case tea.MouseMsg:
		s.wheel(msg)
	case screen.ServerSeen:
		s.server = &msg.Server
	case screen.HealthSeen:
		s.all, s.now = msg.Health, s.env.Now()
	case screen.Counted:
		s.now = msg.Now
	case screen.KeepingSeen:
		s.keeping = msg.Keeping
		return s.measure()
	case screen.Arrived:
		if slices.ContainsFunc(msg.Events, bounds) {
			return s.measure()
		}
	case screen.Ended:
		return s.measure()
	case measured:
		return s.take(msg)
	case checked:
		s.found, s.checking = msg, false
	}
	return nil
}

// bounds says whether an attempt begins or ends with an event.
func bounds(e engine.Event) bool {
	switch e.Fact.(type) {
	case engine.AttemptStarted, engine.AttemptFinished:
		return true
	}
	return false
}

// measure looks at the cache and the store, one look at a time.
func (s *Screen) measure() tea.Cmd {
	if s.stale = s.measuring; s.stale {
		return nil
	}
	s.measuring = true
	caches, size := s.env.CacheFigures, s.env.StoreSize
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), measureTimeout)
		defer cancel()
		var m measured
		if caches != nil {
			m.caches = caches(ctx)
		}
		if size != nil {
			m.path, m.bytes, m.err = size()
		}
		return m
	}
}

func (s *Screen) take(m measured) tea.Cmd {
	s.figures, s.measuring = m, false
	if s.stale {
		return s.measure()
	}
	return nil
}

// Status is empty: the bar tells the health in any case.
func (s *Screen) Status() []screen.Part { return nil }
