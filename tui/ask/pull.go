package ask

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/pulling"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// pull is the download of a model: offered, then begun.
type pull struct {
	model string
	size  int64
	begun *pulling.Pull // nil while it waits for its yes
}

// asking says whether a download waits for its yes.
func (s *Screen) asking() bool { return s.pull != nil && s.pull.begun == nil }

// canPull says whether there is a model to offer, and a server to pull it to.
func (s *Screen) canPull() bool {
	if s.env.Pull == nil || s.env.Recommend == nil || s.pull != nil {
		return false
	}
	return s.setup.missing() == engine.NoModel
}

// offer asks whether to download the model that fits this machine.
func (s *Screen) offer() {
	if !s.canPull() {
		return
	}
	name, size := s.env.Recommend()
	s.pull = &pull{model: name, size: size}
}

func (s *Screen) answer(msg tea.KeyMsg) tea.Cmd {
	switch {
	case key.Matches(msg, s.keys.yes):
		return s.startPull()
	case key.Matches(msg, s.keys.no):
		s.pull = nil
	}
	return nil
}

func (s *Screen) startPull() tea.Cmd {
	begun, cmd := pulling.Begin(s.pull.model, s.pull.size, s.env.Pull)
	s.pull.begun = begun
	s.layout()
	return cmd
}

func (s *Screen) pulling(msg tea.Msg) tea.Cmd {
	if s.pull == nil {
		return nil
	}
	switch msg := msg.(type) {
	case pulling.Moved:
		return s.pull.begun.Take(msg)
	case pulling.Ended:
		if msg.Of != s.pull.begun {
			return nil
		}
		s.pull = nil
		s.layout()
		return s.pulled(msg)
	}
	return nil
}

func (s *Screen) pulled(e pulling.Ended) tea.Cmd {
	switch {
	case e.Stopped():
		return screen.Send(screen.Notice{Text: "download stopped; pulling again resumes it"})
	case e.Err != nil:
		s.refuse(e.Err)
		return nil
	}
	return screen.Send(screen.Notice{Text: termsafe.Line(e.Of.Model) + " is installed"})
}
