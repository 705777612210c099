package live

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/events"
	"github.com/aimo3/aimo3/tui/save"
	"github.com/aimo3/aimo3/tui/screen"
)

// whyNotExported says why the attempt cannot be written to a file now; "" if it can.
func (s *Screen) whyNotExported() string {
	switch {
	case s.env.Export == nil:
		return "nothing is saved, so nothing can be exported"
	case s.cached != nil && !s.cached.Here:
		return "its votes are on another machine: they cannot be exported here"
	case s.player == nil && s.progress.Verdict == nil:
		return "it can be exported once it has ended"
	}
	return ""
}

// listed says whether the attempt's events can be listed: they are kept here.
func (s *Screen) listed() bool {
	return s.env.Library != nil && (s.player != nil || s.progress.Seq > 0) && (s.cached == nil || s.cached.Here)
}

// handing are the keys that hand the attempt on to another screen, as far as they do now.
func (s *Screen) handing() []key.Binding {
	var all []key.Binding
	if s.whyNotExported() == "" {
		all = append(all, s.keys.scrub.export)
	}
	if s.listed() {
		all = append(all, s.keys.scrub.events)
	}
	return all
}

// handOn takes one of them.
func (s *Screen) handOn(msg tea.KeyMsg) tea.Cmd {
	switch {
	case key.Matches(msg, s.keys.scrub.export):
		return s.export()
	case !s.listed():
		return screen.Send(screen.Notice{Text: "its events are not kept here", Bad: true})
	}
	return screen.Send(screen.Open{Screen: events.New(s.env, s.summary())})
}

// export asks in which format the attempt is to be written.
func (s *Screen) export() tea.Cmd {
	if why := s.whyNotExported(); why != "" {
		return screen.Send(screen.Notice{Text: why, Bad: true})
	}
	return save.Open(s.env, s.summary())
}

// summary is the attempt as the store lists it, as far as it is known here.
func (s *Screen) summary() engine.Summary {
	if s.player != nil {
		return s.player.stored
	}
	p := &s.progress
	return engine.Summary{
		ID: s.id, Problem: p.Problem, Begun: p.Begun, Took: p.Latest.Sub(p.Begun), Model: p.Plan.Model,
		Samples: len(p.Samples), Tokens: p.Tokens(), Verdict: p.Verdict,
	}
}
