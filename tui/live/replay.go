package live

import (
	"context"
	"fmt"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/screen"
)

const (
	page    = 2000                  // events read at a time
	step    = 33 * time.Millisecond // between frames of a replay
	slowest = 0.25
	fastest = 1024.0
)

// player brings stored events to the screen at a chosen speed.
type player struct {
	library screen.Library
	stored  engine.Summary
	speed   float64 // times the speed of the attempt; 0: all at once
	paused  bool
	round   int                         // tells the messages of this playing from those of one before
	queue   []engine.Event              // read and not yet shown
	given   []engine.Event              // all there is, of an attempt that is stored elsewhere; else it is read
	read    uint64                      // Seq of the last event read
	ended   bool                        // all is read
	alive   func(engine.AttemptID) bool // says whether a process takes the attempt; nil where that is not to be asked
	gone    bool                        // none did when what was read last was read
	follow  bool                        // more is waited for while one does
	at      time.Duration               // how far into the attempt
	stepped time.Time                   // when the last step was taken
}

// loaded brings a page of events, stepped asks for the next frame.
type (
	loaded struct {
		id     engine.AttemptID
		round  int
		events []engine.Event
		more   bool // may come later
		gone   bool // no process takes the attempt
		err    error
	}
	stepped struct {
		id    engine.AttemptID
		round int
		at    time.Time
	}
)

func newPlayer(l screen.Library, stored engine.Summary, speed float64) *player {
	return &player{library: l, stored: stored, speed: speed}
}

// load reads the next page.
func (p *player) load() tea.Cmd {
	library, id, round, after := p.library, p.stored.ID, p.round, p.read
	if p.given != nil {
		return screen.Send(loaded{id, round, p.given, false, false, nil})
	}
	alive, follow := p.alive, p.follow
	return func() tea.Msg {
		lives := alive != nil && alive(id) // asked first: what came until then is read
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		events, err := library.Events(ctx, id, after, page)
		return loaded{id, round, events, follow && lives, alive != nil && !lives, err}
	}
}

func (p *player) step() tea.Cmd {
	id, round := p.stored.ID, p.round
	return tea.Tick(step, func(at time.Time) tea.Msg { return stepped{id, round, at} })
}

// play takes the player's own messages.
func (s *Screen) play(msg tea.Msg) tea.Cmd {
	p := s.player
	switch msg := msg.(type) {
	case loaded:
		if p == nil || msg.id != s.id || msg.round != p.round {
			return nil
		}
		return s.receive(msg)
	case stepped:
		if p == nil || msg.id != s.id || msg.round != p.round || p.paused {
			return nil
		}
		if !p.stepped.IsZero() {
			p.at += time.Duration(float64(msg.at.Sub(p.stepped)) * p.speed)
		}
		p.stepped = msg.at
		s.takeAll(p.due(s.begun()))
		s.now = s.begun().Add(p.at)
		s.elapse()
		if s.atEnd() {
			return nil
		}
		return p.step()
	}
	return nil
}

// receive queues a page, asks for the next, and starts the clock with the first.
func (s *Screen) receive(msg loaded) tea.Cmd {
	p := s.player
	if msg.err != nil {
		s.fault = fmt.Errorf("read attempt %s: %w", s.id, msg.err)
		if p.follows() { // it may be readable again, and there is more to come
			return p.later()
		}
		return nil
	}
	s.fault = nil
	first := p.read == 0
	p.gone = msg.gone
	p.queue = append(p.queue, msg.events...)
	if n := len(msg.events); n > 0 {
		p.read = msg.events[n-1].Seq
	}
	var cmds []tea.Cmd
	short := p.given != nil || len(msg.events) < page
	switch p.ended = short && (!msg.more || ends(msg.events)); {
	case !p.ended && short:
		cmds = append(cmds, p.later())
	case !p.ended:
		cmds = append(cmds, p.load())
	}
	switch {
	case p.speed == 0:
		s.takeAll(p.queue)
		p.queue = nil
		s.atEnd()
	case p.at > 0: // it was sought, or is late
		s.catchUp()
	}
	if p.speed > 0 && first && !p.paused {
		cmds = append(cmds, p.step())
	}
	return tea.Batch(cmds...)
}

// ends says whether the last of events ends its attempt.
func ends(events []engine.Event) bool {
	if len(events) == 0 {
		return false
	}
	_, over := events[len(events)-1].Fact.(engine.AttemptFinished)
	return over
}

// begun is when the attempt began.
func (s *Screen) begun() time.Time {
	if s.progress.Begun.IsZero() {
		return s.player.stored.Begun
	}
	return s.progress.Begun
}

// due takes the events from the queue whose time has come.
func (p *player) due(begun time.Time) []engine.Event {
	n := 0
	for n < len(p.queue) && p.queue[n].At.Sub(begun) <= p.at {
		n++
	}
	events := p.queue[:n]
	p.queue = p.queue[n:]
	return events
}

// atEnd says whether all that was stored has been shown, and what of it has no
// end.
func (s *Screen) atEnd() bool {
	over := s.player.over()
	if over {
		s.abandon()
	}
	return over
}

func (p *player) over() bool { return p.ended && len(p.queue) == 0 }

// key says whether msg is one of the player's.
func (p *player) key(msg tea.KeyMsg, k keys) bool {
	return key.Matches(msg, k.pause, k.faster, k.slower, k.restart, k.finish)
}

func (s *Screen) replay(msg tea.KeyMsg) tea.Cmd {
	p := s.player
	switch {
	case key.Matches(msg, s.keys.restart):
		return s.restart()
	case key.Matches(msg, s.keys.finish):
		p.speed, p.paused = 0, false
		s.takeAll(p.queue)
		p.queue = nil
		s.atEnd()
	case key.Matches(msg, s.keys.pause) && !p.over():
		p.paused = !p.paused
		p.stepped = time.Time{}
		if !p.paused {
			p.round++
			return tea.Batch(p.step(), p.more())
		}
	case key.Matches(msg, s.keys.faster) && p.speed > 0:
		p.speed = min(p.speed*2, fastest)
	case key.Matches(msg, s.keys.slower) && p.speed > 0:
		p.speed = max(p.speed/2, slowest)
	}
	return nil
}

// more asks again for a page that a change of round has made a stranger.
func (p *player) more() tea.Cmd {
	if p.ended {
		return nil
	}
	return p.load()
}

// restart plays from the beginning, at the speed the attempt ran at if the end
// was shown at once.
func (s *Screen) restart() tea.Cmd {
	p := s.player
	speed := p.speed
	if speed == 0 {
		speed = 1
	}
	s.player = newPlayer(p.library, p.stored, speed)
	s.player.round, s.player.given, s.player.alive = p.round+1, p.given, p.alive
	s.progress = engine.Progress{Problem: p.stored.Problem}
	s.samples, s.fault, s.changes, s.speeds, s.grid.opened = nil, nil, nil, nil, nil
	return s.player.load()
}
